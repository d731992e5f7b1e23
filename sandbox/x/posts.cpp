// Publishing and deleting: docs.x.com/x-api/posts/create-post, /delete-post (2026-08).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/counting.h"
#include "sandbox/x/x.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr size_t max_length = 280;
constexpr std::chrono::hours duplicate_window(24);  // not documented; a day is what integrators see

wire::Response forbidden(std::string_view detail) {
  return x_problem(403, "Forbidden", detail);
}

wire::Response bad_body() {
  return x_invalid("", "", "The body is not a JSON object (Content-Type: application/json).");
}

// A member that must be of one kind when it is there: nullptr and no refusal when it is missing.
const json::object* object_in(const json::object& body, std::string_view name, bool& wrong) {
  const json::value* value = body.if_contains(name);
  wrong = value && !value->is_object();
  return value ? value->if_object() : nullptr;
}

// Digits as text, 1 to 19 of them: how ids stand in requests.
bool is_id(const json::value& value) {
  const json::string* text = value.if_string();
  return text && text->size() <= 19 && all_digits(*text);
}

// A "$" at the beginning of a word with one to six letters, as twitter-text finds them.
size_t cashtags(std::string_view text) {
  const auto is_letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
  size_t count = 0;
  for (size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    const std::string_view name = text.substr(at + 1);
    const auto letters = static_cast<size_t>(std::ranges::find_if_not(name, is_letter) - name.begin());
    const bool ends = letters == name.size() ||
                      std::string_view(" \t\r\n.,;:!?_)'\"-/").find(name[letters]) != std::string_view::npos;
    const bool begins = at == 0 || std::string_view(" \t\r\n").find(text[at - 1]) != std::string_view::npos;
    count += begins && letters >= 1 && letters <= 6 && ends ? 1 : 0;
  }
  return count;
}

bool mentions(std::string_view text, std::string_view handle) {
  return lowered(text).find("@" + lowered(handle)) != std::string::npos;
}

constexpr std::array<std::string_view, 3> forbidden_points = {"\ufffe", "\ufeff", "\uffff"};

}  // namespace

wire::Response X::create(const Call& call, size_t person) {
  if (!call.json) return bad_body();
  if (auto refusal = x_unknown_field(
          *call.json,
          {"text", "reply", "media", "poll", "quote_tweet_id", "reply_settings", "geo", "community_id",
           "share_with_followers", "for_super_followers_only", "made_with_ai", "paid_partnership", "nullcast",
           "card_uri", "direct_message_deep_link", "edit_options"},
          "$"))
    return *refusal;
  constexpr std::array<Rule, 7> rules = {&X::read_text,  &X::read_reply, &X::read_quote, &X::is_new,
                                         &X::read_media, &X::read_poll,  &X::has_content};
  Post post{.person = person, .at = call.now};
  for (const Rule rule : rules)
    if (auto refusal = (this->*rule)(*call.json, person, post)) return *refusal;
  for (const std::string& id : post.media) gallery_.find(id)->used = true;
  const Character who = character(person);
  post.id = ids_.next(call.now);
  post.url = fmt::format("{}/{}/status/{}", base(), who.handle, post.id);
  said_[saying(post)] = post.id;
  record(shelf_.add(post), x_user_id(person));
  return json_answer(201,
                     json::object{{"data", json::object{{"id", post.id},
                                                        {"text", x_wrapped(post, who.handle).text},
                                                        {"edit_history_post_ids", json::array{post.id}}}}});
}

X::Refusal X::read_text(const json::object& body, size_t, Post& post) {
  const json::value* text = body.if_contains("text");
  if (!text) return std::nullopt;
  if (!text->is_string()) return x_invalid("text", json::serialize(*text), "$.text: is not a string");
  post.text = std::string(text->get_string());
  for (const std::string_view point : forbidden_points)
    if (post.text.find(point) != std::string::npos)
      return x_invalid("text", post.text, "The text has a character that is not allowed.");
  if (const size_t length = x_length(post.text); length > max_length)
    return x_invalid(
        "text", post.text,
        fmt::format("Your post text is too long: {} of {} weighted characters.", length, max_length));
  if (cashtags(post.text) > 1) return forbidden("You may use at most one cashtag in a post.");
  return std::nullopt;
}

// A self-serve app may answer itself (a thread), or whoever mentioned the account (changelog, 2026-02-23).
X::Refusal X::read_reply(const json::object& body, size_t person, Post& post) {
  bool wrong = false;
  const json::object* reply = object_in(body, "reply", wrong);
  if (wrong) return x_invalid("reply", json::serialize(body.at("reply")), "$.reply: is not an object");
  if (!reply) return std::nullopt;
  if (auto refusal = x_unknown_field(
          *reply, {"in_reply_to_tweet_id", "exclude_reply_user_ids", "auto_populate_reply_metadata"},
          "$.reply"))
    return refusal;
  const json::value* to = reply->if_contains("in_reply_to_tweet_id");
  if (!to || !is_id(*to))
    return x_invalid("reply.in_reply_to_tweet_id", to ? json::serialize(*to) : "",
                     "$.reply.in_reply_to_tweet_id: does not match ^[0-9]{1,19}$");
  post.reply_to = std::string(to->get_string());
  const Post* parent = shelf_.find(post.reply_to);
  if (!parent) return forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.");
  if (parent->person != person && !mentions(parent->text, character(person).handle))
    return forbidden("You are not permitted to perform this action.");
  post.thread = parent->thread.empty() ? parent->id : parent->thread;
  return std::nullopt;
}

X::Refusal X::read_quote(const json::object& body, size_t, Post&) {
  if (!body.contains("quote_tweet_id")) return std::nullopt;
  return forbidden("You are not permitted to perform this action.");  // not for self-serve apps since 2026-04
}

X::Refusal X::read_media(const json::object& body, size_t person, Post& post) {
  bool wrong = false;
  const json::object* media = object_in(body, "media", wrong);
  if (wrong) return x_invalid("media", json::serialize(body.at("media")), "$.media: is not an object");
  if (!media) return std::nullopt;
  if (auto refusal = x_unknown_field(*media,
                                     {"media_ids", "tagged_user_ids", "title", "description",
                                      "preview_media_id", "embeddable", "call_to_actions"},
                                     "$.media"))
    return refusal;
  const json::value* ids = media->if_contains("media_ids");
  const json::array* list = ids ? ids->if_array() : nullptr;
  if (!list || list->empty() || list->size() > 4 || !std::ranges::all_of(*list, is_id))
    return x_invalid("media.media_ids", ids ? json::serialize(*ids) : "",
                     "$.media.media_ids: one to four media ids are expected");
  size_t alone = 0;
  for (const json::value& id : *list) {
    const Medium* medium = own_medium(id.get_string(), person, post.at);
    if (!medium || !medium->complete || !medium->failure.empty() || post.at < medium->ready)
      return x_invalid("media.media_ids", id.get_string(), "Your media IDs are invalid.");
    alone += medium->kind() == "image" ? 0 : 1;
    post.media.push_back(medium->id);
  }
  if (alone > 0 && post.media.size() > 1)
    return x_invalid("media.media_ids", json::serialize(*list),
                     "Up to four photos, or one GIF, or one video: they cannot be mixed.");
  return std::nullopt;
}

X::Refusal X::read_poll(const json::object& body, size_t, Post& post) {
  bool wrong = false;
  const json::object* poll = object_in(body, "poll", wrong);
  if (wrong) return x_invalid("poll", json::serialize(body.at("poll")), "$.poll: is not an object");
  if (!poll) return std::nullopt;
  if (auto refusal = x_unknown_field(*poll, {"options", "duration_minutes", "reply_settings"}, "$.poll"))
    return refusal;
  if (!post.media.empty()) return x_invalid("poll", "", "A post has either a poll or media.");
  const json::value* options = poll->if_contains("options");
  const json::value* minutes = poll->if_contains("duration_minutes");
  if (!options || !options->is_array() || options->get_array().size() < 2 || options->get_array().size() > 4)
    return x_invalid("poll.options", options ? json::serialize(*options) : "",
                     "$.poll.options: two to four are expected");
  for (const json::value& option : options->get_array()) {
    if (!option.is_string() || option.get_string().empty() || graphemes(option.get_string()) > 25)
      return x_invalid("poll.options", json::serialize(option),
                       "$.poll.options: each has 1 to 25 characters");
    post.choices.emplace_back(option.get_string());
  }
  if (!minutes || !minutes->is_int64() || minutes->get_int64() < 5 || minutes->get_int64() > 10080)
    return x_invalid("poll.duration_minutes", minutes ? json::serialize(*minutes) : "",
                     "$.poll.duration_minutes: 5 to 10080");
  return std::nullopt;
}

X::Refusal X::has_content(const json::object&, size_t, Post& post) {
  if (!trimmed(post.text).empty() || !post.media.empty()) return std::nullopt;
  return x_invalid("text", post.text, "A post needs a text or media.");
}

std::string X::saying(const Post& post) const {
  return fmt::format("{}\n{}", post.person, trimmed(nfc(post.text)));
}

X::Refusal X::is_new(const json::object&, size_t, Post& post) {
  if (trimmed(post.text).empty()) return std::nullopt;
  const auto said = said_.find(saying(post));
  const Post* before = said == said_.end() ? nullptr : shelf_.find(said->second);
  if (!before || post.at - before->at >= duplicate_window) return std::nullopt;
  return forbidden("You are not allowed to create a Tweet with duplicate content.");
}

wire::Response X::remove(const Call& call, size_t person) {
  Post* post = shelf_.find(call.steps[3]);
  if (!post) return x_not_found("id", call.steps[3], "tweet");
  if (post->person != person) return forbidden("You are not permitted to perform this action.");
  post->gone = true;
  ground_.ledger.strike(name_, x_user_id(person), post->id);
  return json_answer(200, json::object{{"data", json::object{{"deleted", true}}}});
}

}  // namespace carillon::sandbox

// Publishing: docs.joinmastodon.org/methods/statuses (2026-07). Words of refusals are the server's.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/counting.h"
#include "sandbox/mastodon/mastodon.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr size_t max_characters = 500, max_attachments = 4;
constexpr std::chrono::hours key_life(1);
constexpr auto schedule_ahead = std::chrono::minutes(5);
constexpr int64_t max_scheduled = 300;

wire::Response invalid(std::string_view what) {
  return mastodon_error(422, fmt::format("Validation failed: {}", what));
}

bool truth(const std::optional<std::string>& value) {
  return value && !value->empty() && *value != "false" && *value != "0" && *value != "off" && *value != "f";
}

}  // namespace

// The key comes first: whoever repeats a request gets what the first one made, whatever the request says now.
wire::Response Mastodon::create(const Call& call, size_t person) {
  const auto key = call.header("idempotency-key");
  const std::string kept_as = key ? fmt::format("{}\n{}", person, *key) : "";
  if (const auto kept = keys_.find(kept_as); key && kept != keys_.end() && call.now < kept->second.until) {
    if (const Post* post = shelf_.find(kept->second.status)) return json_answer(200, shown(*post, call.now));
  }
  if (call.malformed) return mastodon_error(400, "Bad request");
  if (auto refusal = mastodon_unknown(
          call, {"status", "media_ids", "poll", "in_reply_to_id", "sensitive", "spoiler_text", "visibility",
                 "language", "scheduled_at", "quoted_status_id", "quote_approval_policy"}))
    return *refusal;
  constexpr std::array<Rule, 6> rules = {&Mastodon::read_options, &Mastodon::read_reply,
                                         &Mastodon::read_media,   &Mastodon::read_poll,
                                         &Mastodon::read_text,    &Mastodon::read_schedule};
  Post post{.person = person, .at = call.now};
  for (const Rule rule : rules)
    if (auto refusal = (this->*rule)(call, person, post)) return *refusal;
  for (const std::string& id : post.media) gallery_.find(id)->used = true;
  if (post.out) {
    publish(post);
  } else {
    post.id = ids_.next(call.now);
    scheduled_.push_back(post.id);
    shelf_.add(post);
  }
  if (key) keys_[kept_as] = {post.id, call.now + key_life};
  if (post.out) return json_answer(200, shown(post, call.now));
  return json_answer(200, json::object{{"id", post.id},
                                       {"scheduled_at", iso_millis(post.at)},
                                       {"params", json::object{{"text", post.text}}},
                                       {"media_attachments", json::array{}}});
}

void Mastodon::publish(Post& post) {
  const Character who = character(post.person);
  post.out = true;
  post.id = ids_.next(post.at);
  post.url = fmt::format("{}/@{}/{}", base(), who.handle, post.id);
  record(shelf_.add(post), account(post.person).at("id").get_string());
}

Mastodon::Refusal Mastodon::read_text(const Call& call, size_t, Post& post) {
  post.text = call.param_or("status", "");
  if (trimmed(post.text).empty() && post.media.empty()) return invalid("Text can't be blank");
  if (mastodon_length(post.text) + mastodon_length(post.spoiler) > max_characters)
    return invalid(fmt::format("Text character limit of {} exceeded", max_characters));
  return std::nullopt;
}

Mastodon::Refusal Mastodon::read_reply(const Call& call, size_t person, Post& post) {
  post.reply_to = call.param_or("in_reply_to_id", "");
  if (post.reply_to.empty()) return std::nullopt;
  const Post* parent = visible(post.reply_to, person);
  if (!parent) return mastodon_error(404, "The post you are trying to reply to does not appear to exist.");
  post.thread = parent->thread.empty() ? parent->id : parent->thread;
  return std::nullopt;
}

Mastodon::Refusal Mastodon::read_options(const Call& call, size_t, Post& post) {
  constexpr std::array<std::string_view, 4> visibilities = {"public", "unlisted", "private", "direct"};
  post.visibility = call.param_or("visibility", "public");
  if (std::ranges::find(visibilities, post.visibility) == visibilities.end())
    return invalid("Visibility is not included in the list");
  post.spoiler = call.param_or("spoiler_text", "");
  post.sensitive = truth(call.param("sensitive")) || !post.spoiler.empty();
  post.language = call.param_or("language", "en");
  const size_t plain = post.language.find('-');
  if (post.language.substr(0, plain).size() > 3 || post.language.size() < 2)
    return invalid("Language is not included in the list");
  if (call.param("quoted_status_id")) return mastodon_error(422, "Quotes are not part of the sandbox");
  return std::nullopt;
}

Mastodon::Refusal Mastodon::read_media(const Call& call, size_t person, Post& post) {
  const auto ids = call.list("media_ids");
  if (ids.size() > max_attachments) return mastodon_error(422, "Cannot attach more than 4 files");
  bool moving = false;
  for (const std::string& id : ids) {
    const Medium* medium = gallery_.find(id);
    if (!medium || medium->person != person || medium->used)
      return mastodon_error(422, fmt::format("Media {} not found or already attached to another post", id));
    if (!medium->failure.empty() || post.at < medium->ready)
      return mastodon_error(422,
                            "Cannot attach files that have not finished processing. Try again in a moment!");
    moving = moving || medium->kind() != "image";
    post.media.push_back(id);
  }
  if (moving && post.media.size() > 1)
    return mastodon_error(422, "Cannot attach a video to a post that already contains images");
  return std::nullopt;
}

Mastodon::Refusal Mastodon::read_poll(const Call& call, size_t, Post& post) {
  std::vector<std::string> choices;
  std::optional<int64_t> expires;
  for (const auto& [name, value] : call.form) {
    if (name == "poll[options][]") choices.push_back(value);
    if (name == "poll[expires_in]") expires = to_number(value);
    if (name == "poll[multiple]") post.several = truth(value);
  }
  const json::value* poll = call.json ? call.json->if_contains("poll") : nullptr;
  const json::object* fields = poll ? poll->if_object() : nullptr;
  if (fields) {
    for (const auto& field : *fields) {
      const std::string_view name = field.key();
      if (name != "options" && name != "expires_in" && name != "multiple" && name != "hide_totals")
        return mastodon_error(422, fmt::format("Unknown parameter “poll[{}]”", name));
    }
    const json::value* multiple = fields->if_contains("multiple");
    if (multiple && !multiple->is_bool()) return invalid("Poll multiple is not a boolean");
    post.several = multiple && multiple->get_bool();
    const json::value* options = fields->if_contains("options");
    if (options && options->is_array())
      for (const json::value& option : options->get_array())
        choices.emplace_back(option.is_string() ? std::string(option.get_string()) : "");
    const json::value* span = fields->if_contains("expires_in");
    if (span && span->is_int64()) expires = span->get_int64();
  }
  if (choices.empty()) return std::nullopt;
  if (!post.media.empty()) return mastodon_error(422, "Polls cannot be combined with media attachments");
  if (choices.size() < 2) return invalid("Poll must have more than one item");
  if (choices.size() > 4) return invalid("Poll can't contain more than 4 items");
  for (const std::string& choice : choices)
    if (choice.empty() || graphemes(choice) > 50)
      return invalid("Poll can't be longer than 50 characters each");
  if (!expires || *expires < 300) return invalid("Poll duration is too short");
  if (*expires > 2'629'746) return invalid("Poll duration is too far into the future");
  post.choices = choices;
  post.open = std::chrono::seconds(*expires);
  return std::nullopt;
}

Mastodon::Refusal Mastodon::read_schedule(const Call& call, size_t, Post& post) {
  const auto text = call.param("scheduled_at");
  if (!text || text->empty()) return std::nullopt;
  const auto at = parse_instant(*text);
  if (!at || *at < call.now + schedule_ahead)
    return invalid("Scheduled at The scheduled date must be in the future");
  if (std::ssize(scheduled_) >= max_scheduled)
    return invalid(fmt::format("You have exceeded the limit of {} scheduled posts", max_scheduled));
  post.at = *at;
  post.out = false;
  return std::nullopt;
}

wire::Response Mastodon::remove(const Call& call, size_t person) {
  Post* post = shelf_.find(call.steps[4]);
  if (!post || post->person != person || !post->out) return mastodon_error(404, "Record not found");
  json::object body = shown(*post, call.now);
  body["text"] = post->text;
  post->gone = true;
  ground_.ledger.strike(name_, account(person).at("id").get_string(), post->id);
  return json_answer(200, body);
}

}  // namespace carillon::sandbox

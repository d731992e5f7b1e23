// Reading back: docs.x.com/x-api/users/get-me, /x-api/users/get-posts, /x-api/posts/get-post-by-id (2026-08).
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

constexpr std::array<std::string_view, 20> post_fields = {"id",
                                                          "text",
                                                          "created_at",
                                                          "author_id",
                                                          "conversation_id",
                                                          "entities",
                                                          "attachments",
                                                          "lang",
                                                          "public_metrics",
                                                          "referenced_posts",
                                                          "referenced_tweets",
                                                          "in_reply_to_user_id",
                                                          "source",
                                                          "withheld",
                                                          "possibly_sensitive",
                                                          "reply_settings",
                                                          "edit_history_post_ids",
                                                          "edit_history_tweet_ids",
                                                          "context_annotations",
                                                          "note_post"};
constexpr std::array<std::string_view, 10> user_fields = {
    "id",       "name",      "username", "created_at", "description", "profile_image_url", "public_metrics",
    "verified", "protected", "url"};

std::string in_base62(uint64_t number, size_t length) {
  constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::string text;
  for (size_t i = 0; i < length; ++i, number /= 62) text += digits[number % 62];
  return text;
}

std::string short_link(std::string_view post, std::string_view url, size_t place) {
  return "https://t.co/" + in_base62(fingerprint(fmt::format("{}/{}/{}", post, place, url)), 10);
}

// What stands in the post instead of the address: no scheme, 26 characters at most.
std::string display_of(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  if (url.starts_with("www.")) url.remove_prefix(4);
  return url.size() <= 26 ? std::string(url) : std::string(url.substr(0, 25)) + "…";
}

// The API gives text with these three as entities (observed in v1.1 and v2 answers; not in the reference
// pages).
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

void add_link(Wrapped& wrapped, const Post& post, std::string_view expanded, std::string_view display,
              const std::string* media) {
  const std::string url = short_link(post.id, expanded, wrapped.urls.size());
  const size_t start = to_code_points(wrapped.text).size();
  json::object entity{{"start", start},
                      {"end", start + url.size()},
                      {"url", url},
                      {"expanded_url", expanded},
                      {"display_url", display}};
  if (media) entity["media_key"] = "3_" + *media;
  wrapped.text += url;
  wrapped.urls.push_back(std::move(entity));
}

bool old_names(const Call& call) {
  return call.param("tweet.fields").has_value();
}

std::vector<std::string> fields_asked(const Call& call) {
  auto fields = split(call.param_or("post.fields", ""), ",");
  for (auto& field : split(call.param_or("tweet.fields", ""), ",")) fields.push_back(std::move(field));
  return fields;
}

std::optional<wire::Response> wrong_fields(const Call& call) {
  for (const std::string& field : fields_asked(call)) {
    if (std::ranges::find(post_fields, field) == post_fields.end())
      return x_invalid("post.fields", field,
                       fmt::format("The `post.fields` query parameter value [{}] is not one of [{}]", field,
                                   fmt::join(post_fields, ",")));
  }
  return std::nullopt;
}

struct Window {
  std::string since, until;
  Instant from{0}, to = Instant::never();
  int64_t count = 10;
  bool replies = true;
};

std::optional<wire::Response> read_window(const Call& call, Window& window) {
  window.since = call.param_or("since_id", "");
  window.until = call.param_or("until_id", call.param_or("pagination_token", ""));
  for (const auto& [name, value] : {std::pair("since_id", window.since), std::pair("until_id", window.until)})
    if (!value.empty() && !all_digits(value))
      return x_invalid(
          name, value,
          fmt::format("The `{}` query parameter value [{}] does not match ^[0-9]{{1,19}}$", name, value));
  for (const auto& [name, place] :
       {std::pair("start_time", &window.from), std::pair("end_time", &window.to)}) {
    const auto text = call.param(name);
    if (!text) continue;
    const auto at = parse_instant(*text);
    if (!at)
      return x_invalid(
          name, *text,
          fmt::format("The `{}` query parameter value [{}] is not a valid date-time", name, *text));
    *place = *at;
  }
  const std::string count = call.param_or("max_results", "10");
  window.count = to_number(count).value_or(0);
  if (window.count < 5 || window.count > 100)
    return x_invalid(
        "max_results", count,
        fmt::format("The `max_results` query parameter value [{}] is not between 5 and 100", count));
  const auto excluded = split(call.param_or("exclude", ""), ",");
  window.replies = std::ranges::find(excluded, "replies") == excluded.end();
  return std::nullopt;
}

bool shows(const Window& w, const Post& post) {
  return (w.since.empty() || id_less(w.since, post.id)) && (w.until.empty() || id_less(post.id, w.until)) &&
         post.at >= w.from && post.at < w.to && (w.replies || post.reply_to.empty());
}

}  // namespace

Wrapped x_wrapped(const Post& post, std::string_view handle) {
  Wrapped wrapped;
  if (post.text.starts_with(x_article_address)) {
    const std::string address = post.text.substr(0, post.text.find('\n'));
    add_link(wrapped, post, address, display_of(address), nullptr);
    return wrapped;
  }
  size_t at = 0;
  for (const Span link : links_on_x(post.text)) {
    wrapped.text += escaped(std::string_view(post.text).substr(at, link.begin - at));
    const std::string typed = post.text.substr(link.begin, link.end - link.begin);
    const std::string expanded = typed.find("://") == std::string::npos ? "http://" + typed : typed;
    add_link(wrapped, post, expanded, display_of(typed), nullptr);
    at = link.end;
  }
  wrapped.text += escaped(std::string_view(post.text).substr(at));
  if (!post.media.empty()) {
    if (!wrapped.text.empty()) wrapped.text += ' ';
    const std::string display = "pic.x.com/" + in_base62(fingerprint(post.id), 10);
    add_link(wrapped, post, fmt::format("https://x.com/{}/status/{}/photo/1", handle, post.id), display,
             &post.media.front());
  }
  return wrapped;
}

json::object X::shown(const Post& post, const Call& call) const {
  const bool old = old_names(call);
  Wrapped wrapped = x_wrapped(post, character(post.person).handle);
  json::object out{{"id", post.id},
                   {"text", wrapped.text},
                   {old ? "edit_history_tweet_ids" : "edit_history_post_ids", json::array{post.id}}};
  for (const std::string& field : fields_asked(call)) {
    if (field == "created_at")
      out[field] = iso_millis(post.at);
    else if (field == "author_id")
      out[field] = x_user_id(post.person);
    else if (field == "entities" && !wrapped.urls.empty())
      out[field] = json::object{{"urls", wrapped.urls}};
    else if (field == "conversation_id")
      out[field] = post.thread.empty() ? post.id : post.thread;
    else if (field == "lang")
      out[field] = "en";
    else if (field == "possibly_sensitive")
      out[field] = post.sensitive;
    else if (field == "reply_settings")
      out[field] = "everyone";
    else if (field == "in_reply_to_user_id" && !post.reply_to.empty()) {
      const Post* parent = shelf_.find(post.reply_to);
      out[field] = x_user_id(parent ? parent->person : post.person);
    } else if (field.starts_with("referenced_") && !post.reply_to.empty())
      out[field] = json::array{json::object{{"type", "replied_to"}, {"id", post.reply_to}}};
    else if (field == "attachments" && !post.media.empty()) {
      json::array keys;
      for (const std::string& id : post.media) keys.emplace_back("3_" + id);
      out[field] = json::object{{"media_keys", keys}};
    } else if (field == "public_metrics") {
      const Applause a = applause(post.id, post.at, call.now);
      out[field] = json::object{{old ? "retweet_count" : "repost_count", a.shares},
                                {"reply_count", a.replies},
                                {"like_count", a.likes},
                                {"quote_count", 0},
                                {"bookmark_count", a.likes / 9},
                                {"impression_count", a.views}};
    }
  }
  return out;
}

wire::Response X::me(const Call& call, size_t person) {
  if (auto refusal = x_unknown_parameter(call, {"user.fields", "expansions", "tweet.fields", "post.fields"}))
    return *refusal;
  const Character who = character(person);
  json::object data{{"id", x_user_id(person)}, {"name", who.name}, {"username", who.handle}};
  for (const std::string& field : split(call.param_or("user.fields", ""), ",")) {
    if (std::ranges::find(user_fields, field) == user_fields.end())
      return x_invalid("user.fields", field,
                       fmt::format("The `user.fields` query parameter value [{}] is not one of [{}]", field,
                                   fmt::join(user_fields, ",")));
    if (field == "profile_image_url") data[field] = fmt::format("{}/avatar/{}.svg", base(), person);
    if (field == "verified" || field == "protected") data[field] = false;
    if (field == "description") data[field] = "An account of the Carillon sandbox.";
    if (field == "created_at") data[field] = "2024-01-01T00:00:00.000Z";
  }
  return json_answer(200, json::object{{"data", data}});
}

wire::Response X::timeline(const Call& call, size_t) {
  if (auto refusal =
          x_unknown_parameter(call, {"since_id", "until_id", "max_results", "pagination_token", "exclude",
                                     "start_time", "end_time", "post.fields", "tweet.fields", "expansions",
                                     "media.fields", "poll.fields", "user.fields", "place.fields"}))
    return *refusal;
  if (auto refusal = wrong_fields(call)) return *refusal;
  Window window;
  if (auto refusal = read_window(call, window)) return *refusal;
  const auto owner = index_of(call.steps[3]);
  if (!owner) return x_not_found("id", call.steps[3], "user");
  json::array data;
  std::string next;
  for (auto post = shelf_.posts().rbegin(); post != shelf_.posts().rend(); ++post) {
    if (post->gone || post->person != *owner || !shows(window, *post)) continue;
    if (data.size() == size_t(window.count)) {
      next = std::string(data.back().at("id").get_string());
      break;
    }
    data.emplace_back(shown(*post, call));
  }
  json::object meta{{"result_count", data.size()}};
  if (data.empty()) return json_answer(200, json::object{{"meta", meta}});
  meta["newest_id"] = data.front().at("id");
  meta["oldest_id"] = data.back().at("id");
  if (!next.empty()) meta["next_token"] = next;
  return json_answer(200, json::object{{"data", data}, {"meta", meta}});
}

wire::Response X::one_post(const Call& call, size_t) {
  if (auto refusal = x_unknown_parameter(
          call, {"post.fields", "tweet.fields", "expansions", "media.fields", "user.fields"}))
    return *refusal;
  if (auto refusal = wrong_fields(call)) return *refusal;
  const Post* post = shelf_.find(call.steps[3]);
  return post ? json_answer(200, json::object{{"data", shown(*post, call)}})
              : x_not_found("id", call.steps[3], "tweet");
}

wire::Response X::some_posts(const Call& call, size_t) {
  if (auto refusal = x_unknown_parameter(
          call, {"ids", "post.fields", "tweet.fields", "expansions", "media.fields", "user.fields"}))
    return *refusal;
  if (auto refusal = wrong_fields(call)) return *refusal;
  const auto ids = split(call.param_or("ids", ""), ",");
  if (ids.empty() || ids.size() > 100)
    return x_invalid("ids", call.param_or("ids", ""), "One to 100 ids are expected.");
  json::array data, errors;
  for (const std::string& id : ids) {
    if (const Post* post = shelf_.find(id))
      data.emplace_back(shown(*post, call));
    else
      errors.emplace_back(json::object{{"resource_type", "tweet"},
                                       {"parameter", "ids"},
                                       {"value", id},
                                       {"title", "Not Found Error"},
                                       {"detail", fmt::format("Could not find tweet with ids: [{}].", id)},
                                       {"type", "https://api.x.com/2/problems/resource-not-found"}});
  }
  json::object body;
  if (!data.empty()) body["data"] = data;
  if (!errors.empty()) body["errors"] = errors;
  return json_answer(200, body);
}

}  // namespace carillon::sandbox

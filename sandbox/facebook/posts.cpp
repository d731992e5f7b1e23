// Publishing on a page: developers.facebook.com/docs/pages-api/posts, /docs/graph-api/reference/page/feed,
// /reference/page/photos (2026-09).
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/facebook/facebook.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr size_t max_message =
    63'206;  // used everywhere, stands in no current page; UTF-16 units, the stricter reading
constexpr uint64_t max_photo = 10 << 20;
constexpr auto earliest = std::chrono::minutes(10);
constexpr std::chrono::days latest(75);
constexpr std::chrono::hours photo_life(24),
    duplicate_window(1);  // how long a text counts as repeated is not documented

bool photo_type(std::string_view type) {
  return type == "image/jpeg" || type == "image/png" || type == "image/gif" || type == "image/bmp" ||
         type == "image/tiff" || type == "image/webp";
}

bool is_web_address(std::string_view text) {
  return wire::parse_url(text).has_value();
}

// Ids in attached_media: one JSON object per entry, or a list of them in one.
bool read_ids(std::string_view text, std::vector<std::string>& ids) {
  boost::system::error_code failed;
  const json::value value = json::parse(text, failed);
  if (failed) return false;
  if (value.is_array())
    return std::ranges::all_of(value.get_array(),
                               [&](const json::value& one) { return read_ids(json::serialize(one), ids); });
  const json::value* id = value.is_object() ? value.get_object().if_contains("media_fbid") : nullptr;
  if (!id || !(id->is_string() || id->is_number())) return false;
  ids.push_back(id->is_string() ? std::string(id->get_string()) : json::serialize(*id));
  return true;
}

}  // namespace

Facebook::Refusal Facebook::may_publish(const std::string& id, const Caller& caller) {
  if (!caller.page())
    return error(403, 200,
                 "(#200) The user hasn't authorized the application to perform this action: a Page access "
                 "token is needed");
  if (facebook_page_id(caller.grant.person) != id) return missing_object(id);
  if (!caller.grant.allows("pages_manage_posts") || !caller.grant.allows("pages_read_engagement"))
    return needs_permission("pages_manage_posts, pages_read_engagement");
  return std::nullopt;
}

wire::Response Facebook::create(const Call& call, const Caller& caller) {
  if (auto refusal = unknown_parameter(
          call, {"message", "link", "published", "scheduled_publish_time", "unpublished_content_type",
                 "targeting", "feed_targeting", "backdated_time", "place", "tags", "attached_media"}))
    return *refusal;
  Post post{.person = caller.grant.person, .at = call.now};
  if (auto refusal = read_message(call, post)) return *refusal;
  if (auto refusal = is_new(post)) return *refusal;
  if (auto refusal = read_attached(call, post)) return *refusal;
  if (auto refusal = read_timing(call, post)) return *refusal;
  if (post.text.empty() && post.link.empty() && post.media.empty())
    return error(400, 100, "(#100) Invalid parameter: a post needs message, link or attached_media");
  for (const std::string& id : post.media) gallery_.find(id)->used = true;
  return json_answer(200, json::object{{"id", put(std::move(post), call.now).id}});
}

Facebook::Refusal Facebook::read_message(const Call& call, Post& post) {
  post.text = call.param_or("message", call.param_or("caption", ""));
  post.link = call.param_or("link", "");
  if (utf16_units(post.text) > max_message)
    return error(400, 100,
                 fmt::format("(#100) Param message must be at most {} characters long", max_message));
  if (!post.link.empty() && !is_web_address(post.link))
    return error(400, 100, "(#100) link URL is not properly formatted");
  return std::nullopt;
}

Facebook::Refusal Facebook::read_attached(const Call& call, Post& post) {
  for (const std::string& text : call.list("attached_media"))
    if (!read_ids(text, post.media))
      return error(400, 100, "(#100) Param attached_media must be a list of {\"media_fbid\":\"…\"}");
  for (const std::string& id : post.media) {
    const Medium* medium = gallery_.find(id);
    const bool there = medium && medium->person == post.person && medium->loose && !medium->used &&
                       post.at < medium->made + photo_life;
    if (!there)
      return error(400, 100,
                   fmt::format("(#100) Invalid parameter: the photo {} does not exist, was published "
                               "already, or was dropped after a day",
                               id),
                   medium ? 1366051 : 33);
  }
  return std::nullopt;
}

Facebook::Refusal Facebook::read_timing(const Call& call, Post& post) {
  post.out = facebook_truth(call.param("published"), true);
  const auto text = call.param("scheduled_publish_time");
  if (!text) return std::nullopt;
  if (post.out)
    return error(400, 100, "(#100) You cannot specify a scheduled publish time on a published post");
  const auto seconds = to_number(*text);
  const auto written = parse_instant(*text);
  const auto at = seconds ? epoch_instant(*seconds) : written ? std::optional(*written) : std::nullopt;
  if (!at || *at < call.now + earliest || *at > call.now + latest)
    return error(400, 100, "(#100) The specified scheduled publish time is invalid.");
  post.at = *at;
  return std::nullopt;
}

Facebook::Refusal Facebook::is_new(const Post& post) {
  if (post.text.empty()) return std::nullopt;
  const auto said = said_.find(fmt::format("{}\n{}\n{}", post.person, post.text, post.link));
  const Post* before = said == said_.end() ? nullptr : shelf_.find(said->second);
  if (!before || post.at - before->at >= duplicate_window) return std::nullopt;
  return error(400, 506, "(#506) Duplicate status message");
}

std::string Facebook::new_id(size_t page) {
  return fmt::format("{}_{}", facebook_page_id(page), next_post_++);
}

Post& Facebook::put(Post post, Instant now) {
  if (post.id.empty()) post.id = new_id(post.person);
  post.url = fmt::format("{}/posts/{}", base(), post.id);
  if (!post.text.empty()) said_[fmt::format("{}\n{}\n{}", post.person, post.text, post.link)] = post.id;
  Post& kept = shelf_.add(std::move(post));
  if (kept.out)
    record(kept, facebook_page_id(kept.person));
  else if (kept.at > now)
    scheduled_.push_back(kept.id);
  return kept;
}

wire::Response Facebook::photo(const Call& call, const Caller& caller) {
  if (auto refusal = unknown_parameter(
          call, {"source", "url", "message", "caption", "alt_text_custom", "published", "temporary",
                 "no_story", "scheduled_publish_time", "unpublished_content_type", "targeting",
                 "backdated_time", "place", "tags"}))
    return *refusal;
  const Upload* file = call.upload("source");
  const std::string url = call.param_or("url", "");
  if (!file && url.empty()) return error(400, 324, "(#324) Requires upload file");
  if (!file && !is_web_address(url)) return error(400, 100, "(#100) url should represent a valid URL");
  if (file &&
      (file->filename.empty() || file->size == 0 || file->size > max_photo || !photo_type(file->type())))
    return error(400, 324,
                 "(#324) Missing or invalid image file: photos should be smaller than 10 MB and saved as "
                 "JPG, PNG, GIF, TIFF or BMP",
                 1366046);
  Post post{.person = caller.grant.person, .at = call.now};
  if (auto refusal = read_message(call, post)) return *refusal;
  if (auto refusal = read_timing(call, post)) return *refusal;
  if (auto refusal = post.out ? is_new(post) : std::nullopt) return *refusal;
  Medium& medium = gallery_.add({.id = std::to_string(next_photo_++),
                                 .type = file ? file->type() : "image/jpeg",
                                 .alt = call.param_or("alt_text_custom", ""),
                                 .size = file ? file->size : 0,
                                 .person = post.person,
                                 .made = call.now,
                                 .ready = call.now});
  if (file) gallery_.keep_bytes(medium, file->bytes);
  medium.loose = !post.out;
  if (!post.out) return json_answer(200, json::object{{"id", medium.id}});
  medium.used = true;
  post.media = {medium.id};
  const std::string photo_id = medium.id;
  return json_answer(200, json::object{{"id", photo_id}, {"post_id", put(std::move(post), call.now).id}});
}

wire::Response Facebook::change(const Call& call, Post& post, const Caller& caller) {
  if (auto refusal = may_publish(facebook_page_id(post.person), caller)) return *refusal;
  if (auto refusal = unknown_parameter(call, {"message", "is_published", "scheduled_publish_time"}))
    return *refusal;
  if (const auto message = call.param("message")) post.text = *message;
  if (!post.out && facebook_truth(call.param("is_published"), false)) {
    post.out = true;
    post.at = call.now;
    record(post, facebook_page_id(post.person));
  }
  return json_answer(200, json::object{{"success", true}});
}

wire::Response Facebook::remove(Post& post, const Caller& caller) {
  if (auto refusal = may_publish(facebook_page_id(post.person), caller)) return *refusal;
  post.gone = true;
  ground_.ledger.strike(name_, facebook_page_id(post.person), post.id);
  return json_answer(200, json::object{{"success", true}});
}

}  // namespace carillon::sandbox

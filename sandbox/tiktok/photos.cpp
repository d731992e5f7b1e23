// Photos: developers.tiktok.com/doc/content-posting-api-reference-photo-post, -media-transfer-guide
// (2026-09). Fetched from addresses that the app has verified: here every one with https, and those of this
// machine.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/fetching.h"
#include "sandbox/shape.h"
#include "sandbox/tiktok/tiktok.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr size_t max_title = 90, max_description = 4000, max_photos = 35;
constexpr uint64_t max_photo = 20 << 20, max_pixels = 1920 * 1080;
constexpr Duration fetching = std::chrono::seconds(10);

bool is_verified(std::string_view address) {
  const auto url = wire::parse_url(address);
  return url && (url->scheme == "https" || url->host == "127.0.0.1" || url->host == "localhost");
}

std::string wrong_photo_words(const json::object& post, Post& made) {
  if (const auto odd = stranger(post, {"title", "description", "privacy_level", "disable_comment",
                                       "auto_add_music", "brand_content_toggle", "brand_organic_toggle"});
      !odd.empty())
    return "Unknown post_info member " + odd;
  const std::string title = text_or(post, "title", ""), text = text_or(post, "description", "");
  if (utf16_units(title) > max_title) return "The title is too long";
  if (utf16_units(text) > max_description) return "The description is too long";
  made.text = title.empty() ? text : title + "\n" + text;
  const std::string level = text_or(post, "privacy_level", "");
  if (level != "SELF_ONLY" && level != "PUBLIC_TO_EVERYONE" && level != "MUTUAL_FOLLOW_FRIENDS")
    return level == "FOLLOWER_OF_CREATOR" ? level : "privacy_level is required";
  made.visibility = level == "PUBLIC_TO_EVERYONE" ? "public" : level;
  return "";
}

// Why TikTok would not publish this photo: fail_reason of its status.
std::string failure_of(const std::optional<Found>& found) {
  if (!found) return "photo_pull_failed";
  if (found->type != "image/jpeg" && found->type != "image/webp") return "file_format_check_failed";
  const auto pixels = pixels_of(found->bytes);
  const bool large = pixels && uint64_t{pixels->width} * pixels->height > max_pixels;
  return found->size > max_photo || large ? "picture_size_check_failed" : "";
}

}  // namespace

// "" or what is wrong with what was named. The photos are fetched; that one fails is said later.
std::string Tiktok::wrong_photos(const json::object& source, Upload& upload, Instant now) {
  if (text_or(source, "source", "") != "PULL_FROM_URL") return "source must be PULL_FROM_URL";
  if (const auto odd = stranger(source, {"source", "photo_images", "photo_cover_index"}); !odd.empty())
    return "Unknown source_info member " + odd;
  const json::value* list = source.if_contains("photo_images");
  if (!list || !list->is_array() || list->get_array().empty() || list->get_array().size() > max_photos)
    return "photo_images must have 1 to 35 addresses";
  const auto cover = number_member(source, "photo_cover_index");
  if (!cover || *cover < 0 || *cover >= static_cast<int64_t>(list->get_array().size()))
    return "photo_cover_index is invalid";
  for (const json::value& one : list->get_array()) {
    const std::string address = one.is_string() ? std::string(one.get_string()) : "";
    if (!is_verified(address)) return "url_ownership_unverified";
    const auto found = found_at(ground_, address, "image/jpeg");
    if (const std::string failure = failure_of(found); !failure.empty()) upload.failure = failure;
    Medium& medium = gallery_.add({.id = fmt::format("p{}-{}", upload.post.id, upload.post.media.size()),
                                   .type = found ? found->type : "image/jpeg",
                                   .size = found ? found->size : 0,
                                   .person = upload.post.person,
                                   .made = now,
                                   .ready = now});
    if (found) gallery_.keep_bytes(medium, found->bytes);
    upload.post.media.push_back(medium.id);
  }
  std::swap(upload.post.media[0], upload.post.media[static_cast<size_t>(*cover)]);  // the cover is seen first
  return "";
}

wire::Response Tiktok::init_photos(const Call& call, size_t who) {
  const json::object* post = call.json ? object_member(*call.json, "post_info") : nullptr;
  const json::object* source = call.json ? object_member(*call.json, "source_info") : nullptr;
  if (!post || !source || text_or(*call.json, "media_type", "") != "PHOTO" ||
      text_or(*call.json, "post_mode", "") != "DIRECT_POST" || call.json->size() != 4)
    return tiktok_error(400, "invalid_params", "The request parameters are invalid.");
  const std::string id = fmt::format("p_pub_url~v2.{}", 7'500'000'000 + ++last_);
  Upload upload{.post = {.id = id, .person = who, .at = call.now}, .photos = true};
  if (const auto wrong = wrong_photo_words(*post, upload.post); !wrong.empty())
    return wrong == "FOLLOWER_OF_CREATOR"
               ? tiktok_error(403, "privacy_level_option_mismatch", "This creator does not offer that level.")
               : tiktok_error(400, "invalid_params", wrong);
  if (const auto wrong = wrong_photos(*source, upload, call.now); !wrong.empty())
    return wrong == "url_ownership_unverified"
               ? tiktok_error(403, wrong, "Please review our URL ownership verification rules.")
               : tiktok_error(400, "invalid_params", wrong);
  if (meter(fmt::format("posts:{}", who), 15, std::chrono::hours(24), call.now).over)
    return tiktok_error(403, "spam_risk_too_many_posts",
                        "The daily post cap from the API is reached for the user.");
  if (upload.failure.empty()) upload.failure = given_up(call, upload.post.text);
  upload.post.url = fmt::format("{}/@{}/photo/{}", base(), character(who).handle, id);
  upload.ready = call.now + fetching;
  uploads_[id] = std::move(upload);
  working_.push_back(id);
  return tiktok_ok({{"publish_id", id}});
}

}  // namespace carillon::sandbox

// Videos: developers.tiktok.com/doc/content-posting-api-reference-direct-post, -media-transfer-guide,
// -reference-get-video-status (2026-09). About fifteen a day and creator.
#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <utility>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/shape.h"
#include "sandbox/tiktok/tiktok.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr size_t max_title = 2200;
constexpr uint64_t least_chunk = 5 << 20, most_chunk = 64 << 20, most_last = 128 << 20,
                   largest = uint64_t{4} << 30;
constexpr Duration address_lives = std::chrono::hours(1), working = std::chrono::seconds(10);

// fail_reason: "#spam_risk" in the words of a post makes it fail so. The longer first.
constexpr std::array<std::string_view, 4> reasons = {
    "spam_risk_too_many_posts", "spam_risk_user_banned_from_posting", "spam_risk", "internal"};

bool is_level(std::string_view level) {
  return level == "SELF_ONLY" || level == "PUBLIC_TO_EVERYONE" || level == "MUTUAL_FOLLOW_FRIENDS" ||
         level == "FOLLOWER_OF_CREATOR";
}

}  // namespace

wire::Response Tiktok::creator(size_t who) const {
  const Person one = person(who);
  return tiktok_ok(
      {{"creator_avatar_url", fmt::format("{}/avatar/{}.svg", base(), who)},
       {"creator_username", one.handle},
       {"creator_nickname", one.name},
       {"privacy_level_options", json::array{"PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"}},
       {"comment_disabled", false},
       {"duet_disabled", false},
       {"stitch_disabled", false},
       {"max_video_post_duration_sec", 600}});
}

std::string Tiktok::wrong_post(const json::object& post, Post& made) const {
  if (const auto odd = stranger(
          post, {"title", "privacy_level", "disable_duet", "disable_stitch", "disable_comment",
                 "video_cover_timestamp_ms", "brand_content_toggle", "brand_organic_toggle", "is_aigc"});
      !odd.empty())
    return "Unknown post_info member " + odd;
  made.text = text_or(post, "title", "");
  if (utf16_units(made.text) > max_title) return "The title is too long";
  const std::string level = text_or(post, "privacy_level", "");
  if (!is_level(level)) return "privacy_level is required";
  made.visibility = level == "PUBLIC_TO_EVERYONE" ? "public" : level;
  if (post.contains("video_cover_timestamp_ms")) {
    const auto at = number_member(post, "video_cover_timestamp_ms");
    if (!at || *at < 0) return "video_cover_timestamp_ms is invalid";
    made.group = fmt::format("{:g} s", static_cast<double>(*at) / 1000);
  }
  return "";
}

std::string Tiktok::wrong_source(const json::object& source, Upload& upload) const {
  if (text_or(source, "source", "") != "FILE_UPLOAD") return "source must be FILE_UPLOAD here";
  if (const auto odd = stranger(source, {"source", "video_size", "chunk_size", "total_chunk_count"});
      !odd.empty())
    return "Unknown source_info member " + odd;
  const auto size = number_member(source, "video_size"), chunk = number_member(source, "chunk_size"),
             count = number_member(source, "total_chunk_count");
  if (!size || !chunk || !count || *size <= 0 || *chunk <= 0 || *count <= 0) return "Invalid source_info";
  upload.total = static_cast<uint64_t>(*size);
  upload.chunk = static_cast<uint64_t>(*chunk);
  upload.count = static_cast<uint64_t>(*count);
  if (upload.total > largest || upload.count > 1000) return "The video is too large";
  if (upload.count == 1) return upload.chunk == upload.total ? "" : "The chunk size is invalid";
  const bool sound = upload.chunk >= least_chunk && upload.chunk <= most_chunk &&
                     upload.count == upload.total / upload.chunk &&
                     upload.total - upload.chunk * (upload.count - 1) <= most_last;
  return sound ? "" : "The total chunk count is invalid";
}

wire::Response Tiktok::init(const Call& call, size_t who) {
  const json::object* post = call.json ? object_member(*call.json, "post_info") : nullptr;
  const json::object* source = call.json ? object_member(*call.json, "source_info") : nullptr;
  if (!post || !source || call.json->size() != 2)
    return tiktok_error(400, "invalid_params", "The request parameters are invalid.");
  Upload upload{.post = {.person = who, .at = call.now}, .until = call.now + address_lives};
  if (const auto wrong = wrong_post(*post, upload.post); !wrong.empty())
    return tiktok_error(400, "invalid_params", wrong);
  if (text_or(*post, "privacy_level", "") == "FOLLOWER_OF_CREATOR")
    return tiktok_error(403, "privacy_level_option_mismatch",
                        "This creator does not offer that privacy level.");
  if (const auto wrong = wrong_source(*source, upload); !wrong.empty())
    return tiktok_error(400, "invalid_params", wrong);
  const Reading daily = meter(fmt::format("posts:{}", who), 15, std::chrono::hours(24), call.now);
  if (daily.over)
    return tiktok_error(403, "spam_risk_too_many_posts",
                        "The daily post cap from the API is reached for the user.");
  const std::string id = fmt::format("v_pub_file~v2-1.{}", 7'500'000'000 + ++last_);
  upload.post.id = id;
  uploads_[id] = std::move(upload);
  return tiktok_ok({{"publish_id", id}, {"upload_url", fmt::format("{}/upload/{}", base(), id)}});
}

// Why it will not be published: the reason that its words name, or a fault.
std::string Tiktok::given_up(const Call& call, const std::string& words) {
  for (const std::string_view reason : reasons)
    if (words.find(fmt::format("#{}", reason)) != std::string::npos) return std::string(reason);
  return gives_up(call) ? "spam_risk_too_many_posts" : "";
}

// 206 for each chunk but the last, 201 for that; what comes twice, or too early, is out of range.
wire::Response Tiktok::take(const Call& call) {
  const auto found = uploads_.find(call.steps[2]);
  if (found == uploads_.end() || found->second.until < call.now) return {403, {}, ""};
  Upload& upload = found->second;
  const std::string range(call.header("content-range").value_or(""));
  const uint64_t size = call.uploads.empty() ? 0 : call.uploads.front().size;
  if (size == 0 || range.find('/') == std::string::npos) return {400, {}, ""};
  if (range != fmt::format("bytes {}-{}/{}", upload.there, upload.there + size - 1, upload.total))
    return {416, {}, ""};
  const bool last = upload.there + size == upload.total;
  if (!last && size != upload.chunk) return {400, {}, ""};
  upload.there += size;
  const std::string type = call.uploads.front().type();
  if (upload.type.empty()) upload.type = type.empty() ? "video/mp4" : type;
  if (!last) return {206, {}, ""};
  upload.failure =
      upload.type.starts_with("video/") ? given_up(call, upload.post.text) : "file_format_check_failed";
  upload.ready = call.now + working;
  working_.push_back(found->first);
  return {201, {}, ""};
}

void Tiktok::settle(Instant now) {
  std::erase_if(working_, [&](const std::string& id) {
    Upload& upload = uploads_.at(id);
    if (now < upload.ready) return false;
    if (!upload.failure.empty()) return true;
    upload.post.at = now;
    upload.published = true;
    if (upload.photos) return record(shelf_.add(upload.post), person(upload.post.person).external_id), true;
    Medium& medium = gallery_.add({.id = "m" + id,
                                   .type = upload.type,
                                   .size = upload.total,
                                   .person = upload.post.person,
                                   .made = now,
                                   .ready = now});
    medium.moment = std::exchange(upload.post.group, "");
    upload.post.media = {medium.id};
    upload.post.url = fmt::format("{}/@{}/video/{}", base(), character(upload.post.person).handle, id);
    record(shelf_.add(upload.post), person(upload.post.person).external_id);
    return true;
  });
}

wire::Response Tiktok::status(const Call& call, size_t who) {
  const std::string id = call.json ? text_or(*call.json, "publish_id", "") : "";
  if (const Post* post = shelf_.find(id); post && post->person == who)
    return tiktok_ok({{"status", "PUBLISH_COMPLETE"}, {"publicaly_available_post_id", json::array{id}}});
  const auto found = uploads_.find(id);
  if (found == uploads_.end() || found->second.post.person != who)
    return tiktok_error(400, "invalid_publish_id", "The publish_id does not exist.");
  const Upload& upload = found->second;
  if (!upload.failure.empty() && call.now >= upload.ready)
    return tiktok_ok({{"status", "FAILED"}, {"fail_reason", upload.failure}});
  if (upload.photos) return tiktok_ok({{"status", "PROCESSING_DOWNLOAD"}});
  return tiktok_ok({{"status", "PROCESSING_UPLOAD"}, {"uploaded_bytes", upload.there}});
}

}  // namespace carillon::sandbox

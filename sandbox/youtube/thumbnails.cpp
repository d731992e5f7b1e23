// Covers: developers.google.com/youtube/v3/docs/thumbnails/set (2026-09). A picture for a video that is
// there; fifty of a project's 10,000 units a day.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "sandbox/answers.h"
#include "sandbox/youtube/youtube.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr uint64_t max_picture = 2 << 20;
constexpr int64_t covers_a_day = 10'000 / 50;

std::optional<wire::Response> wrong_picture(const Call& call) {
  const Upload* picture = call.uploads.empty() ? nullptr : &call.uploads.front();
  if (!picture || picture->size == 0)
    return youtube_error(400, "mediaBodyRequired", "The request does not include the image content.");
  const std::string type = picture->type();
  if ((type != "image/jpeg" && type != "image/png") || picture->size > max_picture)
    return youtube_error(400, "invalidImage", "The provided image content is invalid.");
  return std::nullopt;
}

}  // namespace

wire::Response Youtube::set_thumbnail(const Call& call, size_t who) {
  for (const auto& [name, value] : call.query)
    if (name != "videoId" && name != "uploadType" && name != "onBehalfOfContentOwner")
      return youtube_error(400, "unexpectedParameter", "Unknown name \"" + name + "\"");
  const std::string id = call.param_or("videoId", "");
  if (id.empty()) return youtube_error(400, "missingRequiredParameter", "Required parameter: videoId");
  if (call.param_or("uploadType", "") != "media")
    return youtube_error(400, "badRequest", "uploadType must be media here");
  const Post* post = shelf_.find(id);
  if (!post || post->gone)
    return youtube_error(404, "videoNotFound",
                         "The video that you are trying to insert a thumbnail image for cannot be found.");
  if (post->person != who)
    return youtube_error(403, "forbidden", "The thumbnail can't be set for the specified video.");
  if (auto refusal = wrong_picture(call)) return *refusal;
  if (meter("covers", covers_a_day, std::chrono::hours(24), call.now).over)
    return youtube_error(403, "quotaExceeded",
                         "The request cannot be completed because you have exceeded your quota.");
  const Upload& sent = call.uploads.front();
  Medium& picture = gallery_.add({.id = fmt::format("c{}-{}", id, call.now.us),
                                  .type = sent.type(),
                                  .size = sent.size,
                                  .person = who,
                                  .made = call.now,
                                  .ready = call.now});
  gallery_.keep_bytes(picture, sent.bytes);
  const std::string shown = picture.id;
  if (Medium* video = post->media.empty() ? nullptr : gallery_.find(post->media[0])) video->cover = shown;
  const json::object one{{"url", fmt::format("{}/media/{}", base(), shown)}};
  return json_answer(200, json::object{{"kind", "youtube#thumbnailSetResponse"},
                                       {"items", json::array{json::object{{"default", one}}}}});
}

}  // namespace carillon::sandbox

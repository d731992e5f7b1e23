// Videos: developers.pinterest.com/docs/api/v5/media-create (2025-12). The bytes go to a storage of another
// house.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "sandbox/answers.h"
#include "sandbox/pinterest/pinterest.h"
#include "sandbox/shape.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr uint64_t largest = uint64_t{2} << 30;
constexpr Duration processing = std::chrono::seconds(15);

}  // namespace

wire::Response Pinterest::announce(const Call& call, size_t person) {
  if (!call.json || text_or(*call.json, "media_type", "") != "video" || call.json->size() != 1)
    return pinterest_error(400, 1, "Invalid request: media_type must be video");
  Medium& medium = gallery_.add({.id = fmt::format("{}", 5'000'000 + ++last_medium_),
                                 .person = person,
                                 .made = call.now,
                                 .complete = false});
  return json_answer(201, json::object{{"media_id", medium.id},
                                       {"media_type", "video"},
                                       {"upload_url", fmt::format("{}/storage/{}", base(), medium.id)},
                                       {"upload_parameters", json::object{{"key", "uploads/" + medium.id},
                                                                          {"policy", "sandbox-policy"}}}});
}

wire::Response Pinterest::take_bytes(const Call& call) {
  Medium* medium = gallery_.find(call.steps[2]);
  const Upload* file = call.upload("file");
  if (!medium || call.param_or("policy", "") != "sandbox-policy")
    return text_answer(403, "application/xml", "<Error><Code>AccessDenied</Code></Error>");
  if (!file || file->size == 0)
    return text_answer(400, "application/xml", "<Error><Code>MissingFile</Code></Error>");
  if (file->size > largest)
    return text_answer(413, "application/xml", "<Error><Code>EntityTooLarge</Code></Error>");
  const std::string type = file->type();
  medium->type = type.empty() ? "application/octet-stream" : type;
  medium->size = file->size;
  medium->complete = true;
  medium->ready = call.now + processing;
  if (!medium->type.starts_with("video/")) medium->failure = "not a video";
  return {204, {}, ""};
}

wire::Response Pinterest::video(const Call& call, size_t person) {
  const Medium* medium = gallery_.find(call.steps[3]);
  if (!medium || medium->person != person) return pinterest_error(404, 40, "Media not found.");
  const std::string_view status = !medium->complete          ? "registered"
                                  : !medium->failure.empty() ? "failed"
                                  : call.now < medium->ready ? "processing"
                                                             : "succeeded";
  return json_answer(200,
                     json::object{{"media_id", medium->id}, {"media_type", "video"}, {"status", status}});
}

}  // namespace carillon::sandbox

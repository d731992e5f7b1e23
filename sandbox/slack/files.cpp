// Files: docs.slack.dev/messaging/working-with-files (2026-09): an address, the bytes, "that was all".
#include <fmt/format.h>

#include <boost/json.hpp>

#include "sandbox/answers.h"
#include "sandbox/shape.h"
#include "sandbox/slack/slack.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr int64_t largest = int64_t{1} << 30;

}  // namespace

wire::Response Slack::upload_address(const Call& call) {
  if (auto refusal = slack_unknown(call, {"filename", "length", "alt_txt", "snippet_type"})) return *refusal;
  const auto length = to_number(call.param_or("length", ""));
  if (call.param_or("filename", "").empty() || !length || *length <= 0)
    return slack_error("invalid_arguments");
  if (*length > largest) return slack_error("file_upload_size_restricted");
  Medium& medium = gallery_.add({.id = fmt::format("F0SAND{:05}", ++last_file_),
                                 .alt = call.param_or("alt_txt", ""),
                                 .made = call.now,
                                 .promised = static_cast<uint64_t>(*length),
                                 .complete = false});
  return slack_ok(
      {{"upload_url", fmt::format("{}/upload/v1/{}", base(), medium.id)}, {"file_id", medium.id}});
}

// Words, not JSON; the same bytes twice do no harm.
wire::Response Slack::take_bytes(const Call& call) {
  Medium* medium = gallery_.find(call.steps[3]);
  const Upload* file = call.uploads.empty() ? nullptr : &call.uploads.front();
  if (!medium) return text_answer(404, "text/plain", "not found");
  if (!file || file->size != medium->promised) return text_answer(400, "text/plain", "length differs");
  const std::string type = file->type();
  medium->type =
      type.empty() || type == "application/octet-stream" ? "image/png" : type;  // a slice tells no type
  medium->size = file->size;
  medium->complete = true;
  gallery_.keep_bytes(*medium, file->bytes);
  return text_answer(200, "text/plain", fmt::format("OK - {}", file->size));
}

wire::Response Slack::complete(const Call& call) {
  if (auto refusal =
          slack_unknown(call, {"files", "channel_id", "channels", "initial_comment", "thread_ts", "blocks"}))
    return *refusal;
  boost::system::error_code failed;
  const json::value list = json::parse(call.param_or("files", ""), failed);
  if (failed || !list.is_array() || list.get_array().empty()) return slack_error("invalid_arguments");
  if (call.param("channel_id"))
    return slack_error("invalid_arguments");  // sharing at once is not part of the sandbox
  json::array done;
  for (const json::value& one : list.get_array()) {
    const json::object* file = one.if_object();
    Medium* medium = file ? gallery_.find(text_or(*file, "id", "")) : nullptr;
    if (!medium || !medium->complete) return slack_error("file_not_found");
    medium->used = true;
    done.emplace_back(json::object{{"id", medium->id}, {"title", medium->id}});
  }
  return slack_ok({{"files", std::move(done)}});
}

}  // namespace carillon::sandbox

// Media of a post on X. Images and GIFs in one request and their descriptions in a second; videos in chunks,
// then the processing is awaited. https://docs.x.com/x-api/media/quickstart/media-upload-chunked (2026-09)
#include <fmt/format.h>

#include <algorithm>

#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/refusal.h"
#include "channels/x/x.h"
#include "wire/url.h"

namespace carillon::channels::x {

namespace json = boost::json;

namespace {

constexpr uint64_t chunk = 4 << 20;  // X takes up to 5 MB
constexpr int64_t max_polls = 2000;

const MediaFacts& medium(const Job& job, const json::object& facts) {
  return job.media[uploaded(facts).size()];
}

// POST /2/media/upload, in one go. https://docs.x.com/x-api/media/upload-media (2026-09)
Send simple_upload(const Job& job, const Progress& progress) {
  const MediaFacts& file = medium(job, progress.facts);
  wire::Request made = request(job.from, "POST", "/2/media/upload");
  const char* category = kind_of(file) == "gif" ? "tweet_gif" : "tweet_image";
  made.body = form_of(job, {text_part("media_category", category), file_part("media", file)});
  made.timeout = time_for(file.bytes);
  return {std::move(made), Repeat::safe, false, {"upload"}, progress};
}

// POST /2/media/metadata. https://docs.x.com/x-api/media/create-media-metadata (2026-09)
Send describe(const Job& job, const Progress& progress) {
  const auto ids = uploaded(progress.facts);
  json::object metadata = {{"alt_text", {{"text", job.body().media[ids.size() - 1].alt}}}};
  const json::object body = {{"id", ids.back()}, {"metadata", std::move(metadata)}};
  return {json_request(job.from, "/2/media/metadata", body), Repeat::safe, false, {"metadata"}, progress};
}

// POST /2/media/upload/initialize. https://docs.x.com/x-api/media/initialize-media-upload (2026-09)
Send initialize(const Job& job, const Progress& progress) {
  const MediaFacts& file = medium(job, progress.facts);
  const json::object body = {
      {"media_type", file.mime}, {"total_bytes", file.bytes}, {"media_category", "tweet_video"}};
  return {json_request(job.from, "/2/media/upload/initialize", body),
          Repeat::safe,
          false,
          {"upload_part"},
          progress};
}

// POST /2/media/upload/{id}/append. https://docs.x.com/x-api/media/append-media-upload (2026-09)
Send append(const Job& job, const Progress& progress) {
  const MediaFacts& file = medium(job, progress.facts);
  const auto segment = static_cast<uint64_t>(kept_number(progress.facts, "segment"));
  const uint64_t offset = segment * chunk;
  const uint64_t length = offset < file.bytes ? std::min(chunk, file.bytes - offset) : 0;
  wire::Part bytes{"media", file_name(file), "application/octet-stream",
                   wire::MediaSlice{file.id, offset, length}};
  wire::Request made =
      request(job.from, "POST", "/2/media/upload/" + kept_text(progress.facts, "video") + "/append");
  made.body = form_of(job, {text_part("segment_index", std::to_string(segment)), std::move(bytes)});
  made.timeout = time_for(length);
  return {std::move(made), Repeat::safe, false, {"upload_part"}, progress};
}

// POST /2/media/upload/{id}/finalize. https://docs.x.com/x-api/media/finalize-media-upload (2026-09)
Send finalize(const Job& job, const Progress& progress) {
  wire::Request made =
      request(job.from, "POST", "/2/media/upload/" + kept_text(progress.facts, "video") + "/finalize");
  return {std::move(made), Repeat::safe, false, {"upload_part"}, progress};
}

// GET /2/media/upload?command=STATUS. https://docs.x.com/x-api/media/get-media-upload-status (2026-09)
Send ask_status(const Job& job, const Progress& progress) {
  const std::string path = wire::with_query(
      "/2/media/upload", {{"command", "STATUS"}, {"media_id", kept_text(progress.facts, "video")}});
  return {request(job.from, "GET", path), Repeat::safe, false, {"upload_status"}, progress};
}

json::object video_done(json::object facts, Instant now) {
  add_uploaded(facts, kept_text(facts, "video"), now);
  for (const char* name : {"video", "segment", "polls"}) facts.erase(name);
  return facts;
}

std::variant<Progress, Wait, Fault> processing(const Job& job, const Progress& progress,
                                               const json::value& answer, const wire::Response& response) {
  const std::string state = text_at(answer, {"data", "processing_info", "state"});
  if (state.empty() || state == "succeeded") return Progress{"next", video_done(progress.facts, job.now)};
  json::object facts = progress.facts;
  const int64_t polls = kept_number(facts, "polls") + 1;
  if (state == "failed" || polls > max_polls) {
    std::string why = text_at(answer, {"data", "processing_info", "error", "message"});
    if (why.empty()) why = text_at(answer, {"data", "processing_info", "error", "name"});
    if (why.empty()) why = state == "failed" ? "processing failed" : "processing does not end";
    return refused(Refusal::media_invalid, {x_traits().label, response.status, why, response.body});
  }
  facts["polls"] = polls;
  const int64_t after = number_at(answer, {"data", "processing_info", "check_after_secs"}).value_or(5);
  return Wait{std::chrono::seconds(std::clamp<int64_t>(after, 1, 300)), {"status", std::move(facts)}};
}

// An upload that X no longer knows, or a step that it had taken already when the answer was lost: once from
// the start.
std::optional<Progress> start_over(const Progress& progress, const Fault& fault) {
  const bool lost_track = fault.kind == FaultKind::invalid || fault.kind == FaultKind::gone;
  if (!lost_track || progress.facts.contains("again")) return std::nullopt;
  json::object facts = progress.facts;
  for (const char* name : {"video", "segment", "polls"}) facts.erase(name);
  facts["again"] = true;
  return Progress{"initialize", std::move(facts)};
}

std::variant<Progress, Wait, Fault> on_video_reply(const Job& job, const Progress& progress,
                                                   const wire::Response& response) {
  const auto answer = read_json(response.body);
  Fault unclear = unreadable(x_traits().label, response);
  json::object facts = progress.facts;
  if (progress.step == "initialize") {
    const std::string id = answer ? text_at(*answer, {"data", "id"}) : "";
    if (id.empty()) return unclear;
    facts["video"] = id;
    facts["segment"] = 0;
    return Progress{"append", std::move(facts)};
  }
  if (!answer && response.status != 204) return unclear;
  if (progress.step != "append") {
    return answer && look(*answer, {"data"}) != nullptr ? processing(job, progress, *answer, response)
                                                        : std::variant<Progress, Wait, Fault>(unclear);
  }
  const int64_t next = kept_number(facts, "segment") + 1;
  const bool more = static_cast<uint64_t>(next) * chunk < medium(job, facts).bytes;
  if (more) facts["segment"] = next;
  return Progress{more ? "append" : "finalize", std::move(facts)};
}

}  // namespace

bool is_upload_step(const std::string& step) {
  static constexpr std::string_view steps[] = {"upload", "describe", "initialize",
                                               "append", "finalize", "status"};
  return std::find(std::begin(steps), std::end(steps), step) != std::end(steps);
}

Send upload_request(const Job& job, const Progress& progress) {
  if (progress.step == "upload") return simple_upload(job, progress);
  if (progress.step == "describe") return describe(job, progress);
  if (progress.step == "initialize") return initialize(job, progress);
  if (progress.step == "append") return append(job, progress);
  return progress.step == "finalize" ? finalize(job, progress) : ask_status(job, progress);
}

std::optional<Progress> next_upload(const Job& job, json::object facts) {
  const size_t there = uploaded(facts).size();
  if (there >= job.media.size()) return std::nullopt;
  const bool video = kind_of(job.media[there]) == "video";
  return Progress{video ? "initialize" : "upload", std::move(facts)};
}

std::variant<Progress, Wait, Fault> on_upload_reply(const Job& job, const Progress& progress,
                                                    const wire::Response& response) {
  const bool of_video =
      progress.step != "upload" && progress.step != "describe" && progress.step != "initialize";
  if (!accepted(response)) {
    Fault fault = fault_in(response, job.now);
    if (auto again = of_video ? start_over(progress, fault) : std::nullopt) return *again;
    return fault;
  }
  if (progress.step == "initialize" || of_video) return on_video_reply(job, progress, response);
  const auto answer = read_json(response.body);
  if (progress.step == "describe") {
    if (!answer && response.status != 204) return unreadable(x_traits().label, response);
    return Progress{"next", progress.facts};
  }
  const std::string id = answer ? text_at(*answer, {"data", "id"}) : "";
  if (id.empty()) return unreadable(x_traits().label, response);
  json::object facts = progress.facts;
  add_uploaded(facts, id, job.now);
  const size_t which = uploaded(facts).size() - 1;
  const bool described = which < job.body().media.size() && !job.body().media[which].alt.empty();
  return Progress{described ? "describe" : "next", std::move(facts)};
}

}  // namespace carillon::channels::x

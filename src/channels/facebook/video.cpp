// Videos on their way to a page: in pieces to /{page}/videos; for reels and stories to an address that is
// given. What is uploaded is not seen by anybody until it is finished.
// https://developers.facebook.com/docs/graph-api/reference/ page/videos/,
// …/docs/video-api/guides/reels-publishing, …/docs/page-stories-api (2026-09)
#include "channels/facebook/facebook.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/refusal.h"
#include "wire/url.h"

namespace carillon::channels::facebook {

namespace json = boost::json;

namespace {

using Next = std::variant<Progress, Wait, Fault>;

const std::vector<std::string> lanes = {"page", "app"};
constexpr Duration sessions_live = std::chrono::hours(23);
constexpr int64_t most_polls = 200;

// To an address of its own at once; else in pieces.
bool goes_whole(const Job& job) {
  return form_of(job.content) != "post";
}

const char* edge_of(const Job& job) {
  const std::string form = form_of(job.content);
  return form == "reel" ? "video_reels" : form == "story" ? "video_stories" : "videos";
}

wire::Request form_request(const Job& job, const wire::Fields& form) {
  wire::Request made = request(job.from, "POST", page_path(job, edge_of(job)));
  made.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  made.body = wire::encode_form(form);
  return made;
}

Send start(const Job& job, json::object facts) {
  forget_video(facts);
  note(facts, "video_at", job.now);
  wire::Fields form = {{"upload_phase", "start"}};
  if (!goes_whole(job)) form.emplace_back("file_size", std::to_string(job.media[0].bytes));
  return {form_request(job, form), Repeat::safe, false, lanes, {"video_start", std::move(facts)}};
}

Send piece(const Job& job, json::object facts) {
  const auto from = static_cast<uint64_t>(kept_number(facts, "from")),
             to = static_cast<uint64_t>(kept_number(facts, "to"));
  const MediaFacts& file = job.media[0];
  wire::Part chunk = file_part("video_file_chunk", file);
  chunk.value = wire::MediaSlice{file.id, from, to - from};
  wire::Request made = request(job.from, "POST", page_path(job, "videos"));
  made.body = channels::form_of(job, {text_part("upload_phase", "transfer"),
                                      text_part("upload_session_id", kept_text(facts, "session")),
                                      text_part("start_offset", std::to_string(from)), std::move(chunk)});
  made.timeout = time_for(to - from);
  return {std::move(made), Repeat::safe, false, lanes, {"video_piece", std::move(facts)}};
}

Send bytes(const Job& job, json::object facts) {
  const MediaFacts& file = job.media[0];
  wire::Request made;
  made.method = "POST";
  made.url = kept_text(facts, "to");
  made.headers = {{"Content-Type", "application/octet-stream"},
                  {"offset", "0"},
                  {"file_size", std::to_string(file.bytes)}};
  made.body = wire::MediaSlice{file.id, 0, file.bytes};
  made.secrets = {{"page", wire::Insert::Place::bearer, "OAuth"}};
  made.timeout = time_for(file.bytes);
  return {std::move(made), Repeat::safe, false, lanes, {"video_bytes", std::move(facts)}};
}

Send inspect(const Job& job, json::object facts) {
  const std::string path = "/" + wire::percent_encode(kept_text(facts, "video")) + "?fields=status";
  return {request(job.from, "GET", path), Repeat::safe, false, lanes, {"video_status", std::move(facts)}};
}

Fault unreadable(const wire::Response& response) {
  return refused(Refusal::unreadable, {facebook_traits().label, response.status, "", response.body});
}

// Which piece is wanted next; none once the offsets meet.
std::optional<bool> wants_more(const Job& job, json::object& facts, const json::value& answer) {
  const auto from = number_at(answer, {"start_offset"}), to = number_at(answer, {"end_offset"});
  const auto size = static_cast<int64_t>(job.media[0].bytes);
  if (!from || !to || *from < 0 || *to < *from || *to > size) return std::nullopt;
  facts["from"] = *from;
  facts["to"] = *to;
  if (*from == *to && *from != size) return std::nullopt;
  return *from < *to;
}

Next on_started(const Job& job, json::object facts, const wire::Response& response) {
  const auto answer = read_json(response.body);
  const std::string video = answer ? text_at(*answer, {"video_id"}) : "";
  if (video.empty()) return unreadable(response);
  facts["video"] = video;
  if (goes_whole(job)) {
    const std::string to = text_at(*answer, {"upload_url"});
    if (!belongs_to(job.from, "facebook.com", to)) return unreadable(response);
    facts["to"] = to;
    return Progress{"video_bytes", std::move(facts)};
  }
  facts["session"] = text_at(*answer, {"upload_session_id"});
  const auto more = wants_more(job, facts, *answer);
  if (!more || !*more || kept_text(facts, "session").empty()) return unreadable(response);
  return Progress{"video_piece", std::move(facts)};
}

Next on_piece(const Job& job, json::object facts, const wire::Response& response) {
  const auto answer = read_json(response.body);
  const auto more = answer ? wants_more(job, facts, *answer) : std::nullopt;
  if (!more) return unreadable(response);
  if (*more) return Progress{"video_piece", std::move(facts)};
  facts["ready"] = true;
  return Progress{"start", std::move(facts)};
}

// Bytes are there when the upload is over; what comes after it needs nobody.
Next on_status(const Progress& progress, const wire::Response& response) {
  const auto answer = read_json(response.body);
  const std::string status = answer ? text_at(*answer, {"status", "video_status"}) : "";
  json::object facts = progress.facts;
  if (status == "upload_complete" || status == "processing" || status == "ready") {
    facts["ready"] = true;
    return Progress{"start", std::move(facts)};
  }
  const int64_t polls = kept_number(facts, "polls") + 1;
  const bool failed = status == "upload_failed" || status == "error" || status == "expired";
  if (failed || polls > most_polls) {
    return refused(
        Refusal::media_invalid,
        {facebook_traits().label, response.status,
         failed ? "the video is in the state " + status : "the upload does not end", response.body});
  }
  if (status != "uploading") return unreadable(response);
  facts["polls"] = polls;
  return Wait{std::chrono::seconds(polls < 5 ? 3 : 10), {"video_status", std::move(facts)}};
}

}  // namespace

bool is_video_step(std::string_view step) {
  return step.starts_with("video_");
}

bool video_is_there(const json::object& facts) {
  return facts.contains("ready");
}

void forget_video(json::object& facts) {
  for (const char* name : {"video", "session", "from", "to", "ready", "polls", "video_at"}) facts.erase(name);
}

Send next_video_step(const Job& job, const Progress& progress) {
  const auto begun = noted(progress.facts, "video_at");
  const bool stale = !begun || job.now - *begun > sessions_live || !progress.facts.contains("video");
  if (progress.step == "video_start" || stale) return start(job, progress.facts);
  if (progress.step == "video_piece") return piece(job, progress.facts);
  return progress.step == "video_bytes" ? bytes(job, progress.facts) : inspect(job, progress.facts);
}

Next on_video_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  const auto answer = read_json(response.body);
  if (!accepted(response) || !answer || look(*answer, {"error"}) != nullptr)
    return fault_in(response, job.now);
  if (progress.step == "video_start") return on_started(job, progress.facts, response);
  if (progress.step == "video_piece") return on_piece(job, progress.facts, response);
  if (progress.step == "video_status") return on_status(progress, response);
  if (!true_at(*answer, {"success"})) return unreadable(response);
  return Progress{"video_status", progress.facts};
}

wire::Request finish_video(const Job& job, const json::object& facts) {
  wire::Fields form = {{"upload_phase", "finish"}};
  const std::string text = message_of(job), as = form_of(job.content);
  if (as == "post") {
    form.emplace_back("upload_session_id", kept_text(facts, "session"));
    form.emplace_back("published", "true");
  } else {
    form.emplace_back("video_id", kept_text(facts, "video"));
    if (as == "reel") form.emplace_back("video_state", "PUBLISHED");
  }
  if (as != "story" && !text.empty()) form.emplace_back("description", text);
  if (as != "post" || job.media[0].cover.empty()) return form_request(job, form);
  std::vector<wire::Part> parts;
  for (auto& [name, value] : form) parts.push_back(text_part(name, std::move(value)));
  parts.push_back(file_part("thumb", job.media[0].cover[0]));
  wire::Request made = request(job.from, "POST", page_path(job, "videos"));
  made.body = channels::form_of(job, std::move(parts));
  made.timeout = time_for(job.media[0].cover[0].bytes);
  return made;
}

}  // namespace carillon::channels::facebook

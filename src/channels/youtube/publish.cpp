// A video: its words first, for which YouTube gives an address; then the bytes, in pieces. The last piece
// makes it public; a cover of its own follows.
// https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol (2026-09)
#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include <algorithm>

#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/permalink.h"
#include "channels/refusal.h"
#include "channels/youtube/youtube.h"
#include "wire/url.h"

namespace carillon::channels::youtube {

namespace json = boost::json;

Words words_of(const ContentPart& part, const Content& content) {
  std::string text = with_link(part), title = kept_text(content.options, "video_title");
  if (!title.empty()) return {std::move(title), std::move(text)};
  const size_t line = text.find('\n');
  title = text.substr(0, line);
  text =
      line == std::string::npos ? "" : text.substr(std::min(text.find_first_not_of('\n', line), text.size()));
  return {std::move(title), std::move(text)};
}

namespace {

constexpr uint64_t piece = 32 * (256 << 10);  // 8 MB: a multiple of 256 KB

// POST /upload/youtube/v3/videos?uploadType=resumable.
// https://developers.google.com/youtube/v3/docs/videos/insert (2026-09)
Send open_session(const Job& job, json::object facts) {
  const Words words = words_of(job.body(), job.content);
  const std::string privacy = kept_text(job.content.options, "video_privacy");
  json::object status{{"privacyStatus", privacy.empty() ? "public" : privacy},
                      {"selfDeclaredMadeForKids", option_is(job, "made_for_kids", "true")}};
  if (option_is(job, "synthetic", "true")) status["containsSyntheticMedia"] = true;
  const json::object body{{"snippet", {{"title", words.title}, {"description", words.description}}},
                          {"status", std::move(status)}};
  wire::Request made;
  made.method = "POST";
  made.url = job.from.api_base + "/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status";
  made.headers = {{"Content-Type", "application/json; charset=UTF-8"},
                  {"X-Upload-Content-Length", std::to_string(job.media[0].bytes)},
                  {"X-Upload-Content-Type", job.media[0].mime}};
  made.body = json::serialize(body);
  made.secrets = {{"access", wire::Insert::Place::bearer, ""}};
  return {std::move(made), Repeat::safe, false, {"upload"}, {"session", std::move(facts)}};
}

wire::Request put(const json::object& facts, std::string range) {
  wire::Request made;
  made.method = "PUT";
  made.url = kept_text(facts, "session");
  made.headers = {{"Content-Range", std::move(range)}};
  made.secrets = {{"access", wire::Insert::Place::bearer, ""}};
  return made;
}

// The piece that begins where the other side has got to. The last one publishes.
Send send_piece(const Job& job, json::object facts) {
  const MediaFacts& file = job.media[0];
  const auto begin = static_cast<uint64_t>(std::max<int64_t>(0, kept_number(facts, "offset")));
  const uint64_t length = std::min(piece, file.bytes - std::min(begin, file.bytes));
  const bool last = begin + length >= file.bytes;
  if (last) note_sending(facts, job.now);
  wire::Request made = put(facts, fmt::format("bytes {}-{}/{}", begin, begin + length - 1, file.bytes));
  made.headers.push_back({"Content-Type", file.mime});
  made.body = wire::MediaSlice{file.id, begin, length};
  made.timeout = time_for(length);
  return {std::move(made),
          last ? Repeat::probe : Repeat::safe,
          last,
          {"part"},
          {last ? "publish" : "piece", std::move(facts)}};
}

// "bytes=0-8388607": so many bytes are there; no header: none.
uint64_t arrived(const wire::Response& response) {
  const auto range = wire::header(response.headers, "range");
  const size_t dash = range ? range->find('-') : std::string_view::npos;
  const auto last = dash == std::string_view::npos ? std::nullopt : whole_number(range->substr(dash + 1));
  return last && *last >= 0 ? static_cast<uint64_t>(*last) + 1 : 0;
}

std::string video_in(const wire::Response& response) {
  const auto answer =
      response.status == 200 || response.status == 201 ? read_json(response.body) : std::nullopt;
  return answer ? text_at(*answer, {"id"}) : "";
}

bool is_gone(const wire::Response& response) {
  return response.status == 404 || response.status == 410;
}

Move go_on(const Job& job, json::object facts) {
  if (kept_text(facts, "session").empty()) return open_session(job, std::move(facts));
  return send_piece(job, std::move(facts));
}

// An address that is no longer known before the end was sent: nothing is there, it begins anew, once.
Move begin_anew(const Job& job, json::object facts, const wire::Response& response) {
  if (facts.contains("again")) return fault_in(response, job.now);
  for (const char* name : {"session", "offset", "asked_at"}) facts.erase(name);
  facts["again"] = true;
  return open_session(job, std::move(facts));
}

Move on_session(const Job& job, const Progress& progress, const wire::Response& response) {
  if (!accepted(response)) return fault_in(response, job.now);
  const auto address = wire::header(response.headers, "location");
  if (!address || !wire::parse_url(*address)) return unreadable(youtube_traits().label, response);
  json::object facts = progress.facts;
  facts["session"] = std::string(*address);
  facts["offset"] = 0;
  return send_piece(job, std::move(facts));
}

// 308 is "go on from there". Whatever else a piece is answered with, the address knows better.
Move on_piece(const Job& job, const Progress& progress, const wire::Response& response) {
  json::object facts = progress.facts;
  if (is_gone(response)) return begin_anew(job, std::move(facts), response);
  if (response.status == 308) {
    facts["offset"] = static_cast<int64_t>(arrived(response));
    return send_piece(job, std::move(facts));
  }
  if (response.status == 400 || response.status == 416) return ask(job, std::move(facts), "where");
  return accepted(response) ? unreadable(youtube_traits().label, response) : fault_in(response, job.now);
}

// It is out, and nobody may call it canceled or failed any more; what is left is its cover.
Unclear lacks_cover(json::object facts, const std::string& id) {
  facts["video"] = id;
  return {"The video is on YouTube; its cover is set next.", Progress{"cover", std::move(facts)}};
}

// The end of the upload is answered, or its address names the video.
Move is_out(const Job& job, const json::object& facts, const std::string& id) {
  return wants_cover(job, facts) ? Move(lacks_cover(facts, id)) : Move(done(job, id));
}

Move on_where(const Job& job, const Progress& progress, const wire::Response& response) {
  json::object facts = progress.facts;
  if (is_gone(response)) return begin_anew(job, std::move(facts), response);
  if (const std::string id = video_in(response); !id.empty()) return is_out(job, facts, id);
  if (response.status != 308)
    return accepted(response) ? unreadable(youtube_traits().label, response) : fault_in(response, job.now);
  facts["offset"] = static_cast<int64_t>(arrived(response));
  return send_piece(job, std::move(facts));
}

Move on_publish(const Job& job, const Progress& progress, const wire::Response& response) {
  if (const std::string id = video_in(response); !id.empty()) return is_out(job, progress.facts, id);
  return accepted(response) || response.status == 308 ? unreadable(youtube_traits().label, response)
                                                      : fault_in(response, job.now);
}

// The video is there. Its cover goes to it now, or was given up.
Move there(const Job& job, json::object facts, const std::string& id) {
  facts["video"] = id;
  if (wants_cover(job, facts)) return set_cover(job, std::move(facts));
  Done whole = done(job, id);
  if (const std::string why = kept_text(facts, "coverless"); !why.empty())
    whole.lacks =
        "The video is out without the cover that was chosen for it: YouTube shows one of its own. " + why;
  return whole;
}

// The address itself says that the end is missing: then there is no video. Without a word about how much has
// arrived that counts only if nothing had arrived before.
Move on_look_up(const Job& job, const Progress& progress, const wire::Response& response) {
  if (const std::string id = video_in(response); !id.empty()) return there(job, progress.facts, id);
  const bool told =
      wire::header(response.headers, "range").has_value() || kept_number(progress.facts, "offset") == 0;
  if (response.status == 308 && told) return Absent{};
  if (is_gone(response))
    return Unclear{"YouTube no longer knows this upload: look at the channel whether the video is there."};
  return not_answered(accepted(response) ? unreadable(youtube_traits().label, response)
                                         : fault_in(response, job.now));
}

}  // namespace

// "where" to go on, "look_up" after a lost answer.
Send ask(const Job& job, json::object facts, const char* step) {
  note_asking(facts, job.now);
  wire::Request made = put(facts, fmt::format("bytes */{}", job.media[0].bytes));
  return {std::move(made), Repeat::safe, false, {"part"}, {step, std::move(facts)}};
}

Done done(const Job& job, const std::string& id) {
  return {id, permalink(job.from, id, "https://www.youtube.com/watch?v=" + id)};
}

Move YoutubeChannel::due(const Job& job, const Progress& progress) const {
  if (job.media.empty())
    return refused(Refusal::media_invalid, {youtube_traits().label, 0, "there is no video", ""});
  if (progress.step == "cover" && wants_cover(job, progress.facts)) return set_cover(job, progress.facts);
  if (progress.step == "where" || progress.step == "look_up")
    return ask(job, progress.facts, progress.step.c_str());
  return progress.step == "session" ? Move(open_session(job, progress.facts)) : go_on(job, progress.facts);
}

Move YoutubeChannel::replied(const Job& job, const Progress& progress, const wire::Response& response) const {
  if (progress.step == "session") return on_session(job, progress, response);
  if (progress.step == "piece") return on_piece(job, progress, response);
  if (progress.step == "where") return on_where(job, progress, response);
  if (progress.step == "cover") return on_cover(job, progress, response);
  return progress.step == "publish" ? on_publish(job, progress, response)
                                    : on_look_up(job, progress, response);
}

Move YoutubeChannel::vanished(const Job& job, const Progress& progress) const {
  if (progress.step != "publish" && progress.step != "look_up") return due(job, progress);
  if (kept_text(progress.facts, "session").empty()) return cannot_be_told();
  return ask(job, progress.facts, "look_up");
}

// It is not there: the address is asked where to go on.
Move YoutubeChannel::disproved(const Job& job, const Progress& progress) const {
  if (kept_text(progress.facts, "session").empty()) return go_on(job, progress.facts);
  return ask(job, progress.facts, "where");
}

}  // namespace carillon::channels::youtube

// A video: what the creator allows, an id and an address, the bytes. With the last of them TikTok begins to
// work on it; whether it is published is asked by the id. Photos part after the first question (photos.cpp).
// https://developers.tiktok.com/doc/content-posting-api-get-started (2026-09)
#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include <algorithm>

#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/permalink.h"
#include "channels/refusal.h"
#include "channels/tiktok/tiktok.h"
#include "wire/url.h"

namespace carillon::channels::tiktok {

namespace json = boost::json;

std::string privacy_of(const Content& content) {
  const std::string chosen = kept_text(content.options, "tiktok_privacy");
  return chosen.empty() ? "SELF_ONLY" : chosen;
}

wire::Request call(const Job& job, const std::string& path, const json::object& body) {
  wire::Request made;
  made.method = "POST";
  made.url = job.from.api_base + "/v2/post/publish" + path;
  made.headers = {{"Content-Type", "application/json; charset=UTF-8"}};
  made.body = json::serialize(body);
  made.secrets = {{"access", wire::Insert::Place::bearer, ""}};
  return made;
}

bool option_is(const Job& job, const char* name, std::string_view wanted) {
  const json::value* value = job.content.options.if_contains(name);
  if (value == nullptr) return false;
  return value->is_bool() ? (value->get_bool() ? "true" : "false") == wanted : as_text(*value) == wanted;
}

namespace {

constexpr uint64_t chunk = 10'000'000;  // 5 to 64 MB; the last takes what is left, up to 128 MB
constexpr int64_t max_polls = 720;

// A file below two chunks is one; else as many whole ones as there are, the last with the rest.
uint64_t chunks_of(uint64_t bytes) {
  return std::max<uint64_t>(1, bytes / chunk);
}

// https://developers.tiktok.com/doc/content-posting-api-reference-query-creator-info (2026-09)
Send ask_creator(const Job& job, json::object facts) {
  return {
      call(job, "/creator_info/query/", {}), Repeat::safe, false, {"creator"}, {"creator", std::move(facts)}};
}

// https://developers.tiktok.com/doc/content-posting-api-reference-direct-post (2026-09). Nothing is out there
// before its bytes are.
Send announce(const Job& job, json::object facts) {
  const uint64_t bytes = job.media[0].bytes, count = chunks_of(bytes);
  const bool no_duets = option_is(job, "tiktok_duets", "false");
  json::object post{{"title", with_link(job.body())},
                    {"privacy_level", privacy_of(job.content)},
                    {"disable_comment", option_is(job, "tiktok_comments", "false")},
                    {"disable_duet", no_duets},
                    {"disable_stitch", no_duets}};
  if (option_is(job, "tiktok_ai", "true")) post["is_aigc"] = true;
  if (const auto& cover = job.body().media[0].cover; cover && cover->at)
    post["video_cover_timestamp_ms"] = *cover->at / std::chrono::milliseconds(1);
  const json::object source{{"source", "FILE_UPLOAD"},
                            {"video_size", bytes},
                            {"chunk_size", count == 1 ? bytes : chunk},
                            {"total_chunk_count", count}};
  return {call(job, "/video/init/", {{"post_info", std::move(post)}, {"source_info", source}}),
          Repeat::safe,
          false,
          {"post", "init"},
          {"init", std::move(facts)}};
}

// The last chunk is what TikTok needs to begin.
Send send_chunk(const Job& job, json::object facts) {
  const MediaFacts& file = job.media[0];
  const auto number = static_cast<uint64_t>(std::max<int64_t>(0, kept_number(facts, "chunk")));
  const uint64_t count = chunks_of(file.bytes), begin = number * chunk;
  const bool last = number + 1 >= count;
  const uint64_t end = last ? file.bytes : begin + chunk;
  if (last) note_sending(facts, job.now);
  wire::Request made;
  made.method = "PUT";
  made.url = kept_text(facts, "upload_url");
  made.headers = {{"Content-Type", file.mime},
                  {"Content-Range", fmt::format("bytes {}-{}/{}", begin, end - 1, file.bytes)}};
  made.body = wire::MediaSlice{file.id, begin, end - begin};
  made.timeout = time_for(end - begin);
  return {std::move(made),
          last ? Repeat::probe : Repeat::safe,
          last,
          {},
          {last ? "publish" : "chunk", std::move(facts)}};
}

// https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status (2026-09)
Send ask_status(const Job& job, json::object facts, const char* step) {
  note_asking(facts, job.now);
  const json::object body{{"publish_id", kept_text(facts, "publish_id")}};
  return {call(job, "/status/fetch/", body), Repeat::safe, false, {"status"}, {step, std::move(facts)}};
}

Fault unreadable(const wire::Response& response) {
  return refused(Refusal::unreadable, {tiktok_traits().label, response.status, "", response.body});
}

json::object without_upload(json::object facts) {
  for (const char* name : {"publish_id", "upload_url", "chunk", "polls", "asked_at"}) facts.erase(name);
  return facts;
}

Move begin_anew(const Job& job, const json::object& facts) {
  return ask_creator(job, without_upload(facts));
}

// https://developers.tiktok.com/doc/content-sharing-guidelines (2026-09): only what the creator allows may be
// offered.
Move on_creator(const Job& job, const Progress& progress, const json::value& answer,
                const wire::Response& response) {
  const json::array& levels = list_at(answer, {"data", "privacy_level_options"});
  if (levels.empty()) return unreadable(response);
  const std::string wanted = privacy_of(job.content);
  const bool allowed =
      std::ranges::any_of(levels, [&](const json::value& one) { return as_text(one) == wanted; });
  const auto seconds = number_at(answer, {"data", "max_video_post_duration_sec"});
  const bool too_long = seconds && *seconds > 0 && job.media[0].duration > std::chrono::seconds(*seconds);
  if (too_long)
    return refused(Refusal::media_invalid,
                   {tiktok_traits().label, response.status,
                    fmt::format("this account's videos may last {} s", *seconds), ""});
  if (allowed) return is_photos(job.media) ? post_photos(job, progress.facts) : announce(job, progress.facts);
  return refused(Refusal::invalid_request, {tiktok_traits().label, response.status,
                                            "this account may not post for " + wanted, response.body});
}

Move on_announced(const Job& job, const Progress& progress, const json::value& answer,
                  const wire::Response& response) {
  json::object facts = progress.facts;
  const std::string id = text_at(answer, {"data", "publish_id"}),
                    url = text_at(answer, {"data", "upload_url"});
  if (id.empty() || !wire::parse_url(url)) return unreadable(response);
  facts["publish_id"] = id;
  facts["upload_url"] = url;
  facts["chunk"] = 0;
  return send_chunk(job, std::move(facts));
}

// 206 for each but the last; an address lives an hour.
Move on_chunk(const Job& job, const Progress& progress, const wire::Response& response) {
  json::object facts = progress.facts;
  if (response.status == 403 || response.status == 404) {
    if (facts.contains("again")) return unreadable_answer(tiktok_traits().label, response, std::nullopt);
    facts["again"] = true;
    return begin_anew(job, facts);
  }
  if (response.status == 416 || response.status == 206 || response.status == 201) {
    facts["chunk"] = kept_number(facts, "chunk") + 1;
    return send_chunk(job, std::move(facts));
  }
  return accepted(response) ? unreadable(response)
                            : unreadable_answer(tiktok_traits().label, response, std::nullopt);
}

// It has everything, and may publish it or not: nobody knows until its status is asked.
Move at_work(json::object facts) {
  return Unclear{"TikTok has the video and works on it: it is asked whether it is published.",
                 Progress{"look_up", std::move(facts)}};
}

Move on_last(const Progress& progress, const wire::Response& response) {
  if (response.status == 201 || response.status == 206 || response.status == 200)
    return at_work(progress.facts);
  return accepted(response) ? unreadable(response)
                            : unreadable_answer(tiktok_traits().label, response, std::nullopt);
}

Move published(const Job& job, const Progress& progress, const json::value& answer) {
  const json::array& posts = list_at(answer, {"data", "publicaly_available_post_id"});
  const std::string post = posts.empty() ? "" : as_text(posts[0]);
  const std::string user = job.from.handle.starts_with('@') ? job.from.handle : "@" + job.from.handle;
  const std::string real =
      post.empty() || job.from.handle.empty()
          ? ""
          : "https://www.tiktok.com/" + user + (is_photos(job.media) ? "/photo/" : "/video/") + post;
  const std::string id = kept_text(progress.facts, "publish_id");
  return Done{id, permalink(job.from, id, real)};
}

Move look_again(const Progress& progress) {
  json::object facts = progress.facts;
  const int64_t polls = kept_number(facts, "polls") + 1;
  if (polls > max_polls) return Unclear{"TikTok works on this and does not come to an end."};
  facts["polls"] = polls;
  return Wait{std::chrono::seconds(polls < 10 ? 6 : 30), {"look_up", std::move(facts)}};
}

// FAILED is the last word about this id. Where the day was full, another one is made later.
Move given_up(const Progress& progress, const json::value& answer, const wire::Response& response) {
  if (text_at(answer, {"data", "fail_reason"}) == "spam_risk_too_many_posts")
    return Wait{std::chrono::hours(1), {"start", without_upload(progress.facts)}};
  return failure_in(answer, response);
}

// In doubt: FAILED, or bytes that did not arrive, prove that it is not there. At the step "verdict" that is
// known, and why is the question.
Move on_status(const Job& job, const Progress& progress, const wire::Response& response) {
  const auto answer = read_json(response.body);
  const std::string status = answer ? text_at(*answer, {"data", "status"}) : "";
  const bool verdict = progress.step == "verdict";
  if (!says_ok(response) || status.empty()) {
    const Fault fault = says_ok(response) ? unreadable(response) : fault_in(response, job.now);
    return verdict ? Move(fault) : not_answered(fault);
  }
  if (status == "PUBLISH_COMPLETE") return published(job, progress, *answer);
  if (status == "FAILED") return verdict ? given_up(progress, *answer, response) : Move(Absent{});
  const auto there = number_at(*answer, {"data", "uploaded_bytes"});
  const bool missing =
      status == "PROCESSING_UPLOAD" && there && *there < static_cast<int64_t>(job.media[0].bytes);
  if (missing) return verdict ? begin_anew(job, progress.facts) : Move(Absent{});
  return verdict ? at_work(progress.facts) : look_again(progress);
}

}  // namespace

Move TiktokChannel::due(const Job& job, const Progress& progress) const {
  if (job.media.empty())
    return refused(Refusal::media_invalid, {tiktok_traits().label, 0, "there is no video and no photo", ""});
  const std::string& step = progress.step;
  if (step == "photos") return post_photos(job, progress.facts);
  if (step == "init") return announce(job, progress.facts);
  if (step == "chunk" || step == "publish") return send_chunk(job, progress.facts);
  if (step == "look_up") return ask_status(job, progress.facts, "look_up");
  return step == "verdict" ? Move(ask_status(job, progress.facts, "verdict"))
                           : ask_creator(job, progress.facts);
}

Move TiktokChannel::replied(const Job& job, const Progress& progress, const wire::Response& response) const {
  const std::string& step = progress.step;
  if (step == "chunk") return on_chunk(job, progress, response);
  if (step == "publish") return on_last(progress, response);
  if (step == "photos") return on_photos(job, progress, response);
  if (step == "look_up" || step == "verdict") return on_status(job, progress, response);
  if (!says_ok(response)) return fault_in(response, job.now);
  const json::value answer = *read_json(response.body);
  return step == "init" ? on_announced(job, progress, answer, response)
                        : on_creator(job, progress, answer, response);
}

Move TiktokChannel::vanished(const Job& job, const Progress& progress) const {
  const bool out = progress.step == "publish" || progress.step == "photos" || progress.step == "look_up";
  if (!out) return due(job, progress);
  if (kept_text(progress.facts, "publish_id").empty())
    return Unclear{
        "TikTok did not answer before it gave these photos an id: look at the profile, some minutes "
        "after they were sent, whether they are there."};
  return ask_status(job, progress.facts, "look_up");
}

// It is not there: why not is asked once more, and decides whether it is worth another try.
Move TiktokChannel::disproved(const Job& job, const Progress& progress) const {
  if (kept_text(progress.facts, "publish_id").empty()) return begin_anew(job, progress.facts);
  return ask_status(job, progress.facts, "verdict");
}

}  // namespace carillon::channels::tiktok

// The cover of a video. YouTube takes it for a video that is there already: so the video is out, and only its
// cover is still on its way. https://developers.google.com/youtube/v3/docs/thumbnails/set (2026-09)
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/refusal.h"
#include "channels/youtube/youtube.h"
#include "wire/url.h"

namespace carillon::channels::youtube {

namespace json = boost::json;

namespace {

constexpr int64_t max_tries = 4;  // of an unanswered cover: after 1, 4 and 16 minutes

bool is_set(const wire::Response& response) {
  const auto answer = response.status == 200 ? read_json(response.body) : std::nullopt;
  return answer && text_at(*answer, {"kind"}) == "youtube#thumbnailSetResponse" &&
         !list_at(*answer, {"items"}).empty();
}

// May the same request be taken later? The video itself may not be known everywhere yet.
bool passes(const Fault& fault) {
  return fault.kind == FaultKind::throttled || fault.kind == FaultKind::unavailable ||
         fault.code == "not_found";
}

// It stays without: the upload's address names the video, and that is the end.
Send give_up(const Job& job, json::object facts, const Fault& fault) {
  facts["coverless"] = fault.text;
  return ask(job, std::move(facts), "look_up");
}

}  // namespace

bool wants_cover(const Job& job, const json::object& facts) {
  return !job.media[0].cover.empty() && !facts.contains("coverless");
}

// POST /upload/youtube/v3/thumbnails/set?videoId=…: the picture is the body. 50 units of the day's 10,000.
Send set_cover(const Job& job, json::object facts) {
  const MediaFacts& picture = job.media[0].cover[0];
  wire::Request made;
  made.method = "POST";
  made.url = job.from.api_base + "/upload/youtube/v3/thumbnails/set?uploadType=media&videoId=" +
             wire::percent_encode(kept_text(facts, "video"));
  made.headers = {{"Content-Type", picture.mime}};
  made.body = wire::MediaSlice{picture.id, 0, picture.bytes};
  made.secrets = {{"access", wire::Insert::Place::bearer, ""}};
  made.timeout = time_for(picture.bytes);
  return {std::move(made), Repeat::safe, false, {"cover"}, {"cover", std::move(facts)}};
}

Move on_cover(const Job& job, const Progress& progress, const wire::Response& response) {
  if (is_set(response)) return done(job, kept_text(progress.facts, "video"));
  const Fault fault = fault_in(response, job.now);
  if (fault.code == "token_expired") return fault;
  json::object facts = progress.facts;
  const int64_t tries = kept_number(facts, "cover_tries") + 1;
  if (!passes(fault) || tries >= max_tries) return give_up(job, std::move(facts), fault);
  facts["cover_tries"] = tries;
  return Wait{std::chrono::minutes(int64_t{1} << (2 * (tries - 1))), {"cover", std::move(facts)}};
}

}  // namespace carillon::channels::youtube

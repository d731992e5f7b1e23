// Is a video or a story there? Facebook works on a video before it shows it: the video itself is asked first,
// whether the answer to its finish was lost or said that it was taken. Stories have a list that names their
// photo or video.
// https://developers.facebook.com/docs/video-api/guides/reels-publishing, …/docs/page-stories-api (2026-09)
#include <algorithm>

#include "channels/facebook/facebook.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/refusal.h"
#include "wire/url.h"

namespace carillon::channels::facebook {

namespace json = boost::json;

namespace {

constexpr int64_t most_looks = 360;
constexpr Duration stories_shown = std::chrono::hours(20);  // a day, and clocks that are wrong

bool is_at_work(const json::value& status) {
  const std::string state = text_at(status, {"video_status"});
  return state == "processing" ||
         (state == "upload_complete" && text_at(status, {"processing_phase", "status"}) != "complete");
}

// It will not be published any more, says Facebook.
bool is_given_up(const json::value& status) {
  const std::string state = text_at(status, {"video_status"});
  return state == "error" || state == "upload_failed" || state == "expired" ||
         text_at(status, {"publishing_phase", "publish_status"}) == "error";
}

Move video_published(const Job& job, const json::object& facts) {
  const std::string post = kept_text(facts, "post"), video = kept_text(facts, "video");
  if (!post.empty() && post != video) return published(job, post, "");
  return published(job, video,
                   form_of(job.content) == "reel" ? "https://www.facebook.com/reel/" + video : "");
}

Move look_later(json::object facts) {
  const int64_t looks = kept_number(facts, "looks") + 1;
  if (looks > most_looks) return Unclear{"Facebook works on this video and does not come to an end."};
  facts["looks"] = looks;
  facts.erase("rests_since");
  return Wait{std::chrono::seconds(looks < 10 ? 10 : 60), {"look_at", std::move(facts)}};
}

// It rests, and is not shown. That may be the moment before it is: only what still rests after the settling
// time is not there, or is looked for where the page's posts and stories are listed.
Move at_rest(const Job& job, json::object facts) {
  const Duration settling = facebook_traits().settling;
  if (!noted(facts, "rests_since")) note(facts, "rests_since", job.now);
  if (job.now - *noted(facts, "rests_since") < settling) return Wait{settling, {"look_at", std::move(facts)}};
  if (form_of(job.content) != "reel") return look_up_request(job, std::move(facts));
  return unless_taken(facts, not_listed(facebook_traits(), facts));
}

}  // namespace

// What Facebook said it took is not proven absent because it is not seen.
Move unless_taken(const json::object& facts, Move found) {
  const bool was_taken = facts.contains("post");
  return was_taken && std::holds_alternative<Absent>(found) ? Move(cannot_be_told()) : std::move(found);
}

void forget_looks(json::object& facts) {
  for (const char* name : {"post", "looks", "rests_since"}) facts.erase(name);
}

Send look_at_video(const Job& job, json::object facts) {
  note_asking(facts, job.now);
  const std::string path = "/" + wire::percent_encode(kept_text(facts, "video")) + "?fields=status";
  return {
      request(job.from, "GET", path), Repeat::safe, false, {"page", "app"}, {"look_at", std::move(facts)}};
}

Move on_video_seen(const Job& job, const Progress& progress, const wire::Response& response) {
  const auto answer = read_json(response.body);
  const json::value* status = answer ? look(*answer, {"status"}) : nullptr;
  if (!accepted(response) || status == nullptr || text_at(*status, {"video_status"}).empty())
    return not_answered(fault_in(response, job.now));
  const std::string shown = text_at(*status, {"publishing_phase", "publish_status"});
  if (shown == "published") return video_published(job, progress.facts);
  if (shown == "scheduled") return cannot_be_told();
  if (is_given_up(*status)) return Absent{};
  return is_at_work(*status) ? look_later(progress.facts) : at_rest(job, progress.facts);
}

Send look_up_story(const Job& job, json::object facts) {
  if (!goes_on(facts, job.now)) note_asking(facts, job.now);
  wire::Fields query = {{"status", R"(["PUBLISHED","ARCHIVED"])"},
                        {"since", std::to_string(window_start(facts).seconds())},
                        {"limit", "100"}};
  if (const auto page = kept_text(facts, "page"); !page.empty()) query.emplace_back("after", page);
  return {request(job.from, "GET", wire::with_query(page_path(job, "stories"), query)),
          Repeat::safe,
          false,
          {"page", "app"},
          {"look_up", std::move(facts)}};
}

Move on_story_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  const auto answer = read_json(response.body);
  const json::value* list = answer ? look(*answer, {"data"}) : nullptr;
  if (!accepted(response) || list == nullptr || !list->is_array())
    return not_answered(fault_in(response, job.now));
  auto ours = uploaded(progress.facts);
  ours.push_back(kept_text(progress.facts, "video"));
  for (const json::value& story : list->get_array()) {
    const std::string id = text_at(story, {"post_id"}), media = text_at(story, {"media_id"});
    if (id.empty()) return cannot_be_told();
    if (!media.empty() && std::ranges::find(ours, media) != ours.end())
      return published(job, id, text_at(story, {"url"}));
  }
  if (look(*answer, {"paging", "next"}) != nullptr) {
    auto facts = next_page(progress.facts, text_at(*answer, {"paging", "cursors", "after"}));
    return facts ? Move(look_up_story(job, std::move(*facts))) : Move(cannot_be_told());
  }
  const auto sent = noted(progress.facts, "last_sent");
  if (!sent || job.now - *sent > stories_shown) return cannot_be_told();  // and not every page has an archive
  return not_listed(facebook_traits(), progress.facts);
}

}  // namespace carillon::channels::facebook

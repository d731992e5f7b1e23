// Is a reel or a story there whose answer was lost? A reel's video says whether it was published; stories
// have a list that names their photo or video.
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

Send look_up_reel(const Job& job, json::object facts) {
  note_asking(facts, job.now);
  const std::string path = "/" + wire::percent_encode(kept_text(facts, "video")) + "?fields=status";
  return {
      request(job.from, "GET", path), Repeat::safe, false, {"page", "app"}, {"look_up", std::move(facts)}};
}

Move on_reel_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  const auto answer = read_json(response.body);
  const json::value* status = answer ? look(*answer, {"status"}) : nullptr;
  if (!accepted(response) || status == nullptr || !status->is_object())
    return not_answered(fault_in(response, job.now));
  const std::string state = text_at(*status, {"publishing_phase", "publish_status"});
  const std::string video = kept_text(progress.facts, "video");
  if (state == "published" && !video.empty())
    return published(job, video, "https://www.facebook.com/reel/" + video);
  const bool unseen = state.empty() || state == "draft" || state == "error";
  return unseen ? not_listed(facebook_traits(), progress.facts) : Move(cannot_be_told());
}

Send look_up_story(const Job& job, json::object facts) {
  if (!goes_on(facts, job.now)) note_asking(facts, job.now);
  wire::Fields query = {{"status", R"(["PUBLISHED"])"},
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
  return not_listed(facebook_traits(), progress.facts);
}

}  // namespace carillon::channels::facebook

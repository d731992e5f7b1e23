// Is a post there whose answer was lost? What the page published since, compared by text and by whether it
// has photos or the video. Reels and stories are looked up elsewhere (find_video.cpp).
#include "channels/facebook/facebook.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/refusal.h"
#include "wire/url.h"

#include <algorithm>

namespace carillon::channels::facebook {

namespace json = boost::json;

namespace {

// The photos of an album stand below its own attachment.
bool holds_upload(const json::value& holder, const char* where, const std::vector<std::string>& ids) {
  return std::ranges::any_of(list_at(holder, {where, "data"}), [&](const json::value& attachment) {
    const std::string target = text_at(attachment, {"target", "id"});
    return (!target.empty() && std::ranges::find(ids, target) != ids.end()) ||
           holds_upload(attachment, "subattachments", ids);
  });
}

Likeness compare(const json::value& post, const Job& job, const json::object& facts) {
  if (job.is_known(text_at(post, {"id"}))) return Likeness::none;
  const auto made = graph_time(text_at(post, {"created_time"}));
  if (made && *made < window_start(facts)) return Likeness::none;
  std::vector<std::string> uploads = uploaded(facts);
  uploads.push_back(kept_text(facts, "video"));
  if (holds_upload(post, "attachments", uploads)) return Likeness::same;
  if (!job.media.empty() && list_at(post, {"attachments", "data"}).empty()) return Likeness::none;
  return by_words(plain_form(text_at(post, {"message"})), plain_form(message_of(job)));
}

}  // namespace

// GET /{page}/published_posts. https://developers.facebook.com/docs/graph-api/reference/page/published_posts/
// (2026-09)
Send look_up_request(const Job& job, json::object facts) {
  if (form_of(job.content) == "story" && !job.media.empty()) return look_up_story(job, std::move(facts));
  if (!goes_on(facts, job.now)) note_asking(facts, job.now);
  wire::Fields query = {
      {"since", std::to_string(window_start(facts).seconds())},
      {"fields", "id,message,created_time,permalink_url,attachments{target{id},subattachments{target{id}}}"},
      {"limit", "100"}};
  if (const auto page = kept_text(facts, "page"); !page.empty()) query.emplace_back("after", page);
  const std::string path = "/" + wire::percent_encode(job.from.external_id) + "/published_posts";
  return {request(job.from, "GET", wire::with_query(path, query)),
          Repeat::safe,
          false,
          {"page", "app"},
          {"look_up", std::move(facts)}};
}

Move on_look_up_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  if (form_of(job.content) == "story" && !job.media.empty()) return on_story_reply(job, progress, response);
  const auto answer = read_json(response.body);
  const json::value* list = answer ? look(*answer, {"data"}) : nullptr;
  if (!accepted(response) || list == nullptr || !list->is_array())
    return not_answered(fault_in(response, job.now));
  json::object seen = progress.facts;
  for (const json::value& post : list->get_array()) {
    const std::string id = text_at(post, {"id"});
    if (id.empty()) return cannot_be_told();
    const Likeness like = compare(post, job, seen);
    if (like == Likeness::same) return published(job, id, text_at(post, {"permalink_url"}));
    if (like == Likeness::perhaps) note_alike(seen);
  }
  if (look(*answer, {"paging", "next"}) != nullptr) {
    auto facts = next_page(std::move(seen), text_at(*answer, {"paging", "cursors", "after"}));
    return facts ? Move(look_up_request(job, std::move(*facts))) : Move(cannot_be_told());
  }
  return not_listed(facebook_traits(), seen);
}

}  // namespace carillon::channels::facebook

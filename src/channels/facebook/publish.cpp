// A post on a Facebook Page: text and link to its feed, one photo as a photo, several photos uploaded unseen
// and then attached, a photo as a story, a video once it is uploaded (video.cpp), a comment under the post.
// https://developers.facebook.com/docs/pages-api/posts, …/docs/page-stories-api (2026-09)
#include <fmt/format.h>

#include "channels/facebook/facebook.h"
#include "channels/finding.h"
#include "channels/graph_comment.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/permalink.h"
#include "channels/refusal.h"
#include "wire/url.h"

namespace carillon::channels::facebook {

namespace json = boost::json;

wire::Request request(const Account& account, std::string method, const std::string& path) {
  wire::Request request;
  request.method = std::move(method);
  request.url = account.api_base + "/" + version + path;
  request.secrets = {{"page", wire::Insert::Place::bearer, ""}};
  return request;
}

// Beside photos there is no link card: the link goes into the text.
std::string message_of(const Job& job) {
  return job.media.empty() ? job.body().text : with_link(job.body());
}

Move published(const Job& job, const std::string& id, const std::string& url) {
  return Done{id, permalink(job.from, id, url.empty() ? "https://www.facebook.com/" + id : url)};
}

std::string page_path(const Job& job, const char* edge) {
  return "/" + wire::percent_encode(job.from.external_id) + "/" + edge;
}

std::string form_of(const Content& content) {
  const std::string chosen = kept_text(content.options, "facebook_as");
  return chosen.empty() ? "post" : chosen;
}

bool is_video(const std::vector<MediaFacts>& media) {
  return media.size() == 1 && kind_of(media[0]) == "video";
}

namespace {

const std::vector<std::string> lanes = {"page", "app"};

bool is_story(const Job& job) {
  return form_of(job.content) == "story" && !job.media.empty();
}

const CommentWay& comments() {
  static const CommentWay way = {facebook_traits(), facebook_table, request,
                                 "message",         "created_time", lanes};
  return way;
}

// POST /{page}/feed. https://developers.facebook.com/docs/graph-api/reference/page/feed/ (2026-09)
wire::Request feed_request(const Job& job, const json::object& facts) {
  wire::Fields form;
  if (const std::string message = message_of(job); !message.empty()) form.emplace_back("message", message);
  if (job.media.empty() && !job.body().link.empty()) form.emplace_back("link", job.body().link);
  const auto ids = uploaded(facts);
  for (size_t i = 0; i < ids.size(); ++i) {
    form.emplace_back(fmt::format("attached_media[{}]", i), fmt::format(R"({{"media_fbid":"{}"}})", ids[i]));
  }
  wire::Request made = request(job.from, "POST", page_path(job, "feed"));
  made.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  made.body = wire::encode_form(form);
  return made;
}

// POST /{page}/photos. https://developers.facebook.com/docs/graph-api/reference/page/photos/ (2026-09)
wire::Request photo_request(const Job& job, size_t which, bool seen) {
  const MediaFacts& file = job.media[which];
  std::vector<wire::Part> parts;
  if (const std::string message = message_of(job); seen && !message.empty())
    parts.push_back(text_part("message", message));
  if (const std::string& alt = job.body().media[which].alt; !alt.empty())
    parts.push_back(text_part("alt_text_custom", alt));
  parts.push_back(text_part("published", seen ? "true" : "false"));
  parts.push_back(file_part("source", file));
  wire::Request made = request(job.from, "POST", page_path(job, "photos"));
  made.body = form_of(job, std::move(parts));
  made.timeout = time_for(file.bytes);
  return made;
}

Send upload(const Job& job, json::object facts) {
  const size_t which = uploaded(facts).size();
  return {photo_request(job, which, false), Repeat::safe, false, lanes, {"upload", std::move(facts)}};
}

// POST /{page}/photo_stories. https://developers.facebook.com/docs/page-stories-api (2026-09)
wire::Request story_request(const Job& job, const json::object& facts) {
  const auto ids = uploaded(facts);
  wire::Request made = request(job.from, "POST", page_path(job, "photo_stories"));
  made.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  made.body = wire::encode_form({{"photo_id", ids.empty() ? "" : ids.front()}});
  return made;
}

wire::Request publishing(const Job& job, const json::object& facts) {
  if (is_video(job.media)) return finish_video(job, facts);
  if (is_story(job)) return story_request(job, facts);
  return job.media.size() == 1 ? photo_request(job, 0, true) : feed_request(job, facts);
}

Send publish(const Job& job, json::object facts) {
  forget_looks(facts);
  note_sending(facts, job.now);
  wire::Request made = publishing(job, facts);
  return {std::move(made), Repeat::probe, true, lanes, {"publish", std::move(facts)}};
}

Move go_on(const Job& job, json::object facts) {
  if (is_video(job.media)) {
    return video_is_there(facts) ? publish(job, std::move(facts))
                                 : next_video_step(job, {"video_start", std::move(facts)});
  }
  const size_t unseen = is_story(job) ? 1 : job.media.size() < 2 ? 0 : job.media.size();
  return uploaded(facts).size() >= unseen ? publish(job, std::move(facts)) : upload(job, std::move(facts));
}

// Unpublished photos are dropped after about a day: after a long wait they are uploaded again.
Move publish_again(const Job& job, json::object facts) {
  if (uploads_stale(facts, job.now)) {
    forget_uploads(facts);
    forget_video(facts);
  }
  return go_on(job, std::move(facts));
}

// The post's id; of a video or reel that is all that is known at once.
std::string id_in(const json::value& answer, const json::object& facts) {
  const std::string post = text_at(answer, {"post_id"});
  if (!post.empty()) return post;
  const std::string id = text_at(answer, {"id"});
  return id.empty() && true_at(answer, {"success"}) ? kept_text(facts, "video") : id;
}

Move on_publish_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  const auto answer = read_json(response.body);
  const std::string id = answer ? id_in(*answer, progress.facts) : "";
  if (!accepted(response) || id.empty() || look(*answer, {"error"}) != nullptr)
    return fault_in(response, job.now);
  if (!is_video(job.media)) return published(job, id, "");
  json::object facts = progress.facts;
  facts["post"] = id;
  return Unclear{"Facebook has the video and works on it: it is asked whether it is published.",
                 Progress{"look_at", std::move(facts)}};
}

// A video is asked itself before any list.
Send ask(const Job& job, json::object facts) {
  if (is_video(job.media)) return look_at_video(job, std::move(facts));
  begin_question(facts);
  return look_up_request(job, std::move(facts));
}

Move on_upload_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  const auto answer = read_json(response.body);
  const std::string id = answer ? text_at(*answer, {"id"}) : "";
  if (!accepted(response) || id.empty() || look(*answer, {"error"}) != nullptr)
    return fault_in(response, job.now);
  json::object facts = progress.facts;
  add_uploaded(facts, id, job.now);
  return go_on(job, std::move(facts));
}

}  // namespace

Move FacebookChannel::due(const Job& job, const Progress& progress) const {
  if (job.body().comment) return comment_due(comments(), job, progress);
  if (is_video_step(progress.step)) return next_video_step(job, progress);
  if (progress.step == "look_at") return look_at_video(job, progress.facts);
  if (progress.step == "look_up") return look_up_request(job, progress.facts);
  return progress.step == "publish" ? publish_again(job, progress.facts) : go_on(job, progress.facts);
}

Move FacebookChannel::replied(const Job& job, const Progress& progress,
                              const wire::Response& response) const {
  if (job.body().comment) return comment_replied(comments(), job, progress, response);
  if (progress.step == "look_at") return on_video_seen(job, progress, response);
  if (progress.step == "look_up")
    return unless_taken(progress.facts, on_look_up_reply(job, progress, response));
  if (progress.step == "publish") return on_publish_reply(job, progress, response);
  if (!is_video_step(progress.step)) return on_upload_reply(job, progress, response);
  auto next = on_video_reply(job, progress, response);
  if (auto* wait = std::get_if<Wait>(&next)) return std::move(*wait);
  if (auto* fault = std::get_if<Fault>(&next)) return std::move(*fault);
  auto& then = std::get<Progress>(next);
  return is_video_step(then.step) ? Move(next_video_step(job, then)) : go_on(job, std::move(then.facts));
}

Move FacebookChannel::vanished(const Job& job, const Progress& progress) const {
  if (job.body().comment) return comment_vanished(comments(), job, progress);
  if (is_video_step(progress.step)) return next_video_step(job, progress);
  if (progress.step == "upload") return upload(job, progress.facts);  // nobody sees an upload
  if (!noted(progress.facts, "sent_at")) return cannot_be_told();
  return ask(job, progress.facts);
}

Move FacebookChannel::disproved(const Job& job, const Progress& progress) const {
  if (job.body().comment) return comment(comments(), job, progress.facts);
  return publish_again(job, progress.facts);
}

}  // namespace carillon::channels::facebook

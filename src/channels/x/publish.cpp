// A post on X: first its media (upload.cpp), then POST /2/tweets; when that answer is lost, the question
// whether the post is there (find.cpp).
#include <boost/json/serialize.hpp>

#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/permalink.h"
#include "channels/refusal.h"
#include "channels/x/x.h"

namespace carillon::channels::x {

namespace json = boost::json;

wire::Request request(const Account& account, std::string method, const std::string& path) {
  wire::Request request;
  request.method = std::move(method);
  request.url = account.api_base + path;
  request.secrets = {{"access", wire::Insert::Place::bearer, ""}};
  return request;
}

wire::Request json_request(const Account& account, const std::string& path, const json::object& body) {
  wire::Request made = request(account, "POST", path);
  made.headers = {{"Content-Type", "application/json"}};
  made.body = json::serialize(body);
  return made;
}

namespace {

// POST /2/tweets. https://docs.x.com/x-api/posts/create-post (2026-09)
wire::Request post_request(const Job& job, const json::object& facts) {
  json::object body;
  const std::string text = with_link(job.body());
  if (!text.empty()) body["text"] = text;
  if (const auto ids = uploaded(facts); !ids.empty())
    body["media"] = {{"media_ids", json::array(ids.begin(), ids.end())}};
  if (const auto& poll = job.body().poll) {
    body["poll"] = {{"options", json::array(poll->options.begin(), poll->options.end())},
                    {"duration_minutes", poll->open.count() / 60'000'000}};
  }
  if (!job.reply_to.empty()) {
    body["reply"] = {{"in_reply_to_tweet_id", job.reply_to}};
  } else if (const auto who = kept_text(job.content.options, "reply_settings");
             !who.empty() && who != "everyone") {
    body["reply_settings"] = who;
  }
  return json_request(job.from, "/2/tweets", body);
}

Send post(const Job& job, json::object facts) {
  note_sending(facts, job.now);
  return {post_request(job, facts), Repeat::probe, true, {"post", "post_app"}, {"publish", std::move(facts)}};
}

// The next thing to do with what is there already: an upload that is missing, else the post, or the draft.
// Media ids live 24 hours: after a long wait everything is uploaded again.
Move go_on(const Job& job, json::object facts) {
  if (uploads_stale(facts, job.now)) forget_uploads(facts);
  if (auto next = next_upload(job, facts)) return upload_request(job, *next);
  if (is_article(job.content, job.part)) return draft_request(job, std::move(facts));
  return post(job, std::move(facts));
}

Move on_post_reply(const Job& job, const wire::Response& response) {
  const auto id = told_id(response, "id", job.now);
  return id ? published(job, *id) : Move(id.error());
}

}  // namespace

Result<std::string> told_id(const wire::Response& response, std::string_view member, Instant now) {
  if (!accepted(response)) return refuse(fault_in(response, now));
  const auto answer = read_json(response.body);
  std::string id = answer ? text_at(*answer, {"data", member}) : "";
  if (!id.empty()) return id;
  return refuse(unreadable(x_traits().label, response));
}

Move published(const Job& job, const std::string& id) {
  const std::string user = job.from.handle.starts_with('@') ? job.from.handle.substr(1) : job.from.handle;
  return Done{id, permalink(job.from, id, "https://x.com/" + (user.empty() ? "i" : user) + "/status/" + id)};
}

Move XChannel::due(const Job& job, const Progress& progress) const {
  const bool uploads = is_upload_step(progress.step) && !uploads_stale(progress.facts, job.now);
  if (uploads) return upload_request(job, progress);
  if (progress.step == "look_up") return look_up_request(job, progress.facts);
  if (progress.step == "article") return article_request(job, progress.facts);
  return go_on(job, progress.facts);
}

Move XChannel::replied(const Job& job, const Progress& progress, const wire::Response& response) const {
  if (progress.step == "look_up") return on_look_up_reply(job, progress, response);
  if (progress.step == "draft") return on_draft_reply(job, progress, response);
  if (progress.step == "article") return on_article_reply(job, response);
  if (!is_upload_step(progress.step)) return on_post_reply(job, response);
  auto next = on_upload_reply(job, progress, response);
  if (auto* wait = std::get_if<Wait>(&next)) return std::move(*wait);
  if (auto* fault = std::get_if<Fault>(&next)) return std::move(*fault);
  auto& then = std::get<Progress>(next);
  return is_upload_step(then.step) ? Move(upload_request(job, then)) : go_on(job, std::move(then.facts));
}

Move XChannel::vanished(const Job& job, const Progress& progress) const {
  if (is_upload_step(progress.step)) return upload_request(job, progress);  // nobody sees an upload
  if (progress.step == "draft") return draft_request(job, progress.facts);  // nor a draft
  if (!noted(progress.facts, "sent_at")) return cannot_be_told();
  json::object facts = progress.facts;
  begin_question(facts);
  return look_up_request(job, std::move(facts));
}

Move XChannel::disproved(const Job& job, const Progress& progress) const {
  if (!kept_text(progress.facts, "article").empty()) return article_request(job, progress.facts);
  return go_on(job, progress.facts);
}

}  // namespace carillon::channels::x

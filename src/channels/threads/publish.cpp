// The requests of a post on Threads: POST /{user}/threads, GET /{container}, POST /{user}/threads_publish.
// https://developers.facebook.com/docs/threads/posts, …/reference/publishing, …/create-posts/polls (2026-09)
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json/serialize.hpp>

#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/permalink.h"
#include "channels/threads/threads.h"
#include "wire/url.h"

namespace carillon::channels::threads {

namespace json = boost::json;

wire::Request request(const Account& account, std::string method, const std::string& path) {
  wire::Request request;
  request.method = std::move(method);
  request.url = account.api_base + "/" + version + path;
  request.secrets = {{"access", wire::Insert::Place::bearer, ""}};
  return request;
}

// A link has a card of its own beside text alone; elsewhere it stands in the text.
std::string text_of(const ContentPart& part) {
  return part.media.empty() && !part.poll ? part.text : with_link(part);
}

namespace {

wire::Request form_request(const Job& job, const std::string& edge, const wire::Fields& form) {
  wire::Request made =
      request(job.from, "POST", "/" + wire::percent_encode(job.from.external_id) + "/" + edge);
  made.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  made.body = wire::encode_form(form);
  return made;
}

bool is_video(const Job& job, size_t which) {
  return kind_of(job.media[which]) == "video";
}

// The file's address is put in when the request leaves.
void add_medium(wire::Request& made, const Job& job, size_t which) {
  made.secrets.push_back({wire::media_secret(job.media[which].id), wire::Insert::Place::form,
                          is_video(job, which) ? "video_url" : "image_url"});
}

void add_alt(wire::Fields& form, const Job& job, size_t which) {
  if (const std::string& alt = job.body().media[which].alt; !alt.empty()) form.emplace_back("alt_text", alt);
}

std::string poll_text(const Poll& poll) {
  json::object options;
  for (size_t i = 0; i < poll.options.size(); ++i)
    options[fmt::format("option_{}", static_cast<char>('a' + i))] = poll.options[i];
  return json::serialize(options);
}

const char* type_of(const Job& job) {
  if (job.media.empty()) return "TEXT";
  if (job.media.size() > 1) return "CAROUSEL";
  return is_video(job, 0) ? "VIDEO" : "IMAGE";
}

void add_choices(wire::Fields& form, const Job& job) {
  if (!job.reply_to.empty()) return form.emplace_back("reply_to_id", job.reply_to), void();
  const std::string who = kept_text(job.content.options, "threads_reply_control");
  if (!who.empty() && who != "everyone") form.emplace_back("reply_control", who);
  if (const std::string topic = kept_text(job.content.options, "threads_topic"); !topic.empty())
    form.emplace_back("topic_tag", topic);
}

}  // namespace

size_t ThreadsChannel::children(const Job& job) const {
  return job.media.size() > 1 ? job.media.size() : 0;
}

wire::Request ThreadsChannel::make_child(const Job& job, size_t which) const {
  wire::Fields form = {{"media_type", is_video(job, which) ? "VIDEO" : "IMAGE"},
                       {"is_carousel_item", "true"}};
  add_alt(form, job, which);
  wire::Request made = form_request(job, "threads", form);
  add_medium(made, job, which);
  return made;
}

wire::Request ThreadsChannel::make(const Job& job, const std::vector<std::string>& children) const {
  wire::Fields form = {{"media_type", type_of(job)}};
  if (const std::string text = text_of(job.body()); !text.empty()) form.emplace_back("text", text);
  if (!children.empty()) form.emplace_back("children", fmt::format("{}", fmt::join(children, ",")));
  if (job.media.size() == 1) add_alt(form, job, 0);
  if (job.media.empty() && !job.body().poll && !job.body().link.empty())
    form.emplace_back("link_attachment", job.body().link);
  if (job.body().poll) form.emplace_back("poll_attachment", poll_text(*job.body().poll));
  add_choices(form, job);
  wire::Request made = form_request(job, "threads", form);
  if (job.media.size() == 1) add_medium(made, job, 0);
  return made;
}

wire::Request ThreadsChannel::ask(const Job& job, const std::string& container) const {
  return request(job.from, "GET", "/" + wire::percent_encode(container) + "?fields=status,error_message");
}

wire::Request ThreadsChannel::publish(const Job& job, const std::string& container) const {
  return form_request(job, "threads_publish", {{"creation_id", container}});
}

// The API gives no address at once; the profile shows the post first.
Move ThreadsChannel::published(const Job& job, const std::string& id, const std::string& url) const {
  const std::string user = job.from.handle.starts_with('@') ? job.from.handle.substr(1) : job.from.handle;
  const std::string profile = user.empty() ? "https://www.threads.net" : "https://www.threads.net/@" + user;
  return Done{id, permalink(job.from, id, url.empty() ? profile : url)};
}

std::vector<std::string> ThreadsChannel::lanes(const Job& job, Errand errand) const {
  if (errand != Errand::publish) return {"call", "app"};
  return {job.reply_to.empty() ? "post" : "reply", "app"};
}

}  // namespace carillon::channels::threads

// The requests of a post on Instagram: POST /{ig}/media, GET /{container}, POST /{ig}/media_publish.
// https://developers.facebook.com/docs/instagram-platform/content-publishing (2026-09)
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "channels/finding.h"
#include "channels/graph_comment.h"
#include "channels/instagram/instagram.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/permalink.h"
#include "wire/url.h"

namespace carillon::channels::instagram {

namespace json = boost::json;

wire::Request request(const Account& account, std::string method, const std::string& path) {
  wire::Request request;
  request.method = std::move(method);
  request.url = account.api_base + "/" + version + path;
  request.secrets = {{"access", wire::Insert::Place::bearer, ""}};
  return request;
}

std::string form_of(const Content& content, const std::vector<MediaFacts>& media) {
  const std::string chosen = kept_text(content.options, "instagram_as");
  if (chosen == "story") return chosen;
  const bool video = media.size() == 1 && kind_of(media[0]) == "video";
  return video ? "reel" : "post";
}

namespace {

wire::Request form_request(const Job& job, const char* edge, const wire::Fields& form) {
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
  const std::string& alt = job.body().media[which].alt;
  if (!is_video(job, which) && !alt.empty()) form.emplace_back("alt_text", alt);
}

void add_kind(wire::Fields& form, const Job& job) {
  const std::string as = form_of(job.content, job.media);
  if (as == "story") form.emplace_back("media_type", "STORIES");
  if (as != "reel") return;
  form.emplace_back("media_type", "REELS");
  form.emplace_back("share_to_feed", option_is(job, "instagram_share_to_feed", "false") ? "false" : "true");
}

// A picture where there is one, else a moment of the reel.
void add_cover(wire::Request& made, wire::Fields& form, const Job& job) {
  const auto& cover = job.body().media[0].cover;
  if (!cover || form_of(job.content, job.media) != "reel") return;
  if (!job.media[0].cover.empty())
    made.secrets.push_back(
        {wire::media_secret(job.media[0].cover[0].id), wire::Insert::Place::form, "cover_url"});
  else if (cover->at)
    form.emplace_back("thumb_offset", std::to_string(*cover->at / std::chrono::milliseconds(1)));
}

// Stories have no caption; the link stands in the text, where nobody can click it.
void add_caption(wire::Fields& form, const Job& job) {
  if (form_of(job.content, job.media) == "story") return;
  if (const std::string text = with_link(job.body()); !text.empty()) form.emplace_back("caption", text);
}

const CommentWay& comments() {
  static const CommentWay way = {instagram_traits(), instagram_table, request, "text",
                                 "timestamp",        {"call", "app"}};
  return way;
}

}  // namespace

size_t InstagramChannel::children(const Job& job) const {
  return job.media.size() > 1 ? job.media.size() : 0;
}

std::optional<Fault> InstagramChannel::impossible(const Job& job) const {
  if (!job.media.empty()) return std::nullopt;
  return Fault{.kind = FaultKind::invalid,
               .code = "media_missing",
               .text = "Instagram has no posts without a picture or video.",
               .remedy = "Add a picture or a video."};
}

wire::Request InstagramChannel::make_child(const Job& job, size_t which) const {
  wire::Fields form = {{"is_carousel_item", "true"}};
  if (is_video(job, which)) form.emplace_back("media_type", "VIDEO");
  add_alt(form, job, which);
  wire::Request made = form_request(job, "media", form);
  add_medium(made, job, which);
  return made;
}

wire::Request InstagramChannel::make(const Job& job, const std::vector<std::string>& children) const {
  wire::Fields form;
  if (!children.empty()) {
    form = {{"media_type", "CAROUSEL"}, {"children", fmt::format("{}", fmt::join(children, ","))}};
  } else {
    add_kind(form, job);
    add_alt(form, job, 0);
  }
  add_caption(form, job);
  wire::Request with;  // what is put in when the request leaves
  if (children.empty()) add_medium(with, job, 0), add_cover(with, form, job);
  wire::Request made = form_request(job, "media", form);
  made.secrets.insert(made.secrets.end(), with.secrets.begin(), with.secrets.end());
  return made;
}

wire::Request InstagramChannel::ask(const Job& job, const std::string& container) const {
  return request(job.from, "GET", "/" + wire::percent_encode(container) + "?fields=status_code,status");
}

wire::Request InstagramChannel::publish(const Job& job, const std::string& container) const {
  return form_request(job, "media_publish", {{"creation_id", container}});
}

// The API gives no address at once; the profile shows the post first.
Move InstagramChannel::published(const Job& job, const std::string& id, const std::string& url) const {
  const std::string user = job.from.handle.starts_with('@') ? job.from.handle.substr(1) : job.from.handle;
  const bool story = form_of(job.content, job.media) == "story";
  const std::string profile =
      user.empty() ? "https://www.instagram.com/"
                   : fmt::format("https://www.instagram.com/{}{}/", story ? "stories/" : "", user);
  return Done{id, permalink(job.from, id, url.empty() ? profile : url)};
}

std::vector<std::string> InstagramChannel::lanes(const Job&, Errand errand) const {
  if (errand == Errand::publish) return {"post", "app"};
  if (errand == Errand::make) return {"container", "call", "app"};
  return {"call", "app"};
}

Move InstagramChannel::due(const Job& job, const Progress& progress) const {
  return job.body().comment ? comment_due(comments(), job, progress) : ContainerTalk::due(job, progress);
}

Move InstagramChannel::replied(const Job& job, const Progress& progress,
                               const wire::Response& response) const {
  return job.body().comment ? comment_replied(comments(), job, progress, response)
                            : ContainerTalk::replied(job, progress, response);
}

Move InstagramChannel::vanished(const Job& job, const Progress& progress) const {
  return job.body().comment ? comment_vanished(comments(), job, progress)
                            : ContainerTalk::vanished(job, progress);
}

Move InstagramChannel::disproved(const Job& job, const Progress& progress) const {
  return job.body().comment ? Move(comment(comments(), job, progress.facts))
                            : ContainerTalk::disproved(job, progress);
}

}  // namespace carillon::channels::instagram

// A pin: pictures by their address; a video is announced, sent, awaited, then pinned.
#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "channels/container.h"
#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/permalink.h"
#include "channels/pinterest/pinterest.h"
#include "channels/refusal.h"
#include "wire/url.h"

namespace carillon::channels::pinterest {

namespace json = boost::json;

wire::Request request(const std::string& api_base, std::string method, const std::string& path) {
  wire::Request request;
  request.method = std::move(method);
  request.url = api_base + "/v5" + path;
  request.secrets = {{"access", wire::Insert::Place::bearer, ""}};
  return request;
}

std::string title_of(const Content& content) {
  return kept_text(content.options, "pin_title");
}

Done done(const Job& job, const std::string& id) {
  return {id, permalink(job.from, id, "https://www.pinterest.com/pin/" + id + "/")};
}

namespace {

constexpr int64_t max_polls = 360;  // an hour of looking

bool is_video(const Job& job) {
  return !job.media.empty() && kind_of(job.media[0]) == "video";
}

wire::Request json_request(const Job& job, const std::string& path, const json::object& body) {
  wire::Request made = request(job.from.api_base, "POST", path);
  made.headers = {{"Content-Type", "application/json"}};
  made.body = json::serialize(body);
  return made;
}

// POST /v5/media. https://developers.pinterest.com/docs/api/v5/media-create (2025-12)
Send announce(const Job& job, json::object facts) {
  return {json_request(job, "/media", {{"media_type", "video"}}),
          Repeat::safe,
          false,
          {"call"},
          {"announce", std::move(facts)}};
}

// To the address that it named, with what it said, the file last.
Send send_bytes(const Job& job, json::object facts) {
  std::vector<wire::Part> parts;
  if (const json::value* given = facts.if_contains("parameters"); given != nullptr && given->is_object()) {
    for (const auto& entry : given->get_object())
      parts.push_back(text_part(entry.key(), as_text(entry.value())));
  }
  parts.push_back(file_part("file", job.media[0]));
  wire::Request made;
  made.method = "POST";
  made.url = kept_text(facts, "upload_url");
  made.body = form_of(job, std::move(parts));
  made.timeout = time_for(job.media[0].bytes);
  return {std::move(made), Repeat::safe, false, {"call"}, {"bytes", std::move(facts)}};
}

// GET /v5/media/{id} (2025-12)
Send ask_processed(const Job& job, json::object facts) {
  const std::string path = "/media/" + wire::percent_encode(kept_text(facts, "video"));
  return {request(job.from.api_base, "GET", path),
          Repeat::safe,
          false,
          {"call"},
          {"processing", std::move(facts)}};
}

bool has_cover_picture(const Job& job) {
  return is_video(job) && !job.media[0].cover.empty();
}

// A pin of a video has a cover: the chosen picture, the chosen moment, or the first second.
json::object source_of(const Job& job, const json::object& facts) {
  if (is_video(job)) {
    json::object source{{"source_type", "video_id"}, {"media_id", kept_text(facts, "video")}};
    const auto& cover = job.body().media[0].cover;
    const bool moment = cover && cover->at;
    if (!has_cover_picture(job))
      source["cover_image_key_frame_time"] =
          moment ? (*cover->at + std::chrono::milliseconds(500)) / std::chrono::seconds(1) : 1;
    return source;
  }
  if (job.media.size() == 1) return {{"source_type", "image_url"}};
  json::array items;
  for (size_t i = 0; i < job.media.size(); ++i) {
    json::object one;
    if (const std::string& alt = job.body().media[i].alt; !alt.empty()) one["description"] = alt;
    items.emplace_back(std::move(one));
  }
  return {{"source_type", "multiple_image_urls"}, {"items", std::move(items)}};
}

// The files' addresses are put in when the request leaves.
void add_addresses(wire::Request& made, const Job& job) {
  using Place = wire::Insert::Place;
  if (has_cover_picture(job))
    made.secrets.push_back(
        {wire::media_secret(job.media[0].cover[0].id), Place::json, "/media_source/cover_image_url"});
  if (is_video(job)) return;
  if (job.media.size() == 1)
    return void(
        made.secrets.push_back({wire::media_secret(job.media[0].id), Place::json, "/media_source/url"}));
  for (size_t i = 0; i < job.media.size(); ++i)
    made.secrets.push_back(
        {wire::media_secret(job.media[i].id), Place::json, fmt::format("/media_source/items/{}/url", i)});
}

// POST /v5/pins. https://developers.pinterest.com/docs/api/v5/pins-create (2025-12)
Send publish(const Job& job, json::object facts) {
  note_sending(facts, job.now);
  json::object body{{"board_id", job.from.external_id}};
  if (const std::string title = title_of(job.content); !title.empty()) body["title"] = title;
  if (!job.body().text.empty()) body["description"] = job.body().text;
  if (!job.body().link.empty()) body["link"] = job.body().link;
  if (job.body().media.size() == 1 && !job.body().media[0].alt.empty() && !is_video(job))
    body["alt_text"] = job.body().media[0].alt;
  body["media_source"] = source_of(job, facts);
  wire::Request made = json_request(job, "/pins", body);
  add_addresses(made, job);
  return {std::move(made), Repeat::probe, true, {"post", "call"}, {"publish", std::move(facts)}};
}

Move go_on(const Job& job, json::object facts) {
  if (is_video(job) && !facts.contains("ready"))
    return facts.contains("video") ? Move(ask_processed(job, std::move(facts)))
                                   : announce(job, std::move(facts));
  return publish(job, std::move(facts));
}

Move on_announce(const Job& job, const Progress& progress, const json::value& answer,
                 const wire::Response& response) {
  json::object facts = progress.facts;
  const std::string id = text_at(answer, {"media_id"}), url = text_at(answer, {"upload_url"});
  if (id.empty() || !wire::parse_url(url)) return unreadable(pinterest_traits().label, response);
  facts["video_id"] = id;
  facts["upload_url"] = url;
  const json::value* parameters = look(answer, {"upload_parameters"});
  facts["parameters"] =
      parameters != nullptr && parameters->is_object() ? *parameters : json::value(json::object());
  return send_bytes(job, std::move(facts));
}

// The storage answers 204 without words; its refusals are not Pinterest's.
Move on_bytes(const Job& job, const Progress& progress, const wire::Response& response) {
  if (response.status != 204 && response.status != 201) {
    const bool odd = accepted(response);
    return odd ? unreadable(pinterest_traits().label, response)
               : unreadable_answer(pinterest_traits().label, response, std::nullopt);
  }
  json::object facts = progress.facts;
  facts["video"] = kept_text(facts, "video_id");
  for (const char* name : {"video_id", "upload_url", "parameters"}) facts.erase(name);
  return ask_processed(job, std::move(facts));
}

Move on_processing(const Job& job, const Progress& progress, const json::value& answer,
                   const wire::Response& response) {
  const std::string status = text_at(answer, {"status"});
  json::object facts = progress.facts;
  if (status == "succeeded") {
    facts["ready"] = true;
    facts.erase("polls");
    return publish(job, std::move(facts));
  }
  const int64_t polls = kept_number(facts, "polls") + 1;
  if (status == "failed" || polls > max_polls)
    return refused(
        Refusal::media_invalid,
        {pinterest_traits().label, response.status,
         status == "failed" ? "the video could not be processed" : "processing does not end", response.body});
  if (status != "registered" && status != "processing") return unreadable(pinterest_traits().label, response);
  facts["polls"] = polls;
  return Wait{std::chrono::seconds(10), {"processing", std::move(facts)}};
}

}  // namespace

Move PinterestChannel::due(const Job& job, const Progress& progress) const {
  if (progress.step == "bytes") return send_bytes(job, progress.facts);
  if (progress.step == "processing") return ask_processed(job, progress.facts);
  if (progress.step == "look_up") return look_up_request(job, progress.facts);
  return go_on(job, progress.facts);
}

Move PinterestChannel::replied(const Job& job, const Progress& progress,
                               const wire::Response& response) const {
  if (progress.step == "look_up") return on_look_up_reply(job, progress, response);
  if (progress.step == "bytes") return on_bytes(job, progress, response);
  if (!accepted(response)) return fault_in(response, job.now);
  const auto answer = read_json(response.body);
  if (!answer) return unreadable(pinterest_traits().label, response);
  if (progress.step == "announce") return on_announce(job, progress, *answer, response);
  if (progress.step == "processing") return on_processing(job, progress, *answer, response);
  const std::string id = text_at(*answer, {"id"});
  return id.empty() ? Move(unreadable(pinterest_traits().label, response)) : Move(done(job, id));
}

Move PinterestChannel::vanished(const Job& job, const Progress& progress) const {
  if (progress.step != "publish" && progress.step != "look_up") return due(job, progress);
  if (!noted(progress.facts, "sent_at")) return cannot_be_told();
  json::object facts = progress.facts;
  begin_question(facts);
  return look_up_request(job, std::move(facts));
}

Move PinterestChannel::disproved(const Job& job, const Progress& progress) const {
  return go_on(job, progress.facts);
}

}  // namespace carillon::channels::pinterest

// Videos, reels and stories of a page, and comments under its posts:
// developers.facebook.com/docs/graph-api/reference/ page/videos, /docs/video-api/guides/reels-publishing,
// /docs/page-stories-api, /docs/graph-api/reference/object/comments (2026-09).
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/facebook/facebook.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;

constexpr uint64_t piece = 8 << 20, largest_video = uint64_t{4} << 30;
constexpr std::chrono::hours session_life(24);
constexpr auto processing = std::chrono::seconds(5), showing = std::chrono::seconds(2);
constexpr std::chrono::hours story_life(24);
constexpr std::string_view given_up = "given up";  // another finish may go better
constexpr size_t longest_comment = 8000;

// Between the finish and the moment it is ready: longer for larger ones.
Duration time_to_work(uint64_t bytes) {
  return std::max<Duration>(processing, std::chrono::seconds(bytes / 1'000'000));
}

std::string offset_text(uint64_t offset) {
  return std::to_string(offset);
}

}  // namespace

wire::Response Facebook::start_video(const Call& call, const Caller& caller, std::string_view kind) {
  if (auto refusal = unknown_parameter(call, {"upload_phase", "file_size"})) return *refusal;
  const auto size = to_number(call.param_or("file_size", "0")).value_or(-1);
  if (kind == "video" && (size <= 0 || static_cast<uint64_t>(size) > largest_video))
    return error(400, 6001,
                 "(#6001) There was a problem uploading your video: file_size is missing or too large");
  Medium& medium = gallery_.add({.id = std::to_string(next_photo_++),
                                 .type = "video/mp4",
                                 .category = std::string(kind),
                                 .person = caller.grant.person,
                                 .made = call.now,
                                 .ready = Instant::never(),
                                 .loose = true,
                                 .promised = static_cast<uint64_t>(std::max<int64_t>(size, 0)),
                                 .complete = false});
  if (kind != "video")
    return json_answer(
        200, json::object{{"video_id", medium.id},
                          {"upload_url", fmt::format("{}/video-upload/v25.0/{}", base(), medium.id)}});
  return json_answer(200, json::object{{"upload_session_id", "9" + medium.id},
                                       {"video_id", medium.id},
                                       {"start_offset", "0"},
                                       {"end_offset", offset_text(std::min(piece, medium.promised))}});
}

wire::Response Facebook::transfer_video(const Call& call, const Caller& caller) {
  if (auto refusal =
          unknown_parameter(call, {"upload_phase", "upload_session_id", "start_offset", "video_file_chunk"}))
    return *refusal;
  const std::string session = call.param_or("upload_session_id", "");
  Medium* medium = session.starts_with('9') ? gallery_.find(session.substr(1)) : nullptr;
  if (!medium || medium->person != caller.grant.person || call.now > medium->made + session_life)
    return error(400, 6000, "(#6000) There was a problem with the upload session");
  const Upload* chunk = call.upload("video_file_chunk");
  const auto from = to_number(call.param_or("start_offset", ""));
  const uint64_t wanted = std::min(piece, medium->promised - std::min(medium->size, medium->promised));
  const bool again = from && static_cast<uint64_t>(*from) < medium->size;  // a piece whose answer was lost
  if (!chunk || !from || (!again && (static_cast<uint64_t>(*from) != medium->size || chunk->size != wanted)))
    return error(400, 6001,
                 "(#6001) There was a problem uploading your video: wrong offset or size of this piece");
  if (!again) {
    if (medium->size == 0 && !chunk->slice && !chunk->type().starts_with("video/"))
      medium->failure = "unsupported format";
    medium->size += chunk->size;
  }
  const uint64_t end = std::min(medium->size + piece, medium->promised);
  return json_answer(
      200, json::object{{"start_offset", offset_text(medium->size)}, {"end_offset", offset_text(end)}});
}

// The bytes of a reel or story, with the token in the scheme "OAuth".
wire::Response Facebook::take_video(const Call& call, const std::string& id, const Caller& caller) {
  Medium* medium = gallery_.find(id);
  if (!medium || medium->promised != 0 || medium->person != caller.grant.person) return missing_object(id);
  const auto header = call.header("authorization");
  if (!header || !header->starts_with("OAuth "))
    return error(400, 100, "Authorization must be OAuth and the page's token");
  const auto size = to_number(call.header("file_size").value_or(""));
  uint64_t bytes = 0;
  std::string_view seen;
  if (!call.uploads.empty()) bytes = call.uploads.front().size, seen = call.uploads.front().bytes;
  if (call.header("offset") != "0" || !size || static_cast<uint64_t>(*size) != bytes || bytes == 0)
    return error(400, 100, "OffsetInvalidError: offset and file_size do not describe the bytes");
  const std::string type = sniff(seen);
  if (!seen.empty() && !type.starts_with("video/")) medium->failure = "ProcessingFailedError";
  medium->size = bytes;
  medium->complete = true;
  medium->ready = call.now + processing;
  return json_answer(200, json::object{{"success", true}});
}

// page/videos (2026-09): the cover, as a file beside the words.
std::optional<wire::Response> Facebook::take_thumb(const Call& call, const Medium& video,
                                                   std::string_view kind) {
  const Upload* thumb = call.upload("thumb");
  if (!thumb) return std::nullopt;
  const std::string id = video.id;
  if (kind != "video") return error(400, 100, "(#100) thumb is for videos");
  const std::string type = thumb->bytes.empty() ? "image/jpeg" : sniff(thumb->bytes);
  if (!type.starts_with("image/") || thumb->size > (10 << 20))
    return error(400, 100, "(#100) thumb must be an image of at most 10 MB");
  Medium& picture =
      gallery_.add({.id = id + "c", .type = type, .size = thumb->size, .made = call.now, .ready = call.now});
  gallery_.keep_bytes(picture, thumb->bytes);
  gallery_.find(id)->cover = picture.id;
  return std::nullopt;
}

wire::Response Facebook::finish_video(const Call& call, const Caller& caller, std::string_view kind) {
  if (auto refusal =
          unknown_parameter(call, {"upload_phase", "upload_session_id", "video_id", "video_state",
                                   "description", "title", "published", "scheduled_publish_time", "thumb"}))
    return *refusal;
  const std::string session = call.param_or("upload_session_id", "");
  const std::string id =
      kind == "video" && session.starts_with('9') ? session.substr(1) : call.param_or("video_id", "");
  Medium* medium = gallery_.find(id);
  if (!medium || medium->category != kind || medium->person != caller.grant.person) return missing_object(id);
  const bool all = kind == "video" ? medium->size == medium->promised : medium->complete;
  if (!all) return error(400, 6001, "(#6001) PartialRequestError: the upload is not complete");
  if (!medium->failure.empty() && medium->failure != given_up)
    return error(400, 352, "(#352) The video file you selected is in a format that is not supported");
  if (kind == "reel" && call.param_or("video_state", "") != "PUBLISHED")
    return error(400, 100, "(#100) Only video_state=PUBLISHED is part of the sandbox");
  if (auto refusal = take_thumb(call, *medium, kind)) return *refusal;
  const std::string made = work_on(call, *gallery_.find(id), kind);
  if (kind == "video") return json_answer(200, json::object{{"success", true}});
  return json_answer(200, json::object{{"success", true}, {"post_id", made}});
}

// It is shown when that is over. Nobody documents that a second finish is the same as the first: here it
// makes a second post.
std::string Facebook::work_on(const Call& call, Medium& medium, std::string_view kind) {
  medium.used = medium.complete = true;
  medium.loose = false;
  medium.ready = call.now + time_to_work(medium.size);
  medium.failure = gives_up(call) ? given_up : "";
  Post post{.id = new_id(medium.person),
            .person = medium.person,
            .text = kind == "story" ? "" : call.param_or("description", ""),
            .media = {medium.id},
            .visibility = kind == "story" ? "story" : "public",
            .at = medium.ready + showing};
  if (medium.failure.empty()) working_.push_back(post);
  return post.id;
}

wire::Response Facebook::video_edge(const Call& call, const Caller& caller, std::string_view kind) {
  const std::string phase = call.param_or("upload_phase", "");
  if (phase == "start") return start_video(call, caller, kind);
  if (phase == "transfer" && kind == "video") return transfer_video(call, caller);
  if (phase == "finish") return finish_video(call, caller, kind);
  return error(400, 100, "(#100) Param upload_phase must be one of {START, TRANSFER, FINISH}");
}

wire::Response Facebook::photo_story(const Call& call, const Caller& caller) {
  if (auto refusal = unknown_parameter(call, {"photo_id"})) return *refusal;
  const std::string id = call.param_or("photo_id", "");
  Medium* medium = gallery_.find(id);
  const bool there = medium && medium->person == caller.grant.person && medium->loose && !medium->used &&
                     medium->promised == 0 && medium->type.starts_with("image/");
  if (!there) return error(400, 100, "(#100) Invalid parameter: photo_id must be an unpublished photo", 33);
  medium->used = true;
  Post post{.person = caller.grant.person, .media = {id}, .visibility = "story", .at = call.now};
  return json_answer(200, json::object{{"success", true}, {"post_id", put(std::move(post), call.now).id}});
}

wire::Response Facebook::video_node(const Call& call, const Medium& medium) {
  if (auto refusal = unknown_parameter(call, {})) return *refusal;
  const bool over = call.now >= medium.ready;
  const bool shown = medium.used && medium.failure.empty() && call.now >= medium.ready + showing;
  const std::string state = !medium.failure.empty() ? "error"
                            : over                  ? "ready"
                            : medium.complete       ? "processing"
                                                    : "uploading";
  json::object status{
      {"video_status", state},
      {"uploading_phase",
       {{"status", medium.complete ? "complete" : "in_progress"}, {"bytes_transfered", medium.size}}},
      {"processing_phase", {{"status", over ? "complete" : "not_started"}}},
      {"publishing_phase", {{"status", shown ? "complete" : "not_started"}}}};
  if (shown) status["publishing_phase"].get_object()["publish_status"] = "published";
  const json::object node{{"id", medium.id}, {"status", status}, {"created_time", iso_offset(medium.made)}};
  json::object out;
  if (auto refusal = select(node, "Video", call, "id", out)) return *refusal;
  return json_answer(200, out);
}

wire::Response Facebook::stories(const Call& call, size_t page) {
  if (auto refusal = unknown_parameter(call, {"status", "since", "until", "limit", "after"})) return *refusal;
  const auto since = to_number(call.param_or("since", "0")).value_or(0);
  const std::string wanted = call.param_or("status", R"(["PUBLISHED","ARCHIVED"])");
  json::array data;
  for (const Post& post : shelf_.posts()) {
    if (post.person != page || post.visibility != "story" || post.gone || post.at.seconds() < since) continue;
    const std::string_view status = call.now < post.at + story_life ? "PUBLISHED" : "ARCHIVED";
    if (wanted.find(status) == std::string::npos) continue;
    const Medium* medium = post.media.empty() ? nullptr : gallery_.find(post.media[0]);
    data.push_back({{"post_id", post.id},
                    {"status", status},
                    {"creation_time", number_text(post.at.seconds())},
                    {"media_type", medium && medium->kind() == "video" ? "video" : "photo"},
                    {"media_id", post.media.empty() ? "" : post.media[0]},
                    {"url", post.url}});
  }
  return json_answer(200, json::object{{"data", data}});
}

// Under a post, or under the video that it was made of.
const Post* Facebook::commented(const std::string& id) const {
  if (const Post* post = shelf_.find(id)) return post;
  const auto found = std::ranges::find_if(shelf_.posts(), [&](const Post& post) {
    return !post.gone && std::ranges::find(post.media, id) != post.media.end();
  });
  return found == shelf_.posts().end() ? nullptr : &*found;
}

wire::Response Facebook::comment(const Call& call, const std::string& id, const Caller& caller) {
  const Post* post = commented(id);
  if (!post || post->visibility == "story") return missing_object(id);
  if (!caller.page() || !caller.grant.allows("pages_manage_engagement"))
    return needs_permission("pages_manage_engagement");
  if (auto refusal = unknown_parameter(call, {"message", "attachment_url", "attachment_id"})) return *refusal;
  const std::string text = call.param_or("message", "");
  if (text.empty() || utf16_units(text) > longest_comment)
    return error(400, 100, "(#100) A comment needs a message of at most 8000 characters");
  Post made{
      .person = caller.grant.person, .text = text, .reply_to = post->id, .thread = post->id, .at = call.now};
  made.id = fmt::format("{}_{}", post->id.substr(post->id.find('_') + 1), next_post_++);
  made.url = post->url;
  const Post& kept = shelf_.add(std::move(made));
  record(kept, facebook_page_id(kept.person));
  return json_answer(200, json::object{{"id", kept.id}});
}

wire::Response Facebook::comments(const Call& call, const std::string& id, const Caller& caller) {
  const Post* post = commented(id);
  if (!post) return missing_object(id);
  if (!caller.page() || !caller.grant.allows("pages_read_engagement"))
    return needs_permission("pages_read_engagement");
  if (auto refusal = unknown_parameter(call, {"filter", "order", "since", "limit", "after"})) return *refusal;
  json::array data;
  for (const Post& one : shelf_.posts()) {
    if (one.reply_to != post->id || one.gone) continue;
    const json::object node{
        {"id", one.id},
        {"message", one.text},
        {"created_time", iso_offset(one.at)},
        {"from", {{"id", facebook_page_id(one.person)}, {"name", character(one.person).name}}}};
    json::object out;
    if (auto refusal = select(node, "Comment", call, "created_time,message,id", out)) return *refusal;
    data.push_back(std::move(out));
  }
  return json_answer(200, json::object{{"data", data}});
}

}  // namespace carillon::sandbox

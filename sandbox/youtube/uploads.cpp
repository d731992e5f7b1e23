// Uploads: developers.google.com/youtube/v3/guides/using_resumable_upload_protocol, /docs/videos/insert
// (2026-09). A hundred a day for the whole project.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/digest.h"
#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/shape.h"
#include "sandbox/youtube/youtube.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr size_t max_title = 100, max_description = 5000;
constexpr uint64_t quarter = 256 << 10;

// "bytes 0-99/100", "bytes */100".
struct Range {
  bool asks = false;
  uint64_t begin = 0, end = 0, total = 0;
};

std::optional<Range> range_of(std::string_view text) {
  if (!text.starts_with("bytes ")) return std::nullopt;
  text.remove_prefix(6);
  const size_t slash = text.find('/');
  const auto total = slash == std::string_view::npos ? std::nullopt : to_number(text.substr(slash + 1));
  if (!total || *total < 0) return std::nullopt;
  Range range{.total = static_cast<uint64_t>(*total)};
  const std::string_view part = text.substr(0, slash);
  if (part == "*") return range.asks = true, range;
  const size_t dash = part.find('-');
  const auto begin = dash == std::string_view::npos ? std::nullopt : to_number(part.substr(0, dash));
  const auto last = dash == std::string_view::npos ? std::nullopt : to_number(part.substr(dash + 1));
  if (!begin || !last || *begin < 0 || *last < *begin) return std::nullopt;
  range.begin = static_cast<uint64_t>(*begin);
  range.end = static_cast<uint64_t>(*last) + 1;
  return range;
}

wire::Response go_on(uint64_t there) {
  wire::Response response{308, {}, ""};
  if (there > 0) response.headers.push_back({"Range", fmt::format("bytes=0-{}", there - 1)});
  return response;
}

}  // namespace

// "" or what is wrong; `reason` is YouTube's name for it.
std::string Youtube::wrong_words(const json::object& body, Post& post, std::string& reason) const {
  reason = "badRequest";
  if (const auto odd = stranger(body, {"snippet", "status"}); !odd.empty())
    return "Unknown name \"" + odd + "\"";
  const json::object none, *snippet = object_member(body, "snippet"), *status = object_member(body, "status");
  if (!snippet) snippet = &none;
  if (!status) status = &none;
  if (const auto odd = stranger(*snippet, {"title", "description", "tags", "categoryId", "defaultLanguage"});
      !odd.empty())
    return "Unknown name \"" + odd + "\" at 'resource.snippet'";
  if (const auto odd =
          stranger(*status, {"privacyStatus", "publishAt", "license", "embeddable", "publicStatsViewable",
                             "selfDeclaredMadeForKids", "containsSyntheticMedia"});
      !odd.empty())
    return "Unknown name \"" + odd + "\" at 'resource.status'";
  const std::string title = text_or(*snippet, "title", ""), text = text_or(*snippet, "description", "");
  reason = "invalidTitle";
  if (trimmed(title).empty() || to_code_points(title).size() > max_title ||
      title.find_first_of("<>") != std::string::npos)
    return "The request metadata specifies an invalid or empty video title.";
  reason = "invalidDescription";
  if (text.size() > max_description || text.find_first_of("<>") != std::string::npos)
    return "The request metadata specifies an invalid video description.";
  const std::string privacy = text_or(*status, "privacyStatus", "public");
  reason = "invalidVideoMetadata";
  if (privacy != "public" && privacy != "unlisted" && privacy != "private")
    return "The request metadata is invalid: privacyStatus";
  post.text = text.empty() ? title : title + "\n" + text;
  post.visibility = privacy;
  return "";
}

wire::Response Youtube::open(const Call& call, size_t person) {
  if (call.param_or("uploadType", "") != "resumable")
    return youtube_error(400, "badRequest", "uploadType must be resumable here");
  if (!call.json) return youtube_error(400, "parseError", "Parse Error");
  const auto length = to_number(call.header("x-upload-content-length").value_or(""));
  const std::string type(call.header("x-upload-content-type").value_or(""));
  if (!length || *length <= 0)
    return youtube_error(400, "mediaBodyRequired", "The request does not include the video content.");
  if (!type.starts_with("video/") && type != "application/octet-stream")
    return youtube_error(400, "badContent", "Media type '" + type + "' is not supported.");
  Session session{.person = person,
                  .post = {.person = person, .at = call.now},
                  .type = type,
                  .total = static_cast<uint64_t>(*length),
                  .until = call.now + std::chrono::hours(24 * 7)};
  std::string reason;
  if (const auto wrong = wrong_words(*call.json, session.post, reason); !wrong.empty())
    return youtube_error(400, reason, wrong);
  const Reading reading = meter("uploads", 100, std::chrono::hours(24), call.now);
  if (reading.over)
    return youtube_error(403, "quotaExceeded",
                         "The request cannot be completed because you have exceeded your quota.");
  const std::string key = std::to_string(++last_session_) + "-" + random_token(ground_.random, 9);
  sessions_[key] = std::move(session);
  wire::Response response{200, {}, ""};
  response.headers.push_back({"Location", fmt::format("{}/upload/session/{}", base(), key)});
  return response;
}

wire::Response Youtube::take(const Call& call, size_t person) {
  const auto found = sessions_.find(call.steps[3]);
  if (found == sessions_.end() || found->second.person != person || found->second.until < call.now)
    return youtube_error(404, "notFound", "Not Found");
  Session& session = found->second;
  if (!session.video.empty()) return finish(session, call);  // whatever is sent: it is whole
  const auto range = range_of(call.header("content-range").value_or(""));
  if (!range || range->total != session.total)
    return youtube_error(400, "badRequest", "Failed to parse Content-Range header.");
  if (range->asks) return go_on(session.there);
  const uint64_t length = call.uploads.empty() ? 0 : call.uploads.front().size;
  const bool last = range->end == session.total;
  if (length != range->end - range->begin || range->end > session.total || (!last && length % quarter != 0))
    return youtube_error(400, "badRequest", "Invalid request. The piece does not fit its Content-Range.");
  if (range->begin > session.there) return go_on(session.there);  // a piece before it is missing
  session.there = std::max(session.there, range->end);
  return session.there < session.total ? go_on(session.there) : finish(session, call);
}

wire::Response Youtube::finish(Session& session, const Call& call) {
  if (session.video.empty()) {
    const Sha256 hash = sha256(call.steps[3]);
    session.video = to_base64url({reinterpret_cast<const char*>(hash.data()), 9}).substr(0, 11);
    Medium& medium = gallery_.add({.id = "v" + session.video,
                                   .type = session.type,
                                   .size = session.total,
                                   .person = session.person,
                                   .made = call.now,
                                   .ready = call.now});
    session.post.id = session.video;
    session.post.at = call.now;
    session.post.url = fmt::format("{}/watch?v={}", base(), session.video);
    session.post.media = {medium.id};
    record(shelf_.add(session.post), person(session.person).external_id);
  }
  return json_answer(200, json::object{{"kind", "youtube#video"},
                                       {"id", session.video},
                                       {"status", json::object{{"uploadStatus", "uploaded"},
                                                               {"privacyStatus", session.post.visibility}}}});
}

wire::Response Youtube::channels(const Call& call, size_t who) const {
  if (call.param_or("mine", "") != "true")
    return youtube_error(400, "missingRequiredParameter", "No filter selected.");
  const Person one = person(who);
  const json::object snippet{{"title", one.name}, {"customUrl", "@" + one.handle}, {"description", ""}};
  return json_answer(200, json::object{{"kind", "youtube#channelListResponse"},
                                       {"pageInfo", json::object{{"totalResults", 1}, {"resultsPerPage", 5}}},
                                       {"items", json::array{json::object{{"kind", "youtube#channel"},
                                                                          {"id", one.external_id},
                                                                          {"snippet", snippet}}}}});
}

wire::Response Youtube::videos(const Call& call, size_t who) {
  json::array items;
  for (const std::string& id : split(call.param_or("id", ""), ",")) {
    const Post* post = shelf_.find(id);
    if (!post || post->person != who) continue;
    items.emplace_back(json::object{
        {"kind", "youtube#video"},
        {"id", id},
        {"status", json::object{{"uploadStatus", "processed"}, {"privacyStatus", post->visibility}}}});
  }
  return json_answer(200, json::object{{"kind", "youtube#videoListResponse"}, {"items", std::move(items)}});
}

}  // namespace carillon::sandbox

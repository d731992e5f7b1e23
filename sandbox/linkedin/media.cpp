// Images, videos and documents: community-management/shares/images-api, videos-api, documents-api (2026-09).
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/answers.h"
#include "sandbox/linkedin/linkedin.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;

constexpr uint64_t piece = 4 << 20, largest_video = 500 << 20, smallest_video = 75 << 10,
                   largest_document = 100 << 20;
constexpr std::chrono::hours addresses_live(24);
constexpr std::chrono::seconds images_take(1), videos_take(8), documents_take(3);

std::string without_s(std::string_view kind) {
  return std::string(kind.substr(0, kind.size() - 1));
}

// What came with a PUT: its length, and its bytes when they are known.
struct Bytes {
  uint64_t size = 0;
  std::string_view known;
};

Bytes bytes_of(const Call& call) {
  if (const auto* text = std::get_if<std::string>(&call.request->body)) return {text->size(), *text};
  return call.uploads.empty() ? Bytes{} : Bytes{call.uploads.front().size, {}};
}

std::string tag_of(const std::string& urn, uint64_t number) {
  return fmt::format("/ambry-video/signedId/{:016x}.bin", fingerprint(urn + std::to_string(number)));
}

std::string failure_of(std::string_view category, std::string_view bytes) {
  if (bytes.empty()) return "";
  const std::string type = sniff(bytes);
  if (category == "image") {
    return type == "image/jpeg" || type == "image/png" || type == "image/gif" ? ""
                                                                              : "unsupported image format";
  }
  if (category == "document")
    return bytes.starts_with("%PDF-") || bytes.starts_with("PK") ? "" : "unsupported document";
  return type == "video/mp4" ? "" : "unsupported video format";
}

std::string type_of(std::string_view category, std::string_view bytes) {
  if (category == "document") return "application/pdf";
  if (category == "video") return "video/mp4";
  const std::string type = sniff(bytes);
  return type.empty() ? "image/jpeg" : type;
}

}  // namespace

wire::Response Linkedin::media(const Call& call, const Steps& steps, const Grant& grant) {
  if (steps.size() == 2 && call.method() == "GET") return media_node(call, steps[0], steps[1]);
  const std::string action = call.param_or("action", "");
  if (steps.size() == 1 && call.method() == "POST" && call.json) {
    if (action == "initializeUpload") return initialize(call, steps[0], grant);
    if (action == "finalizeUpload" && steps[0] == "videos") return finalize(call, grant);
  }
  return linkedin_error(404, "NOT_FOUND", "No such action: " + action);
}

wire::Response Linkedin::initialize(const Call& call, std::string_view kind, const Grant& grant) {
  const json::value* wish = call.json->if_contains("initializeUploadRequest");
  if (!wish || !wish->is_object() || call.json->size() != 1)
    return linkedin_error(400, "MISSING_FIELD", "initializeUploadRequest is required");
  const json::object& fields = wish->get_object();
  const bool video = kind == "videos";
  auto unknown =
      video ? linkedin_unknown_field(fields, {"owner", "fileSizeBytes", "uploadCaptions", "uploadThumbnail"},
                                     "/initializeUploadRequest")
            : linkedin_unknown_field(fields, {"owner"}, "/initializeUploadRequest");
  if (unknown) return *unknown;
  const json::value* owner = fields.if_contains("owner");
  size_t author = 0;
  if (auto refusal =
          may_write(grant, owner && owner->is_string() ? std::string_view(owner->get_string()) : "", author))
    return *refusal;
  const json::value* size = fields.if_contains("fileSizeBytes");
  const int64_t bytes = size && size->is_int64() ? size->get_int64() : 0;
  if (video && (bytes < static_cast<int64_t>(smallest_video) || bytes > static_cast<int64_t>(largest_video)))
    return linkedin_error(400, "INVALID_VALUE_FOR_FIELD", "fileSizeBytes must be between 75 KB and 500 MB");
  const std::string single = without_s(kind);
  const std::string urn = fmt::format("urn:li:{}:D5{}", single, ids_.next(call.now));
  Medium& medium = gallery_.add({.id = urn,
                                 .category = single,
                                 .size = video ? static_cast<uint64_t>(bytes) : 0,
                                 .person = author,
                                 .made = call.now,
                                 .ready = Instant::never(),
                                 .promised = video ? static_cast<uint64_t>(bytes) : 0,
                                 .complete = false});
  const auto address = [&](uint64_t number) {
    return fmt::format("{}/dms-uploads/{}/{}", base(), wire::percent_encode(medium.id), number);
  };
  const int64_t until = (call.now + addresses_live).millis();
  json::object value{{single, urn}};
  if (!video) {
    value["uploadUrl"] = address(0);
    value["uploadUrlExpiresAt"] = until;
    return json_answer(200, json::object{{"value", value}});
  }
  json::array pieces;
  for (uint64_t first = 0; first < medium.promised; first += piece)
    pieces.push_back({{"uploadUrl", address(first / piece)},
                      {"firstByte", first},
                      {"lastByte", std::min(first + piece, medium.promised) - 1}});
  value["uploadInstructions"] = std::move(pieces);
  const json::value* cover = fields.if_contains("uploadThumbnail");
  if (cover && cover->is_bool() && cover->get_bool())
    value["thumbnailUploadUrl"] =
        fmt::format("{}/dms-uploads/{}/cover", base(), wire::percent_encode(medium.id));
  value["uploadToken"] = "";
  value["uploadUrlsExpireAt"] = until;
  return json_answer(200, json::object{{"value", value}});
}

// The cover of a video that is not finished yet. The address itself is the permission.
wire::Response Linkedin::put_cover(const Call& call, const std::string& urn) {
  const Medium& video = *gallery_.find(urn);
  if (call.header("authorization"))
    return linkedin_error(400, "BAD_REQUEST", "Only one auth mechanism allowed");
  if (call.header("media-type-family").value_or("") != "STILLIMAGE")
    return linkedin_error(400, "BAD_REQUEST", "media-type-family must be STILLIMAGE");
  const Bytes bytes = bytes_of(call);
  const std::string type = bytes.known.empty() ? "image/jpeg" : sniff(bytes.known);
  if (bytes.size == 0 || (type != "image/jpeg" && type != "image/png"))
    return linkedin_error(400, "BAD_REQUEST", "The thumbnail must be a JPEG or PNG image");
  if (video.complete) return linkedin_error(400, "BAD_REQUEST", "The upload is finished");
  Medium& picture = gallery_.add({.id = urn + "c",
                                  .type = type,
                                  .size = bytes.size,
                                  .person = video.person,
                                  .made = call.now,
                                  .ready = call.now});
  gallery_.keep_bytes(picture, bytes.known);
  const std::string id = picture.id;
  gallery_.find(urn)->cover = id;
  return {201, {}, ""};
}

// Bytes: of images and documents with the token, of videos without.
wire::Response Linkedin::put(const Call& call) {
  const auto& s = call.steps;
  Medium* medium = s.size() == 4 ? gallery_.find(s[2]) : nullptr;
  if (medium && medium->category == "video" && s[3] == "cover" && call.method() == "PUT" &&
      call.now <= medium->made + addresses_live)
    return put_cover(call, s[2]);
  const auto number = s.size() == 4 ? to_number(s[3]) : std::nullopt;
  if (call.method() != "PUT" || !medium || !number || *number < 0)
    return linkedin_error(404, "NOT_FOUND", "No such upload");
  if (call.now > medium->made + addresses_live)
    return linkedin_error(400, "EXPIRED_UPLOAD_URL", "The upload URL has expired");
  const bool video = medium->category == "video";
  if (video == call.header("authorization").has_value())
    return linkedin_error(video ? 400 : 401, video ? "BAD_REQUEST" : "EMPTY_ACCESS_TOKEN",
                          video ? "Only one auth mechanism allowed" : "Empty oauth2 access token");
  const Bytes bytes = bytes_of(call);
  if (!video) {
    const bool large = medium->category == "document" && bytes.size > largest_document;
    if (bytes.size == 0 || large)
      return linkedin_error(large ? 413 : 400, "BAD_REQUEST", "Wrong number of bytes");
    medium->size = bytes.size;
    medium->type = type_of(medium->category, bytes.known);
    medium->failure = failure_of(medium->category, bytes.known);
    medium->complete = true;
    medium->ready = call.now + (medium->category == "image" ? images_take : documents_take);
    gallery_.keep_bytes(*medium, bytes.known);
    return {201, {}, ""};
  }
  const uint64_t first = static_cast<uint64_t>(*number) * piece;
  const uint64_t wanted = first < medium->promised ? std::min(piece, medium->promised - first) : 0;
  if (bytes.size != wanted || wanted == 0)
    return linkedin_error(400, "BAD_REQUEST", "Wrong number of bytes in this part");
  if (*number == 0) medium->failure = failure_of("video", bytes.known);
  medium->segments[*number] = bytes.size;
  return {200, {{"ETag", tag_of(medium->id, static_cast<uint64_t>(*number))}}, ""};
}

wire::Response Linkedin::finalize(const Call& call, const Grant& grant) {
  const json::value* wish = call.json->if_contains("finalizeUploadRequest");
  if (!wish || !wish->is_object())
    return linkedin_error(400, "MISSING_FIELD", "finalizeUploadRequest is required");
  const json::object& fields = wish->get_object();
  if (auto refusal = linkedin_unknown_field(fields, {"video", "uploadToken", "uploadedPartIds"},
                                            "/finalizeUploadRequest"))
    return *refusal;
  const json::value* urn = fields.if_contains("video");
  const json::value* tags = fields.if_contains("uploadedPartIds");
  if (!fields.contains("uploadToken")) return linkedin_error(400, "MISSING_FIELD", "uploadToken is required");
  Medium* medium = urn && urn->is_string() ? gallery_.find(std::string_view(urn->get_string())) : nullptr;
  if (!medium || medium->category != "video" || !tags || !tags->is_array())
    return linkedin_error(400, "INVALID_VALUE_FOR_FIELD", "video and uploadedPartIds do not name an upload");
  size_t author = 0;
  if (auto refusal = may_write(grant, linkedin_urn(medium->person), author)) return *refusal;
  const uint64_t pieces = (medium->promised + piece - 1) / piece;
  bool right = tags->get_array().size() == pieces && medium->segments.size() == pieces;
  for (uint64_t i = 0; right && i < pieces; ++i)
    right = tags->get_array()[i] == json::value(tag_of(medium->id, i));
  if (!right)
    return linkedin_error(400, "INVALID_VALUE_FOR_FIELD", "uploadedPartIds do not match the uploaded parts");
  medium->type = "video/mp4";
  if (!medium->complete) medium->ready = call.now + videos_take;
  medium->complete = true;
  return {200, {}, ""};
}

wire::Response Linkedin::media_node(const Call& call, std::string_view kind, const std::string& urn) {
  const Medium* medium = gallery_.find(urn);
  if (!medium || medium->category != without_s(kind))
    return linkedin_error(404, "NOT_FOUND", "Not found: " + urn);
  if (medium->category == "video" && medium->person % 2 == 1)  // the page names no scope for persons
    return linkedin_error(403, "ACCESS_DENIED", "Not enough permissions to access: videos.GET");
  const bool over = medium->complete && call.now >= medium->ready;
  const std::string_view status = !medium->complete         ? "WAITING_UPLOAD"
                                  : !over                   ? "PROCESSING"
                                  : medium->failure.empty() ? "AVAILABLE"
                                                            : "PROCESSING_FAILED";
  json::object node{{"id", urn}, {"owner", linkedin_urn(medium->person)}, {"status", status}};
  if (status == "PROCESSING_FAILED") node["processingFailureReason"] = medium->failure;
  return json_answer(200, node);
}

}  // namespace carillon::sandbox

// Media: docs.x.com/x-api/media/quickstart/media-upload-chunked and /best-practices (2026-09).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/digest.h"
#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/x/x.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr std::chrono::hours media_life(24);
constexpr uint64_t megabyte = 1'000'000, chunk_limit = 8 << 20;

struct Category {
  std::string_view name, kind;
  uint64_t max_bytes;
};
constexpr std::array<Category, 8> categories = {{{"tweet_image", "image", 5 << 20},
                                                 {"tweet_gif", "gif", 15 << 20},
                                                 {"tweet_video", "video", uint64_t(8) << 30},
                                                 {"amplify_video", "video", uint64_t(8) << 30},
                                                 {"dm_image", "image", 5 << 20},
                                                 {"dm_gif", "gif", 15 << 20},
                                                 {"dm_video", "video", 512 << 20},
                                                 {"subtitles", "text", 1 << 20}}};
constexpr std::array<std::string_view, 12> media_types = {
    "video/mp4",  "video/webm", "video/mp2t", "video/quicktime", "text/srt",   "text/vtt",
    "image/jpeg", "image/gif",  "image/bmp",  "image/png",       "image/webp", "image/tiff"};

const Category* category_named(std::string_view name) {
  const auto found = std::ranges::find(categories, name, &Category::name);
  return found == categories.end() ? nullptr : &*found;
}

bool fits(const Category& category, std::string_view type) {
  if (category.kind == "image") return type == "image/jpeg" || type == "image/png" || type == "image/webp";
  if (category.kind == "gif") return type == "image/gif";
  if (category.kind == "video") return type == "video/mp4" || type == "video/quicktime";
  return type.starts_with("text/");
}

wire::Response bad(std::string_view parameter, std::string_view value, std::string_view message) {
  return x_invalid(parameter, value, message);
}

wire::Response data_answer(json::object data) {
  return json_answer(200, json::object{{"data", std::move(data)}});
}

// The bytes of a one-shot upload: a file, a plain field, or base64 in JSON.
struct Received {
  std::string bytes, type;
  uint64_t size = 0;
};
std::optional<Received> received(const Call& call) {
  if (const Upload* file = call.upload("media"))
    return Received{std::string(file->bytes), file->type(), file->size};
  const auto text = call.param("media");
  if (!text) return std::nullopt;
  auto bytes = call.json ? from_base64(*text) : text;
  if (!bytes) return std::nullopt;
  const uint64_t size = bytes->size();
  std::string type = sniff(*bytes);
  return Received{std::move(*bytes), std::move(type), size};
}

}  // namespace

Medium* X::own_medium(std::string_view id, size_t person, Instant now) {
  Medium* medium = gallery_.find(id);
  const bool there = medium && medium->person == person && !medium->used && now < medium->made + media_life;
  return there ? medium : nullptr;
}

json::object X::described(const Medium& medium, Instant now) const {
  json::object data{{"id", medium.id},
                    {"media_key", (medium.kind() == "video" ? "7_" : "3_") + medium.id},
                    {"size", medium.size},
                    {"expires_after_secs", 86400}};
  if (medium.kind() == "image") return data;
  json::object info;
  if (now < medium.ready) {
    const Duration whole = medium.ready - medium.made;
    const Duration left = medium.ready - now;
    const int64_t percent = whole.count() > 0 ? 100 - 100 * left.count() / whole.count() : 0;
    info["state"] = percent < 20 ? "pending" : "in_progress";
    info["check_after_secs"] = 1;
    if (percent >= 20) info["progress_percent"] = percent;
  } else if (!medium.failure.empty()) {
    info["state"] = "failed";
    info["error"] = json::object{{"code", 1}, {"name", "InvalidMedia"}, {"message", medium.failure}};
  } else {
    info["state"] = "succeeded";
    info["progress_percent"] = 100;
  }
  data["processing_info"] = info;
  return data;
}

// One small image in one piece.
wire::Response X::upload(const Call& call, size_t person) {
  if (call.malformed) return bad("", "", "The body could not be read.");
  for (const std::string& name : call.names()) {
    constexpr std::array<std::string_view, 5> known = {"media", "media_category", "media_type", "shared",
                                                       "additional_owners"};
    if (std::ranges::find(known, name) == known.end())
      return bad(name, "",
                 fmt::format(
                     "$.{}: is not defined in the schema and the schema does not allow additional properties",
                     name));
  }
  const std::string wanted = call.param_or("media_category", "");
  const Category* category = category_named(wanted);
  if (!category)
    return bad("media_category", wanted, "$.media_category: is missing or not one of the known categories");
  const auto file = received(call);
  if (!file || file->size == 0) return bad("media", "", "$.media: is missing");
  if (category->kind == "video")
    return bad("media_category", wanted, "Videos are uploaded in chunks (initialize, append, finalize).");
  if (!fits(*category, file->type)) return bad("media", file->type, "media type unrecognized.");
  if (file->size > category->max_bytes)
    return bad("media", std::to_string(file->size),
               fmt::format("File size exceeds {} bytes.", category->max_bytes));
  Medium& medium = gallery_.add({.id = ids_.next(call.now),
                                 .type = file->type,
                                 .category = wanted,
                                 .size = file->size,
                                 .person = person,
                                 .made = call.now,
                                 .ready = call.now});
  gallery_.keep_bytes(medium, file->bytes);
  return data_answer(described(medium, call.now));
}

wire::Response X::initialize(const Call& call, size_t person) {
  if (!call.json) return bad("", "", "The body is not a JSON object (Content-Type: application/json).");
  if (auto refusal = x_unknown_field(
          *call.json, {"media_type", "total_bytes", "media_category", "shared", "additional_owners"}, "$"))
    return *refusal;
  const std::string type = call.param_or("media_type", "");
  if (std::ranges::find(media_types, type) == media_types.end())
    return bad("media_type", type, "$.media_type: is not one of the known media types");
  const std::string wanted = call.param_or("media_category", "");
  const Category* category = category_named(wanted);
  if (!category)
    return bad("media_category", wanted, "$.media_category: is missing or not one of the known categories");
  const json::value* total = call.json->if_contains("total_bytes");
  const int64_t bytes = total && total->is_int64() ? total->get_int64() : 0;
  if (bytes <= 0)
    return bad("total_bytes", call.param_or("total_bytes", ""), "$.total_bytes: must be a number above 0");
  if (uint64_t(bytes) > category->max_bytes)
    return bad("total_bytes", std::to_string(bytes),
               fmt::format("File size exceeds {} bytes.", category->max_bytes));
  Medium medium{.id = ids_.next(call.now),
                .type = type,
                .category = wanted,
                .person = person,
                .made = call.now,
                .promised = uint64_t(bytes),
                .complete = false};
  if (!fits(*category, type)) medium.failure = fmt::format("{} is not supported for {}", type, wanted);
  const Medium& kept = gallery_.add(std::move(medium));
  return data_answer({{"id", kept.id},
                      {"media_key", (kept.kind() == "video" ? "7_" : "3_") + kept.id},
                      {"expires_after_secs", 86400}});
}

// The same segment twice replaces itself: an answer may have been lost.
wire::Response X::append(const Call& call, size_t person) {
  Medium* medium = own_medium(call.steps[4], person, call.now);
  if (!medium || medium->promised == 0) return x_not_found("id", call.steps[4], "media");
  const std::string index = call.param_or("segment_index", "");
  const auto segment = to_number(index);
  if (!segment || *segment < 0 || *segment > 999)
    return bad("segment_index", index, "$.segment_index: 0 to 999");
  const auto file = received(call);
  if (!file || file->size == 0) return bad("media", "", "$.media: is missing");
  if (file->size > chunk_limit)
    return bad("media", std::to_string(file->size), "A segment may have 8 MB at most.");
  if (medium->complete) return bad("id", medium->id, "The upload was finalized already.");
  medium->segments[*segment] = file->size;
  return data_answer({{"expires_at", (medium->made + media_life).seconds()}});
}

wire::Response X::finalize(const Call& call, size_t person) {
  Medium* medium = own_medium(call.steps[4], person, call.now);
  if (!medium || medium->promised == 0) return x_not_found("id", call.steps[4], "media");
  if (medium->complete) return data_answer(described(*medium, call.now));
  uint64_t sum = 0;
  int64_t next = 0;
  for (const auto& [segment, size] : medium->segments) {
    if (segment != next++) return bad("id", medium->id, fmt::format("Segment {} is missing.", next - 1));
    sum += size;
  }
  if (sum != medium->promised)
    return bad("id", medium->id, "Segments do not add up to provided total file size.");
  medium->complete = true;
  medium->size = sum;
  medium->made = call.now;
  medium->ready =
      medium->kind() == "image" ? call.now : call.now + 2s + std::chrono::milliseconds(20 * (sum / megabyte));
  return data_answer(described(*medium, call.now));
}

wire::Response X::status(const Call& call, size_t person) {
  if (auto refusal = x_unknown_parameter(call, {"command", "media_id"})) return *refusal;
  if (call.param_or("command", "STATUS") != "STATUS")
    return bad("command", call.param_or("command", ""), "$.command: only STATUS can be asked with GET");
  const std::string id = call.param_or("media_id", "");
  const Medium* medium = own_medium(id, person, call.now);
  return medium && medium->complete ? data_answer(described(*medium, call.now))
                                    : x_not_found("media_id", id, "media");
}

wire::Response X::metadata(const Call& call, size_t person) {
  if (!call.json) return bad("", "", "The body is not a JSON object (Content-Type: application/json).");
  if (auto refusal = x_unknown_field(*call.json, {"id", "metadata"}, "$")) return *refusal;
  Medium* medium = own_medium(call.param_or("id", ""), person, call.now);
  if (!medium) return x_not_found("id", call.param_or("id", ""), "media");
  const json::value* metadata = call.json->if_contains("metadata");
  const json::object* fields = metadata ? metadata->if_object() : nullptr;
  const json::value* alt = fields ? fields->if_contains("alt_text") : nullptr;
  const json::value* text = alt && alt->is_object() ? alt->get_object().if_contains("text") : nullptr;
  if (!text || !text->is_string())
    return bad("metadata", metadata ? json::serialize(*metadata) : "",
               "$.metadata.alt_text.text: is missing");
  if (to_code_points(text->get_string()).size() > 1000)
    return bad("metadata.alt_text.text", "", "$.metadata.alt_text.text: 1000 characters at most");
  medium->alt = std::string(text->get_string());
  return data_answer(
      {{"id", medium->id},
       {"associated_metadata", json::object{{"alt_text", json::object{{"text", medium->alt}}}}}});
}

}  // namespace carillon::sandbox

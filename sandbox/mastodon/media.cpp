// Media: docs.joinmastodon.org/methods/media (2026-07). Images are ready at once, moving pictures after a
// while.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/mastodon/mastodon.h"

namespace carillon::sandbox {
namespace {

constexpr uint64_t image_limit = 16'777'216, video_limit = 103'809'024;
constexpr size_t max_description = 1500;
constexpr std::string_view bad_type = "Validation failed: File content type is invalid, File is invalid";

bool known_type(std::string_view type) {
  return type == "image/jpeg" || type == "image/png" || type == "image/gif" || type == "image/webp" ||
         type == "video/webm" || type == "video/mp4" || type == "video/quicktime";
}

// "x,y", both from -1 to 1.
bool good_focus(std::string_view text) {
  const size_t comma = text.find(',');
  return comma != std::string_view::npos &&
         text.find_first_not_of("0123456789.,-+") == std::string_view::npos && comma > 0 &&
         comma + 1 < text.size();
}

std::optional<wire::Response> wrong_words(const Call& call) {
  if (graphemes(call.param_or("description", "")) > max_description)
    return mastodon_error(422,
                          fmt::format("Validation failed: Description is too long (maximum is {} characters)",
                                      max_description));
  if (const auto focus = call.param("focus"); focus && !focus->empty() && !good_focus(*focus))
    return mastodon_error(422, "Validation failed: Focus is invalid");
  return std::nullopt;
}

}  // namespace

wire::Response Mastodon::upload(const Call& call, size_t person) {
  if (call.malformed) return mastodon_error(400, "Bad request");
  if (auto refusal = mastodon_unknown(call, {"file", "thumbnail", "description", "focus"})) return *refusal;
  const Upload* file = call.upload("file");
  if (!file || file->filename.empty()) return mastodon_error(422, "Validation failed: File can't be blank");
  const std::string type = file->type();
  if (!known_type(type) || file->size == 0) return mastodon_error(422, bad_type);
  const bool still = type.starts_with("image/") && type != "image/gif";
  if (file->size > (still ? image_limit : video_limit))
    return mastodon_error(
        422, fmt::format("Validation failed: File size must be less than {}", still ? "16 MB" : "99 MB"));
  if (auto refusal = wrong_words(call)) return *refusal;
  Medium& medium = gallery_.add({.id = media_ids_.next(call.now),
                                 .type = type,
                                 .alt = call.param_or("description", ""),
                                 .size = file->size,
                                 .person = person,
                                 .made = call.now,
                                 .ready = still ? call.now : call.now + 3s});
  gallery_.keep_bytes(medium, file->bytes);
  const std::string id = medium.id;
  if (const Upload* thumbnail = call.upload("thumbnail"); thumbnail && !still) {
    if (!thumbnail->type().starts_with("image/")) return mastodon_error(422, bad_type);
    Medium& picture = gallery_.add({.id = id + "c",
                                    .type = thumbnail->type(),
                                    .size = thumbnail->size,
                                    .made = call.now,
                                    .ready = call.now});
    gallery_.keep_bytes(picture, thumbnail->bytes);
    gallery_.find(id)->cover = picture.id;
  }
  const Medium& kept = *gallery_.find(id);
  return json_answer(still ? 200 : 202, shown(kept, call.now));
}

wire::Response Mastodon::look_up(const Call& call, size_t person) {
  const Medium* medium = gallery_.find(call.steps[4]);
  if (!medium || medium->person != person) return mastodon_error(404, "Record not found");
  return json_answer(call.now < medium->ready ? 206 : 200, shown(*medium, call.now));
}

wire::Response Mastodon::describe(const Call& call, size_t person) {
  Medium* medium = gallery_.find(call.steps[4]);
  if (!medium || medium->person != person || medium->used) return mastodon_error(404, "Record not found");
  if (auto refusal = mastodon_unknown(call, {"thumbnail", "description", "focus"})) return *refusal;
  if (auto refusal = wrong_words(call)) return *refusal;
  if (const auto words = call.param("description")) medium->alt = *words;
  return json_answer(200, shown(*medium, call.now));
}

}  // namespace carillon::sandbox

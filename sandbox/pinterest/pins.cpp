// Pins: developers.pinterest.com/docs/api/v5/pins-create, boards-list_pins (2025-12).
#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/fetching.h"
#include "sandbox/pinterest/pinterest.h"
#include "sandbox/shape.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr size_t max_title = 100, max_description = 800, max_link = 2048, max_alt = 500;
constexpr uint64_t max_image = 20 << 20;

wire::Response bad(std::string_view what) {
  return pinterest_error(400, 1, fmt::format("Invalid request: {}", what));
}

size_t characters(std::string_view text) {
  return to_code_points(text).size();
}

}  // namespace

Pinterest::Refusal Pinterest::read_words(const json::object& body, Post& post) const {
  const std::string title = text_or(body, "title", ""), link = text_or(body, "link", "");
  post.text = text_or(body, "description", "");
  if (characters(title) > max_title) return bad("title is too long");
  if (characters(post.text) > max_description) return bad("description is too long");
  if (link.size() > max_link || (!link.empty() && !wire::parse_url(link))) return bad("link is not valid");
  if (characters(text_or(body, "alt_text", "")) > max_alt) return bad("alt_text is too long");
  post.spoiler.clear();
  post.link = link;
  post.group = title;  // shown and listed as the pin's title
  return std::nullopt;
}

Pinterest::Refusal Pinterest::fetch(const std::string& url, const std::string& alt, Post& post) {
  const auto found = found_at(ground_, url, "image/jpeg");
  if (!found) return pinterest_error(400, 235, "Sorry, we could not fetch the image.");
  if (!found->type.starts_with("image/")) return pinterest_error(400, 235, "The image could not be read.");
  if (found->size > max_image) return pinterest_error(400, 235, "The image is too large.");
  Medium& medium = gallery_.add({.id = fmt::format("img{}", ++last_medium_),
                                 .type = found->type,
                                 .alt = alt,
                                 .size = found->size,
                                 .made = post.at,
                                 .ready = post.at});
  gallery_.keep_bytes(medium, found->bytes);
  post.media.push_back(medium.id);
  return std::nullopt;
}

Pinterest::Refusal Pinterest::read_cover(const json::object& source, const std::string& video, Post& post) {
  if (source.contains("cover_image_key_frame_time")) {
    const auto at = number_member(source, "cover_image_key_frame_time");
    if (!at || *at < 0) return bad("cover_image_key_frame_time is not valid");
    gallery_.find(video)->moment = fmt::format("{} s", *at);
  }
  if (!source.contains("cover_image_url")) return std::nullopt;
  Post picture{.at = post.at};
  if (auto refusal = fetch(text_or(source, "cover_image_url", ""), "", picture)) return refusal;
  gallery_.find(video)->cover = picture.media.at(0);
  return std::nullopt;
}

Pinterest::Refusal Pinterest::read_source(const json::object& source, Post& post, size_t person) {
  const std::string type = text_or(source, "source_type", "");
  if (type == "image_url") {
    if (const auto odd = stranger(source, {"source_type", "url", "is_standard"}); !odd.empty())
      return bad(odd);
    return fetch(text_or(source, "url", ""), "", post);
  }
  if (type == "multiple_image_urls") {
    if (const auto odd = stranger(source, {"source_type", "items", "index"}); !odd.empty()) return bad(odd);
    const json::array* items = array_member(source, "items");
    if (!items || items->size() < 2 || items->size() > 5) return bad("items must have 2 to 5 elements");
    for (const json::value& one : *items) {
      const json::object* item = one.if_object();
      if (!item || !stranger(*item, {"title", "description", "link", "url"}).empty()) return bad("items");
      if (auto refusal = fetch(text_or(*item, "url", ""), text_or(*item, "description", ""), post))
        return refusal;
    }
    return std::nullopt;
  }
  if (type != "video_id") return bad("media_source.source_type is not valid");
  if (const auto odd =
          stranger(source, {"source_type", "media_id", "cover_image_url", "cover_image_content_type",
                            "cover_image_data", "cover_image_key_frame_time", "is_standard"});
      !odd.empty())
    return bad(odd);
  const Medium* video = gallery_.find(text_or(source, "media_id", ""));
  if (!video || video->person != person || !video->complete) return bad("media_id is not valid");
  if (post.at < video->ready) return bad("the video is still being processed");
  const bool cover = source.contains("cover_image_url") || source.contains("cover_image_data") ||
                     source.contains("cover_image_key_frame_time");
  if (!cover) return bad("a video needs a cover image");
  if (auto refusal = read_cover(source, video->id, post)) return refusal;
  post.media.push_back(video->id);
  return std::nullopt;
}

wire::Response Pinterest::create(const Call& call, size_t person) {
  if (!call.json) return bad("the body is not JSON");
  const json::object& body = *call.json;
  if (const auto odd =
          stranger(body, {"board_id", "board_section_id", "title", "description", "link", "alt_text",
                          "media_source", "dominant_color", "parent_pin_id", "note"});
      !odd.empty())
    return bad(
        fmt::format("unknown member {} (the sandbox refuses what the documentation does not name)", odd));
  const auto board = index_of(text_or(body, "board_id", ""));
  if (!board || *board / 2 != person) return pinterest_error(404, 40, "Board not found.");
  Post post{.person = *board, .at = call.now};
  if (auto refusal = read_words(body, post)) return *refusal;
  const json::object* source = object_member(body, "media_source");
  if (!source) return bad("media_source is missing");
  if (auto refusal = read_source(*source, post, person)) return *refusal;
  if (Medium* first = gallery_.find(post.media.front()); first && body.contains("alt_text"))
    first->alt = text_or(body, "alt_text", "");
  post.id = ids_.next(call.now);
  post.url = fmt::format("{}/pin/{}", base(), post.id);
  const Post& kept = shelf_.add(std::move(post));
  record(kept, text_or(body, "board_id", ""));
  return json_answer(201, shown(kept));
}

json::object Pinterest::shown(const Post& post) const {
  const auto or_null = [](const std::string& text) {
    return text.empty() ? json::value() : json::value(text);
  };
  return {{"id", post.id},
          {"created_at", iso_millis(post.at).substr(0, 19)},
          {"title", or_null(post.group)},
          {"description", or_null(post.text)},
          {"link", or_null(post.link)},
          {"board_id", person(post.person).external_id},
          {"creative_type", "REGULAR"},
          {"is_owner", true}};
}

wire::Response Pinterest::pins(const Call& call, size_t who) {
  const auto board = index_of(call.steps[3]);
  if (!board || *board / 2 != who) return pinterest_error(404, 40, "Board not found.");
  const auto size = to_number(call.param_or("page_size", "25")),
             skip = to_number(call.param_or("bookmark", "0"));
  if (!size || *size < 1 || *size > 250 || !skip) return bad("page_size must be between 1 and 250");
  json::array items;
  int64_t seen = 0, more = 0;
  const auto& posts = shelf_.posts();
  for (auto post = posts.rbegin(); post != posts.rend(); ++post) {
    if (post->gone || post->person != *board || seen++ < *skip) continue;
    if (std::ssize(items) == *size) {
      more = *skip + *size;
      break;
    }
    items.emplace_back(shown(*post));
  }
  return json_answer(
      200, json::object{{"items", items},
                        {"bookmark", more > 0 ? json::value(std::to_string(more)) : json::value()}});
}

wire::Response Pinterest::one_pin(const Call& call, size_t who) {
  const Post* post = shelf_.find(call.steps[3]);
  if (!post || post->person / 2 != who) return pinterest_error(404, 50, "Pin not found.");
  return json_answer(200, shown(*post));
}

wire::Response Pinterest::remove(const Call& call, size_t who) {
  Post* post = shelf_.find(call.steps[3]);
  if (!post || post->person / 2 != who) return pinterest_error(404, 50, "Pin not found.");
  post->gone = true;
  ground_.ledger.strike(name_, person(post->person).external_id, post->id);
  return {204, {}, ""};
}

}  // namespace carillon::sandbox

// The record of a post. https://docs.bsky.app/docs/advanced-guides/posts and the lexicons app.bsky.feed.post,
// app.bsky.embed.* (2026-08)
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>

#include "channels/bluesky/bluesky.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"

namespace carillon::channels::bluesky {

namespace json = boost::json;

namespace {

std::string did_of(const json::object& facts, const std::string& handle) {
  const json::value* known = facts.if_contains("dids");
  return known != nullptr && known->is_object() ? kept_text(known->get_object(), handle) : "";
}

json::object feature_of(const Facet& facet, const json::object& facts) {
  const std::string base = "app.bsky.richtext.facet#";
  if (facet.kind == Facet::Kind::link) return {{"$type", base + "link"}, {"uri", facet.value}};
  if (facet.kind == Facet::Kind::tag) return {{"$type", base + "tag"}, {"tag", facet.value}};
  return {{"$type", base + "mention"}, {"did", did_of(facts, facet.value)}};
}

// Somebody who could not be found stays plain text.
json::array facets_of(const std::string& text, const json::object& facts) {
  json::array all;
  for (const Facet& facet : facets_in(text)) {
    if (facet.kind == Facet::Kind::mention && did_of(facts, facet.value).empty()) continue;
    all.emplace_back(json::object{{"index", {{"byteStart", facet.begin}, {"byteEnd", facet.end}}},
                                  {"features", json::array{feature_of(facet, facts)}}});
  }
  return all;
}

json::object described(const Job& job, size_t which, const char* name, const std::string& blob) {
  json::object one{{name, read_json(blob).value_or(nullptr)}, {"alt", job.body().media[which].alt}};
  const MediaFacts& file = job.media[which];
  if (file.width > 0 && file.height > 0)
    one["aspectRatio"] = {{"width", file.width}, {"height", file.height}};
  return one;
}

json::object media_of(const Job& job, const json::object& facts) {
  const auto blobs = uploaded(facts);
  if (kind_of(job.media[0]) == "video") {
    json::object video = described(job, 0, "video", blobs.at(0));
    video["$type"] = "app.bsky.embed.video";
    return video;
  }
  json::array images;
  for (size_t i = 0; i < blobs.size(); ++i) images.emplace_back(described(job, i, "image", blobs[i]));
  return {{"$type", "app.bsky.embed.images"}, {"images", std::move(images)}};
}

// The card of a link; what stands on it is what the author says, else the address.
json::object card_of(const Job& job) {
  const std::string& link = job.body().link;
  std::string title = kept_text(job.content.options, "card_title");
  const size_t scheme = link.find("://");
  if (title.empty()) title = scheme == std::string::npos ? link : link.substr(scheme + 3);
  return {{"$type", "app.bsky.embed.external"},
          {"external",
           {{"uri", link},
            {"title", title},
            {"description", kept_text(job.content.options, "card_description")}}}};
}

}  // namespace

std::string record_key(Instant now, const DeliveryId& id) {
  constexpr std::string_view alphabet = "234567abcdefghijklmnopqrstuvwxyz";
  const uint64_t chance = (uint64_t{id.bytes[14]} << 8 | id.bytes[15]) & 0x3ff;
  uint64_t bits = (static_cast<uint64_t>(now.us) & ((uint64_t{1} << 53) - 1)) << 10 | chance;
  std::string key(13, '2');
  for (size_t i = key.size(); i-- > 0; bits >>= 5) key[i] = alphabet[bits & 31];
  return key;
}

json::object record_of(const Job& job, const json::object& facts) {
  const std::string text = text_of(job.body());
  json::object record{
      {"$type", "app.bsky.feed.post"}, {"text", text}, {"createdAt", kept_text(facts, "created")}};
  if (auto facets = facets_of(text, facts); !facets.empty()) record["facets"] = std::move(facets);
  if (const auto language = kept_text(job.content.options, "language"); !language.empty())
    record["langs"] = json::array{json::string(language)};
  if (const json::value* reply = facts.if_contains("reply")) record["reply"] = *reply;
  if (!job.media.empty()) record["embed"] = media_of(job, facts);
  if (job.media.empty() && !job.body().link.empty()) record["embed"] = card_of(job);
  if (const auto label = kept_text(job.content.options, "content_label"); !label.empty() && label != "none")
    record["labels"] = {{"$type", "com.atproto.label.defs#selfLabels"},
                        {"values", json::array{json::object{{"val", label}}}}};
  return record;
}

}  // namespace carillon::channels::bluesky

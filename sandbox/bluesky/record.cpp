// What a post may be: lexicons app.bsky.feed.post, app.bsky.richtext.facet, app.bsky.embed.* (2026-08).
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/bluesky/bluesky.h"
#include "sandbox/shape.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr size_t max_graphemes = 300, max_bytes = 3000;
constexpr uint64_t max_image = 2'000'000, max_video = 300'000'000;

std::string missing(std::string_view what) {
  return fmt::format("Record must have the property \"{}\"", what);
}

bool at_edge(std::string_view text, int64_t at) {
  const auto byte = static_cast<size_t>(at);
  return byte == text.size() || (static_cast<unsigned char>(text[byte]) & 0xc0) != 0x80;
}

std::string wrong_feature(const json::object& feature) {
  const std::string type = text_or(feature, "$type", "");
  const std::string_view base = "app.bsky.richtext.facet#";
  if (!type.starts_with(base)) return "Record/facets features must have a known $type";
  const std::string kind = type.substr(base.size());
  const std::string_view need = kind == "link"      ? "uri"
                                : kind == "mention" ? "did"
                                : kind == "tag"     ? "tag"
                                                    : "";
  if (need.empty()) return "Record/facets features must have a known $type";
  if (const auto odd = stranger(feature, {"$type", need}); !odd.empty())
    return "Record/facets: unknown " + odd;
  const std::string value = text_or(feature, need, "");
  if (value.empty()) return fmt::format("Record/facets features must have the property \"{}\"", need);
  if (kind == "mention" && !value.starts_with("did:")) return "Record/facets did must be a valid did";
  if (kind == "tag" && (graphemes(value) > 64 || value.starts_with('#')))
    return "Record/facets tag is not valid";
  return "";
}

}  // namespace

std::string wrong_facets(const json::array& facets, std::string_view text) {
  for (const json::value& one : facets) {
    const json::object* facet = one.if_object();
    const json::object* index = facet ? object_member(*facet, "index") : nullptr;
    const json::array* features = facet ? array_member(*facet, "features") : nullptr;
    const auto begin = index ? number_member(*index, "byteStart") : std::nullopt;
    const auto end = index ? number_member(*index, "byteEnd") : std::nullopt;
    if (!begin || !end || !features || features->empty()) return "Record/facets must have index and features";
    if (*begin < 0 || *end <= *begin || *end > std::ssize(text))
      return "Record/facets index is outside of the text";
    if (!at_edge(text, *begin) || !at_edge(text, *end)) return "Record/facets index splits a character";
    for (const json::value& feature : *features) {
      const std::string wrong = feature.is_object() ? wrong_feature(feature.get_object()) : "not an object";
      if (!wrong.empty()) return wrong;
    }
  }
  return "";
}

std::string Bluesky::read_record(const json::object& record, size_t person, Post& post) {
  if (const auto odd = stranger(
          record, {"$type", "text", "createdAt", "facets", "reply", "embed", "langs", "labels", "tags"});
      !odd.empty())
    return fmt::format("Unknown member \"{}\" (the sandbox refuses what no lexicon names)", odd);
  if (text_or(record, "$type", "") != "app.bsky.feed.post") return "Record/$type must be app.bsky.feed.post";
  const auto text = text_member(record, "text");
  if (!text) return missing("text");
  if (text->size() > max_bytes)
    return fmt::format("string too long (maximum {}, got {}) at $.record.text", max_bytes, text->size());
  if (graphemes(*text) > max_graphemes)
    return fmt::format("grapheme too big (maximum {}, got {}) at $.record.text", max_graphemes,
                       graphemes(*text));
  post.text = *text;
  const auto created = text_member(record, "createdAt");
  if (!created || !parse_instant(*created)) return "Record/createdAt must be an valid atproto datetime";
  if (const json::array* facets = array_member(record, "facets"))
    if (auto wrong = wrong_facets(*facets, post.text); !wrong.empty()) return wrong;
  if (const json::array* langs = array_member(record, "langs"); langs && langs->size() > 3)
    return "Record/langs must not have more than 3 elements";
  if (const json::object* reply = object_member(record, "reply"))
    if (auto wrong = read_reply(*reply, post); !wrong.empty()) return wrong;
  if (const json::object* embed = object_member(record, "embed"))
    if (auto wrong = read_embed(*embed, person, post); !wrong.empty()) return wrong;
  return "";
}

const Post* Bluesky::referred(const json::object* reference) const {
  if (!reference) return nullptr;
  const std::string uri = text_or(*reference, "uri", "");
  const auto steps = split(uri, "/");
  if (steps.size() != 4) return nullptr;
  const Post* post = shelf_.find(steps[1] + "/" + steps[3]);
  return post && bluesky_cid(*post) == text_or(*reference, "cid", "") ? post : nullptr;
}

std::string Bluesky::read_reply(const json::object& reply, Post& post) const {
  const json::object *root = object_member(reply, "root"), *parent = object_member(reply, "parent");
  if (!root) return "Record/reply must have the property \"root\"";
  if (!parent) return "Record/reply must have the property \"parent\"";
  const Post *first = referred(root), *before = referred(parent);
  if (!first || !before) return "Record/reply refers to a record that is not there";
  if ((before->thread.empty() ? before->id : before->thread) != first->id)
    return "Record/reply root is not the root of its parent";
  post.reply_to = before->id;
  post.thread = first->id;
  return "";
}

std::string Bluesky::read_embed(const json::object& embed, size_t person, Post& post) {
  const std::string type = text_or(embed, "$type", "");
  if (type == "app.bsky.embed.images") return read_images(embed, person, post);
  if (type == "app.bsky.embed.video") return read_video(embed, person, post);
  if (type != "app.bsky.embed.external") return "Record/embed has an unknown $type: " + type;
  const json::object* card = object_member(embed, "external");
  if (!card) return "Record/embed must have the property \"external\"";
  if (const auto odd = stranger(*card, {"uri", "title", "description", "thumb"}); !odd.empty())
    return "Record/embed/external: unknown " + odd;
  for (const std::string_view name : {"uri", "title", "description"})
    if (!text_member(*card, name))
      return fmt::format("Record/embed/external must have the property \"{}\"", name);
  post.link = text_or(*card, "uri", "");
  return wire::parse_url(post.link) ? "" : "Record/embed/external/uri must be a uri";
}

std::string Bluesky::read_images(const json::object& embed, size_t person, Post& post) {
  const json::array* images = array_member(embed, "images");
  if (!images || images->empty()) return "Record/embed must have the property \"images\"";
  if (images->size() > 4) return "Record/embed/images must not have more than 4 elements";
  for (const json::value& one : *images) {
    const json::object* image = one.if_object();
    if (!image || !text_member(*image, "alt")) return "Record/embed/images must have the property \"alt\"";
    if (const auto odd = stranger(*image, {"image", "alt", "aspectRatio"}); !odd.empty())
      return "Record/embed/images: unknown " + odd;
    if (auto wrong = read_blob(object_member(*image, "image"), person, "image/", max_image, post);
        !wrong.empty())
      return wrong;
    gallery_.find(post.media.back())->alt = text_or(*image, "alt", "");
  }
  return "";
}

std::string Bluesky::read_video(const json::object& embed, size_t person, Post& post) {
  if (const auto odd = stranger(embed, {"$type", "video", "captions", "alt", "aspectRatio"}); !odd.empty())
    return "Record/embed: unknown " + odd;
  return read_blob(object_member(embed, "video"), person, "video/mp4", max_video, post);
}

std::string Bluesky::read_blob(const json::object* blob, size_t person, std::string_view types,
                               uint64_t limit, Post& post) {
  const json::object* ref = blob ? object_member(*blob, "ref") : nullptr;
  const std::string link = ref ? text_or(*ref, "$link", "") : "";
  const Medium* medium = gallery_.find(link);
  if (!medium || medium->person != person) return "Could not find blob: " + link;
  if (text_or(*blob, "mimeType", "") != medium->type) return "Referenced Mimetype does not match stored blob";
  if (number_member(*blob, "size") != static_cast<int64_t>(medium->size))
    return "Referenced Size does not match stored blob";
  if (!medium->type.starts_with(types))
    return fmt::format("blob has the type {}, expected {}*", medium->type, types);
  if (medium->size > limit)
    return fmt::format("blob too big (maximum {}, got {}) at $.record.embed", limit, medium->size);
  post.media.push_back(medium->id);
  return "";
}

}  // namespace carillon::sandbox

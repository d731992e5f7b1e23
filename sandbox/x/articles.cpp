// Long articles: docs.x.com/x-api/articles/create-draft-article, /publish-article (2026-09). Nobody sees a
// draft; publishing it makes a post that shows the article's address. What X does with a draft that is
// published twice is not documented: here the worse is assumed, a second post.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/x/x.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr std::array<std::string_view, 8> block_types = {
    "unstyled",   "header-one",          "header-two",        "header-three",
    "blockquote", "unordered-list-item", "ordered-list-item", "atomic"};

wire::Response wrong(std::string_view where, std::string_view what) {
  return x_invalid(where, "", fmt::format("$.{}: {}", where, what));
}

// The text of an embed is a blank, and it names one of the entities.
std::optional<wire::Response> read_ranges(const json::object& block, size_t entities) {
  const json::value* ranges = block.if_contains("entity_ranges");
  const bool embed = block.at("type") == json::value("atomic");
  if (!ranges)
    return embed ? std::optional(wrong("content_state.blocks", "atomic needs an entity")) : std::nullopt;
  if (!ranges->is_array()) return wrong("content_state.blocks.entity_ranges", "a list is expected");
  const auto length = static_cast<int64_t>(block.at("text").get_string().size());
  for (const json::value& one : ranges->get_array()) {
    if (!one.is_object()) return wrong("content_state.blocks.entity_ranges", "each is an object");
    const auto number = [&](const char* name) {
      const json::value* value = one.get_object().if_contains(name);
      return value && value->is_int64() ? value->get_int64() : -1;
    };
    const int64_t key = number("key"), offset = number("offset"), span = number("length");
    if (one.get_object().size() != 3 || key < 0 || key >= static_cast<int64_t>(entities) || offset < 0 ||
        span < 0 || offset + span > length)
      return wrong("content_state.blocks.entity_ranges", "does not name an entity of this draft");
  }
  return std::nullopt;
}

// The paragraphs of a draft; a refusal when one of them is none.
std::optional<wire::Response> read_blocks(const json::array& blocks, size_t entities, std::string& text) {
  for (const json::value& block : blocks) {
    if (!block.is_object()) return wrong("content_state.blocks", "each is an object");
    if (auto refusal =
            x_unknown_field(block.get_object(),
                            {"text", "type", "key", "data", "depth", "entity_ranges", "inline_style_ranges"},
                            "$.content_state.blocks"))
      return refusal;
    const json::value* words = block.get_object().if_contains("text");
    const json::value* type = block.get_object().if_contains("type");
    if (!words || !words->is_string()) return wrong("content_state.blocks.text", "a text is expected");
    if (!type || !type->is_string() ||
        std::ranges::find(block_types, type->get_string()) == block_types.end())
      return wrong("content_state.blocks.type", "is not one of the known types");
    if (auto refusal = read_ranges(block.get_object(), entities)) return refusal;
    if (*type == json::value("atomic")) continue;
    text += (text.empty() ? "" : "\n\n") + std::string(words->get_string());
  }
  return std::nullopt;
}

}  // namespace

// {"media_category":"tweet_image","media_id":"…"}: a picture that this person uploaded.
std::optional<wire::Response> X::take_image(const json::value& image, size_t person, Instant now,
                                            Article& article) {
  const json::object* named = image.if_object();
  if (!named) return wrong("media", "an object is expected");
  if (auto refusal = x_unknown_field(*named, {"media_category", "media_id"}, "$.media")) return refusal;
  const json::value* category = named->if_contains("media_category");
  const json::value* id = named->if_contains("media_id");
  if (!category || *category != json::value("tweet_image") || !id || !id->is_string())
    return wrong("media", "media_category and media_id of a picture are expected");
  const Medium* medium = own_medium(std::string_view(id->get_string()), person, now);
  if (!medium || now < medium->ready || medium->kind() != "image")
    return wrong("media", "Your media IDs are invalid.");
  article.media.push_back(medium->id);
  return std::nullopt;
}

std::optional<wire::Response> X::read_entities(const json::array& entities, size_t person, Instant now,
                                               Article& article) {
  for (const json::value& one : entities) {
    const json::object* entity = one.if_object();
    const json::value* value = entity ? entity->if_contains("value") : nullptr;
    const json::value* key = entity ? entity->if_contains("key") : nullptr;
    if (!key || !key->is_string() || !value || !value->is_object() || entity->size() != 2)
      return wrong("content_state.entities", "key and value are expected");
    const json::object& fields = value->get_object();
    if (auto refusal =
            x_unknown_field(fields, {"type", "mutability", "data"}, "$.content_state.entities.value"))
      return refusal;
    const json::value* data = fields.if_contains("data");
    if (!data || !data->is_object() || !fields.contains("mutability") || !fields.contains("type"))
      return wrong("content_state.entities.value", "type, mutability and data are expected");
    if (fields.at("type") != json::value("image")) continue;
    const json::value* items = data->get_object().if_contains("media_items");
    if (!items || !items->is_array() || items->get_array().empty())
      return wrong("content_state.entities.value.data", "media_items are expected");
    for (const json::value& item : items->get_array())
      if (auto refusal = take_image(item, person, now, article)) return refusal;
  }
  return std::nullopt;
}

wire::Response X::draft_article(const Call& call, size_t person) {
  if (!call.json) return x_invalid("", "", "The body is not a JSON object (Content-Type: application/json).");
  if (auto refusal = x_unknown_field(*call.json, {"title", "content_state", "cover_media"}, "$"))
    return *refusal;
  const json::value* title = call.json->if_contains("title");
  if (!title || !title->is_string() || trimmed(std::string_view(title->get_string())).empty())
    return wrong("title", "a title is expected");
  const json::value* state = call.json->if_contains("content_state");
  if (!state || !state->is_object()) return wrong("content_state", "an object is expected");
  if (auto refusal = x_unknown_field(state->get_object(), {"blocks", "entities"}, "$.content_state"))
    return *refusal;
  const json::value* blocks = state->get_object().if_contains("blocks");
  const json::value* entities = state->get_object().if_contains("entities");
  if (!entities || !entities->is_array()) return wrong("content_state.entities", "a list is expected");
  if (!blocks || !blocks->is_array() || blocks->get_array().empty())
    return wrong("content_state.blocks", "at least one is expected");
  Article article{.person = person, .title = std::string(title->get_string()), .text = {}};
  if (const json::value* cover = call.json->if_contains("cover_media"))
    if (auto refusal = take_image(*cover, person, call.now, article)) return *refusal;
  if (auto refusal = read_entities(entities->get_array(), person, call.now, article)) return *refusal;
  if (auto refusal = read_blocks(blocks->get_array(), entities->get_array().size(), article.text))
    return *refusal;
  const std::string id = ids_.next(call.now);
  const auto& kept = articles_.emplace(id, std::move(article)).first->second;
  return json_answer(201, json::object{{"data", json::object{{"id", id}, {"title", kept.title}}}});
}

wire::Response X::publish_article(const Call& call, size_t person) {
  const auto found = articles_.find(std::string(call.steps[3]));
  if (found == articles_.end()) return x_not_found("article_id", call.steps[3], "article");
  if (found->second.person != person)
    return x_problem(403, "Forbidden", "You are not permitted to perform this action.");
  Post post{.id = ids_.next(call.now), .person = person, .at = call.now};
  post.url = fmt::format("{}/{}/status/{}", base(), character(person).handle, post.id);
  post.text =
      fmt::format("{}{}\n{}\n\n{}", x_article_address, found->first, found->second.title, found->second.text);
  post.media = found->second.media;
  const json::object data{{"post_id", post.id}};
  record(shelf_.add(std::move(post)), x_user_id(person));
  return json_answer(200, json::object{{"data", data}});
}

}  // namespace carillon::sandbox

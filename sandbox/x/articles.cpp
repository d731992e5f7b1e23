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
constexpr std::array<std::string_view, 9> block_types = {
    "unstyled",   "header-one",          "header-two",        "header-three", "blockquote",
    "code-block", "unordered-list-item", "ordered-list-item", "atomic"};

wire::Response wrong(std::string_view where, std::string_view what) {
  return x_invalid(where, "", fmt::format("$.{}: {}", where, what));
}

// The paragraphs of a draft; a refusal when one of them is none.
std::optional<wire::Response> read_blocks(const json::array& blocks, std::string& text) {
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
    text += (text.empty() ? "" : "\n\n") + std::string(words->get_string());
  }
  return std::nullopt;
}

}  // namespace

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
  if (auto refusal = read_blocks(blocks->get_array(), article.text)) return *refusal;
  const std::string id = ids_.next(call.now);
  const auto& kept = articles_.emplace(id, std::move(article)).first->second;
  return json_answer(200, json::object{{"data", json::object{{"id", id}, {"title", kept.title}}}});
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
  const json::object data{{"post_id", post.id}};
  record(shelf_.add(std::move(post)), x_user_id(person));
  return json_answer(200, json::object{{"data", data}});
}

}  // namespace carillon::sandbox

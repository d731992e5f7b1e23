#include "plan/yaml_fields.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"

namespace carillon::plan {

YamlFields::YamlFields(const YamlNode& map, std::string path, std::initializer_list<std::string_view> known,
                       std::vector<PlanTrouble>& troubles)
    : map_(map), path_(std::move(path)), troubles_(troubles) {
  if (map.kind != YamlNode::Kind::map)
    wrong(map, "", "not_a_map", "Names with values were expected here.", "Write \"name: value\" lines.");
  for (const YamlMember& member : map.members) {
    if (std::ranges::find(known, member.name) != known.end()) continue;
    const YamlNode where{.line = member.line, .column = member.column};
    wrong(where, member.name, "unknown_name",
          fmt::format("\"{}\" is not understood here.", shortened(member.name, 60)),
          fmt::format("There are: {}.", fmt::join(known, ", ")));
  }
}

std::string YamlFields::path(std::string_view name) const {
  if (name.empty()) return path_;
  return path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name);
}

void YamlFields::wrong(const YamlNode& where, std::string_view name, std::string code, std::string text,
                       std::string fix) {
  troubles_.push_back(
      {where.line, where.column, path(name), std::move(code), std::move(text), std::move(fix)});
}

const YamlNode* YamlFields::find(std::string_view name) const {
  const auto member = std::ranges::find(map_.members, name, &YamlMember::name);
  if (member == map_.members.end() || member->value.kind == YamlNode::Kind::null) return nullptr;
  return &member->value;
}

std::optional<std::string> YamlFields::scalar(const YamlNode& node, std::string_view name, size_t longest) {
  if (node.kind != YamlNode::Kind::scalar) {
    wrong(node, name, "not_a_text", "A text was expected here.", "Write it behind the colon; quotes help.");
  } else if (node.text.size() > longest) {
    wrong(node, name, "too_long",
          fmt::format("This has {} bytes, at most {} are taken.", node.text.size(), longest),
          "Make it shorter.");
  } else {
    return node.text;
  }
  return std::nullopt;
}

std::optional<std::string> YamlFields::text(std::string_view name, size_t longest) {
  const YamlNode* node = find(name);
  return node ? scalar(*node, name, longest) : std::nullopt;
}

std::optional<bool> YamlFields::flag(std::string_view name) {
  const YamlNode* node = find(name);
  if (!node) return std::nullopt;
  const std::string word = node->kind == YamlNode::Kind::scalar ? lowered(node->text) : "";
  if (word == "true" || word == "yes") return true;
  if (word == "false" || word == "no") return false;
  wrong(*node, name, "not_a_flag", "This is neither true nor false.", "Write true or false.");
  return std::nullopt;
}

std::vector<const YamlNode*> YamlFields::many(std::string_view name, size_t most) {
  const YamlNode* node = find(name);
  std::vector<const YamlNode*> nodes;
  if (!node) return nodes;
  if (node->kind != YamlNode::Kind::list) return {node};
  if (node->items.size() > most) {
    wrong(*node, name, "too_many",
          fmt::format("There are {} of them, at most {} are taken.", node->items.size(), most),
          "Leave some out.");
    return nodes;
  }
  for (const YamlNode& item : node->items) nodes.push_back(&item);
  return nodes;
}

std::vector<std::string> YamlFields::texts(std::string_view name, size_t most, size_t longest) {
  std::vector<std::string> all;
  for (const YamlNode* node : many(name, most)) {
    if (auto one = scalar(*node, name, longest)) all.push_back(std::move(*one));
  }
  return all;
}

}  // namespace carillon::plan

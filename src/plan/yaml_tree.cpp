#include "plan/yaml_tree.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>

#include "base/text.h"

namespace carillon::plan {

namespace {
constexpr size_t most_nodes = 100'000, most_bytes = size_t{8} << 20, deepest = 40;

struct Size {
  size_t nodes = 0, bytes = 0;
};

void measure(const YamlNode& node, Size& size) {
  ++size.nodes;
  size.bytes += node.text.size();
  for (const YamlNode& item : node.items) measure(item, size);
  for (const YamlMember& member : node.members) size.bytes += member.name.size(), measure(member.value, size);
}

// Builds the tree from what the parser meets. After the first trouble it only looks on.
class Builder final : public YAML::EventHandler {
 public:
  std::optional<PlanTrouble> trouble;
  std::optional<YamlNode> root;

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(at(mark, YamlNode::Kind::null), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, YamlNode::Kind::list, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, YamlNode::Kind::map, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    std::optional<YamlMember> named;  // a map's member whose value comes next
  };
  static YamlNode at(const YAML::Mark& mark, YamlNode::Kind kind) {
    return {.kind = kind, .line = mark.line + 1, .column = mark.column + 1};
  }
  void wrong(const YamlNode& where, std::string code, std::string text, std::string fix) {
    if (!trouble) trouble = {where.line, where.column, "", std::move(code), std::move(text), std::move(fix)};
  }
  void open(const YAML::Mark& mark, YamlNode::Kind kind, const std::string& tag, YAML::anchor_t anchor);
  void close();
  void add(YamlNode node, YAML::anchor_t anchor);
  void place(YamlNode node);
  void name(YamlNode node);
  bool spend(const YamlNode& node);

  std::vector<Frame> stack_;
  std::map<YAML::anchor_t, YamlNode> anchors_;
  Size spent_;
};

bool is_plain_tag(const std::string& tag) {
  constexpr std::string_view core = "tag:yaml.org,2002:";
  if (tag.empty() || tag == "?" || tag == "!") return true;
  const std::string_view name = tag.starts_with(core) ? std::string_view(tag).substr(core.size()) : "";
  return name == "str" || name == "int" || name == "bool" || name == "null" || name == "seq" || name == "map";
}

bool Builder::spend(const YamlNode& node) {
  measure(node, spent_);
  if (spent_.nodes <= most_nodes && spent_.bytes <= most_bytes) return true;
  wrong(node, "too_large", "This file becomes too large when its aliases are followed.",
        "Write less into one file, or repeat less.");
  return false;
}

void Builder::open(const YAML::Mark& mark, YamlNode::Kind kind, const std::string& tag,
                   YAML::anchor_t anchor) {
  if (trouble) return;
  YamlNode node = at(mark, kind);
  if (!is_plain_tag(tag)) wrong(node, "unknown_tag", "Tags are not understood here.", "Leave it out.");
  if (stack_.size() >= deepest) wrong(node, "too_deep", "This is nested too deeply.", "Write it flatter.");
  stack_.push_back({std::move(node), anchor, std::nullopt});
}

void Builder::close() {
  if (trouble || stack_.empty()) return;
  Frame done = std::move(stack_.back());
  stack_.pop_back();
  if (done.anchor != 0) anchors_[done.anchor] = done.node;
  if (spend({.line = done.node.line, .column = done.node.column})) place(std::move(done.node));
}

void Builder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       const std::string& value) {
  YamlNode node = at(mark, YamlNode::Kind::scalar);
  node.text = value;
  node.quoted = tag == "!" || tag == "tag:yaml.org,2002:str";
  if (!is_plain_tag(tag)) wrong(node, "unknown_tag", "Tags are not understood here.", "Leave it out.");
  if (!is_utf8(value)) wrong(node, "not_utf8", "This is not UTF-8.", "Save the file as UTF-8.");
  add(std::move(node), anchor);
}

void Builder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  if (trouble) return;
  const auto known = anchors_.find(anchor);
  YamlNode here = at(mark, YamlNode::Kind::null);
  if (known == anchors_.end())
    return wrong(here, "unknown_alias", "This alias stands inside of what it names.", "Write it out.");
  if (spend(known->second)) place(known->second);
}

void Builder::add(YamlNode node, YAML::anchor_t anchor) {
  if (trouble) return;
  if (anchor != 0) anchors_[anchor] = node;
  if (spend(node)) place(std::move(node));
}

void Builder::place(YamlNode node) {
  if (stack_.empty()) {
    root = std::move(node);
    return;
  }
  Frame& into = stack_.back();
  if (into.node.kind == YamlNode::Kind::list) {
    into.node.items.push_back(std::move(node));
  } else if (into.named) {
    into.named->value = std::move(node);
    into.node.members.push_back(std::move(*into.named));
    into.named.reset();
  } else {
    name(std::move(node));
  }
}

void Builder::name(YamlNode node) {
  Frame& into = stack_.back();
  if (node.kind != YamlNode::Kind::scalar)
    return wrong(node, "not_a_name", "A name was expected here.", "Write \"name: value\".");
  if (node.text == "<<" && !node.quoted)
    return wrong(node, "merge_key", "Merging with << is not understood here.",
                 "Write what all posts have in common under defaults.");
  if (std::ranges::find(into.node.members, node.text, &YamlMember::name) != into.node.members.end())
    return wrong(node, "duplicate_name", fmt::format("\"{}\" is there twice.", shortened(node.text, 60)),
                 "Keep one of them.");
  into.named = YamlMember{std::move(node.text), node.line, node.column, {}};
}

PlanTrouble syntax(const YAML::Exception& error) {
  return {std::max(error.mark.line + 1, 1),
          std::max(error.mark.column + 1, 1),
          "",
          "not_yaml",
          fmt::format("This is not YAML: {}.", error.msg),
          "Mind the indentation, and quote texts with colons."};
}

PlanTrouble whole(std::string code, std::string text, std::string fix) {
  return {1, 1, "", std::move(code), std::move(text), std::move(fix)};
}
}  // namespace

std::expected<YamlNode, PlanTrouble> parse_yaml(std::string_view text) {
  if (text.size() > largest_yaml) {
    return std::unexpected(whole(
        "too_large", fmt::format("The file has {} bytes, at most {} are read.", text.size(), largest_yaml),
        "Split it into several files, each with a plan of its own."));
  }
  Builder builder;
  std::istringstream stream{std::string(text)};
  try {
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder) || (!builder.root && !builder.trouble))
      return std::unexpected(whole("empty", "The file says nothing.", "Begin with \"plan: name\"."));
    Builder more;
    if (!builder.trouble && parser.HandleNextDocument(more))
      return std::unexpected(whole("two_documents", "There is more than one document in this file.",
                                   "Write one plan per file, without a line of ---."));
  } catch (const YAML::Exception& error) {
    return std::unexpected(builder.trouble ? *builder.trouble : syntax(error));
  }
  if (builder.trouble) return std::unexpected(std::move(*builder.trouble));
  return std::move(*builder.root);
}

}  // namespace carillon::plan

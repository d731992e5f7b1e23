// A YAML text as a tree that remembers where everything stands. Small on purpose: one document, plain values,
// lists and maps; anchors are copied as long as that stays small, so that no file becomes larger than it
// looks. Pure, any thread.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace carillon::plan {

// What is wrong with a file, and where (both from 1).
struct PlanTrouble {
  int line = 1, column = 1;
  std::string field, code, text, fix;
};

struct YamlMember;

struct YamlNode {
  enum class Kind : uint8_t { null, scalar, list, map } kind = Kind::null;
  int line = 1, column = 1;
  std::string text;     // of a scalar
  bool quoted = false;  // a scalar that is text whatever it looks like
  std::vector<YamlNode> items;
  std::vector<YamlMember> members;  // in the order of the file, each name once
};

struct YamlMember {
  std::string name;
  int line = 1, column = 1;
  YamlNode value;
};

inline constexpr size_t largest_yaml = size_t{1} << 20;  // bytes

std::expected<YamlNode, PlanTrouble> parse_yaml(std::string_view text);

}  // namespace carillon::plan

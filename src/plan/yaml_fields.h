// One map of a YAML file, read member by member: what is missing, of the wrong kind or unknown becomes a
// trouble with its place. Pure, one thread.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/yaml_tree.h"

namespace carillon::plan {

class YamlFields {
 public:
  // path: of the map within the file, for people ("posts.3"); `known`: the names that it may have.
  YamlFields(const YamlNode& map, std::string path, std::initializer_list<std::string_view> known,
             std::vector<PlanTrouble>& troubles);

  const YamlNode* find(std::string_view name) const;  // nullptr: not there, or null
  std::optional<std::string> text(std::string_view name, size_t longest);
  std::optional<bool> flag(std::string_view name);
  // A list, or one alone.
  std::vector<const YamlNode*> many(std::string_view name, size_t most);
  std::vector<std::string> texts(std::string_view name, size_t most, size_t longest);

  void wrong(const YamlNode& where, std::string_view name, std::string code, std::string text,
             std::string fix);
  const YamlNode& node() const { return map_; }
  std::string path(std::string_view name) const;

 private:
  std::optional<std::string> scalar(const YamlNode& node, std::string_view name, size_t longest);

  const YamlNode& map_;
  std::string path_;
  std::vector<PlanTrouble>& troubles_;
};

}  // namespace carillon::plan

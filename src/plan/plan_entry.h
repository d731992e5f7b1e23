// One post of a plan, read from its place in the file (plan_file.h). Pure.
#pragma once

#include <string>
#include <vector>

#include "plan/plan_file.h"
#include "plan/yaml_fields.h"

namespace carillon::plan {

PlanEntry read_entry(const YamlNode& node, const std::string& path, const PlanWishes& wishes,
                     std::vector<NamedFile>& files);

// What is said: the parts of `fields`, be it a post's or those of a version for some accounts.
class PlanSaying {
 public:
  PlanSaying(const PlanWishes& wishes, std::vector<NamedFile>& files, PlanEntry& entry)
      : wishes_(wishes), files_(files), entry_(entry) {}
  Content read(YamlFields& fields);
  static bool says_anything(const YamlFields& fields);

 private:
  ContentPart part(YamlFields& fields);
  void media(YamlFields& fields, ContentPart& part);
  void one_medium(const YamlNode& node, const std::string& path, ContentPart& part);
  std::optional<MediaId> named(YamlFields& fields, bool needed);
  std::optional<MediaId> file(YamlFields& fields, const std::string& path);
  std::optional<Cover> cover(YamlFields& fields);
  std::optional<Poll> poll(YamlFields& fields);
  void comments(YamlFields& fields, Content& content);
  void options(YamlFields& fields, Content& content);

  const PlanWishes& wishes_;
  std::vector<NamedFile>& files_;
  PlanEntry& entry_;
};

}  // namespace carillon::plan

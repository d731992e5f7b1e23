// A plan: posts as a file describes them, each under a key of its own. Knows the words of the file, who is
// meant by its accounts and when its times are; refuses to know what is scheduled (plan_diff.h) and what
// networks think of it (check.h). Pure, any thread.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/account.h"
#include "model/post.h"
#include "plan/schedule.h"
#include "plan/yaml_tree.h"

namespace carillon::plan {

struct PlanEntry {
  std::string key;
  int line = 1, column = 1;
  std::optional<PostId> id;  // a post that is here already, from an export
  Post post;                 // content, targets, title, tags, late, and the time when it has one
  bool draft = false, queued = false, best = false;
  bool awaits_files = false;  // names files that are not here yet: their ids are empty
  std::string repeat;         // a rule (recurrence.h); empty: once
  std::string campaign;       // a name; empty: none
  std::optional<Schedule> schedule;
  std::vector<PlanTrouble> troubles;
};

// A file of media that the plan names by its path.
struct NamedFile {
  std::string path;
  int line = 1;
  std::optional<MediaId> media;  // none: not here yet
};

struct PlanFile {
  std::string name;  // of the plan: it owns what it makes
  std::vector<PlanEntry> entries;
  std::vector<NamedFile> files;       // each path once
  std::vector<PlanTrouble> troubles;  // about the file as a whole
};

struct PlanWishes {
  std::span<const Account> accounts;     // that may be named
  std::string zone;                      // of times without one
  LatePolicy late;                       // of posts that say nothing about it
  std::map<std::string, MediaId> files;  // by path: what is here already
};

// Never fails: what is wrong is among the troubles, with its place.
PlanFile read_plan(std::string_view yaml, const PlanWishes& wishes);

// "1500ms", "90s", "30m", "2h", "3d"; none: not a span.
std::optional<Duration> span_from(std::string_view text);
std::string span_text(Duration span);  // the same way back

inline constexpr size_t most_planned = 2'000;  // posts of one plan

}  // namespace carillon::plan

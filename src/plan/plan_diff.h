// What a plan's file says beside what is scheduled, field by field, with a memory of what the plan wrote
// last: a difference is the file's change, or a person's. Refuses to know where posts are kept. Pure, any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/post.h"

namespace carillon::plan {

// A post as lines of text, one per field, each field once. Accounts and files are in it by their ids.
struct PlanLine {
  std::string field, text;
  bool operator==(const PlanLine&) const = default;
};
using PlanLines = std::vector<PlanLine>;

// What stands beside a post.
struct PlanForm {
  bool draft = false, queued = false, best = false;
  std::string repeat, campaign;
};
PlanLines lines_of(const Post& post, const PlanForm& form);

std::string lines_text(const PlanLines& lines);  // as it is stored
PlanLines lines_from(std::string_view text);     // nothing when it cannot be read
bool has_field(const PlanLines& lines, std::string_view field);

struct PlanChange {
  std::string field, before, after;
  bool drifted = false;  // a person changed it since the plan wrote it
};
// From what is there to what is wanted. `written`: what the plan wrote last; empty: nothing is known of that.
std::vector<PlanChange> changes(const PlanLines& written, const PlanLines& now, const PlanLines& wanted);

}  // namespace carillon::plan

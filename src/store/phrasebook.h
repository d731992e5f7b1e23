// What a workspace keeps for its texts: sets of hashtags, variables, marks on links; and how near is too
// near. Storage threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/words.h"
#include "plan/neighbours.h"
#include "plan/wording.h"
#include "store/unit.h"

namespace carillon::store {

struct PlanningRules {
  UtmTemplate utm;
  plan::Nearness nearness;
};

class Phrasebook {
 public:
  explicit Phrasebook(Unit& unit) : unit_(unit) {}

  std::vector<HashtagGroup> groups(WorkspaceId workspace);  // by name
  std::optional<HashtagGroup> group(WorkspaceId workspace, HashtagGroupId id);
  // Made, or as it is now. Fault: duplicate (another has that name).
  Result<void> put(const HashtagGroup& group);
  bool remove(WorkspaceId workspace, HashtagGroupId id);

  std::vector<Variable> variables(WorkspaceId workspace);  // by name
  std::optional<Variable> variable(WorkspaceId workspace, const std::string& name);
  void put(WorkspaceId workspace, const Variable& variable);
  bool remove(WorkspaceId workspace, const std::string& name);

  PlanningRules rules(WorkspaceId workspace);
  void put(WorkspaceId workspace, const PlanningRules& rules);

  // All that texts need.
  plan::Wording wording(WorkspaceId workspace);

 private:
  Unit& unit_;
};

}  // namespace carillon::store

// Plans as files: what a file says beside what is scheduled, judged entry by entry, and made so. Functions
// that take a unit run on a storage thread, inside its transaction.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/post_desk.h"
#include "plan/plan_diff.h"
#include "plan/plan_file.h"
#include "run/repeating.h"
#include "store/planned.h"
#include "store/series.h"

namespace carillon::api {

struct GivenFile {  // where the contents of a path are: by id, or by what they hash to
  std::string path, sha256;
  std::optional<MediaId> media;
};

struct PlanOrder {  // schema PlanRequest
  std::string yaml;
  bool overwrite = false;
  std::vector<GivenFile> files;
};
PlanOrder read_plan_order(Reader& in);

enum class StepState : uint8_t { unchanged, added, changed, removed, drifted, settled, foreign, wrong };
std::string_view to_text(StepState state);

// One entry of the file, or one that is no longer in it.
struct PlanStep {
  plan::PlanEntry entry;
  StepState state = StepState::unchanged;
  std::string note;                     // why it is left alone, as a sentence
  std::optional<Post> post;             // what is there
  std::optional<store::Series> series;  // when that repeats
  plan::PlanLines wanted;
  std::vector<plan::PlanChange> changes;
  std::vector<plan::PlanTrouble> troubles;
  std::vector<plan::Finding> warnings;
  std::vector<run::Expected> expected;  // what was put on the schedule
  bool touches() const {
    return state == StepState::added || state == StepState::changed || state == StepState::removed;
  }
};

struct JudgedPlan {
  plan::PlanFile file;
  std::vector<Account> accounts;                // of the workspace
  std::map<std::string, CampaignId> campaigns;  // by name
  std::vector<PlanStep> steps;                  // in the order of the file, then what is to be removed
  bool overwrite = false, applied = false;
  bool wrong() const;
};

JudgedPlan judge_plan(store::Unit& unit, const Request& request, const Desk& desk, const PlanOrder& order);
// One step again, as it is now.
void judge_step(store::Unit& unit, const Request& request, const Desk& desk, const JudgedPlan& plan,
                PlanStep& step);

// Does what the step says. Fault: closed, with the entry's place in its text.
Result<void> take_step(store::Unit& unit, const Request& request, Desk& desk, const JudgedPlan& plan,
                       PlanStep& step);

// Schema PlanResult.
std::string render(store::Unit& unit, const JudgedPlan& plan, WorkspaceId workspace);
// What is wrong, as a refusal: at least one thing is.
wire::Response plan_refusal(const JudgedPlan& plan, std::string_view request_id);

// What waits (of one plan, or everything) as a file.
std::string export_plan(store::Unit& unit, WorkspaceId workspace, const std::string& name);

}  // namespace carillon::api

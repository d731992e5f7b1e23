// What posts need to know before they are scheduled, and what is told afterwards. Functions that take a unit
// run on a storage thread, inside its transaction.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/answers.h"
#include "api/approval.h"
#include "api/post_input.h"
#include "api/saying.h"
#include "plan/check.h"
#include "store/posts.h"

namespace carillon::api {

struct PostFacts {
  std::vector<Account> accounts;  // of the targets
  std::map<MediaId, MediaFacts> media;
  std::optional<plan::CampaignFacts> campaign{};  // none: it belongs to none
  std::optional<plan::Conditions> conditions{};   // of the house; none: not looked at
  std::optional<plan::Wording> wording;           // none: nothing in the post needs it
  // Only for a check (surroundings.h):
  std::vector<Blackout> blackouts;
  std::vector<plan::Neighbour> neighbours;
  plan::Nearness nearness;
  std::optional<plan::Schedule> free;
};

// Fault: invalid, names the account or file that is not in this workspace.
Result<PostFacts> load_facts(store::Unit& unit, const Post& post);

// When the input wants it: at a wall time, now, or at the time that the post has. Fault: invalid.
Result<std::optional<plan::Schedule>> schedule_of(const PostInput& input, const Post& post,
                                                  const std::string& workspace_zone, Instant now);
std::string workspace_zone(store::Unit& unit, WorkspaceId workspace);

// The same as the check takes it; refers to `facts`.
plan::Facts known(const PostFacts& facts, const std::optional<plan::Schedule>& schedule, const Desk& desk,
                  Instant now, bool held);
plan::Report judge(const Post& post, const PostFacts& facts, const std::optional<plan::Schedule>& schedule,
                   const Desk& desk, Instant now, bool held);
// The first blocker as a refusal; none: nothing blocks.
std::optional<Fault> first_blocker(const plan::Report& report);
// 422 with every blocker; none: nothing blocks.
std::optional<wire::Response> blocked(const plan::Report& report, std::string_view request_id);

// A post as it is shown after something was done to it.
struct Shown {
  Post post;
  std::vector<Account> accounts;
  std::vector<Delivery> deliveries;
  std::optional<ShownProposal> proposal{};
  std::vector<Spoken> sayings{};  // by target
};
// Fault: gone.
Result<Shown> show(store::Unit& unit, WorkspaceId workspace, PostId id);
std::string render(const Shown& shown);
wire::Response post_answer(const Shown& shown, int status = 200);
// Tells the dispatcher what to expect and the pages what changed.
void tell(Desk& desk, const Shown& shown);

}  // namespace carillon::api

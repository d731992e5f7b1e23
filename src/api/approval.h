// Who may put posts on the schedule alone, and what waits for somebody who may. Runs on a storage thread,
// inside a transaction.
#pragma once

#include <optional>
#include <string>

#include "api/request.h"
#include "model/post.h"
#include "store/proposals.h"
#include "store/series.h"
#include "store/unit.h"

namespace carillon::api {

// The caller's own, where the workspace wants no approval or the caller may give it; else the caller asks.
store::Leave leave_of(store::Unit& unit, const Request& request);
inline bool asks(const store::Leave& leave) {
  return leave.kind == store::Leave::Kind::ask;
}

// Makes the post a proposal at the time that it has; of one that waits already, moves the time. Fault:
// closed.
Result<void> propose(store::Unit& unit, const Request& request, Post& post, const store::Leave& leave);
// The same for what did not go out: those deliveries; none named: all that failed. Fault: closed.
Result<void> propose_retry(store::Unit& unit, const Request& request, Post& post, const store::Leave& leave,
                           const std::vector<DeliveryId>& which);
// Whose word the occurrences to come are, after `post` or what it repeats was changed: they are approved with
// the series; who repeats without leave is their author, whose posts need it.
void speak_for(store::Series& series, const store::Leave& leave, const Post& post);
// The one who asked takes it back.
void withdraw(store::Unit& unit, const Request& request, const Post& post);

// A proposal with the names of people, for showing.
struct ShownProposal {
  Proposal proposal;
  std::string asked_by, answered_by;  // names
};
std::optional<ShownProposal> shown_proposal(store::Unit& unit, const Post& post);

}  // namespace carillon::api

#include "api/approval.h"

#include <algorithm>

#include "api/permissions.h"
#include "store/people.h"
#include "store/posts.h"

namespace carillon::api {

using store::Leave;
using store::Proposals;

Leave leave_of(store::Unit& unit, const Request& request) {
  const store::Caller& caller = request.caller;
  if (may(caller, Permission::posts_approve)) return Leave::given_by(caller.user);
  const auto workspace = store::People(unit).workspace(caller.workspace);
  return workspace && workspace->approval ? Leave::ask_for(caller.user) : Leave::given_by(caller.user);
}

Result<void> propose(store::Unit& unit, const Request& request, Post& post, const Leave& leave) {
  Proposals proposals(unit);
  Proposal proposal = store::proposal_of(post, leave, request.now);
  const auto open = is_proposal(post.state) ? proposals.find(post.workspace, post.id) : std::nullopt;
  if (open && !asks(leave)) {  // somebody else gives it another time: it is still theirs who asked
    proposal.asked_by = open->asked_by;
    proposal.asked = open->asked;
  }
  if (post.state != PostState::draft) store::SeriesShelf(unit).make_own(post.workspace, post.id);
  post.updated = request.now;
  return proposals.propose(post, proposal);
}

namespace {
bool can_be_retried(const Delivery& d, const std::vector<DeliveryId>& which) {
  if (d.superseded || !is_settled(d.state) || d.state == DeliveryState::delivered) return false;
  return which.empty() ? d.state == DeliveryState::failed : std::ranges::find(which, d.id) != which.end();
}
}  // namespace

Result<void> propose_retry(store::Unit& unit, const Request& request, Post& post, const Leave& leave,
                           const std::vector<DeliveryId>& which) {
  const auto deliveries = store::Posts(unit).deliveries(post.workspace, post.id);
  if (std::ranges::none_of(deliveries, [&](const Delivery& d) { return can_be_retried(d, which); })) {
    return refuse(closed("nothing_failed", "There is nothing to retry: no such delivery has failed.",
                         "See the post's deliveries."));
  }
  Proposal proposal = store::proposal_of(post, leave, request.now);
  proposal.wants = Proposal::Wants::retry;
  proposal.retries = which;
  post.updated = request.now;
  return Proposals(unit).propose(post, proposal);
}

void speak_for(store::Series& series, const Leave& leave, const Post& post) {
  series.approved = !asks(leave) && !is_proposal(post.state);
  if (asks(leave)) series.pattern.author = leave.who;
}

void withdraw(store::Unit& unit, const Request& request, const Post& post) {
  Proposals proposals(unit);
  Proposal taken_back = proposals.find(post.workspace, post.id).value_or(Proposal{});
  taken_back.answer = Proposal::Answer::withdrawn;
  taken_back.answered_by = request.caller.user;
  taken_back.answered = request.now;
  proposals.put_back(post, taken_back, request.now);
}

namespace {
std::string name_of(store::Unit& unit, WorkspaceId workspace, const std::optional<UserId>& id) {
  const auto user = id ? store::People(unit).user(workspace, *id) : std::nullopt;
  if (!user) return {};
  return user->name.empty() ? user->email : user->name;
}
}  // namespace

std::optional<ShownProposal> shown_proposal(store::Unit& unit, const Post& post) {
  auto proposal = Proposals(unit).find(post.workspace, post.id);
  if (!proposal) return std::nullopt;
  ShownProposal shown{std::move(*proposal), {}, {}};
  shown.asked_by = name_of(unit, post.workspace, shown.proposal.asked_by);
  shown.answered_by = name_of(unit, post.workspace, shown.proposal.answered_by);
  return shown;
}

}  // namespace carillon::api

// Posts: once more, for the targets where it did not go out, with what the post says now. The old rows stay
// as the record, superseded.
#include <algorithm>
#include <map>
#include <set>

#include "delivery/reasons.h"
#include "store/delivery_rows.h"
#include "store/freezer.h"
#include "store/post_rows.h"
#include "store/posts.h"
#include "store/rows.h"
#include "store/tally_change.h"

namespace carillon::store {
namespace {

bool is_over(const Delivery& d) {
  return is_settled(d.state) && d.state != DeliveryState::delivered;
}

using Thread = std::map<uint32_t, Delivery>;  // current rows of one target, by part

// A part cannot go without the one before it. Those after it come along when they were skipped because of it,
// and also canceled ones when a person named the part.
std::set<uint32_t> with_neighbours(const Thread& thread, std::set<uint32_t> chosen, bool named) {
  if (chosen.empty()) return chosen;
  for (uint32_t part = *chosen.rbegin(); part-- > 0;) {
    const auto found = thread.find(part);
    if (found != thread.end() && is_over(found->second)) chosen.insert(part);
  }
  for (const auto& [part, d] : thread) {
    const bool along = named || d.reason == delivery::reason::part_before_failed;
    if (part > *chosen.begin() && is_over(d) && along) chosen.insert(part);
  }
  return chosen;
}

class Retrying {
 public:
  Retrying(Connection& connection, const Post& post, Instant now, Minter& mint)
      : db_(connection), post_(post), now_(now), mint_(mint), freezer_(connection, post, mint) {}

  std::vector<Delivery> run(const std::vector<DeliveryId>& which);

 private:
  void retry_thread(AccountId account, Thread& thread, const std::set<uint32_t>& chosen, int64_t place);
  Freezer::Frozen content_for(AccountId account, const Delivery& old);

  Connection& db_;
  const Post& post_;
  Instant now_;
  Minter& mint_;
  Freezer freezer_;
  Tally change_;
  std::vector<Delivery> made_;
};

std::vector<Delivery> Retrying::run(const std::vector<DeliveryId>& which) {
  std::map<AccountId, Thread> threads;
  for (Delivery& d : deliveries_of(db_, post_.workspace, post_.id, true)) {
    const AccountId account = d.account;
    threads[account].insert_or_assign(d.part, std::move(d));
  }
  for (auto& [account, thread] : threads) {
    std::set<uint32_t> chosen;
    for (const auto& [part, d] : thread) {
      const bool named = std::ranges::find(which, d.id) != which.end();
      if (which.empty() ? d.state == DeliveryState::failed : named && is_over(d)) chosen.insert(part);
    }
    const auto target = std::ranges::find(post_.targets, account, &Target::account);
    const int64_t place = (target - post_.targets.begin()) * 1000;
    retry_thread(account, thread, with_neighbours(thread, std::move(chosen), !which.empty()), place);
  }
  change_tally(db_, post_.workspace, post_.id, change_);
  if (!made_.empty()) {
    db_.tell("UPDATE posts SET state = 1, updated = $3 WHERE workspace = $1 AND id = $2 AND state <> 1",
             post_.workspace, post_.id, now_);
  }
  return std::move(made_);
}

// What the post says now for that account; a target that is gone from the post repeats what it was given.
Freezer::Frozen Retrying::content_for(AccountId account, const Delivery& old) {
  const auto target = std::ranges::find(post_.targets, account, &Target::account);
  if (target != post_.targets.end()) return freezer_.of(*target);
  const Rows rows =
      db_("SELECT body FROM contents WHERE workspace = $1 AND id = $2", old.workspace, old.content);
  return {old.content, static_cast<uint32_t>(content_from(rows[0].text(0)).parts.size())};
}

void Retrying::retry_thread(AccountId account, Thread& thread, const std::set<uint32_t>& chosen,
                            int64_t place) {
  if (chosen.empty()) return;
  const Freezer::Frozen frozen = content_for(account, thread.begin()->second);
  for (const uint32_t part : chosen) supersede(db_, thread.at(part), change_);
  std::optional<Delivery> before;
  for (uint32_t part = 0; part < frozen.parts; ++part) {
    const auto found = thread.find(part);
    if (found != thread.end() && !chosen.contains(part)) {
      if (is_over(found->second)) break;  // canceled by a person: nothing goes after it
      before = found->second;
      continue;
    }
    Delivery d = new_delivery(post_, account, frozen.id, part, before ? &*before : nullptr, now_, mint_);
    insert_delivery(db_, d, place + part);
    ++change_[DeliveryState::waiting];
    made_.push_back(d);
    before = std::move(d);
  }
}

}  // namespace

std::vector<Delivery> Posts::retry(WorkspaceId workspace, PostId id, const std::vector<DeliveryId>& which,
                                   Instant now, Minter& mint, const Leave& leave) {
  std::optional<Post> post = find(workspace, id);
  if (!post) return {};
  Proposals proposals(unit_);
  if (proposals.must_ask(*post, leave)) {
    Proposal proposal = proposal_of(*post, leave, now);
    proposal.wants = Proposal::Wants::retry;
    proposal.retries = which;
    post->updated = now;
    (void)proposals.propose(*post, proposal);
    return {};
  }
  return Retrying(unit_.connection(), *post, now, mint).run(which);
}

}  // namespace carillon::store

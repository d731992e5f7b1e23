// Posts and their deliveries as people handle them. What the engine does to deliveries is in journal.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/post.h"
#include "store/proposals.h"
#include "store/unit.h"

namespace carillon::store {

struct PostFilter {
  std::vector<std::string> states;  // words of plan/standing.h: draft, scheduled, publishing, delivered,
                                    // failed, uncertain, canceled, partly, proposed, expired
  std::vector<AccountId> accounts;  // to any of them; empty: to whomever
  std::string text;  // substring of the post's text or title, without case
  std::string tag;
  std::optional<CampaignId> campaign;
  std::optional<Instant> from, until;  // by due
  std::optional<PostId> after;         // cursor: the last one seen
  std::optional<Instant> after_due;
  bool newest_first = false;  // by due, then id; posts without a time come last (else first)
  size_t limit = 50;
};

class Posts {
 public:
  explicit Posts(Unit& unit) : unit_(unit) {}

  void add(const Post& post);
  std::optional<Post> find(WorkspaceId workspace, PostId id);
  std::vector<Post> list(WorkspaceId workspace, const PostFilter& filter);
  // Fault: closed ("revision") when the post is not at `revision` any more. Contents of undispatched
  // deliveries are replaced; those in flight keep what was frozen.
  // Without leave for it, a post on the schedule becomes a proposal (store/proposals.h) when what it publishes
  // changes; so with schedule, reschedule and retry, which then give nothing. Fault: closed ("on_its_way").
  Result<void> edit(const Post& post, uint64_t revision, const Leave& leave = {});
  void remove(WorkspaceId workspace, PostId id);  // drafts only: the caller has checked

  // Freezes the contents and makes one delivery per target and thread part. Updates state, time and tally.
  // Gives the deliveries.
  std::vector<Delivery> schedule(const Post& post, Instant now, class Minter& mint, const Leave& leave = {});
  // Moves what still waits; gives how many. Settled and in-flight ones stay.
  int64_t reschedule(const Post& post, Instant due, const Leave& leave = {});
  // Cancels what waits, wishes it for what is in flight; uncertain ones stay open. Gives how many at once.
  int64_t cancel(WorkspaceId workspace, PostId id, Instant now);
  // New deliveries for the failed (and canceled/skipped, when asked for by id) targets; the old rows are kept
  // as superseded. Empty list of targets: all failed ones.
  std::vector<Delivery> retry(WorkspaceId workspace, PostId id, const std::vector<DeliveryId>& which,
                              Instant now, class Minter& mint, const Leave& leave = {});
  void pause(WorkspaceId workspace, PostId id, bool paused);

  std::vector<Delivery> deliveries(WorkspaceId workspace, PostId id);
  std::optional<Delivery> delivery(WorkspaceId workspace, DeliveryId id);
  std::vector<Attempt> attempts(WorkspaceId workspace, DeliveryId id);
  // A person's word on an uncertain or late delivery. Fault: closed when it is neither.
  Result<void> wish(WorkspaceId workspace, DeliveryId id, Wish wish, const std::string& url, Instant now);

 private:
  Unit& unit_;
};

// Makes ids: the time of birth and the dice.
class Minter {
 public:
  Minter(Instant now, Random& random) : now_(now), random_(random) {}
  template <class SomeId>
  SomeId make() {
    return SomeId::make(now_, random_);
  }

 private:
  Instant now_;
  Random& random_;
};

}  // namespace carillon::store

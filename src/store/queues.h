// The queues of accounts: their slots, what takes them, when they published. Which slot is the next free one
// is plan/slots.h's business. A post takes a slot of an account by being due there: nothing else is written
// down, so nothing can disagree. Storage threads.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "delivery/engine.h"
#include "plan/slots.h"
#include "store/unit.h"

namespace carillon::store {

class Queues {
 public:
  explicit Queues(Unit& unit) : unit_(unit) {}

  // Of those that were given slots of their own (perhaps none: then nothing is ever queued for them).
  std::map<AccountId, std::vector<plan::Slot>> all(WorkspaceId workspace);
  std::optional<std::vector<plan::Slot>> own(WorkspaceId workspace, AccountId account);
  void put(WorkspaceId workspace, AccountId account, std::vector<plan::Slot> slots);
  void forget(WorkspaceId workspace, AccountId account);  // the usual ones again

  // Whoever gives a slot away holds this until the end of the transaction: two never give the same one.
  void lock(WorkspaceId workspace);

  struct Placed {
    PostId post;
    Instant at;
  };
  // What waits for an account in [from, until), by time.
  std::vector<Placed> placed(WorkspaceId workspace, AccountId account, Instant from, Instant until);
  // The account's queue as it is for that span: its slots (or the usual ones) and what is taken of them.
  plan::Queue queue(const Account& account, const std::string& zone, Instant from, Instant until);

  // When it published since then, at most the latest 1,000.
  std::vector<Instant> published(WorkspaceId workspace, AccountId account, Instant since);

 private:
  Unit& unit_;
};

// For tickets that are late and whose policy is the next slot: each gets another one of its account's queue.
void tell_next_slots(Unit& unit, std::vector<delivery::Ticket>& tickets, Instant now);
// Whether the slot that the engine moved this row to was taken since.
bool slot_is_lost(Unit& unit, const Delivery& moved);

}  // namespace carillon::store

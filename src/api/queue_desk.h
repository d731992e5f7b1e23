// Finding a time in the queues of a post's accounts. A post has one time: the next slot that is free for all
// of them (docs/decisions/0011-the-queue.md). Runs on a storage thread, inside a transaction.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "api/post_input.h"
#include "model/account.h"
#include "store/unit.h"

namespace carillon::api {

struct PickedSlot {
  plan::Schedule schedule;
  std::string basis;  // next | own | usual: what made it the one
  std::string text;   // the same as a sentence
};

// Fault: invalid (no account), closed (no slots, none in common, all taken). Whoever takes the slot holds the
// queues' lock first (store/queues.h).
Result<PickedSlot> pick_slot(store::Unit& unit, std::span<const Account> accounts, QueuePick pick,
                             Instant now);

// The account's own zone, or its workspace's.
std::string zone_of(store::Unit& unit, const Account& account);

}  // namespace carillon::api

// Fills what is free in queues from the evergreen pool: each use is an ordinary scheduled post, one per slot
// for ever, made in the same transaction as the note that says so. Runs on a storage thread, inside its
// transaction.
#pragma once

#include <string>
#include <vector>

#include "channels/registry.h"
#include "plan/evergreen.h"
#include "plan/schedule.h"
#include "run/repeating.h"
#include "store/evergreens.h"

namespace carillon::run {

struct GapFilling {
  AccountId account;
  std::string local, zone;  // the slot on the account's clock
  Instant slot;
  PostId origin;
};

// The post that says for one account what the origin says; it has no id yet.
Post use_of(const Post& origin, AccountId account, const plan::Schedule& when);
// What would fill the queue of this account now; nothing is written.
std::vector<GapFilling> gaps_filled(store::Unit& unit, WorkspaceId workspace,
                                    const store::EvergreenAccount& rule, Instant now);
// Does it. Posts that a network would refuse are passed by.
std::vector<Expected> fill_queue(store::Unit& unit, WorkspaceId workspace,
                                 const store::EvergreenAccount& rule, Instant now, store::Minter& mint,
                                 const channels::Registry& registry);
// For every account for which gaps are filled by themselves.
std::vector<Expected> fill_queues(store::Unit& unit, Instant now, store::Minter& mint,
                                  const channels::Registry& registry);

}  // namespace carillon::run

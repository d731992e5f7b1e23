// Canceling what waits, and wishing it for what is out of reach: rows in flight, and open questions, which
// are canceled only once it is known that they are not out. Tallies and followers included.
#pragma once

#include "model/delivery.h"
#include "store/connection.h"

namespace carillon::store {

// How many were canceled at once.
int64_t stop_post(Connection& connection, WorkspaceId workspace, PostId post, Instant now);

// An account's queue may hold a million: some thousand of those that wait. Gives how many; 0: there were none.
int64_t stop_some(Connection& connection, WorkspaceId workspace, AccountId account, Instant now);
void stop_out_of_reach(Connection& connection, WorkspaceId workspace, AccountId account);

}  // namespace carillon::store

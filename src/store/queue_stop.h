// Canceling what waits, and wishing it for what is out of reach: rows in flight, and open questions, which
// are canceled only once it is known that they are not out. Tallies and followers included.
#pragma once

#include "model/delivery.h"
#include "store/connection.h"

namespace carillon::store {

// How many were canceled at once.
int64_t stop_post(Connection& connection, WorkspaceId workspace, PostId post, Instant now);
int64_t stop_account(Connection& connection, WorkspaceId workspace, AccountId account, Instant now);

}  // namespace carillon::store

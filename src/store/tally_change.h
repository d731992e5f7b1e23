// Tallies move with the rows they count, in the same transaction: that of the post at once, the sums of its
// workspace before the commit.
#pragma once

#include "model/post.h"
#include "store/connection.h"

namespace carillon::store {

// The number of deliveries that enter (+) or leave (-) each state.
void change_tally(Connection& connection, WorkspaceId workspace, PostId post, const Tally& change);

// One delivery that goes from a state to another.
void move_tally(Connection& connection, WorkspaceId workspace, PostId post, DeliveryState from,
                DeliveryState to);

// The row of a new post, and its end.
void open_tally(Connection& connection, WorkspaceId workspace, PostId post);
void close_tally(Connection& connection, WorkspaceId workspace, PostId post);

// Writes what was kept aside. Transactions do it when they commit; whoever reads sums does it before.
void write_sums(Connection& connection);

}  // namespace carillon::store

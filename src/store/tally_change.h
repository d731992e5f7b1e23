// Tallies move with the rows they count, in the same transaction: that of the post and that of its workspace.
#pragma once

#include "model/post.h"
#include "store/connection.h"

namespace carillon::store {

// The number of deliveries that enter (+) or leave (-) each state.
void change_tally(Connection& connection, WorkspaceId workspace, PostId post, const Tally& change);

// One delivery that goes from a state to another.
void move_tally(Connection& connection, WorkspaceId workspace, PostId post, DeliveryState from,
                DeliveryState to);

// The rows of a new post, and of its workspace when it is the first.
void open_tally(Connection& connection, WorkspaceId workspace, PostId post);

}  // namespace carillon::store

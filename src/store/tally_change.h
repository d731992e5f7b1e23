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

// What keeps a post's deliveries from going, as bits of the column "paused".
inline constexpr int64_t paused_by_person = 1;
inline constexpr int64_t stopped_by_campaign = 2;

// The row of a new post, and its end. A post of a stopped campaign is born stopped.
void open_tally(Connection& connection, const Post& post);
// Bit of that campaign: 0 while it is not stopped.
int64_t stop_bit(Connection& connection, WorkspaceId workspace, CampaignId campaign);
void close_tally(Connection& connection, WorkspaceId workspace, PostId post);

// Writes what was kept aside. Transactions do it when they commit; whoever reads sums does it before.
void write_sums(Connection& connection);

}  // namespace carillon::store

#include "store/tally_change.h"

#include <utility>

#include "model/campaign.h"

namespace carillon::store {

namespace {

constexpr size_t posts_place = 7;  // after the states

std::array<int64_t, 8>& sum_of(Connection& connection, WorkspaceId workspace) {
  for (auto& [id, sum] : connection.sums) {
    if (id == workspace) return sum;
  }
  return connection.sums.emplace_back(workspace, std::array<int64_t, 8>{}).second;
}

}  // namespace

void change_tally(Connection& connection, WorkspaceId workspace, PostId post, const Tally& change) {
  if (change == Tally{}) return;
  connection.tell(
      "UPDATE tallies SET waiting = waiting + $3, uncertain = uncertain + $4, in_flight = in_flight + $5, "
      "delivered = delivered + $6, failed = failed + $7, canceled = canceled + $8, skipped = skipped + $9 "
      "WHERE workspace = $1 AND post = $2",
      workspace, post, change.count[0], change.count[1], change.count[2], change.count[3], change.count[4],
      change.count[5], change.count[6]);
  auto& sum = sum_of(connection, workspace);
  for (size_t state = 0; state < change.count.size(); ++state) sum[state] += change.count[state];
}

void move_tally(Connection& connection, WorkspaceId workspace, PostId post, DeliveryState from,
                DeliveryState to) {
  if (from == to) return;
  Tally change;
  --change[from];
  ++change[to];
  change_tally(connection, workspace, post, change);
}

void open_tally(Connection& connection, const Post& post) {
  const int64_t paused = post.campaign ? stop_bit(connection, post.workspace, *post.campaign) : 0;
  connection.tell(
      "INSERT INTO tallies (workspace, post, whole, posts, paused, waiting, uncertain, in_flight, delivered, "
      "failed, canceled, skipped) VALUES ($1, $2, 0, 0, $3, 0, 0, 0, 0, 0, 0, 0)",
      post.workspace, post.id, paused);
  ++sum_of(connection, post.workspace)[posts_place];
}

// The campaign's row is held until the commit: a stop that comes at the same moment sees this post, or is
// seen.
int64_t stop_bit(Connection& connection, WorkspaceId workspace, CampaignId campaign) {
  const Rows rows = connection(
      "SELECT state FROM campaigns WHERE workspace = $1 AND id = $2 /*pg FOR SHARE*/", workspace, campaign);
  const bool stopped = !rows.empty() && rows[0].integer(0) == static_cast<int64_t>(CampaignState::stopped);
  return stopped ? stopped_by_campaign : 0;
}

void close_tally(Connection& connection, WorkspaceId workspace, PostId post) {
  connection.tell("DELETE FROM tallies WHERE workspace = $1 AND post = $2", workspace, post);
  --sum_of(connection, workspace)[posts_place];
}

void write_sums(Connection& connection) {
  const Sums sums = std::exchange(connection.sums, {});
  for (const auto& [workspace, n] : sums) {
    connection.tell(
        "INSERT INTO tallies (workspace, post, whole, posts, paused, waiting, uncertain, in_flight, "
        "delivered, "
        "failed, canceled, skipped) VALUES ($1, $2, 1, $3, 0, $4, $5, $6, $7, $8, $9, $10) "
        "ON CONFLICT (workspace, post) DO UPDATE SET posts = tallies.posts + excluded.posts, "
        "waiting = tallies.waiting + excluded.waiting, uncertain = tallies.uncertain + excluded.uncertain, "
        "in_flight = tallies.in_flight + excluded.in_flight, delivered = tallies.delivered + "
        "excluded.delivered, "
        "failed = tallies.failed + excluded.failed, canceled = tallies.canceled + excluded.canceled, "
        "skipped = tallies.skipped + excluded.skipped",
        workspace, PostId{}, n[posts_place], n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
  }
}

}  // namespace carillon::store

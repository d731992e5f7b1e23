#include "store/tally_change.h"

namespace carillon::store {

void change_tally(Connection& connection, WorkspaceId workspace, PostId post, const Tally& change) {
  if (change == Tally{}) return;
  connection.tell(
      "UPDATE tallies SET waiting = waiting + $3, uncertain = uncertain + $4, in_flight = in_flight + $5, "
      "delivered = delivered + $6, failed = failed + $7, canceled = canceled + $8, skipped = skipped + $9 "
      "WHERE workspace = $1 AND post IN ($2, $10)",
      workspace, post, change.count[0], change.count[1], change.count[2], change.count[3], change.count[4],
      change.count[5], change.count[6], PostId{});
}

void move_tally(Connection& connection, WorkspaceId workspace, PostId post, DeliveryState from,
                DeliveryState to) {
  if (from == to) return;
  Tally change;
  --change[from];
  ++change[to];
  change_tally(connection, workspace, post, change);
}

void open_tally(Connection& connection, WorkspaceId workspace, PostId post) {
  connection.tell(
      "INSERT INTO tallies (workspace, post, whole, posts, paused, waiting, uncertain, in_flight, delivered, "
      "failed, "
      "canceled, skipped) VALUES ($1, $2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), ($1, $3, 1, 1, 0, 0, 0, 0, 0, 0, 0, "
      "0) "
      "ON CONFLICT (workspace, post) DO UPDATE SET posts = tallies.posts + 1",
      workspace, post, PostId{});
}

}  // namespace carillon::store

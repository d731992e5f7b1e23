#include "store/followers.h"

#include "delivery/reasons.h"
#include "store/tally_change.h"

namespace carillon::store {
namespace {

void skip_followers(Connection& connection, WorkspaceId workspace, DeliveryId before, Instant now) {
  const Rows rows =
      connection("SELECT id, post, state FROM deliveries WHERE workspace = $1 AND follows = $2 AND state < 2",
                 workspace, before);
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto id = rows[i].id<DeliveryId>(0);
    connection.tell(
        "UPDATE deliveries SET state = $3, reason = $4, settled = $5, wish = 0 WHERE workspace = $1 AND id = "
        "$2",
        workspace, id, static_cast<int64_t>(DeliveryState::skipped), delivery::reason::part_before_failed,
        now);
    move_tally(connection, workspace, rows[i].id<PostId>(1), static_cast<DeliveryState>(rows[i].integer(2)),
               DeliveryState::skipped);
    skip_followers(connection, workspace, id, now);
  }
}

}  // namespace

void settle_followers(Connection& connection, const Delivery& settled, Instant now) {
  if (settled.state == DeliveryState::delivered) {
    connection.tell("UPDATE deliveries SET due = $3 WHERE workspace = $1 AND follows = $2 AND state = 0",
                    settled.workspace, settled.id, now);
  } else {
    skip_followers(connection, settled.workspace, settled.id, now);
  }
}

}  // namespace carillon::store

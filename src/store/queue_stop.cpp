#include "store/queue_stop.h"

#include <map>

#include "store/tally_change.h"

namespace carillon::store {
namespace {

constexpr int64_t piece = 10'000;

// Cancels up to a piece of what waits; gives how many of each post.
std::map<PostId, int64_t> stop_piece(Connection& db, WorkspaceId workspace, AccountId account, Instant now) {
  const Rows rows = db(
      "UPDATE deliveries SET state = 5, reason = 'canceled', settled = $3, wish = 0 WHERE workspace = $1 AND "
      "id IN "
      "(SELECT id FROM deliveries /*lite INDEXED BY deliveries_queue*/ WHERE workspace = $1 AND account = $2 "
      "AND state < 2 AND state = 0 LIMIT $4) RETURNING post",
      workspace, account, now, piece);
  std::map<PostId, int64_t> stopped;
  for (size_t i = 0; i < rows.size(); ++i) ++stopped[rows[i].id<PostId>(0)];
  return stopped;
}

void count_stopped(Connection& db, WorkspaceId workspace, PostId post, int64_t count) {
  Tally change;
  change[DeliveryState::waiting] = -count;
  change[DeliveryState::canceled] = count;
  change_tally(db, workspace, post, change);
}

}  // namespace

int64_t stop_post(Connection& db, WorkspaceId workspace, PostId post, Instant now) {
  const Rows rows =
      db("UPDATE deliveries SET state = 5, reason = 'canceled', settled = $3, wish = 0 "
         "WHERE workspace = $1 AND post = $2 AND state = 0 AND superseded = 0",
         workspace, post, now);
  db.tell(
      "UPDATE deliveries SET wish = 1 WHERE workspace = $1 AND post = $2 AND state IN (1, 2) AND wish = 0 "
      "AND superseded = 0",
      workspace, post);
  count_stopped(db, workspace, post, rows.changed);
  return rows.changed;
}

int64_t stop_some(Connection& db, WorkspaceId workspace, AccountId account, Instant now) {
  int64_t stopped = 0;
  for (const auto& [post, count] : stop_piece(db, workspace, account, now)) {
    count_stopped(db, workspace, post, count);
    stopped += count;
  }
  return stopped;
}

void stop_out_of_reach(Connection& db, WorkspaceId workspace, AccountId account) {
  db("UPDATE deliveries SET wish = 1 WHERE workspace = $1 AND account = $2 AND state < 2 AND state = 1 AND "
     "wish = 0",
     workspace, account);
  db("UPDATE deliveries SET wish = 1 WHERE workspace = $1 AND account = $2 AND state = 2 AND wish = 0 AND "
     "superseded = 0",
     workspace, account);
}

}  // namespace carillon::store

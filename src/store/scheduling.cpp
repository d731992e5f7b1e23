// Posts: from a post to its deliveries, and what people do with those.
#include <fmt/format.h>

#include "base/text.h"
#include "delivery/reasons.h"
#include "store/delivery_rows.h"
#include "plan/wording.h"
#include "store/fitting.h"
#include "store/freezer.h"
#include "store/post_rows.h"
#include "store/posts.h"
#include "store/queue_stop.h"
#include "store/rows.h"
#include "store/tally_change.h"

namespace carillon::store {
namespace {

void place_in_time(Connection& db, const Post& post, Instant due) {
  db.tell(
      "UPDATE posts SET due = $3, local_time = $4, zone = $5, updated = $6, revision = revision + 1 "
      "WHERE workspace = $1 AND id = $2",
      post.workspace, post.id, due, post.local_time, post.zone, post.updated);
}

Fault not_open(std::string_view what) {
  return {.kind = FaultKind::closed,
          .code = "not_open",
          .text = fmt::format("This delivery is {}: there is no question to answer.", what),
          .remedy = "Load it again: it may have settled meanwhile."};
}

bool is_answerable(const Delivery& d, Wish wish) {
  if (d.superseded || is_settled(d.state)) return false;
  const bool in_doubt =
      d.state == DeliveryState::uncertain || (d.state == DeliveryState::in_flight && d.line == Line::ask);
  const bool late = d.state == DeliveryState::waiting && d.reason == delivery::reason::late;
  switch (wish) {
    case Wish::is_there:
    case Wish::is_not_there:
    case Wish::ask_again: return in_doubt;
    case Wish::send_late: return late;
    case Wish::cancel: return in_doubt || late;
    case Wish::none: return false;
  }
  return false;
}

// It was canceled while nobody knew whether it was out; a person says that it is not. It waits again, and
// what waits with that wish is canceled.
Result<void> cancel_after_all(Connection& db, const Delivery& d, Instant now) {
  if (d.reason != delivery::reason::unknown) return refuse(not_open("still being asked about"));
  db("UPDATE deliveries SET state = 0, line = 2, due = $3, revision = revision + 1 WHERE workspace = $1 AND "
     "id = $2",
     d.workspace, d.id, now);
  move_tally(db, d.workspace, d.post, d.state, DeliveryState::waiting);
  return {};
}

}  // namespace

std::vector<Delivery> Posts::schedule(const Post& post, Instant now, Minter& mint, const Leave& leave) {
  Connection& db = unit_.connection();
  Proposals proposals(unit_);
  if (proposals.must_ask(post, leave)) {
    (void)proposals.propose(post, proposal_of(post, leave, now));  // refused: it stays as it is
    return {};
  }
  const Instant due = post.due.value_or(now);
  db.tell(
      "UPDATE posts SET state = 1, due = $3, local_time = $4, zone = $5, updated = $6 WHERE workspace = $1 "
      "AND id = $2 "
      "AND (state <> 1 OR due <> $3 OR local_time <> $4 OR zone <> $5)",
      post.workspace, post.id, due, post.local_time, post.zone, now);
  return fit(db, post, {.due = due, .moved = true, .renew = true}, mint);
}

// Rows of which something may be out, or that a person canceled, keep their time.
int64_t Posts::reschedule(const Post& post, Instant due, const Leave& leave) {
  Connection& db = unit_.connection();
  Proposals proposals(unit_);
  if (proposals.must_ask(post, leave)) {
    Post moved = post;
    moved.due = due;
    (void)proposals.propose(moved, proposal_of(moved, leave, post.updated));
    return 0;
  }
  place_in_time(db, post, due);
  if (plan::speaks_of_time(post)) freeze_again(db, post);
  return db("UPDATE deliveries SET planned = $3, due = $3, reason = 'scheduled', step = 'start', facts = '', "
            "tries = 0, "
            "fault = '', wish = 0, revision = revision + 1 WHERE workspace = $1 AND post = $2 AND state = 0 "
            "AND superseded = 0 AND wish <> 1 AND reason <> 'after_part' AND NOT EXISTS (SELECT 1 FROM "
            "attempts a "
            "WHERE a.workspace = deliveries.workspace AND a.delivery = deliveries.id AND a.publishes = 1 "
            "AND a.outcome IN (0, 4))",
            post.workspace, post.id, due)
             .changed +
         db("UPDATE deliveries SET planned = $3, due = $4, revision = revision + 1 WHERE workspace = $1 AND "
            "post = $2 "
            "AND state = 0 AND superseded = 0 AND wish <> 1 AND reason = 'after_part'",
            post.workspace, post.id, due, due + part_patience)
             .changed;
}

int64_t Posts::cancel(WorkspaceId workspace, PostId id, Instant now) {
  Connection& db = unit_.connection();
  db.tell("UPDATE posts SET state = 2, updated = $3 WHERE workspace = $1 AND id = $2 AND state IN (1, 3, 4)",
          workspace, id, now);
  Proposals(unit_).close(workspace, id, now);
  return stop_post(db, workspace, id, now);
}

std::vector<Delivery> Posts::deliveries(WorkspaceId workspace, PostId id) {
  return deliveries_of(unit_.connection(), workspace, id, false);
}

std::optional<Delivery> Posts::delivery(WorkspaceId workspace, DeliveryId id) {
  const Rows rows = unit_.connection()(
      "SELECT " DELIVERY_COLUMNS " FROM deliveries d WHERE d.workspace = $1 AND d.id = $2", workspace, id);
  return rows.empty() ? std::nullopt : std::optional(delivery_at(rows[0]));
}

std::vector<Attempt> Posts::attempts(WorkspaceId workspace, DeliveryId id) {
  const Rows rows =
      unit_.connection()("SELECT " ATTEMPT_COLUMNS
                         " FROM attempts a WHERE a.workspace = $1 AND a.delivery = $2 ORDER BY a.number",
                         workspace, id);
  std::vector<Attempt> attempts;
  for (size_t i = 0; i < rows.size(); ++i) attempts.push_back(attempt_at(rows[i]));
  return attempts;
}

Result<void> Posts::wish(WorkspaceId workspace, DeliveryId id, Wish wish, const std::string& url,
                         Instant now) {
  Connection& db = unit_.connection();
  const Rows rows = db("SELECT " DELIVERY_COLUMNS
                       " FROM deliveries d WHERE d.workspace = $1 AND d.id = $2 /*pg FOR UPDATE*/",
                       workspace, id);
  if (rows.empty()) {
    return refuse({.kind = FaultKind::gone, .code = "not_found", .text = "This delivery is not there."});
  }
  const Delivery d = delivery_at(rows[0]);
  if (!is_answerable(d, wish))
    return refuse(not_open(d.superseded ? "replaced by a retry" : to_text(d.state)));
  if (d.wish == Wish::cancel && wish == Wish::is_not_there) return cancel_after_all(db, d, now);
  const Instant due = d.state == DeliveryState::in_flight ? d.due : now;
  db("UPDATE deliveries SET wish = $3, due = $4, url = CASE WHEN $5 = '' THEN url ELSE $5 END "
     "WHERE workspace = $1 AND id = $2",
     workspace, id, number_of(wish), due, wish == Wish::is_there ? url : std::string());
  return {};
}

}  // namespace carillon::store

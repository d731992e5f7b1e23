// The engine's decisions become rows: everything a Save says, in one transaction, or nothing of it.
#include "delivery/mutants.h"
#include "delivery/reasons.h"
#include "store/dialect.h"
#include "store/followers.h"
#include "store/journal.h"
#include "store/lane_rows.h"
#include "store/notice_rows.h"
#include "store/queues.h"
#include "store/rows.h"
#include "store/tally_change.h"

namespace carillon::store {
namespace {

using delivery::Save;
using delivery::Saved;

// What the transaction finds, under its lock.
struct Found {
  int64_t epoch = 0;
  DeliveryState state;
  std::optional<AttemptId> attempt;
  Wish wish;
  int64_t revision = 0, attempts = 0;
  bool superseded = false, paused = false, account_held = false, held = false;
};

std::optional<Found> find(Connection& db, const Delivery& d) {
  const Rows rows = db(
      "SELECT o.epoch, d.state, d.attempt, d.wish, d.revision, d.attempts, d.superseded, t.paused, a.hold, "
      "(SELECT s.value FROM settings s WHERE s.name = 'held') FROM deliveries d "
      "JOIN offices o ON o.name = 'dispatch' JOIN tallies t ON t.workspace = d.workspace AND t.post = d.post "
      "JOIN accounts a ON a.workspace = d.workspace AND a.id = d.account "
      "WHERE d.workspace = $1 AND d.id = $2 /*pg FOR UPDATE OF d, t FOR SHARE OF a, o*/",
      d.workspace, d.id);
  if (rows.empty()) return std::nullopt;
  const Row row = rows[0];
  const std::string held = row.is_null(9) ? std::string() : row.text(9);
  return Found{.epoch = row.integer(0),
               .state = enum_at<DeliveryState>(row, 1),
               .attempt = optional_id<AttemptId>(row, 2),
               .wish = enum_at<Wish>(row, 3),
               .revision = row.integer(4),
               .attempts = row.integer(5),
               .superseded = row.flag(6),
               .paused = row.flag(7),
               .account_held = row.integer(8) != 0,
               .held = !held.empty() && held != "0"};
}

bool in_office(Connection& db, const Tenure& tenure) {
  const Rows rows = db("SELECT epoch FROM offices WHERE name = 'dispatch'");
  return !rows.empty() && rows[0].integer(0) == tenure.epoch;
}

// Is the row still the one the engine decided about? While an attempt is open nobody else moves it.
bool is_stale(const Found& found, const Save& save) {
  if (is_settled(found.state) || found.superseded || found.attempt != save.expected) return true;
  if (save.expected) return false;
  return found.state != save.from || found.revision != save.delivery.revision;
}

// Questions to a platform are read-only: a pause does not stop them.
bool may_open(const Found& found, const Save& save) {
  const bool question = save.delivery.line == Line::ask;
  return found.wish == save.seen && !found.account_held && !found.held && (question || !found.paused);
}

// The row when its next attempt may not be opened: looked at again at once, as undecided as it was.
Delivery held_back(const Delivery& wanted, const Found& found, Instant now) {
  Delivery d = wanted;
  const bool in_doubt = found.state == DeliveryState::uncertain || d.line == Line::ask;
  d.state = in_doubt ? DeliveryState::uncertain : DeliveryState::waiting;
  if (in_doubt) d.line = Line::ask;
  d.attempt.reset();
  d.reason = delivery::reason::recheck;
  d.due = now;
  d.wish = found.wish;
  return d;
}

void close_attempt(Connection& db, const Attempt& a, int64_t number) {
  db.tell(
      "UPDATE attempts SET outcome = $4, closed = $5, status = $6, answer = $7, fault = $8, next = $9 "
      "WHERE workspace = $1 AND delivery = $2 AND number = $3 AND outcome = 0",
      a.workspace, a.delivery, number, number_of(a.outcome), a.closed, a.status, clean(a.answer),
      fault_text(a.fault), a.next);
}

void open_attempt(Connection& db, const Attempt& a, int64_t number) {
  db.tell(
      "INSERT INTO attempts (workspace, delivery, number, id, outcome, step, summary, repeat, publishes, "
      "opened, closed, "
      "status, answer, fault, next) VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9, 0, 0, '', '', '')",
      a.workspace, a.delivery, number, a.id, a.step, a.summary, a.repeat, a.publishes, a.opened);
}

void write_open_row(Connection& db, const Delivery& d, int64_t attempts) {
  db.tell(
      "UPDATE deliveries SET state = $3, line = $4, reason = $5, due = $6, planned = $7, step = $8, facts = "
      "$9, "
      "tries = $10, asks = $11, resends = $12, wish = $13, attempt = $14, fault = $15, attempts = $16 "
      "WHERE workspace = $1 AND id = $2",
      d.workspace, d.id, number_of(d.state), number_of(d.line), d.reason, d.due, d.planned, d.progress.step,
      object_text(d.progress.facts), d.tries, d.asks, d.resends, number_of(d.wish), d.attempt,
      fault_text(d.fault), attempts);
}

// A person may have given the address while the platform was asked: an empty one does not wipe it.
void write_settled_row(Connection& db, const Delivery& d) {
  db.tell(
      "UPDATE deliveries SET state = $3, line = $4, reason = $5, due = $6, step = $7, facts = $8, tries = "
      "$9, asks = $10, "
      "resends = $11, wish = 0, attempt = NULL, fault = $12, external_id = $13, "
      "url = CASE WHEN $14 = '' THEN url ELSE $14 END, settled = $15 WHERE workspace = $1 AND id = $2",
      d.workspace, d.id, number_of(d.state), number_of(d.line), d.reason, d.due, d.progress.step,
      object_text(d.progress.facts), d.tries, d.asks, d.resends, fault_text(d.fault), d.external_id, d.url,
      d.settled);
}

// An account that is held already stays as it is: somebody else knew better, or it is gone.
void write_beside(Connection& db, const Save& save) {
  for (const LaneState& lane : save.lanes) write_lane(db, lane);
  for (const Notice& notice : save.notices) write_notice(db, notice);
  if (!save.hold) return;
  db.tell("UPDATE accounts SET hold = $3, hold_text = $4 WHERE workspace = $1 AND id = $2 AND hold = 0",
          save.delivery.workspace, save.hold->account, number_of(save.hold->hold), save.hold->text);
}

}  // namespace

Saved Journal::apply(const Save& save, const Tenure& tenure, Instant now) {
  Connection& db = unit_.connection();
  const std::optional<Found> found = find(db, save.delivery);
  const bool ours = found ? found->epoch == tenure.epoch : in_office(db, tenure);
  if (!ours && !is_on(delivery::Mutant::late_owner_accepted)) throw OutOfOffice();
  if (found && save.open && found->attempt == save.open->id)
    return Saved::applied;  // offered again: it was durable
  if (!found || is_stale(*found, save) || slot_is_lost(unit_, save.delivery)) return Saved::stale;
  const bool refused = save.open && !may_open(*found, save);
  Delivery d = refused ? held_back(save.delivery, *found, now) : save.delivery;
  if (found->wish != save.seen) d.wish = found->wish;
  if (save.close) close_attempt(db, *save.close, found->attempts);
  const bool opens = save.open && !refused;
  if (opens) open_attempt(db, *save.open, found->attempts + 1);
  if (is_settled(d.state)) {
    write_settled_row(db, d);
    if (save.followed) settle_followers(db, d, now);
  } else {
    write_open_row(db, d, found->attempts + (opens ? 1 : 0));
  }
  move_tally(db, d.workspace, d.post, found->state, d.state);
  write_beside(db, save);
  return refused ? Saved::intent_refused : Saved::applied;
}

}  // namespace carillon::store

#include "store/journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "store/content_shelf.h"
#include "store/lane_rows.h"
#include "store/queues.h"
#include "store/records.h"
#include "store/rows.h"
#include "store/tally_change.h"

namespace carillon::store {
namespace {

using delivery::Ticket;

// All that is needed to decide about a delivery: itself, its content, its post's pause, the one before it;
// and, for the late policy "next slot" (2) only, its post's zone.
#define TICKET_COLUMNS DELIVERY_COLUMNS ", c.body, p.zone, t.paused, b.state, b.external_id"
#define TICKET_JOINS                                                                                     \
  " LEFT JOIN contents c ON c.workspace = d.workspace AND c.id = d.content"                              \
  " LEFT JOIN posts p ON p.workspace = d.workspace AND p.id = CASE WHEN d.late_then = 2 THEN d.post END" \
  " LEFT JOIN tallies t ON t.workspace = d.workspace AND t.post = d.post"                                \
  " LEFT JOIN deliveries b ON b.workspace = d.workspace AND b.id = d.follows"

Ticket ticket_at(const Row& row, ContentShelf& shelf) {
  Ticket ticket;
  ticket.delivery = delivery_at(row);
  size_t i = delivery_width;
  ticket.content = shelf.content(ticket.delivery.content, row, i++);
  ticket.media = shelf.media(ticket.delivery.workspace, *ticket.content, ticket.delivery.part);
  ticket.zone = row.is_null(i) ? std::string() : row.text(i);
  ++i;
  const int64_t paused = row.is_null(i) ? 0 : row.integer(i);
  ticket.paused = (paused & paused_by_person) != 0;
  ticket.stopped = (paused & stopped_by_campaign) != 0;
  ++i;
  if (!row.is_null(i)) ticket.before = enum_at<DeliveryState>(row, i);
  ++i;
  if (!row.is_null(i)) ticket.reply_to = row.text(i);
  return ticket;
}

}  // namespace

Result<Tenure> Journal::take_office(const std::string& holder, Duration lasts, Instant now) {
  Connection& db = unit_.connection();
  const Rows taken =
      db("INSERT INTO offices (name, holder, epoch, expires) VALUES ('dispatch', $1, 1, $2) "
         "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, epoch = offices.epoch + 1, expires = "
         "excluded.expires "
         "WHERE offices.holder = excluded.holder OR offices.expires <= $3 RETURNING epoch",
         holder, now + lasts, now);
  if (!taken.empty()) return Tenure{holder, taken[0].integer(0)};
  const Rows held = db("SELECT holder, expires FROM offices WHERE name = 'dispatch'");
  const Instant expires = held[0].instant(1);
  return refuse({.kind = FaultKind::unavailable,
                 .code = "office_taken",
                 .text = fmt::format("{} dispatches until {}.", held[0].text(0), to_text(expires)),
                 .remedy = "Stop that server, or wait until its lease has run out.",
                 .retry_after = expires - now});
}

bool Journal::renew(const Tenure& tenure, Duration lasts, Instant now) {
  return unit_
             .connection()(
                 "UPDATE offices SET expires = $3 WHERE name = 'dispatch' AND holder = $1 AND epoch = $2",
                 tenure.holder, tenure.epoch, now + lasts)
             .changed == 1;
}

// Three look-ups in the queue's index for each account, however many rows wait.
std::vector<QueueHead> Journal::queues() {
  const Rows rows = unit_.connection()(
      "SELECT a.workspace, a.id, l.line, (SELECT d.due FROM deliveries d /*lite INDEXED BY "
      "deliveries_queue*/ "
      "WHERE d.workspace = a.workspace AND d.account = a.id AND d.line = l.line AND d.state < 2 ORDER BY "
      "d.due LIMIT 1) "
      "FROM accounts a CROSS JOIN (SELECT 0 AS line UNION ALL SELECT 1 UNION ALL SELECT 2) l");
  std::vector<QueueHead> heads;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Row row = rows[i];
    if (row.is_null(3)) continue;
    heads.push_back({row.id<WorkspaceId>(0), row.id<AccountId>(1), enum_at<Line>(row, 2), row.instant(3)});
  }
  return heads;
}

std::vector<Ticket> Journal::open_attempts() {
  Connection& db = unit_.connection();
  const Rows rows =
      db("SELECT " TICKET_COLUMNS ", " ATTEMPT_COLUMNS
         " FROM deliveries d /*lite INDEXED BY deliveries_open*/" TICKET_JOINS
         " LEFT JOIN attempts a ON a.workspace = d.workspace AND a.delivery = d.id "
         "AND a.number = d.attempts AND a.outcome = 0 WHERE d.state = 2 ORDER BY d.workspace, d.id");
  ContentShelf shelf(db);
  std::vector<Ticket> tickets;
  for (size_t i = 0; i < rows.size(); ++i) {
    const size_t attempt = delivery_width + 5;
    tickets.push_back(ticket_at(rows[i], shelf));
    if (!rows[i].is_null(attempt)) tickets.back().open = attempt_at(rows[i], attempt);
  }
  return tickets;
}

std::vector<LaneState> Journal::lanes() {
  return read_lanes(unit_.connection());
}

std::vector<LaneState> Journal::lanes(WorkspaceId workspace) {
  return read_lanes(unit_.connection(), workspace);
}

std::vector<Account> Journal::accounts() {
  const Rows rows = unit_.connection()("SELECT " ACCOUNT_COLUMNS " FROM accounts ORDER BY workspace, id");
  std::vector<Account> accounts;
  for (size_t i = 0; i < rows.size(); ++i) accounts.push_back(account_at(rows[i]));
  return accounts;
}

bool Journal::held() {
  return !unit_.connection()("SELECT value FROM settings WHERE name = 'held' AND value NOT IN ('', '0')")
              .empty();
}

Duration Journal::note_clock(const std::string& boot, Duration offset) {
  Settings settings(unit_);
  const std::string kept = settings.get("clock").value_or("");
  settings.set("clock", fmt::format("{} {}", boot, offset.count()));
  if (!kept.starts_with(boot + " ")) return Duration(0);
  int64_t before = 0;
  std::from_chars(kept.data() + boot.size() + 1, kept.data() + kept.size(), before);
  return offset - Duration(before);
}

void Journal::keep(const std::vector<LaneState>& lanes) {
  for (const LaneState& lane : lanes) write_lane(unit_.connection(), lane);
}

// A look-up compares texts: what this account has delivered is accounted for and cannot be the lost one.
// Since when counts from the sending, however late the question: twice as far as a look-up goes back.
void Journal::tell_known(std::vector<Ticket>& tickets, const delivery::Claim& claim) {
  if (tickets.empty()) return;
  const Instant first = std::ranges::min(tickets, {}, [](const Ticket& ticket) {
                          return ticket.delivery.planned;
                        }).delivery.planned;
  const Rows rows = unit_.connection()(
      "SELECT external_id FROM deliveries /*lite INDEXED BY deliveries_delivered*/ WHERE workspace = $1 AND "
      "account = $2 "
      "AND state = 3 AND settled > $3 AND external_id <> '' ORDER BY settled DESC",
      claim.workspace, claim.account, first - std::chrono::hours(49));
  std::vector<std::string> known;
  for (size_t i = 0; i < rows.size(); ++i) known.push_back(rows[i].text(0));
  for (Ticket& ticket : tickets) ticket.known = known;
}

DueRows Journal::due(const delivery::Claim& claim, Instant now) {
  Connection& db = unit_.connection();
  const Rows rows =
      db("SELECT " TICKET_COLUMNS " FROM deliveries d /*lite INDEXED BY deliveries_queue*/" TICKET_JOINS
         " WHERE d.workspace = $1 AND d.account = $2 AND d.line = $3 AND d.state < 2 AND d.due <= $4 "
         "ORDER BY d.due, d.id LIMIT $5",
         claim.workspace, claim.account, static_cast<int64_t>(claim.line), now, claim.limit + 1);
  ContentShelf shelf(db);
  DueRows out;
  for (size_t i = 0; i < rows.size() && i < claim.limit; ++i)
    out.tickets.push_back(ticket_at(rows[i], shelf));
  if (claim.line == Line::ask) tell_known(out.tickets, claim);
  tell_next_slots(unit_, out.tickets, now);
  if (rows.size() > claim.limit) {
    out.next = delivery_at(rows[claim.limit]).due;
    return out;
  }
  const Rows later = db(
      "SELECT due FROM deliveries /*lite INDEXED BY deliveries_queue*/ WHERE workspace = $1 AND account = $2 "
      "AND line = $3 AND state < 2 AND due > $4 ORDER BY due LIMIT 1",
      claim.workspace, claim.account, static_cast<int64_t>(claim.line), now);
  if (!later.empty()) out.next = later[0].instant(0);
  return out;
}

}  // namespace carillon::store

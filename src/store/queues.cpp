#include "store/queues.h"

#include <algorithm>

#include "delivery/reasons.h"
#include "plan/blackouts.h"
#include "store/blackouts.h"
#include "store/rows.h"

namespace carillon::store {
namespace {

constexpr Duration late_horizon = std::chrono::hours(24 * 60);

std::optional<Account> account_of(Connection& db, WorkspaceId workspace, AccountId id) {
  const Rows rows =
      db("SELECT " ACCOUNT_COLUMNS " FROM accounts WHERE workspace = $1 AND id = $2", workspace, id);
  return rows.empty() ? std::nullopt : std::optional(account_at(rows[0]));
}

std::string zone_of(Connection& db, const Account& account) {
  if (!account.zone.empty()) return account.zone;
  const Rows rows = db("SELECT zone FROM workspaces WHERE id = $1", account.workspace);
  return rows.empty() ? "UTC" : rows[0].text(0);
}

bool wants_slot(const Delivery& d, Instant now) {
  return d.late.then == LatePolicy::Then::next_slot && d.state == DeliveryState::waiting && !d.follows &&
         now - d.planned > d.late.within;
}

// Free slots of an account that was given slots of its own; none for others.
std::vector<Instant> free_slots(Unit& unit, WorkspaceId workspace, AccountId id, Instant now) {
  Queues queues(unit);
  if (!queues.own(workspace, id)) return {};
  const auto account = account_of(unit.connection(), workspace, id);
  if (!account) return {};
  const Instant from = now + plan::queue_lead, until = now + late_horizon;
  const plan::Queue queue = queues.queue(*account, zone_of(unit.connection(), *account), from, until);
  return plan::free_in_common({&queue, 1}, from, until);
}

}  // namespace

std::map<AccountId, std::vector<plan::Slot>> Queues::all(WorkspaceId workspace) {
  const Rows rows = unit_.connection()("SELECT account, slots FROM queues WHERE workspace = $1", workspace);
  std::map<AccountId, std::vector<plan::Slot>> all;
  for (size_t i = 0; i < rows.size(); ++i) {
    all.emplace(rows[i].id<AccountId>(0), plan::slots_from(rows[i].text(1)));
  }
  return all;
}

std::optional<std::vector<plan::Slot>> Queues::own(WorkspaceId workspace, AccountId account) {
  const Rows rows = unit_.connection()("SELECT slots FROM queues WHERE workspace = $1 AND account = $2",
                                       workspace, account);
  return rows.empty() ? std::nullopt : std::optional(plan::slots_from(rows[0].text(0)));
}

void Queues::put(WorkspaceId workspace, AccountId account, std::vector<plan::Slot> slots) {
  unit_.connection()(
      "INSERT INTO queues (workspace, account, slots) VALUES ($1, $2, $3) "
      "ON CONFLICT (workspace, account) DO UPDATE SET slots = excluded.slots",
      workspace, account, plan::slots_text(plan::in_order(std::move(slots))));
}

void Queues::forget(WorkspaceId workspace, AccountId account) {
  unit_.connection()("DELETE FROM queues WHERE workspace = $1 AND account = $2", workspace, account);
}

void Queues::lock(WorkspaceId workspace) {
  unit_.connection()("SELECT id FROM workspaces WHERE id = $1 /*pg FOR UPDATE*/", workspace);
}

// A row that waits for its time is due then: the queue's index is read from the one end to the other. A proposal has
// no rows yet, and its place is kept for it.
std::vector<Queues::Placed> Queues::placed(WorkspaceId workspace, AccountId account, Instant from,
                                           Instant until) {
  const Rows rows = unit_.connection()(
      "SELECT post, planned FROM deliveries /*lite INDEXED BY deliveries_queue*/ WHERE workspace = $1 AND "
      "account = $2 AND line = 2 AND state < 2 AND due >= $3 AND due < $4 AND part = 0 AND planned = due "
      "UNION ALL SELECT id, due FROM posts /*lite INDEXED BY posts_proposed*/ WHERE workspace = $1 AND state = 3 "
      "AND due >= $3 AND due < $4 AND /*lite instr*//*pg strpos*/(targets, $5) > 0 ORDER BY 2, 1",
      workspace, account, from, until, account.text());
  std::vector<Placed> placed;
  for (size_t i = 0; i < rows.size(); ++i) placed.push_back({rows[i].id<PostId>(0), rows[i].instant(1)});
  return placed;
}

plan::Queue Queues::queue(const Account& account, const std::string& zone, Instant from, Instant until) {
  plan::Queue queue{zone, own(account.workspace, account.id).value_or(plan::usual_slots()), {}};
  for (const Placed& each : placed(account.workspace, account.id, from, until))
    queue.taken.push_back(each.at);
  queue.closed = plan::of_account(BlackoutShelf(unit_).list(account.workspace), account.id);
  return queue;
}

std::vector<Instant> Queues::published(WorkspaceId workspace, AccountId account, Instant since) {
  const Rows rows = unit_.connection()(
      "SELECT settled FROM deliveries /*lite INDEXED BY deliveries_delivered*/ WHERE workspace = $1 AND "
      "account = $2 AND state = 3 AND settled > $3 AND part = 0 ORDER BY settled DESC LIMIT 1000",
      workspace, account, since);
  std::vector<Instant> times;
  for (size_t i = 0; i < rows.size(); ++i) times.push_back(rows[i].instant(0));
  return times;
}

void tell_next_slots(Unit& unit, std::vector<delivery::Ticket>& tickets, Instant now) {
  std::optional<std::vector<Instant>> free;  // all tickets of a claim are of one account
  size_t given = 0;
  for (delivery::Ticket& ticket : tickets) {
    const Delivery& d = ticket.delivery;
    if (!wants_slot(d, now)) continue;
    if (!free) free = free_slots(unit, d.workspace, d.account, now);
    if (given < free->size()) ticket.next_slot = (*free)[given++];
  }
}

bool slot_is_lost(Unit& unit, const Delivery& moved) {
  if (moved.reason != delivery::reason::next_slot || moved.planned != moved.due) return false;
  Queues queues(unit);
  if (!queues.own(moved.workspace, moved.account)) return false;
  queues.lock(moved.workspace);
  const auto there = queues.placed(moved.workspace, moved.account, moved.planned, moved.planned + 1us);
  return std::ranges::any_of(there, [&](const auto& other) { return other.post != moved.post; });
}

}  // namespace carillon::store

#include "api/queue_desk.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "api/post_desk.h"
#include "api/problem.h"
#include "plan/best_time.h"
#include "plan/slots.h"
#include "store/queues.h"

namespace carillon::api {

namespace {
constexpr Duration window = std::chrono::hours(24 * 28);

std::string name_of(const Account& account) {
  return account.handle.empty() ? account.name : account.handle;
}

std::string names_of(std::span<const Account> accounts) {
  std::vector<std::string> names;
  for (const Account& account : accounts) names.push_back(name_of(account));
  return fmt::format("{}", fmt::join(names, ", "));
}

Result<void> all_have_slots(store::Unit& unit, std::span<const Account> accounts) {
  if (accounts.empty()) {
    return refuse(invalid("no_target", "No account is chosen: there is no queue to add this to.", "targets",
                          "Choose at least one account."));
  }
  store::Queues queues(unit);
  for (const Account& account : accounts) {
    const auto own = queues.own(account.workspace, account.id);
    if (!own || !own->empty()) continue;
    return refuse(closed("no_slots",
                         fmt::format("{} has no slots: nothing is queued for it.", name_of(account)),
                         "Give it some on the queue page, or choose a time."));
  }
  return {};
}

std::vector<Instant> free_between(store::Unit& unit, std::span<const Account> accounts, Instant from,
                                  Instant until) {
  store::Queues queues(unit);
  std::vector<plan::Queue> all;
  for (const Account& account : accounts) {
    all.push_back(queues.queue(account, zone_of(unit, account), from, until));
  }
  return plan::free_in_common(all, from, until);
}

std::optional<Instant> first_free(store::Unit& unit, std::span<const Account> accounts, Instant now) {
  const Instant end = now + plan::queue_horizon;
  for (Instant from = now + plan::queue_lead; from < end; from = from + window) {
    const auto free = free_between(unit, accounts, from, std::min(from + window, end));
    if (!free.empty()) return free.front();
  }
  return std::nullopt;
}

Fault nothing_free(std::span<const Account> accounts) {
  if (accounts.size() == 1) {
    return closed("queue_full",
                  fmt::format("Every slot of {} in the next year is taken.", name_of(accounts[0])),
                  "Give it more slots on the queue page, or choose a time.");
  }
  return closed("no_common_slot",
                fmt::format("There is no free slot that all of these accounts have: {}.", names_of(accounts)),
                "Give them a time in common on the queue page, or make a post for each.");
}

plan::Week week_of(store::Unit& unit, std::span<const Account> accounts, Instant now) {
  std::vector<Instant> published;
  for (const Account& account : accounts) {
    const auto own = store::Queues(unit).published(account.workspace, account.id, now - plan::history_span);
    published.insert(published.end(), own.begin(), own.end());
  }
  return plan::learned_week(published, zone_of(unit, accounts.front()));
}

Result<PickedSlot> picked(store::Unit& unit, const Account& account, Instant at, std::string basis,
                          std::string text) {
  auto schedule = plan::schedule_now(at, zone_of(unit, account));
  if (!schedule) return refuse(std::move(schedule.error()));
  return PickedSlot{std::move(*schedule), std::move(basis), std::move(text)};
}
}  // namespace

std::string zone_of(store::Unit& unit, const Account& account) {
  return account.zone.empty() ? workspace_zone(unit, account.workspace) : account.zone;
}

Result<PickedSlot> pick_slot(store::Unit& unit, std::span<const Account> accounts, QueuePick pick,
                             Instant now) {
  if (auto there = all_have_slots(unit, accounts); !there) return refuse(std::move(there.error()));
  if (pick == QueuePick::best) {
    const auto week = week_of(unit, accounts, now);
    const auto soon = free_between(unit, accounts, now + plan::queue_lead, now + plan::best_within);
    if (const auto best = plan::best_of(soon, zone_of(unit, accounts.front()), week)) {
      return picked(unit, accounts.front(), *best, week.posts > 0 ? "own" : "usual", plan::basis_text(week));
    }
  }
  const auto next = first_free(unit, accounts, now);
  if (!next) return refuse(nothing_free(accounts));
  return picked(unit, accounts.front(), *next, "next", "The next free slot.");
}

}  // namespace carillon::api

#include "delivery/gate.h"

#include "base/days.h"
#include "delivery/mutants.h"
#include "delivery/reasons.h"

namespace carillon::delivery {
namespace {

Verdict wait(std::string_view why, Instant due) {
  return {.kind = Verdict::Kind::wait, .reason = std::string(why), .due = due};
}

Verdict settle(DeliveryState state, std::string_view why) {
  return {.kind = Verdict::Kind::settle, .reason = std::string(why), .state = state};
}

// For an account without a queue: the same wall time on following days in the post's zone, the first that
// lies in the future.
Instant next_day(Instant planned, const std::string& zone, Instant now) {
  const std::string where = zone.empty() ? "UTC" : zone;
  const auto local = localize(planned, where);
  for (int64_t days = 1; local; ++days) {
    const auto at = resolve(days_later(*local, days), where);
    if (!at) break;
    if (at->at > now) return at->at;
  }
  return now + 24h;
}

Verdict late(const Ticket& ticket, Duration remind, Instant now) {
  const Delivery& d = ticket.delivery;
  switch (d.late.then) {
    case LatePolicy::Then::skip: return settle(DeliveryState::skipped, reason::too_late);
    case LatePolicy::Then::next_slot: {
      const bool has_slot = ticket.next_slot && *ticket.next_slot > now;
      Verdict moved =
          wait(reason::next_slot, has_slot ? *ticket.next_slot : next_day(d.planned, ticket.zone, now));
      moved.moved = true;
      return moved;
    }
    case LatePolicy::Then::ask: break;
  }
  Verdict ask = wait(reason::late, now + remind);
  ask.tell = d.reason != reason::late;
  return ask;
}

// Whatever waits has nothing out there, so it can be too late however often it was tried. A thread part is
// not: the part before it is out, and it belongs to it.
bool is_late(const Delivery& d, Instant now) {
  return d.wish != Wish::send_late && !d.follows && now - d.planned > d.late.within;
}

Verdict after_the_part_before(const Ticket& ticket, Instant now) {
  if (is_on(Mutant::part_before_its_parent)) return {};
  if (ticket.before == DeliveryState::delivered) {
    // A person said that it is out, and nobody knows what the network calls it: there is nothing to answer
    // to.
    return ticket.reply_to.empty() ? settle(DeliveryState::skipped, reason::part_before_unknown) : Verdict{};
  }
  if (!is_settled(ticket.before)) return wait(reason::after_part, now + 10min);
  return settle(DeliveryState::skipped, reason::part_before_failed);
}

}  // namespace

Verdict gate(const Ticket& ticket, const Account& account, Duration remind, Instant now) {
  const Delivery& d = ticket.delivery;
  if (d.state == DeliveryState::uncertain) return {};  // a question is always allowed
  if (d.wish == Wish::cancel && !is_on(Mutant::cancel_ignored))
    return settle(DeliveryState::canceled, "canceled");
  if (account.hold == Hold::disconnected) return settle(DeliveryState::canceled, "canceled");
  if (account.hold != Hold::none) return wait(reason::account_held, now + 1min);
  if (ticket.paused) return wait(reason::paused, now + 10min);
  if (ticket.stopped) return wait(reason::stopped, now + 10min);
  if (d.follows) {
    if (Verdict v = after_the_part_before(ticket, now); v.kind != Verdict::Kind::go) return v;
  }
  return is_late(d, now) ? late(ticket, remind, now) : Verdict{};
}

}  // namespace carillon::delivery

// What a fault leads to (ARCHITECTURE.md, fault kinds). A delivery in doubt is never failed or sent by a
// fault: the question just stays open longer.
#include <algorithm>

#include "delivery/backoff.h"
#include "delivery/desk.h"
#include "delivery/mutants.h"
#include "delivery/reasons.h"

namespace carillon::delivery {
namespace {

Hold hold_for(const Fault& fault, const Account& account) {
  if (fault.code == "permission_missing") return Hold::permission;
  if (fault.code == "account_restricted") return Hold::restricted;
  return account.refreshable ? Hold::refreshing : Hold::reconnect;
}

bool in_doubt(const InHand& item) {
  return item.ticket.delivery.line == Line::ask;
}

}  // namespace

void Engine::Desk::suffer(InHand item, Fault fault, std::optional<Attempt> close, Instant now, Effects& out) {
  if (close) close->fault = fault;
  item.ticket.delivery.fault = fault;
  switch (fault.kind) {
    case FaultKind::unauthorized:
      return hold_account(std::move(item), std::move(fault), std::move(close), now, out);
    case FaultKind::throttled: return throttle(std::move(item), std::move(fault), std::move(close), now, out);
    default: break;
  }
  if (in_doubt(item)) return unclear(std::move(item), fault.text, std::move(close), now, out);
  switch (fault.kind) {
    case FaultKind::closed:
      return settle(std::move(item), DeliveryState::skipped, fault.code, std::move(close), now, out);
    case FaultKind::unavailable:
      return try_again(std::move(item), std::move(fault), std::move(close), now, out);
    default: {  // invalid, forbidden, gone; a duplicate that nobody sent
      ++item.ticket.delivery.tries;
      return settle(std::move(item), DeliveryState::failed, fault.code, std::move(close), now, out);
    }
  }
}

void Engine::Desk::hold_account(InHand item, Fault fault, std::optional<Attempt> close, Instant now,
                                Effects& out) {
  if (is_on(Mutant::unauthorized_fails) && !in_doubt(item)) {
    return settle(std::move(item), DeliveryState::failed, fault.code, std::move(close), now, out);
  }
  const Delivery d = item.ticket.delivery;
  Voice* speaker = voice(d.account);
  CHECK(speaker != nullptr);
  const bool first = speaker->account.hold == Hold::none;
  const Hold hold = hold_for(fault, speaker->account);
  const bool asking = in_doubt(item);
  if (asking) {
    question(std::move(item), reason::checking, now + 1min, std::move(close), now, out);
  } else {
    wait(std::move(item), reason::account_held, now, std::move(close), now, out);
  }
  if (!first) return;
  speaker->account.hold = hold;
  Save& save = std::get<Save>(out.back());
  save.hold = Save::HoldAccount{d.account, hold, fault.text};
  if (hold == Hold::refreshing) {
    out.push_back(Refresh{d.workspace, d.account});
  } else {
    tell(save, "account_held", fault.text, now);
  }
}

void Engine::Desk::throttle(InHand item, Fault fault, std::optional<Attempt> close, Instant now,
                            Effects& out) {
  Delivery& d = item.ticket.delivery;
  Voice* speaker = voice(d.account);
  CHECK(speaker != nullptr);
  const Instant until = now + fault.retry_after.value_or(60s);
  const std::vector<LaneKey> keys = own_lanes(*speaker, item.send.lanes);
  if (!is_on(Mutant::ignore_retry_after)) {
    for (const LaneKey& key : keys) lanes.close(key, until, fault.text);
  }
  const Instant due = is_on(Mutant::ignore_retry_after) ? now : until;
  if (in_doubt(item)) {
    question(std::move(item), reason::checking, due, std::move(close), now, out);
  } else if (is_on(Mutant::throttle_counts_as_try) && ++d.tries >= 3) {
    settle(std::move(item), DeliveryState::failed, fault.code, std::move(close), now, out);
  } else {
    wait(std::move(item), reason::rate_limit, due, std::move(close), now, out);
  }
}

void Engine::Desk::try_again(InHand item, Fault fault, std::optional<Attempt> close, Instant now,
                             Effects& out) {
  Delivery& d = item.ticket.delivery;
  ++d.tries;
  const uint32_t tries = d.tries;
  if (tries >= policy.max_tries) {
    return settle(std::move(item), DeliveryState::failed, fault.code, std::move(close), now, out);
  }
  Instant due = now + std::max(backoff(tries, policy.backoff_base, policy.backoff_cap, random),
                               fault.retry_after.value_or(Duration(0)));
  if (is_on(Mutant::fault_without_due)) due = Instant::never();
  wait(std::move(item), reason::backing_off, due, std::move(close), now, out);
  if (tries == policy.notify_after) tell(std::get<Save>(out.back()), "trying_again", fault.text, now);
}

}  // namespace carillon::delivery

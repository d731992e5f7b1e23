// Turning decisions into rows: the only places where the engine changes a delivery.
#include "delivery/desk.h"
#include "delivery/mutants.h"
#include "delivery/reasons.h"

namespace carillon::delivery {
namespace {

size_t parts_of(const Ticket& ticket) {
  return ticket.content ? ticket.content->parts.size() : 0;
}

// What was decided when an attempt ended, for the flight record.
std::string_view next_words(const Delivery& d) {
  switch (d.state) {
    case DeliveryState::delivered: return "Published.";
    case DeliveryState::failed: return "Given up; it can be fixed and tried again.";
    case DeliveryState::canceled: return "Canceled.";
    case DeliveryState::skipped: return "Left out.";
    case DeliveryState::in_flight: return "On to the next step.";
    case DeliveryState::uncertain:
      return d.reason == reason::unknown ? "A person is asked." : "The network is asked whether it is there.";
    case DeliveryState::waiting: break;
  }
  if (d.reason == reason::rate_limit) return "It goes on when the limit allows it.";
  if (d.reason == reason::account_held) return "It waits for the account.";
  if (d.reason == reason::processing) return "The network needs time; looked at again.";
  if (d.reason == reason::proven_absent) return "It is not there: sent once more.";
  return "Tried again by itself.";
}

}  // namespace

Save& Engine::Desk::save(InHand item, DeliveryState from, std::optional<Attempt> close, Instant now,
                         Effects& out) {
  Save save;
  save.id = ++last_effect;
  save.expected = item.attempt ? std::optional(item.attempt->id) : item.ticket.delivery.attempt;
  save.delivery = item.ticket.delivery;
  save.from = from;
  save.seen = std::exchange(item.seen, item.ticket.delivery.wish);
  save.close = std::move(close);
  if (save.close) save.close->next = next_words(save.delivery);
  save.followed = parts_of(item.ticket) > item.ticket.delivery.part + 1;
  save.lanes = lanes.changed();
  save.delivery.attempt.reset();
  item.ticket.delivery.attempt.reset();
  item.attempt.reset();
  item.effect = save.id;
  out.push_back(std::move(save));
  const EffectId id = item.effect;
  hand.insert_or_assign(id, std::move(item));
  return std::get<Save>(out.back());
}

void Engine::Desk::wait(InHand item, std::string_view reason, Instant due, std::optional<Attempt> close,
                        Instant now, Effects& out) {
  Delivery& d = item.ticket.delivery;
  const DeliveryState from = d.state;
  d.state = DeliveryState::waiting;
  d.reason = reason;
  d.due = due;
  if (d.line == Line::ask) d.line = Line::bulk;
  save(std::move(item), from, std::move(close), now, out);
}

// Stays open as a question: nobody knows yet whether it went out.
void Engine::Desk::question(InHand item, std::string_view reason, Instant due, std::optional<Attempt> close,
                            Instant now, Effects& out) {
  Delivery& d = item.ticket.delivery;
  const DeliveryState from = d.state;
  d.state = DeliveryState::uncertain;
  d.line = Line::ask;
  d.reason = reason;
  d.due = due;
  save(std::move(item), from, std::move(close), now, out);
}

void Engine::Desk::settle(InHand item, DeliveryState state, std::string_view reason,
                          std::optional<Attempt> close, Instant now, Effects& out) {
  Delivery& d = item.ticket.delivery;
  const DeliveryState from = d.state;
  d.state = state;
  d.reason = reason;
  d.settled = now;
  d.wish = Wish::none;
  const std::optional<Fault> fault = d.fault;
  Save& saved = save(std::move(item), from, std::move(close), now, out);
  if (state == DeliveryState::failed && fault) tell(saved, "delivery_failed", fault->text, now);
}

void Engine::Desk::deliver(InHand item, const channels::Done& done, std::optional<Attempt> close, Instant now,
                           Effects& out) {
  Delivery& d = item.ticket.delivery;
  d.external_id = done.external_id;
  d.url = done.url;
  d.fault.reset();
  settle(std::move(item), DeliveryState::delivered, "", std::move(close), now, out);
  if (!done.lacks.empty()) tell(std::get<Save>(out.back()), "delivered_lacking", done.lacks, now);
}

// The item goes back to the store's keeping; whoever waited for its slot may go.
void Engine::Desk::let_go(InHand item, Instant now) {
  const Delivery& d = item.ticket.delivery;
  Voice* speaker = voice(d.account);
  if (!speaker) return;
  if (speaker->busy > 0) --speaker->busy;
  const bool still_asking = d.state == DeliveryState::uncertain && d.reason != reason::unknown && d.asks < 3;
  if (!still_asking) free_lane(d.id, *speaker);
  if (!is_settled(d.state) && d.due != Instant::never()) agenda.expect({d.account, d.line}, d.due);
  const bool has_followers = parts_of(item.ticket) > d.part + 1;
  if (is_settled(d.state) && has_followers)
    agenda.expect({d.account, Line::bulk}, now);  // the store released them
  agenda.unblock(d.account);
}

Attempt Engine::Desk::end(InHand& item, Attempt::Outcome outcome, Instant now) const {
  Attempt attempt = *item.attempt;
  attempt.outcome = outcome;
  attempt.closed = now;
  return attempt;
}

void Engine::Desk::tell(Save& save, const std::string& kind, const std::string& text, Instant now) {
  save.notices.push_back({.id = NoticeId::make(now, random),
                          .workspace = save.delivery.workspace,
                          .kind = kind,
                          .text = text,
                          .post = save.delivery.post,
                          .delivery = save.delivery.id,
                          .account = save.delivery.account,
                          .at = now});
}

}  // namespace carillon::delivery

// From what happened to the next move: the engine's side of each conversation.
#include <fmt/format.h>

#include "base/text.h"
#include "delivery/backoff.h"
#include "delivery/desk.h"
#include "delivery/gate.h"
#include "delivery/mutants.h"
#include "delivery/reasons.h"

namespace carillon::delivery {
namespace {

constexpr size_t kept_answer_bytes = 1024;  // of an answer, in the flight record

bool in_doubt(const InHand& item) {
  return item.ticket.delivery.line == Line::ask;
}

std::string_view repeat_text(channels::Repeat repeat) {
  switch (repeat) {
    case channels::Repeat::safe: return "safe";
    case channels::Repeat::probe: return "probe";
    case channels::Repeat::never: return "never";
  }
  return "never";
}

Attempt open_attempt(const Delivery& delivery, const channels::Send& send, AttemptId id, Instant now) {
  const std::string_view url = std::string_view(send.request.url).substr(0, send.request.url.find('?'));
  return {.id = id,
          .delivery = delivery.id,
          .workspace = delivery.workspace,
          .step = send.then.step,
          .summary = fmt::format("{} {}", send.request.method, url),
          .repeat = std::string(repeat_text(send.repeat)),
          .publishes = send.publishes,
          .opened = now};
}

Fault lost_answer(const std::string& why, bool publishes) {
  return {.kind = FaultKind::unavailable,
          .code = "no_answer",
          .text = fmt::format("The answer was lost: {}", why),
          .remedy = publishes ? "It is found out whether it went out before anything is sent again."
                              : "Nothing to do: Carillon tries again by itself."};
}

}  // namespace

void Engine::Desk::take_up(Voice& voice, std::vector<Ticket> due, Instant now, Effects& out) {
  for (Ticket& ticket : due) {
    ++voice.busy;
    ++voice.opening;
    const Wish seen = ticket.delivery.wish;
    begin({.ticket = std::move(ticket), .fresh = true, .seen = seen}, now, out);
  }
}

// What the gate lets through begins, or goes on where it stood.
void Engine::Desk::begin(InHand item, Instant now, Effects& out) {
  const Voice& speaker = *voice(item.ticket.delivery.account);
  const Verdict verdict = gate(item.ticket, speaker.account, policy.remind, now);
  Delivery& d = item.ticket.delivery;
  if (verdict.kind == Verdict::Kind::settle) {
    return settle(std::move(item), verdict.state, verdict.reason, std::nullopt, now, out);
  }
  if (verdict.kind == Verdict::Kind::wait) {
    if (verdict.moved) d.planned = verdict.due, d.progress = {}, d.tries = 0;
    wait(std::move(item), verdict.reason, verdict.due, std::nullopt, now, out);
    if (verdict.tell)
      tell(std::get<Save>(out.back()), "late", "Its time was missed; it was not sent by itself.", now);
    return;
  }
  if (d.state == DeliveryState::uncertain) return obey(std::move(item), now, out);
  channels::Move move = step(item, channels::Due{}, now);
  act(std::move(item), std::move(move), std::nullopt, now, out);
}

// An open question whose time has come: a person may have answered it; else the platform is asked, or the
// person reminded.
void Engine::Desk::obey(InHand item, Instant now, Effects& out) {
  Delivery& d = item.ticket.delivery;
  const Wish wish = std::exchange(d.wish, Wish::none);
  if (wish == Wish::is_there) {
    const channels::Done seen{d.external_id, d.url};
    return deliver(std::move(item), seen, std::nullopt, now, out);
  }
  if (wish == Wish::is_not_there) {
    const channels::Move again = step(item, channels::Disproved{}, now);
    if (const auto* publish = std::get_if<channels::Send>(&again)) d.progress = publish->then;
    d.asks = 0;
    d.wish = Wish::send_late;  // whoever says so wants it out, however late it is by now
    return wait(std::move(item), reason::proven_absent, now, std::nullopt, now, out);
  }
  if (wish == Wish::cancel) d.wish = wish;  // obeyed once it is known not to be out
  if (wish == Wish::ask_again) {
    d.asks = 0;
  } else if (d.reason == reason::unknown) {  // only a person can say: remind them
    return ask_person(std::move(item), "", std::nullopt, now, out);
  }
  const Voice& speaker = *voice(d.account);
  if (speaker.account.hold == Hold::disconnected) {
    const char* why = "Its account was disconnected: nobody can ask the network whether it went out.";
    return ask_person(std::move(item), why, std::nullopt, now, out);
  }
  if (speaker.account.hold != Hold::none) {
    return question(std::move(item), reason::account_held, now + 10min, std::nullopt, now, out);
  }
  channels::Move ask = step(item, channels::Vanished{}, now);
  act(std::move(item), std::move(ask), std::nullopt, now, out);
}

channels::Move Engine::Desk::step(const InHand& item, const channels::Event& event, Instant now) const {
  const Delivery& d = item.ticket.delivery;
  const Voice& speaker = voices.at(d.account);
  const channels::Job job{.id = d.id,
                          .from = speaker.account,
                          .content = *item.ticket.content,
                          .part = d.part,
                          .reply_to = item.ticket.reply_to,
                          .media = item.ticket.media,
                          .now = now,
                          .known = &item.ticket.known,
                          .only_ask = d.wish == Wish::cancel || (in_doubt(item) && d.asks > 0)};
  return speaker.entry->channel->step(job, d.progress, event);
}

void Engine::Desk::act(InHand item, channels::Move move, std::optional<Attempt> close, Instant now,
                       Effects& out) {
  if (auto* next = std::get_if<channels::Send>(&move))
    return send(std::move(item), std::move(*next), std::move(close), now, out);
  if (auto* pause = std::get_if<channels::Wait>(&move)) {
    const bool asking = in_doubt(item);
    item.ticket.delivery.progress = std::move(pause->then);
    const Instant due = now + pause->span;
    if (asking) return question(std::move(item), reason::checking, due, std::move(close), now, out);
    return wait(std::move(item), reason::processing, due, std::move(close), now, out);
  }
  if (const auto* done = std::get_if<channels::Done>(&move))
    return deliver(std::move(item), *done, std::move(close), now, out);
  if (auto* fault = std::get_if<Fault>(&move))
    return suffer(std::move(item), std::move(*fault), std::move(close), now, out);
  if (std::holds_alternative<channels::Absent>(move))
    return absent(std::move(item), std::move(close), now, out);
  auto& unknown = std::get<channels::Unclear>(move);
  if (close && unknown.then && !in_doubt(item)) {
    return doubt(std::move(item), std::move(*unknown.then), now + policy.confirm.front(), std::move(close),
                 now, out);
  }
  const std::string why = unknown.why;
  if (!close) return ask_person(std::move(item), why, std::nullopt, now, out);  // there is nobody else to ask
  unclear(std::move(item), why, std::move(close), now, out);
}

// The intent first; the request leaves when it is durable (saved()).
void Engine::Desk::send(InHand item, channels::Send send, std::optional<Attempt> close, Instant now,
                        Effects& out) {
  if (in_doubt(item) && is_delicate(send)) {  // never by itself while nobody knows
    return unclear(std::move(item), "", std::move(close), now, out);
  }
  const Voice& speaker = *voice(item.ticket.delivery.account);
  const std::vector<LaneKey> keys = lane_keys(speaker, send.lanes);
  Delivery& d = item.ticket.delivery;
  if (const Instant open = may_go_at(speaker, send.lanes, now); open > now) {
    if (close) d.progress = send.then;  // it goes on from here; untouched ones stay untouched
    if (in_doubt(item)) return question(std::move(item), reason::checking, open, std::move(close), now, out);
    return wait(std::move(item), reason::rate_limit, open, std::move(close), now, out);
  }
  for (const LaneKey& key : keys) lanes.take(key, now);
  const DeliveryState from = d.state;
  d.state = DeliveryState::in_flight;
  d.reason = reason::sending;
  d.due = now + send.request.timeout;
  d.progress = send.then;
  item.intent = true;
  item.send = std::move(send);
  Attempt attempt = open_attempt(d, item.send, AttemptId::make(now, random), now);
  Save& saved = save(std::move(item), from, std::move(close), now, out);
  saved.delivery.attempt = attempt.id;
  saved.open = attempt;
  saved.takes = keys;
  if (is_on(Mutant::intent_not_stored)) saved.open.reset();
  hand.at(saved.id).attempt = std::move(attempt);
  if (is_on(Mutant::send_before_saved)) {
    const InHand& kept = hand.at(saved.id);
    out.insert(out.end() - 1,
               Transmit{saved.id, kept.ticket.delivery.account, kept.ticket.delivery.id, kept.send.request});
  }
}

void Engine::Desk::answer(InHand item, const wire::Response& response, Instant now, Effects& out) {
  const Voice& speaker = *voice(item.ticket.delivery.account);
  for (const channels::LaneNews& news : speaker.entry->channel->limits_in(item.send.lanes, response, now)) {
    if (!is_on(Mutant::ignore_retry_after))
      lanes.close(lane_key(speaker, news.lane), news.closed_until, news.why);
  }
  Attempt close = end(item, Attempt::Outcome::accepted, now);
  close.status = response.status;
  close.answer = shortened(response.body, kept_answer_bytes);
  if (is_on(Mutant::server_error_is_failure) && response.status >= 500) {
    return settle(std::move(item), DeliveryState::failed, "server_error", std::move(close), now, out);
  }
  channels::Move move = step(item, channels::Replied{response}, now);
  const auto* fault = std::get_if<Fault>(&move);
  if (fault) close.fault = *fault;
  const bool broken = response.status >= 500 || (fault && fault->kind == FaultKind::unavailable);
  if (item.send.publishes && broken) {  // it may be out there: never "failed"
    const std::string why =
        fault ? fault->text
              : fmt::format("The network answered {} after the request was sent.", response.status);
    return vanish(std::move(item), why, std::move(close), now, out);
  }
  if (fault && fault->kind == FaultKind::duplicate && item.send.publishes) {
    return vanish(std::move(item), fault->text, std::move(close), now, out);
  }
  if (fault) close.outcome = Attempt::Outcome::refused;
  if (in_doubt(item)) close.outcome = Attempt::Outcome::read;
  act(std::move(item), std::move(move), std::move(close), now, out);
}

// The answer is lost. By repeat class: harmless again, ask the platform, or ask a person.
void Engine::Desk::vanish(InHand item, const std::string& why, Attempt close, Instant now, Effects& out) {
  close.outcome = Attempt::Outcome::unknown;
  if (!close.fault) close.fault = lost_answer(why, item.send.publishes);
  item.ticket.delivery.fault = close.fault;
  if (in_doubt(item)) return unclear(std::move(item), why, std::move(close), now, out);
  if (!item.send.publishes)
    return try_again(std::move(item), lost_answer(why, item.send.publishes), std::move(close), now, out);
  if (is_on(Mutant::publish_marked_safe))
    return wait(std::move(item), reason::backing_off, now + 5s, std::move(close), now, out);
  channels::Move move = step(item, channels::Vanished{}, now);
  auto* next = std::get_if<channels::Send>(&move);
  if (next && !next->publishes) {
    const Instant due = now + policy.confirm.front();
    return doubt(std::move(item), std::move(next->then), due, std::move(close), now, out);
  }
  if (next && !is_delicate(*next)) {  // keyed: sending it again is the question
    const Instant due = now + backoff(1, policy.backoff_base, policy.backoff_cap, random);
    return doubt(std::move(item), std::move(next->then), due, std::move(close), now, out);
  }
  ask_person(std::move(item), why, std::move(close), now, out);
}

// From here on nobody may call it failed, canceled or unsent before it is known.
void Engine::Desk::doubt(InHand item, Progress question_to_ask, Instant due, std::optional<Attempt> close,
                         Instant now, Effects& out) {
  Delivery& d = item.ticket.delivery;
  d.progress = std::move(question_to_ask);
  d.asks = 0;
  keep_lane(item);
  question(std::move(item), reason::checking, due, std::move(close), now, out);
}

// It cannot be said: ask again by the confirm plan, at its end a person.
void Engine::Desk::unclear(InHand item, const std::string& why, std::optional<Attempt> close, Instant now,
                           Effects& out) {
  if (is_on(Mutant::unclear_is_absent)) return absent(std::move(item), std::move(close), now, out);
  Delivery& d = item.ticket.delivery;
  if (++d.asks >= policy.confirm.size()) return ask_person(std::move(item), why, std::move(close), now, out);
  const Instant due = now + policy.confirm[d.asks];
  question(std::move(item), reason::checking, due, std::move(close), now, out);
}

void Engine::Desk::ask_person(InHand item, const std::string& why, std::optional<Attempt> close, Instant now,
                              Effects& out) {
  question(std::move(item), reason::unknown, now + policy.remind, std::move(close), now, out);
  const std::string text = why.empty() ? "Nobody can tell whether it went out: please look." : why;
  tell(std::get<Save>(out.back()), "delivery_uncertain", text, now);
}

// Proven not to be there: once more by itself, after that only by a person's word (G1).
void Engine::Desk::absent(InHand item, std::optional<Attempt> close, Instant now, Effects& out) {
  Delivery& d = item.ticket.delivery;
  const channels::Move again = step(item, channels::Disproved{}, now);
  const auto* publish = std::get_if<channels::Send>(&again);
  if (!publish || d.resends >= 1) {
    return ask_person(std::move(item), "", std::move(close), now, out);
  }
  ++d.resends;
  d.asks = 0;
  d.progress = publish->then;
  wait(std::move(item), reason::proven_absent, now, std::move(close), now, out);
}

}  // namespace carillon::delivery

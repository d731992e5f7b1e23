#include "delivery/engine.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "delivery/desk.h"
#include "delivery/lane_key.h"
#include "delivery/mutants.h"
#include "delivery/reasons.h"

namespace carillon::delivery {

Engine::Engine(const channels::Registry& channels, Random& random, Policy policy)
    : desk_(new Desk{
          .channels = channels, .random = random, .policy = std::move(policy), .lanes = {}, .agenda = {}}) {}

Engine::~Engine() = default;

void Engine::know(const Account& account) {
  const channels::Entry* entry = desk_->channels.find(account.network);
  if (!entry) return;  // a network that this build does not have: its deliveries wait
  Voice& voice = desk_->voices[account.id];
  const bool released = voice.account.hold != Hold::none && account.hold == Hold::none;
  voice.account = account;
  voice.entry = entry;
  voice.ahead.clear();
  for (const channels::LaneRule& rule : entry->channel->traits().lanes) {
    const bool own = rule.scope == channels::LaneRule::Scope::account;
    desk_->lanes.define(desk_->lane_key(voice, rule.name), own ? account.workspace : WorkspaceId{},
                        rule.limit, rule.window);
  }
  desk_->lanes.define(desk_->lane_key(voice, every_request), account.workspace, 0, Duration(0));
  if (released && is_on(Mutant::hold_without_release)) return;
  desk_->agenda.unblock(account.id);
}

void Engine::know(const LaneState& lane) {
  if (!is_on(Mutant::lanes_forgotten)) desk_->lanes.know(lane);
}

void Engine::hold_all(bool held) {
  desk_->held = held;
  for (auto& [id, voice] : desk_->voices) voice.ahead.clear();
}

std::vector<LaneState> Engine::clock_moved(Duration by) {
  return desk_->lanes.clock_moved(by);
}

void Engine::expect(WorkspaceId, AccountId account, Line line, Instant due) {
  desk_->agenda.expect({account, line}, due);
}

Effects Engine::recover(std::vector<Ticket> open, Instant now) {
  Effects out;
  for (Ticket& ticket : open) {
    Voice* voice = desk_->voice(ticket.delivery.account);
    if (!voice || !ticket.open) continue;
    ++voice->busy;
    InHand item{.ticket = std::move(ticket)};
    item.seen = item.ticket.delivery.wish;
    item.attempt = std::move(item.ticket.open);
    item.send.publishes = item.attempt->publishes;
    item.send.repeat = item.attempt->repeat == "safe" ? channels::Repeat::safe : channels::Repeat::never;
    Attempt close = desk_->end(item, Attempt::Outcome::unknown, now);
    if (is_on(Mutant::recover_as_unsent)) {
      desk_->wait(std::move(item), reason::recheck, now, std::move(close), now, out);
      continue;
    }
    desk_->vanish(std::move(item), "The server stopped before the answer was stored.", std::move(close), now,
                  out);
  }
  return out;
}

std::vector<Claim> Engine::claims(Instant now, Effects& out) {
  std::vector<Claim> claims;
  while (!desk_->held) {
    const auto key = desk_->agenda.pick(now);
    if (!key) break;
    Voice* voice = desk_->voice(key->account);
    if (!voice) {
      desk_->agenda.put(*key, std::nullopt);  // know() and expect() bring it back
      continue;
    }
    const bool asks = key->line == Line::ask;
    const bool silent = voice->account.hold != Hold::none && voice->account.hold != Hold::disconnected;
    const bool blocked = voice->opening > 0 || (!asks && (voice->reading || silent));
    const int64_t slots = blocked ? 0 : desk_->free_slots(*voice, key->line, now);
    if (slots > 0) {
      if (key->line == Line::bulk && !voice->ahead.empty()) {
        desk_->take_up(*voice, desk_->from_ahead(*voice, slots, now), now, out);
        desk_->agenda.put(*key, now);
      } else {
        voice->reading = voice->reading || !asks;
        claims.push_back(desk_->claim(*voice, key->line, static_cast<size_t>(slots)));
      }
      continue;
    }
    const Instant open = desk_->may_go_at(*voice, voice->entry->channel->traits().post_lanes, now);
    if (!blocked && open > now) {
      desk_->agenda.put(*key, open);
    } else {
      desk_->agenda.block(*key, now);
    }
  }
  return claims;
}

Effects Engine::take(const Claim& claim, std::vector<Ticket> due, std::optional<Instant> next, Instant now) {
  Effects out;
  desk_->agenda.put({claim.account, claim.line}, due.size() > claim.slots ? std::optional(now) : next);
  Voice* voice = desk_->voice(claim.account);
  if (!voice) return out;
  if (claim.line != Line::ask) voice->reading = false;
  if (due.empty()) desk_->agenda.unblock(claim.account);
  desk_->read_ahead(*voice, due, claim);
  desk_->take_up(*voice, std::move(due), now, out);
  return out;
}

Effects Engine::saved(EffectId id, Saved how, Instant now) {
  Effects out;
  const auto found = desk_->hand.find(id);
  if (found == desk_->hand.end()) return out;
  InHand& item = found->second;
  Voice* voice = desk_->voice(item.ticket.delivery.account);
  if (std::exchange(item.fresh, false) && voice && --voice->opening == 0)
    desk_->agenda.unblock(voice->account.id);
  if (how == Saved::applied && item.intent) {
    item.intent = false;
    item.ticket.delivery.attempt = item.attempt->id;
    if (!is_on(Mutant::send_before_saved)) {
      out.push_back(Transmit{id, item.ticket.delivery.account, item.ticket.delivery.id, item.send.request});
    }
    return out;
  }
  InHand gone = std::move(item);
  desk_->hand.erase(found);
  Delivery& d = gone.ticket.delivery;
  if (how != Saved::applied) {  // somebody else changed it: look again soon
    d.state = d.line == Line::ask ? DeliveryState::uncertain : DeliveryState::waiting;
    d.due = now + 1s;
  }
  desk_->let_go(std::move(gone), now);
  return out;
}

Effects Engine::replied(EffectId id, const wire::Response& response, Instant now) {
  Effects out;
  auto node = desk_->hand.extract(id);
  if (!node.empty()) desk_->answer(std::move(node.mapped()), response, now, out);
  return out;
}

Effects Engine::refused(EffectId id, const std::string& why, Instant now) {
  return unsent(id,
                {.kind = FaultKind::unavailable,
                 .code = "not_sent",
                 .text = fmt::format("The network could not be reached: {}.", why),
                 .remedy = "Nothing to do: Carillon tries again by itself."},
                now);
}

Effects Engine::unsent(EffectId id, Fault fault, Instant now) {
  Effects out;
  auto node = desk_->hand.extract(id);
  if (node.empty()) return out;
  InHand& item = node.mapped();
  Attempt close = desk_->end(item, Attempt::Outcome::not_sent, now);
  desk_->suffer(std::move(item), std::move(fault), std::move(close), now, out);
  return out;
}

Effects Engine::lost(EffectId id, const std::string& why, Instant now) {
  Effects out;
  auto node = desk_->hand.extract(id);
  if (node.empty()) return out;
  Attempt close = desk_->end(node.mapped(), Attempt::Outcome::unknown, now);
  desk_->vanish(std::move(node.mapped()), why, std::move(close), now, out);
  return out;
}

std::optional<Instant> Engine::wake_at() const {
  return desk_->held ? std::nullopt : desk_->agenda.wake_at();
}

const Account* Engine::account(AccountId id) const {
  const Voice* voice = desk_->voice(id);
  return voice ? &voice->account : nullptr;
}

size_t Engine::in_hand() const {
  return desk_->hand.size();
}

}  // namespace carillon::delivery

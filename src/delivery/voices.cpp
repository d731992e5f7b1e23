// Accounts, their lanes and their free slots.
#include <algorithm>

#include "delivery/desk.h"
#include "delivery/lane_key.h"
#include "delivery/mutants.h"
#include "delivery/reasons.h"

namespace carillon::delivery {

Voice* Engine::Desk::voice(AccountId account) {
  const auto found = voices.find(account);
  return found == voices.end() ? nullptr : &found->second;
}

LaneKey Engine::Desk::lane_key(const Voice& voice, const std::string& name) const {
  return delivery::lane_key(voice.account, voice.entry->channel->traits(), name);
}

std::vector<LaneKey> Engine::Desk::lane_keys(const Voice& voice,
                                             const std::vector<std::string>& names) const {
  std::vector<LaneKey> keys;
  keys.reserve(names.size());
  for (const std::string& name : names) keys.push_back(lane_key(voice, name));
  return keys;
}

// Those of the account alone: what one account is told must not silence the others of its app. A limit of the
// app itself is named by the channel (limits_in). Requests that take no lane of the account leave the account
// without one to be told about: then everything of it waits.
std::vector<LaneKey> Engine::Desk::own_lanes(const Voice& voice,
                                             const std::vector<std::string>& names) const {
  const std::string own = "account:";
  std::vector<LaneKey> keys = lane_keys(voice, names);
  std::erase_if(keys, [&](const LaneKey& key) { return !key.starts_with(own); });
  if (keys.empty()) keys.push_back(lane_key(voice, every_request));
  return keys;
}

Instant Engine::Desk::may_go_at(const Voice& voice, const std::vector<std::string>& names,
                                Instant now) const {
  std::vector<LaneKey> keys = lane_keys(voice, names);
  keys.push_back(lane_key(voice, every_request));
  return lanes_open_at(keys, now);
}

Instant Engine::Desk::lanes_open_at(const std::vector<LaneKey>& keys, Instant now) const {
  Instant at = now;
  if (is_on(Mutant::lanes_unlimited)) return at;
  for (const LaneKey& key : keys) at = std::max(at, lanes.opens_at(key, now));
  return at;
}

int64_t Engine::Desk::free_slots(const Voice& voice, Line line, Instant now) const {
  const auto batch = static_cast<int64_t>(policy.batch);
  if (line == Line::ask) return batch;  // questions about lost answers have their own lanes
  const channels::Traits& traits = voice.entry->channel->traits();
  int64_t slots = static_cast<int64_t>(traits.parallel) - voice.busy - voice.doubts;
  if (is_on(Mutant::lanes_unlimited)) return std::clamp<int64_t>(slots, 0, batch);
  slots = std::min(slots, lanes.slots(lane_key(voice, every_request), now));
  for (const std::string& name : traits.post_lanes)
    slots = std::min(slots, lanes.slots(lane_key(voice, name), now));
  return std::clamp<int64_t>(slots, 0, batch);
}

// Only on serial accounts: two posts must not overlap in the window in which a look-up compares texts.
void Engine::Desk::keep_lane(const InHand& item) {
  Voice* speaker = voice(item.ticket.delivery.account);
  if (!speaker || speaker->entry->channel->traits().parallel > 1) return;
  const auto [entry, fresh] = doubts.try_emplace(item.ticket.delivery.id, 0U);
  if (fresh) ++speaker->doubts;
  entry->second = item.ticket.delivery.asks;
}

void Engine::Desk::free_lane(DeliveryId delivery, Voice& voice) {
  if (doubts.erase(delivery) != 0 && voice.doubts > 0) --voice.doubts;
}

Claim Engine::Desk::claim(const Voice& voice, Line line, size_t slots) const {
  const size_t limit = line == Line::bulk ? std::max(slots, policy.ahead) : slots;
  return {voice.account.workspace, voice.account.id, line, limit, slots};
}

namespace {

// Nothing about it can have become wrong while it lies here that the store would not notice when it begins.
bool can_lie(const Ticket& ticket) {
  const Delivery& d = ticket.delivery;
  return d.state == DeliveryState::waiting && d.reason == reason::scheduled && d.wish == Wish::none &&
         !d.follows && !ticket.paused && d.late.then != LatePolicy::Then::next_slot;
}

}  // namespace

// What there is no slot for lies ready, as far as it can.
void Engine::Desk::read_ahead(Voice& voice, std::vector<Ticket>& due, const Claim& claim) const {
  if (due.size() <= claim.slots) return;
  const auto first = due.begin() + static_cast<std::ptrdiff_t>(claim.slots);
  const auto last = std::find_if_not(first, due.end(), can_lie);
  voice.ahead.assign(std::move_iterator(first), std::move_iterator(last));
  due.resize(claim.slots);
}

std::vector<Ticket> Engine::Desk::from_ahead(Voice& voice, int64_t slots, Instant now) const {
  std::vector<Ticket> due;
  for (; slots > 0 && !voice.ahead.empty() && voice.ahead.front().delivery.due <= now; --slots) {
    due.push_back(std::move(voice.ahead.front()));
    voice.ahead.pop_front();
  }
  if (due.empty()) voice.ahead.clear();  // the clock went back
  return due;
}

}  // namespace carillon::delivery

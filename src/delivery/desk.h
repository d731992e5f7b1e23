// What is on the engine's desk: the accounts it knows, the deliveries it has in hand, and the small steps all
// decisions are made of. Private to delivery/. One thread.
#pragma once

#include <deque>
#include <string>
#include <unordered_map>

#include "base/check.h"
#include "delivery/agenda.h"
#include "delivery/engine.h"
#include "delivery/lanes.h"

namespace carillon::delivery {

// An account as the engine sees it: who speaks, through which channel, and how many at a time.
struct Voice {
  Account account;
  const channels::Entry* entry = nullptr;
  uint32_t busy = 0;         // deliveries in hand
  uint32_t opening = 0;      // of these: first save not durable yet, so that the rows still look due
  bool reading = false;      // a claim of its inbox or bulk line is out: its slots are spoken for
  uint32_t doubts = 0;       // lost publishing requests that keep the serial lane
  std::deque<Ticket> ahead;  // of its bulk line: read, but there was no slot; the store still has them as due
};

// One delivery in hand, from take() until it settles or goes back to waiting.
struct InHand {
  Ticket ticket;
  EffectId effect = 0;             // of the save or request that is out
  bool intent = false;             // a save with an intent is out
  bool fresh = false;              // its first save is not durable: the row still looks due
  Wish seen = Wish::none;          // the wish of the row as the engine knows it
  channels::Send send;             // the request that is out or about to leave
  std::optional<Attempt> attempt;  // open, once its intent is durable
};

struct Engine::Desk {
  const channels::Registry& channels;
  Random& random;
  Policy policy;
  Lanes lanes;
  Agenda agenda;
  bool held = false;
  EffectId last_effect = 0;
  std::unordered_map<AccountId, Voice> voices;
  std::unordered_map<EffectId, InHand> hand;        // by the effect that is out
  std::unordered_map<DeliveryId, uint32_t> doubts;  // asks made, of those that keep a serial lane

  // --- accounts and their lanes (voices.cpp)
  Voice* voice(AccountId account);
  LaneKey lane_key(const Voice& voice, const std::string& name) const;
  std::vector<LaneKey> lane_keys(const Voice& voice, const std::vector<std::string>& names) const;
  std::vector<LaneKey> own_lanes(const Voice& voice, const std::vector<std::string>& names) const;
  // When a request that takes these lanes may go: `now`, or later.
  Instant may_go_at(const Voice& voice, const std::vector<std::string>& names, Instant now) const;
  Instant lanes_open_at(const std::vector<LaneKey>& keys, Instant now) const;
  int64_t free_slots(const Voice& voice, Line line, Instant now) const;
  void keep_lane(const InHand& item);
  void free_lane(DeliveryId delivery, Voice& voice);
  Claim claim(const Voice& voice, Line line, size_t slots) const;
  void read_ahead(Voice& voice, std::vector<Ticket>& due, const Claim& claim) const;
  std::vector<Ticket> from_ahead(Voice& voice, int64_t slots, Instant now) const;

  // --- deciding (deciding.cpp): each consumes the item and appends effects
  void take_up(Voice& voice, std::vector<Ticket> due, Instant now, Effects& out);
  void begin(InHand item, Instant now, Effects& out);
  void obey(InHand item, Instant now, Effects& out);  // a person's verdict on an uncertain one
  channels::Move step(const InHand& item, const channels::Event& event, Instant now) const;
  void act(InHand item, channels::Move move, std::optional<Attempt> close, Instant now, Effects& out);
  void send(InHand item, channels::Send send, std::optional<Attempt> close, Instant now, Effects& out);
  void answer(InHand item, const wire::Response& response, Instant now, Effects& out);
  void vanish(InHand item, const std::string& why, Attempt close, Instant now, Effects& out);
  void doubt(InHand item, Progress question_to_ask, Instant due, std::optional<Attempt> close, Instant now,
             Effects& out);
  void ask_person(InHand item, const std::string& why, std::optional<Attempt> close, Instant now,
                  Effects& out);
  void unclear(InHand item, const std::string& why, std::optional<Attempt> close, Instant now, Effects& out);
  void absent(InHand item, std::optional<Attempt> close, Instant now, Effects& out);

  // --- consequences of faults (consequences.cpp)
  void suffer(InHand item, Fault fault, std::optional<Attempt> close, Instant now, Effects& out);
  void hold_account(InHand item, Fault fault, std::optional<Attempt> close, Instant now, Effects& out);
  void throttle(InHand item, Fault fault, std::optional<Attempt> close, Instant now, Effects& out);
  void try_again(InHand item, Fault fault, std::optional<Attempt> close, Instant now, Effects& out);

  // --- saving (saving.cpp): the only places where rows change
  void wait(InHand item, std::string_view reason, Instant due, std::optional<Attempt> close, Instant now,
            Effects& out);
  void question(InHand item, std::string_view reason, Instant due, std::optional<Attempt> close, Instant now,
                Effects& out);
  void settle(InHand item, DeliveryState state, std::string_view reason, std::optional<Attempt> close,
              Instant now, Effects& out);
  void deliver(InHand item, const channels::Done& done, std::optional<Attempt> close, Instant now,
               Effects& out);
  Save& save(InHand item, DeliveryState from, std::optional<Attempt> close, Instant now, Effects& out);
  void let_go(InHand item, Instant now);  // out of hand: its slot is free
  Attempt end(InHand& item, Attempt::Outcome outcome, Instant now) const;
  void tell(Save& save, const std::string& kind, const std::string& text, Instant now);
};

// A publishing request whose acceptance cannot be taken back or repeated.
inline bool is_delicate(const channels::Send& send) {
  return send.publishes && send.repeat != channels::Repeat::safe;
}

}  // namespace carillon::delivery

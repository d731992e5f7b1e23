// The delivery engine: decides everything, does nothing. It is told what happened and the time, and answers
// with effects to carry out in order. It knows no socket, no clock, no database; waiting deliveries stay in
// the store, only what is in flight is in here. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/random.h"
#include "channels/registry.h"
#include "model/account.h"
#include "model/content.h"
#include "model/delivery.h"
#include "model/lane.h"
#include "model/people.h"
#include "model/post.h"
#include "wire/request.h"

namespace carillon::delivery {

using EffectId = uint64_t;

// One due delivery with all that is needed to decide about it, as read from the store a moment ago.
struct Ticket {
  Delivery delivery;
  std::shared_ptr<const Content> content;
  std::vector<MediaFacts> media;                    // of its part, in order
  std::string zone;                                 // of the post, if its late policy is "next slot"
  std::optional<Instant> next_slot;                 // free in its account's queue, if that policy applies
  DeliveryState before = DeliveryState::delivered;  // of the delivery it follows, if it follows one
  std::string reply_to;                             // external id of that one
  std::vector<std::string> known;  // external ids of what its account delivered lately (line ask)
  bool paused = false;             // its post is paused
  bool stopped = false;            // its campaign is stopped
  std::optional<Attempt> open;     // its open attempt, for recover() only
};

// Read at most `limit` due deliveries of one line of one account's queue. There are slots for `slots` of
// them; the others are read ahead, so that a backlog does not cost a read each.
struct Claim {
  WorkspaceId workspace;
  AccountId account;
  Line line;
  size_t limit;
  size_t slots = limit;
};

// Make durable, in one transaction. Applied only if the row still has `expected` as its open attempt and is
// unsettled; opening an attempt further requires that nothing was wished meanwhile, the post is not paused,
// the account and the installation are not held (the store checks under its lock).
struct Save {
  EffectId id = 0;
  Delivery delivery;                  // the row as it shall be
  std::optional<AttemptId> expected;  // open attempt of the row as the engine knows it
  DeliveryState from;                 // its state as the engine knows it (for the tally)
  bool followed = true;               // other parts may wait for this one
  Wish seen = Wish::none;        // the wish the row carried when it was read: one made since stays on the row
  std::optional<Attempt> close;  // the attempt that ended
  std::optional<Attempt> open;   // the intent: a request will leave once this is durable
  std::vector<LaneState> lanes;  // lanes as they are now
  std::vector<LaneKey> takes;    // lanes in which the intent takes a place
  struct HoldAccount {
    AccountId account;
    Hold hold;
    std::string text;
  };
  std::optional<HoldAccount> hold;
  std::vector<Notice> notices;
};

enum class Saved : uint8_t {
  applied,
  intent_refused,  // the attempt was closed, but the next was not opened: the row waits and is due now
  stale,           // nothing was written: the row is not what it was; forget it
};

// Let the request leave; report replied(), refused() or lost() under the same id.
struct Transmit {
  EffectId id = 0;
  AccountId account;
  DeliveryId delivery;
  wire::Request request;
};

// The account's credential was refused: one refresh, then know() the account again.
struct Refresh {
  WorkspaceId workspace;
  AccountId account;
};

using Effect = std::variant<Save, Transmit, Refresh>;
using Effects = std::vector<Effect>;

struct Policy {
  uint32_t max_tries = 8;     // counted failures before a delivery fails
  uint32_t notify_after = 3;  // counted failures before people hear of it
  Duration backoff_base = std::chrono::seconds(4);
  Duration backoff_cap = std::chrono::minutes(30);
  std::vector<Duration> confirm = {std::chrono::seconds(10), std::chrono::minutes(1), std::chrono::minutes(5),
                                   std::chrono::minutes(30), std::chrono::hours(2)};
  Duration remind = std::chrono::hours(24);  // a person is reminded of an open question
  size_t batch = 64;                         // deliveries claimed at once for one account
  size_t ahead = 16;                         // deliveries read at once, though fewer may begin
};

class Engine {
 public:
  Engine(const channels::Registry& channels, Random& random, Policy policy);
  ~Engine();

  // Knowledge that the driver loads at start and keeps fresh.
  void know(const Account& account);
  void know(const LaneState& lane);
  void hold_all(bool held);       // the installation is held: claim nothing
  // The wall clock jumped against real time. Gives the lanes as they are then: to be stored together with the clock,
  // or a restart would find a clock that did not jump and limits that did not move.
  std::vector<LaneState> clock_moved(Duration by);
  void expect(WorkspaceId workspace, AccountId account, Line line, Instant due);  // a row is due then
  // At start: attempts that were open when the process died. Their answers are lost.
  Effects recover(std::vector<Ticket> open, Instant now);

  // The loop: carry out the effects, read the claims, hand in what was found (also when it is nothing) and
  // when the next row of that line is due (none: nobody waits there).
  std::vector<Claim> claims(Instant now, Effects& out);
  Effects take(const Claim& claim, std::vector<Ticket> due, std::optional<Instant> next, Instant now);
  Effects saved(EffectId id, Saved how, Instant now);
  Effects replied(EffectId id, const wire::Response& response, Instant now);
  Effects refused(EffectId id, const std::string& why, Instant now);  // no byte was sent
  Effects unsent(EffectId id, Fault fault, Instant now);              // the same, for a reason of this house
  Effects lost(EffectId id, const std::string& why, Instant now);     // sent, perhaps; no answer

  std::optional<Instant> wake_at() const;      // when claims() may give something again
  size_t in_hand() const;                      // deliveries it holds right now
  const Account* account(AccountId id) const;  // as last known; nullptr: not known

 private:
  struct Desk;
  std::unique_ptr<Desk> desk_;
};

}  // namespace carillon::delivery

// One content, by one account, to one destination, once; and the attempts made for it. The states are the only
// ones there are: everything else people call a state is `waiting` with a due instant and a reason.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "base/fault.h"
#include "base/id.h"
#include "base/instant.h"

namespace carillon {

// Order matters: smaller than in_flight = picked up when due; greater than in_flight = settled.
enum class DeliveryState : uint8_t { waiting, uncertain, in_flight, delivered, failed, canceled, skipped };

constexpr bool is_settled(DeliveryState state) { return state > DeliveryState::in_flight; }
std::string_view to_text(DeliveryState state);
std::optional<DeliveryState> delivery_state_from(std::string_view text);

// Which line of an account's queue: questions about lost answers first, then answers to people, then the rest.
enum class Line : uint8_t { ask, inbox, bulk };

// What to do when the due time was missed by more than `within`.
struct LatePolicy {
  enum class Then : uint8_t { ask, skip, next_slot } then = Then::ask;
  Duration within = std::chrono::minutes(15);
  bool operator==(const LatePolicy&) const = default;
};

// Where a conversation with a platform stands. Small, printable, stored after every move.
struct Progress {
  std::string step = "start";
  boost::json::object facts;
  bool operator==(const Progress&) const = default;
};

// What a person asked for while the engine may be holding the row; obeyed before the next intent.
enum class Wish : uint8_t { none, cancel, is_there, is_not_there, ask_again, send_late };

struct Delivery {
  DeliveryId id;
  WorkspaceId workspace;
  PostId post;
  AccountId account;
  ContentId content;
  uint32_t part = 0;                     // which part of the content (0 = the post, n = thread part)
  std::optional<DeliveryId> follows;     // goes only after that one is delivered, as a reply to it
  DeliveryState state = DeliveryState::waiting;
  Line line = Line::bulk;
  std::string reason;                    // why it is not settled: code from delivery/reasons.h ("scheduled")
  Instant due;                           // when it is looked at next
  Instant planned;                       // the time a person gave
  LatePolicy late;
  Progress progress;
  uint32_t tries = 0;                    // counted goes at the whole thing
  uint32_t asks = 0;                     // questions asked about a lost answer
  uint32_t resends = 0;                  // sends after proven absence; at most one by itself
  Wish wish = Wish::none;
  std::optional<AttemptId> attempt;      // the open attempt, if any
  std::string external_id, url;          // what the platform calls it, once delivered
  std::optional<Fault> fault;            // last fault
  Instant settled;                       // 0 while unsettled
  bool superseded = false;               // a retry took its place; kept for the record, not counted
  uint32_t revision = 0;                 // rises when a person moves or edits it: saves made on an older one are stale
  bool operator==(const Delivery&) const = default;
};

// One request made for a delivery and what came back. Stored before a byte leaves; closed exactly once.
struct Attempt {
  enum class Outcome : uint8_t { open, accepted, refused, not_sent, unknown, read } outcome = Outcome::open;
  AttemptId id;
  DeliveryId delivery;
  WorkspaceId workspace;
  uint32_t number = 0;         // 1, 2, … within the delivery
  std::string step;            // the conversation's step that made it
  std::string summary;         // "POST https://api.x.com/2/tweets", secrets never in it
  std::string repeat;          // safe | probe | never
  bool publishes = false;      // accepted means: it is out there
  Instant opened, closed;      // closed = 0 while open
  int status = 0;              // HTTP status; 0 when none came
  std::string answer;          // first kilobyte of the answer
  std::optional<Fault> fault;  // what it meant
  std::string next;            // what the engine decided then, in words
  bool operator==(const Attempt&) const = default;
};

std::string_view to_text(Attempt::Outcome outcome);
std::optional<Attempt::Outcome> attempt_outcome_from(std::string_view text);
std::string_view to_text(Line line);
std::optional<Line> line_from(std::string_view text);
std::string_view to_text(Wish wish);
std::optional<Wish> wish_from(std::string_view text);

}  // namespace carillon

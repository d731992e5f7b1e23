// The queue of an account: wall times by weekday at which something may go out, and which of them are free.
// Refuses to know where slots and posts are kept. Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/zones.h"
#include "model/blackout.h"

namespace carillon::plan {

struct Slot {
  int weekday = 0;  // 0 is Monday
  int minute = 0;   // of the day, on the account's wall clock
  auto operator<=>(const Slot&) const = default;
};

// What an account has that was given none: weekdays at 9:00, 12:30 and 17:30.
std::vector<Slot> usual_slots();
// Sorted, each once.
std::vector<Slot> in_order(std::vector<Slot> slots);

std::string_view weekday_name(int weekday);  // "monday"
std::optional<int> weekday_from(std::string_view name);
std::string clock_text(int minute);                    // "09:30"
std::optional<int> clock_from(std::string_view text);  // "09:30"; none: not a time of day
std::string slots_text(std::span<const Slot> slots);   // "0 540,0 750", as it is stored
std::vector<Slot> slots_from(std::string_view text);

// One slot on one day. A wall time that does not exist moves forward, of one that exists twice the first is
// taken (base/zones.h); two slots that become the same instant are one.
struct Opening {
  Instant at;
  std::string local;  // the slot's wall time
  Resolved::Note note = Resolved::Note::exact;
};
// Those in [from, until), by time. The zone is known.
std::vector<Opening> openings(std::span<const Slot> slots, std::string_view zone, Instant from,
                              Instant until);

// One account's part in finding a time.
struct Queue {
  std::string zone;
  std::vector<Slot> slots;
  std::vector<Instant> taken;         // sorted
  std::vector<Blackout> closed = {};  // of this account: days that its slots skip
};
// Its slots in [from, until) on days that are open, taken or not.
std::vector<Opening> open_slots(const Queue& queue, Instant from, Instant until);
// Instants in [from, until) that are a free slot of every queue, by time.
std::vector<Instant> free_in_common(std::span<const Queue> queues, Instant from, Instant until);

// How far ahead a slot is looked for, and how close it may be.
inline constexpr Duration queue_horizon = std::chrono::hours(24 * 366);
inline constexpr Duration queue_lead = std::chrono::minutes(1);

}  // namespace carillon::plan

// When: a wall time and a zone, resolved to an instant; and the late policy's bounds. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/zones.h"
#include "model/delivery.h"

namespace carillon::plan {

struct Schedule {
  std::string local;  // as given, normalised: "2026-11-20T09:30"
  std::string zone;
  Instant at;
  Resolved::Note note = Resolved::Note::exact;
};

// Fault: invalid (no such zone, no such date, not a wall time); the field is "at.local" or "at.zone".
Result<Schedule> schedule_at(std::string_view local, std::string_view zone);
// Publishing at once, written down as the wall time it is.
Result<Schedule> schedule_now(Instant now, std::string_view zone);

// As people write it in files: a wall time with "T" or a space in the middle, or an instant with its offset.
// The same faults; the field is "at" or "zone".
Result<Schedule> schedule_written(std::string text, std::string_view zone);

// "09:30 on 2026-11-20 (Europe/Berlin)"
std::string spoken(const Schedule& schedule);
std::string spoken(Duration span);  // "3 days", "2 h", "5 minutes", "40 seconds"
std::string_view to_text(Resolved::Note note);

inline constexpr Duration longest_grace = std::chrono::hours(24 * 7);

}  // namespace carillon::plan

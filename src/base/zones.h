// Local wall time and IANA zones (Howard Hinnant's date library over the system's database).
// Gap: moved forward by the length of the gap. Overlap: the first occurrence. Both are reported. Any thread.
// Known as far as the database spells its transitions out (2037); later times keep the last known offset.
#pragma once

#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/result.h"

namespace carillon {

struct LocalTime {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
  auto operator<=>(const LocalTime&) const = default;
};

struct Resolved {
  Instant at;
  enum class Note : uint8_t { exact, gap, overlap } note = Note::exact;
};

bool is_zone(std::string_view zone);
Result<LocalTime> parse_local(std::string_view text);  // "2026-11-20T09:30" or with seconds; no offset
std::string to_text(const LocalTime& local);
// Fault: invalid (unknown zone, impossible date).
Result<Resolved> resolve(const LocalTime& local, std::string_view zone);
Result<LocalTime> localize(Instant at, std::string_view zone);

}  // namespace carillon

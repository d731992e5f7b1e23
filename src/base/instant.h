// Points in time and spans, as the whole house knows them: UTC microseconds in one integer.
// Refuses to know: what time it is now (run/clock.h), and local time (base/zones.h). Any thread.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace carillon {

using Duration = std::chrono::microseconds;
using namespace std::chrono_literals;

struct Instant {
  int64_t us = 0;  // microseconds since 1970-01-01T00:00:00Z

  static constexpr Instant from_seconds(int64_t seconds) { return {seconds * 1'000'000}; }
  static constexpr Instant from_millis(int64_t millis) { return {millis * 1'000}; }
  static constexpr Instant never() { return {INT64_MAX}; }
  constexpr int64_t seconds() const { return us / 1'000'000; }
  constexpr int64_t millis() const { return us / 1'000; }
  constexpr auto operator<=>(const Instant&) const = default;
};

constexpr Instant operator+(Instant at, Duration span) { return {at.us + span.count()}; }
constexpr Instant operator-(Instant at, Duration span) { return {at.us - span.count()}; }
constexpr Duration operator-(Instant a, Instant b) { return Duration(a.us - b.us); }

// RFC 3339 in UTC with the digits that are needed: "2026-11-20T09:30:00Z", "…09:30:00.250Z".
std::string to_text(Instant at);
// Accepts RFC 3339 with any offset. Fault: invalid, says what was seen.
Result<Instant> parse_instant(std::string_view text);

}  // namespace carillon

// Days as numbers, for walking through the calendar: wall dates only, no zone and no instant. Any thread.
#pragma once

#include <chrono>
#include <cstdint>

#include "base/zones.h"

namespace carillon {

inline std::chrono::year_month_day date_of(const LocalTime& at) {
  return std::chrono::year(at.year) / at.month / at.day;
}

// Days since 1970-01-01.
inline int64_t day_number(const LocalTime& at) {
  return std::chrono::sys_days(date_of(at)).time_since_epoch().count();
}

// That day at that minute of it.
inline LocalTime on_day(int64_t day, int minute) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          minute / 60,
          minute % 60,
          0};
}

// The same clock on another day, counted by the calendar: a day is not always 24 hours long.
inline LocalTime days_later(const LocalTime& at, int64_t days) {
  LocalTime later = on_day(day_number(at) + days, at.hour * 60 + at.minute);
  later.second = at.second;
  return later;
}

// 0 is Monday.
inline int weekday_of(int64_t day) {
  return static_cast<int>(((day + 3) % 7 + 7) % 7);
}

inline int minute_of(const LocalTime& at) {
  return at.hour * 60 + at.minute;
}

}  // namespace carillon

// Posts that repeat: a rule in the words of RFC 5545 (a part of them), and the wall times that it means. A
// day that a month does not have is left out; a wall time that a day does not have is moved where it is
// resolved (schedule.h). Refuses to know what is repeated and which occurrences are posts already. Pure, any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/zones.h"

namespace carillon::plan {

struct Rule {
  enum class Every : uint8_t { day, week, month, year } every = Every::week;
  int interval = 1;
  struct Day {
    int nth = 0;      // of the month: 1 the first, -1 the last; 0: each
    int weekday = 0;  // 0 is Monday
    auto operator<=>(const Day&) const = default;
  };
  std::vector<Day> days;           // BYDAY
  std::vector<int> month_days;     // BYMONTHDAY; -1 is the last
  std::optional<int> count;        // that many, and no more
  std::optional<LocalTime> until;  // the last moment, on the wall clock
  bool operator==(const Rule&) const = default;
};

// "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=10". Known: FREQ (DAILY, WEEKLY, MONTHLY, YEARLY), INTERVAL,
// BYDAY (with a number in months: 1MO, -1FR), BYMONTHDAY (in months), COUNT or UNTIL (a day, a wall time, or
// an instant with Z, which is read on the clock of `zone`). Fault: invalid, with what is wrong; the field is
// "rule".
Result<Rule> parse_rule(std::string_view text, std::string_view zone);
std::string to_text(const Rule& rule);

// The wall times of a rule from a first one on, by time. The first one itself is one of them only when it
// fits the rule; COUNT counts what is given.
class Occurrences {
 public:
  Occurrences(const Rule& rule, const LocalTime& start);
  std::optional<LocalTime> next();  // none: that was the last one

 private:
  void fill();  // the next period that has any
  std::vector<int64_t> days_of_period(int64_t period) const;
  std::vector<int64_t> days_of_month(int year, int month) const;
  bool fits_month(int64_t day, int length) const;

  Rule rule_;
  LocalTime start_;
  int64_t first_day_;
  int64_t period_ = 0;
  std::vector<int64_t> days_;  // of the current period, not given yet, the nearest last
  int given_ = 0;
};

}  // namespace carillon::plan

#include "plan/recurrence.h"

#include <algorithm>

#include "base/days.h"

namespace carillon::plan {

namespace {
constexpr int64_t empty_periods = 4000;  // a rule that gives nothing for so long gives nothing any more

int month_length(int year, int month) {
  const auto last =
      std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) / std::chrono::last;
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

bool has_weekday(const std::vector<Rule::Day>& days, int weekday) {
  return std::ranges::any_of(days, [&](const Rule::Day& day) { return day.weekday == weekday; });
}
}  // namespace

Occurrences::Occurrences(const Rule& rule, const LocalTime& start)
    : rule_(rule), start_(start), first_day_(day_number(start)) {}

// A day of a month by the rule's weekdays and numbers; where both are given both must fit.
bool Occurrences::fits_month(int64_t day, int length) const {
  const LocalTime date = on_day(day, 0);
  const int weekday = weekday_of(day);
  const auto by_number = [&](int wanted) { return wanted == date.day || wanted == date.day - length - 1; };
  const auto by_weekday = [&](const Rule::Day& wanted) {
    if (wanted.weekday != weekday) return false;
    const int nth = (date.day - 1) / 7 + 1, from_end = -((length - date.day) / 7 + 1);
    return wanted.nth == 0 || wanted.nth == nth || wanted.nth == from_end;
  };
  if (rule_.days.empty() && rule_.month_days.empty()) return date.day == start_.day;
  if (!rule_.days.empty() && std::ranges::none_of(rule_.days, by_weekday)) return false;
  return rule_.month_days.empty() || std::ranges::any_of(rule_.month_days, by_number);
}

std::vector<int64_t> Occurrences::days_of_month(int year, int month) const {
  std::vector<int64_t> days;
  const int length = month_length(year, month);
  const int64_t first = day_number({year, month, 1});
  for (int64_t day = first; day < first + length; ++day) {
    if (fits_month(day, length)) days.push_back(day);
  }
  return days;
}

std::vector<int64_t> Occurrences::days_of_period(int64_t period) const {
  std::vector<int64_t> days;
  switch (rule_.every) {
    case Rule::Every::day: {
      const int64_t day = first_day_ + period;
      if (rule_.days.empty() || has_weekday(rule_.days, weekday_of(day))) days.push_back(day);
      break;
    }
    case Rule::Every::week: {
      const int64_t monday = first_day_ - weekday_of(first_day_) + period * 7;
      for (int weekday = 0; weekday < 7; ++weekday) {
        const bool wanted =
            rule_.days.empty() ? weekday == weekday_of(first_day_) : has_weekday(rule_.days, weekday);
        if (wanted) days.push_back(monday + weekday);
      }
      break;
    }
    case Rule::Every::month: {
      const int64_t month = start_.year * int64_t{12} + start_.month - 1 + period;
      return days_of_month(static_cast<int>(month / 12), static_cast<int>(month % 12) + 1);
    }
    case Rule::Every::year: {
      const int year = static_cast<int>(start_.year + period);
      if (start_.day <= month_length(year, start_.month))
        days.push_back(day_number({year, start_.month, start_.day}));
      break;
    }
  }
  return days;
}

void Occurrences::fill() {
  for (int64_t tried = 0; days_.empty() && tried < empty_periods; ++tried) {
    days_ = days_of_period(period_);
    std::erase_if(days_, [&](int64_t day) { return day < first_day_; });
    std::ranges::reverse(days_);
    period_ += rule_.interval;
  }
}

std::optional<LocalTime> Occurrences::next() {
  if (rule_.count && given_ >= *rule_.count) return std::nullopt;
  if (days_.empty()) fill();
  if (days_.empty()) return std::nullopt;
  LocalTime at = on_day(days_.back(), 0);
  days_.pop_back();
  at.hour = start_.hour, at.minute = start_.minute, at.second = start_.second;
  if (rule_.until && at > *rule_.until) {
    rule_.count = given_;  // that was the last one, whatever is asked from now on
    return std::nullopt;
  }
  ++given_;
  return at;
}

}  // namespace carillon::plan

#include "plan/recurrence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "base/days.h"
#include "base/random.h"

namespace carillon::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* berlin = "Europe/Berlin";

Rule rule(std::string_view text) {
  return parse_rule(text, berlin).value();
}

std::vector<std::string> first(size_t most, std::string_view text, const char* start) {
  Occurrences occurrences(rule(text), parse_local(start).value());
  std::vector<std::string> all;
  while (all.size() < most) {
    const auto at = occurrences.next();
    if (!at) break;
    all.push_back(to_text(*at));
  }
  return all;
}

TEST(Recurrence, RepeatsEveryFewDaysWeeksMonthsAndYears) {
  EXPECT_THAT(first(3, "FREQ=DAILY;INTERVAL=10", "2026-12-25T09:00"),
              ElementsAre("2026-12-25T09:00", "2027-01-04T09:00", "2027-01-14T09:00"));
  EXPECT_THAT(first(4, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "2026-11-18T09:00"),
              ElementsAre("2026-11-20T09:00", "2026-11-30T09:00", "2026-12-04T09:00", "2026-12-14T09:00"));
  EXPECT_THAT(first(3, "FREQ=WEEKLY", "2026-11-18T09:00"),
              ElementsAre("2026-11-18T09:00", "2026-11-25T09:00", "2026-12-02T09:00"));
  EXPECT_THAT(first(2, "FREQ=YEARLY", "2026-11-18T09:00"),
              ElementsAre("2026-11-18T09:00", "2027-11-18T09:00"));
}

TEST(Recurrence, LeavesOutDaysThatAMonthOrYearDoesNotHave) {
  EXPECT_THAT(first(3, "FREQ=MONTHLY", "2026-12-31T09:00"),
              ElementsAre("2026-12-31T09:00", "2027-01-31T09:00", "2027-03-31T09:00"));
  EXPECT_THAT(first(3, "FREQ=YEARLY", "2028-02-29T09:00"),
              ElementsAre("2028-02-29T09:00", "2032-02-29T09:00", "2036-02-29T09:00"));
  EXPECT_THAT(first(3, "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-12-01T09:00"),
              ElementsAre("2026-12-31T09:00", "2027-01-31T09:00", "2027-02-28T09:00"));
}

TEST(Recurrence, KnowsTheFirstSecondAndLastWeekdayOfAMonth) {
  EXPECT_THAT(first(3, "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-01T09:00"),
              ElementsAre("2026-11-27T09:00", "2026-12-25T09:00", "2027-01-29T09:00"));
  EXPECT_THAT(first(3, "FREQ=MONTHLY;BYDAY=1MO,2TU", "2026-11-01T09:00"),
              ElementsAre("2026-11-02T09:00", "2026-11-10T09:00", "2026-12-07T09:00"));
  EXPECT_THAT(first(2, "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2026-01-01T09:00"),
              ElementsAre("2026-02-13T09:00", "2026-03-13T09:00"));
}

TEST(Recurrence, EndsByCountOrByADay) {
  EXPECT_EQ(first(99, "FREQ=DAILY;COUNT=5", "2026-11-18T09:00").size(), 5U);
  EXPECT_THAT(first(99, "FREQ=DAILY;UNTIL=20261119", "2026-11-18T09:00"),
              ElementsAre("2026-11-18T09:00", "2026-11-19T09:00"));
  EXPECT_THAT(first(99, "FREQ=DAILY;UNTIL=20261119T085959", "2026-11-18T09:00"),
              ElementsAre("2026-11-18T09:00"));
  EXPECT_THAT(first(99, "FREQ=DAILY;UNTIL=20261119T080000Z", "2026-11-18T09:00"),
              ElementsAre("2026-11-18T09:00", "2026-11-19T09:00"));  // 9:00 in Berlin
  EXPECT_THAT(first(9, "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30", "2026-02-01T09:00"), IsEmpty());
}

TEST(Recurrence, KeepsItsWallTimeWhenTheClocksChange) {
  Occurrences occurrences(rule("FREQ=DAILY"), parse_local("2026-03-28T02:30").value());
  std::vector<std::string> instants;
  for (int i = 0; i < 3; ++i) instants.push_back(to_text(resolve(*occurrences.next(), berlin)->at));
  EXPECT_THAT(instants, ElementsAre("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"));
}

TEST(Rules, AreReadAndWrittenBack) {
  for (const char* text :
       {"FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "FREQ=MONTHLY;BYDAY=-1FR,1MO",
        "FREQ=YEARLY;COUNT=3", "FREQ=MONTHLY;BYMONTHDAY=-1,15", "FREQ=DAILY;UNTIL=20261231T235959"}) {
    EXPECT_EQ(to_text(rule(text)), text);
  }
  EXPECT_EQ(rule("RRULE:FREQ=WEEKLY;WKST=MO;BYDAY=WE,MO,MO"), rule("FREQ=WEEKLY;BYDAY=MO,WE"));
}

TEST(Rules, ThatAreNotUnderstoodAreRefusedInWords) {
  for (const char* text :
       {"", "FREQ", "FREQ=HOURLY", "INTERVAL=2", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=1001",
        "FREQ=DAILY;COUNT=2;UNTIL=20261231", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;BYDAY=6MO", "FREQ=WEEKLY;BYMONTHDAY=1", "FREQ=YEARLY;BYDAY=MO",
        "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=DAILY;BYHOUR=9", "FREQ=DAILY;UNTIL=20260231",
        "FREQ=DAILY;UNTIL=tomorrow", "FREQ=DAILY;FREQ=WEEKLY", "FREQ=WEEKLY;WKST=SU"}) {
    const auto read = parse_rule(text, berlin);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().field, "rule") << text;
    EXPECT_FALSE(read.error().text.empty() || read.error().remedy.empty()) << text;
  }
}

// The same by looking at every single day and asking whether the rule means it.
bool is_meant(const Rule& rule, const LocalTime& start, int64_t day) {
  const LocalTime date = on_day(day, 0);
  const int64_t since = day - day_number(start);
  if (since < 0) return false;
  const int weekday = weekday_of(day);
  int length = 31;
  while (day_number({date.year, date.month, 1}) + length >
         day_number({date.year + date.month / 12, date.month % 12 + 1, 1}))
    --length;
  const auto on_weekday = [&] {
    return std::ranges::any_of(rule.days, [&](const Rule::Day& d) {
      if (d.weekday != weekday) return false;
      if (d.nth == 0) return true;
      int before = 0, after = 0;  // the same weekday in this month, up to here and from here on
      for (int n = date.day; n >= 1; n -= 7) ++before;
      for (int n = date.day; n <= length; n += 7) ++after;
      return d.nth > 0 ? before == d.nth : after == -d.nth;
    });
  };
  switch (rule.every) {
    case Rule::Every::day: return since % rule.interval == 0 && (rule.days.empty() || on_weekday());
    case Rule::Every::week: {
      const int64_t weeks = ((day - weekday) - (day_number(start) - weekday_of(day_number(start)))) / 7;
      const bool right_day = rule.days.empty() ? weekday == weekday_of(day_number(start)) : on_weekday();
      return weeks % rule.interval == 0 && right_day;
    }
    case Rule::Every::month: {
      const int months = (date.year - start.year) * 12 + date.month - start.month;
      if (months % rule.interval != 0) return false;
      if (rule.days.empty() && rule.month_days.empty()) return date.day == start.day;
      const auto on_number = [&](int n) { return n > 0 ? n == date.day : length + 1 + n == date.day; };
      return (rule.days.empty() || on_weekday()) &&
             (rule.month_days.empty() || std::ranges::any_of(rule.month_days, on_number));
    }
    case Rule::Every::year:
      return (date.year - start.year) % rule.interval == 0 && date.month == start.month &&
             date.day == start.day;
  }
  return false;
}

Rule any_rule(SeededRandom& dice) {
  Rule rule;
  const auto roll = [&](int most) { return static_cast<int>(dice.next() % static_cast<uint64_t>(most)); };
  rule.every = static_cast<Rule::Every>(roll(4));
  rule.interval = 1 + roll(4);
  const bool months = rule.every == Rule::Every::month;
  if (rule.every != Rule::Every::year && roll(2) == 0) {
    for (int n = 1 + roll(3); n > 0; --n) {
      constexpr std::array<int, 7> nths = {0, 1, 2, 4, 5, -1, -2};
      rule.days.push_back({months ? nths[static_cast<size_t>(roll(7))] : 0, roll(7)});
    }
  }
  if (months && roll(2) == 0) {
    for (int n = 1 + roll(3); n > 0; --n)
      rule.month_days.push_back(roll(2) == 0 ? 1 + roll(31) : -1 - roll(31));
  }
  if (roll(3) == 0) rule.count = 1 + roll(20);
  return rule;
}

TEST(Recurrence, IsWhatLookingAtEveryDayFinds) {
  SeededRandom dice(20261120);
  for (int world = 0; world < 1500; ++world) {
    const int64_t begin = day_number({2024, 1, 1}) + static_cast<int64_t>(dice.next() % 1500);
    const LocalTime start = on_day(begin, 570);
    Rule rule = any_rule(dice);
    if (!rule.count && dice.next() % 3 == 0)
      rule.until = on_day(begin + static_cast<int64_t>(dice.next() % 500), 570);
    std::vector<std::string> wanted, found;
    for (int64_t day = begin; day < begin + 1000; ++day) {
      if (rule.count && wanted.size() == static_cast<size_t>(*rule.count)) break;
      if (rule.until && on_day(day, 570) > *rule.until) break;
      if (is_meant(rule, start, day)) wanted.push_back(to_text(on_day(day, 570)));
    }
    Occurrences occurrences(rule, start);
    for (auto at = occurrences.next(); at && day_number(*at) < begin + 1000; at = occurrences.next())
      found.push_back(to_text(*at));
    ASSERT_EQ(found, wanted) << to_text(rule) << " from " << to_text(start);
  }
}

}  // namespace
}  // namespace carillon::plan

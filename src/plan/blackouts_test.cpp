#include "plan/blackouts.h"

#include <gmock/gmock.h>

#include "plan/slots.h"

namespace carillon::plan {
namespace {

Blackout days(std::string first, std::string last, bool yearly = false) {
  Blackout blackout;
  blackout.first = std::move(first);
  blackout.last = std::move(last);
  blackout.yearly = yearly;
  return blackout;
}

bool closed(const Blackout& blackout, std::string_view day) {
  return is_closed(blackout, day_from(day).value());
}

TEST(Blackouts, CloseTheirFirstAndLastDay) {
  const Blackout christmas = days("2026-12-24", "2026-12-26");
  EXPECT_FALSE(closed(christmas, "2026-12-23"));
  EXPECT_TRUE(closed(christmas, "2026-12-24"));
  EXPECT_TRUE(closed(christmas, "2026-12-26"));
  EXPECT_FALSE(closed(christmas, "2026-12-27"));
  EXPECT_FALSE(closed(christmas, "2027-12-24"));
}

TEST(Blackouts, ComeBackEveryYearFromTheFirstOn) {
  const Blackout turn = days("2026-12-24", "2027-01-02", true);
  EXPECT_TRUE(closed(turn, "2026-12-31"));
  EXPECT_TRUE(closed(turn, "2027-01-02"));
  EXPECT_TRUE(closed(turn, "2029-12-25"));
  EXPECT_TRUE(closed(turn, "2030-01-01"));
  EXPECT_FALSE(closed(turn, "2030-01-03"));
  EXPECT_FALSE(closed(turn, "2025-12-25"));
  EXPECT_FALSE(closed(turn, "2026-01-01"));
}

TEST(Blackouts, OfALeapDayAreTheLastOfFebruaryInOtherYears) {
  const Blackout leap = days("2028-02-29", "2028-02-29", true);
  EXPECT_TRUE(closed(leap, "2028-02-29"));
  EXPECT_TRUE(closed(leap, "2029-02-28"));
  EXPECT_FALSE(closed(leap, "2029-03-01"));
}

TEST(Blackouts, AreJudgedOnTheWallClock) {
  const std::vector<Blackout> all = {days("2026-11-21", "2026-11-21")};
  const Instant late = Instant::from_seconds(1'795'217'400);  // 2026-11-20 23:30 UTC
  EXPECT_EQ(blackout_at(all, AccountId{}, late, "UTC"), nullptr);
  EXPECT_NE(blackout_at(all, AccountId{}, late, "Europe/Berlin"), nullptr);
}

TEST(Blackouts, OfOneAccountLeaveTheOthersAlone) {
  const AccountId one{{1}}, other{{2}};
  std::vector<Blackout> all = {days("2026-11-21", "2026-11-21")};
  all.front().account = one;
  const int64_t day = day_from("2026-11-21").value();
  EXPECT_NE(blackout_on(all, one, day), nullptr);
  EXPECT_EQ(blackout_on(all, other, day), nullptr);
  EXPECT_TRUE(of_account(all, other).empty());
}

TEST(Blackouts, AreSpoken) {
  Blackout christmas = days("2026-12-24", "2026-12-26");
  EXPECT_EQ(spoken(christmas), "24 December 2026 to 26 December 2026");
  christmas.yearly = true;
  christmas.reason = "Christmas";
  EXPECT_EQ(spoken(christmas), "24 December to 26 December of every year (Christmas)");
}

TEST(Blackouts, ThereIsNoThirtyFirstOfNovember) {
  EXPECT_EQ(day_from("2026-11-31"), std::nullopt);
  EXPECT_EQ(day_from("tomorrow"), std::nullopt);
  EXPECT_EQ(day_text(day_from("2026-11-30").value()), "2026-11-30");
}

TEST(Slots, OfClosedDaysAreSkipped) {
  Queue queue{"UTC", {}, {}};
  for (int weekday = 0; weekday < 7; ++weekday) queue.slots.push_back({weekday, 9 * 60});
  const Instant from = Instant::from_seconds(1'795'132'800);  // 2026-11-20 00:00 UTC
  const Instant until = from + std::chrono::hours(24 * 4);
  EXPECT_EQ(free_in_common({&queue, 1}, from, until).size(), 4U);
  queue.closed = {days("2026-11-21", "2026-11-22")};
  const auto free = free_in_common({&queue, 1}, from, until);
  EXPECT_THAT(free,
              testing::ElementsAre(from + std::chrono::hours(9), from + std::chrono::hours(24 * 3 + 9)));
}

}  // namespace
}  // namespace carillon::plan

#include "plan/schedule.h"

#include <gtest/gtest.h>

namespace carillon::plan {
namespace {

using namespace std::chrono_literals;

TEST(Schedule, ResolvesWallTimeInItsZone) {
  const auto winter = schedule_at("2026-11-20T09:30", "Europe/Berlin");
  ASSERT_TRUE(winter);
  EXPECT_EQ(carillon::to_text(winter->at), "2026-11-20T08:30:00Z");
  EXPECT_EQ(winter->note, Resolved::Note::exact);
  EXPECT_EQ(carillon::to_text(schedule_at("2026-07-20T09:30", "Europe/Berlin")->at), "2026-07-20T07:30:00Z");
}

TEST(Schedule, MovesAGapForwardAndTakesTheFirstOfAnOverlap) {
  const auto gap = schedule_at("2027-03-28T02:30", "Europe/Berlin");
  EXPECT_EQ(carillon::to_text(gap->at), "2027-03-28T01:30:00Z");
  EXPECT_EQ(to_text(gap->note), "gap");
  const auto overlap = schedule_at("2026-10-25T02:30", "Europe/Berlin");
  EXPECT_EQ(carillon::to_text(overlap->at), "2026-10-25T00:30:00Z");
  EXPECT_EQ(to_text(overlap->note), "overlap");
}

TEST(Schedule, RefusesWhatIsNoTimeAndNoZone) {
  EXPECT_EQ(schedule_at("2026-11-20T09:30", "Mars/Olympus").error().field, "at.zone");
  EXPECT_EQ(schedule_at("tomorrow", "UTC").error().field, "at.local");
  EXPECT_EQ(schedule_at("2026-02-30T09:30", "UTC").error().field, "at.local");
  EXPECT_EQ(schedule_at("2026-11-20T09:30Z", "UTC").error().field, "at.local");
}

TEST(Schedule, WritesNowDownAsAWallTime) {
  const auto now = schedule_now(Instant::from_seconds(1'795'000'000), "Europe/Berlin");
  ASSERT_TRUE(now);
  EXPECT_EQ(now->at, Instant::from_seconds(1'795'000'000));
  EXPECT_EQ(now->zone, "Europe/Berlin");
}

TEST(Schedule, SpeaksOfSpansAsPeopleDo) {
  EXPECT_EQ(spoken(Duration(1s)), "1 second");
  EXPECT_EQ(spoken(Duration(90s)), "1 minute");
  EXPECT_EQ(spoken(Duration(5min)), "5 minutes");
  EXPECT_EQ(spoken(Duration(3h)), "3 hours");
  EXPECT_EQ(spoken(Duration(72h)), "3 days");
  EXPECT_EQ(spoken(Schedule{"2026-11-20T09:30", "UTC", {}}), "09:30 on 20 November 2026 (UTC)");
}

}  // namespace
}  // namespace carillon::plan

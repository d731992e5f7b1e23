#include "plan/slots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/days.h"
#include "plan/best_time.h"

namespace carillon::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* berlin = "Europe/Berlin";

Instant at(const char* text) {
  return parse_instant(text).value();
}

std::vector<std::string> texts(const std::vector<Opening>& openings) {
  std::vector<std::string> all;
  for (const Opening& opening : openings) all.push_back(opening.local + " = " + to_text(opening.at));
  return all;
}

std::vector<std::string> texts(const std::vector<Instant>& times) {
  std::vector<std::string> all;
  for (const Instant time : times) all.push_back(to_text(time));
  return all;
}

TEST(Days, CountFromTheEpochAndKnowTheirWeekday) {
  EXPECT_EQ(day_number({1970, 1, 1}), 0);
  EXPECT_EQ(weekday_of(0), 3);  // a Thursday
  EXPECT_EQ(weekday_of(day_number({2026, 11, 20})), 4);
  EXPECT_EQ(weekday_of(day_number({1969, 12, 29})), 0);
  EXPECT_EQ(to_text(on_day(day_number({2028, 2, 28}) + 1, 605)), "2028-02-29T10:05");
}

TEST(Slots, KeepTheirWallTimeOverTheChangeOfClocks) {
  const std::vector<Slot> sundays = {{6, 540}};
  EXPECT_THAT(
      texts(openings(sundays, berlin, at("2026-10-18T00:00:00Z"), at("2026-11-02T00:00:00Z"))),
      ElementsAre("2026-10-18T09:00 = 2026-10-18T07:00:00Z", "2026-10-25T09:00 = 2026-10-25T08:00:00Z",
                  "2026-11-01T09:00 = 2026-11-01T08:00:00Z"));
}

TEST(Slots, InTheGapMoveForwardAndMeetTheOneThatIsThereAsOne) {
  const std::vector<Slot> night = {{6, 150}, {6, 210}};  // 02:30 does not exist on 2026-03-29, 03:30 does
  const auto found = openings(night, berlin, at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z"));
  EXPECT_THAT(texts(found), ElementsAre("2026-03-29T03:30 = 2026-03-29T01:30:00Z"));
  const auto alone =
      openings(std::vector<Slot>{{6, 150}}, berlin, at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z"));
  ASSERT_EQ(alone.size(), 1U);
  EXPECT_EQ(alone[0].note, Resolved::Note::gap);
}

TEST(Slots, ThatExistTwiceAreTakenOnceTheFirstTime) {
  const auto found =
      openings(std::vector<Slot>{{6, 150}}, berlin, at("2026-10-24T12:00:00Z"), at("2026-10-25T12:00:00Z"));
  EXPECT_THAT(texts(found), ElementsAre("2026-10-25T02:30 = 2026-10-25T00:30:00Z"));
  EXPECT_EQ(found[0].note, Resolved::Note::overlap);
}

TEST(Slots, AreFoundAtTheEdgesOfTheSpanWhateverTheZone) {
  const std::vector<Slot> monday = {{0, 0}};
  for (const char* zone : {"Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"}) {
    const auto all = openings(monday, zone, at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z"));
    ASSERT_FALSE(all.empty()) << zone;
    const Instant first = all.front().at;
    EXPECT_EQ(openings(monday, zone, first, first + 1us).size(), 1U) << zone;
    EXPECT_THAT(texts(openings(monday, zone, first + 1us, first + 24h)), IsEmpty()) << zone;
  }
}

TEST(Slots, AreStoredAndReadBack) {
  const auto slots = in_order({{6, 1439}, {0, 540}, {0, 540}});
  EXPECT_EQ(slots_text(slots), "0 540,6 1439");
  EXPECT_EQ(slots_from(slots_text(slots)), slots);
  EXPECT_THAT(slots_from(""), IsEmpty());
}

TEST(Slots, ReadTimesOfDayAndNothingElse) {
  EXPECT_EQ(clock_from("09:30"), 570);
  EXPECT_EQ(clock_from("00:00"), 0);
  EXPECT_EQ(clock_text(1439), "23:59");
  for (const char* wrong : {"24:00", "9:30", "09:60", "0930", "09:30 ", "", "-1:30"})
    EXPECT_FALSE(clock_from(wrong)) << wrong;
  for (int day = 0; day < 7; ++day) EXPECT_EQ(weekday_from(weekday_name(day)), day);
  EXPECT_FALSE(weekday_from("Monday"));
}

TEST(FreeSlots, AreThoseThatEveryQueueHasAndNobodyTook) {
  const std::vector<Queue> queues = {
      {berlin, {{0, 540}, {1, 540}, {2, 540}}, {at("2026-11-23T08:00:00Z")}},
      {"UTC", {{0, 480}, {1, 480}, {2, 481}}, {}},
  };
  EXPECT_THAT(texts(free_in_common(queues, at("2026-11-23T00:00:00Z"), at("2026-11-30T00:00:00Z"))),
              ElementsAre("2026-11-24T08:00:00Z"));
  EXPECT_THAT(free_in_common({}, at("2026-11-23T00:00:00Z"), at("2026-11-30T00:00:00Z")), IsEmpty());
}

TEST(BestTime, WithoutPostsOfTheirOwnIsAUsualHour) {
  const Week week = learned_week({}, berlin);
  EXPECT_EQ(week.posts, 0U);
  const std::vector<Instant> times = {at("2026-11-24T02:00:00Z"), at("2026-11-24T09:00:00Z"),
                                      at("2026-11-25T09:00:00Z")};
  EXPECT_EQ(best_of(times, berlin, week), times[1]);  // the earliest of equals, not at night
  EXPECT_THAT(basis_text(week), testing::HasSubstr("usual good hours"));
  EXPECT_FALSE(best_of({}, berlin, week));
}

TEST(BestTime, LearnsFromWhenTheyPublishedOnTheirOwnClock) {
  std::vector<Instant> published;  // Saturdays at 20:00 in Berlin, summer and winter
  for (int week = 0; week < 40; ++week) {
    LocalTime wall = on_day(day_number({2026, 2, 7}) + week * 7, 20 * 60);
    published.push_back(resolve(wall, berlin)->at);
  }
  const Week week = learned_week(published, berlin);
  EXPECT_EQ(week.posts, 40U);
  const std::vector<Instant> times = {at("2026-11-24T09:00:00Z"), at("2026-11-28T19:00:00Z")};
  EXPECT_EQ(best_of(times, berlin, week), times[1]);
  EXPECT_THAT(basis_text(week), testing::HasSubstr("40 posts"));
}

TEST(BestTime, AHandfulOfPostsSaysNothing) {
  const std::vector<Instant> few(own_posts_needed - 1, at("2026-11-21T02:00:00Z"));
  EXPECT_EQ(learned_week(few, "UTC").score, usual_week().score);
}

}  // namespace
}  // namespace carillon::plan

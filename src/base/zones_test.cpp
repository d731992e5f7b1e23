#include "base/zones.h"

#include <date/tz.h>
#include <gtest/gtest.h>

#include "base/random.h"

namespace carillon {
namespace {

using Note = Resolved::Note;

struct Example {
  const char* zone;
  const char* local;
  const char* utc;
  Note note;
};

TEST(Zones, ResolveTheOrdinaryTheMissingAndTheDoubledHour) {
  const Example examples[] = {
      {"UTC", "2026-11-20T09:30", "2026-11-20T09:30:00Z", Note::exact},
      {"Europe/Berlin", "2026-11-20T09:30", "2026-11-20T08:30:00Z", Note::exact},
      {"Europe/Berlin", "2026-07-01T09:30:15", "2026-07-01T07:30:15Z", Note::exact},
      {"Europe/Berlin", "2026-03-29T01:59:59", "2026-03-29T00:59:59Z", Note::exact},
      {"Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00:00Z", Note::gap},
      {"Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30:00Z", Note::gap},
      {"Europe/Berlin", "2026-03-29T02:59:59", "2026-03-29T01:59:59Z", Note::gap},
      {"Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00:00Z", Note::exact},
      {"Europe/Berlin", "2026-10-25T01:59:59", "2026-10-24T23:59:59Z", Note::exact},
      {"Europe/Berlin", "2026-10-25T02:00", "2026-10-25T00:00:00Z", Note::overlap},
      {"Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00Z", Note::overlap},
      {"Europe/Berlin", "2026-10-25T02:59:59", "2026-10-25T00:59:59Z", Note::overlap},
      {"Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00:00Z", Note::exact},
      {"America/New_York", "2027-03-14T02:30", "2027-03-14T07:30:00Z", Note::gap},
      {"America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00Z", Note::overlap},
      {"America/New_York", "2026-11-01T02:00", "2026-11-01T07:00:00Z", Note::exact},
      // Half an hour only.
      {"Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45:00Z", Note::gap},
      {"Australia/Lord_Howe", "2026-10-04T02:30", "2026-10-03T15:30:00Z", Note::exact},
      {"Australia/Lord_Howe", "2027-04-04T01:45", "2027-04-03T14:45:00Z", Note::overlap},
      {"Australia/Lord_Howe", "2027-04-04T01:29:59", "2027-04-03T14:29:59Z", Note::exact},
      // A whole day that never was.
      {"Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00:00Z", Note::gap},
      {"Asia/Kathmandu", "2026-11-20T09:30", "2026-11-20T03:45:00Z", Note::exact},
  };
  for (const Example& example : examples) {
    const auto local = parse_local(example.local);
    ASSERT_TRUE(local) << example.local;
    const auto resolved = resolve(*local, example.zone);
    ASSERT_TRUE(resolved) << resolved.error().text;
    EXPECT_EQ(to_text(resolved->at), example.utc) << example.zone << " " << example.local;
    EXPECT_EQ(resolved->note, example.note) << example.zone << " " << example.local;
  }
}

TEST(Zones, GapMovesForwardByItsOwnLength) {
  const auto clock_after = [](const char* local, const char* zone) {
    return to_text(*localize(resolve(*parse_local(local), zone)->at, zone));
  };
  EXPECT_EQ(clock_after("2026-03-29T02:30", "Europe/Berlin"), "2026-03-29T03:30");
  EXPECT_EQ(clock_after("2027-03-14T02:00", "America/New_York"), "2027-03-14T03:00");
  EXPECT_EQ(clock_after("2026-10-04T02:15", "Australia/Lord_Howe"), "2026-10-04T02:45");
  EXPECT_EQ(clock_after("2011-12-30T12:00", "Pacific/Apia"), "2011-12-31T12:00");
}

TEST(Zones, KnowNamesAndNothingElse) {
  for (const char* zone :
       {"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+3", "US/Eastern"}) {
    EXPECT_TRUE(is_zone(zone)) << zone;
  }
  for (const char* zone :
       {"", "Europe", "europe/berlin", "Europe/Berlin ", "Mars/Olympus", "localtime", "right/UTC",
        "posix/UTC", "posixrules", "../../etc/passwd", "/usr/share/zoneinfo/UTC", "CEST", "+01:00"}) {
    EXPECT_FALSE(is_zone(zone)) << zone;
  }
}

TEST(Zones, UnknownZoneIsRefusedByName) {
  const auto resolved = resolve(LocalTime{}, "Mars/Olympus");
  ASSERT_FALSE(resolved);
  EXPECT_EQ(resolved.error().kind, FaultKind::invalid);
  EXPECT_EQ(resolved.error().code, "unknown_zone");
  EXPECT_NE(resolved.error().text.find("Mars/Olympus"), std::string::npos);
  EXPECT_EQ(localize(Instant{0}, "").error().code, "unknown_zone");
}

TEST(Zones, LocalTimeIsReadAndWritten) {
  EXPECT_EQ(parse_local("2026-11-20T09:30"), (LocalTime{2026, 11, 20, 9, 30, 0}));
  EXPECT_EQ(parse_local("2026-11-20T09:30:05"), (LocalTime{2026, 11, 20, 9, 30, 5}));
  EXPECT_EQ(parse_local("2024-02-29t00:00"), (LocalTime{2024, 2, 29, 0, 0, 0}));
  EXPECT_EQ(to_text(LocalTime{2026, 1, 2, 3, 4, 0}), "2026-01-02T03:04");
  EXPECT_EQ(to_text(LocalTime{2026, 1, 2, 3, 4, 5}), "2026-01-02T03:04:05");
}

TEST(Zones, ImpossibleLocalTimesAreRefused) {
  for (const char* text : {"", "2026-11-20", "2026-11-20T09", "2026-11-20 09:30", "2026-11-20T09:30Z",
                           "2026-11-20T09:30+01:00", "2026-11-20T09:30:00.5", "2026-11-20T09:30:",
                           "2026-11-20T24:00", "2026-11-20T09:60", "2026-11-20T09:30:60", "2025-02-29T09:30",
                           "2026-04-31T09:30", "2026-13-01T09:30", "2026-00-10T09:30", "0000-01-01T00:00"}) {
    const auto local = parse_local(text);
    ASSERT_FALSE(local) << text;
    EXPECT_EQ(local.error().code, "bad_time");
  }
  EXPECT_EQ(resolve(LocalTime{2026, 2, 30, 0, 0, 0}, "UTC").error().code, "bad_time");
  EXPECT_EQ(resolve(LocalTime{2026, -1, 300, 0, 0, 0}, "UTC").error().code, "bad_time");
  EXPECT_EQ(resolve(LocalTime{2026, 1, 1, 24, 0, 0}, "UTC").error().code, "bad_time");
}

TEST(Zones, LocalizeDropsTheFractionTowardsThePast) {
  EXPECT_EQ(to_text(*localize(Instant{-1}, "UTC")), "1969-12-31T23:59:59");
  EXPECT_EQ(to_text(*localize(Instant{999'999}, "UTC")), "1970-01-01T00:00");
}

Instant instant_of(date::sys_seconds at) {
  return Instant::from_seconds(at.time_since_epoch().count());
}

// Wall times around one jump of the clock, checked against the offsets before and after it.
void check_jump(const std::string& zone, Instant jump, Duration before, Duration after) {
  const Duration length = after - before;
  for (const Duration inside : {Duration(0), length / 2, length > 0s ? length - 1s : length + 1s}) {
    // Seen as UTC, so that arithmetic on the wall clock is arithmetic on instants.
    const Instant wall = length > 0s ? jump + before + inside
                                     : jump + before + inside - (inside == 0s ? Duration(1s) : Duration(0));
    const auto local = localize(wall, "UTC");
    const auto resolved = resolve(*local, zone);
    ASSERT_TRUE(resolved) << zone;
    EXPECT_EQ(resolved->note, length > 0s ? Note::gap : Note::overlap) << zone << " " << to_text(*local);
    EXPECT_EQ(resolved->at, wall - before) << zone << " " << to_text(*local);
    EXPECT_EQ(localize(resolved->at, zone), localize(length > 0s ? wall + length : wall, "UTC")) << zone;
  }
}

TEST(Zones, EveryJumpOfEveryZoneUntil2037FollowsTheRule) {
  using namespace date::literals;
  int jumps = 0;
  for (const date::time_zone& zone : date::get_tzdb().zones) {
    if (zone.name() == "localtime") continue;
    date::sys_info now = zone.get_info(date::sys_days(2020_y / 1 / 1));
    while (now.end < date::sys_days(2037_y / 12 / 1)) {
      const date::sys_info next = zone.get_info(now.end);
      if (next.offset != now.offset) {
        check_jump(std::string(zone.name()), instant_of(now.end), now.offset, next.offset);
        ++jumps;
      }
      now = next;
    }
  }
  EXPECT_GT(jumps, 3000);
}

TEST(Zones, WhatLocalizeSaysResolveUnderstands) {
  SeededRandom random(8);
  for (const char* zone :
       {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Gaza"}) {
    for (int i = 0; i < 2000; ++i) {
      const Instant at =
          Instant::from_seconds(1'577'836'800 + static_cast<int64_t>(random.below(560'000'000)));
      const auto back = resolve(*localize(at, zone), zone);
      ASSERT_TRUE(back);
      if (back->note == Note::exact)
        EXPECT_EQ(back->at, at);
      else
        EXPECT_TRUE(back->note == Note::overlap && back->at <= at) << zone << " " << to_text(at);
    }
  }
}

}  // namespace
}  // namespace carillon

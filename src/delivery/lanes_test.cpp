#include "delivery/lanes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "delivery/agenda.h"
#include "delivery/backoff.h"

namespace carillon::delivery {
namespace {

const Instant start = Instant::from_seconds(1'800'000'000);

// The most that was taken in any window of that length (R1): counted by the definition, window by window.
size_t worst_window(const std::vector<Instant>& taken, Duration window) {
  size_t worst = 0;
  for (size_t i = 0, j = 0; i < taken.size(); ++i) {
    while (taken[i] - taken[j] >= window) ++j;
    worst = std::max(worst, i - j + 1);
  }
  return worst;
}

TEST(Lanes, NoWindowHoldsMoreThanTheLimit) {
  SeededRandom dice(11);
  for (int world = 0; world < 50; ++world) {
    Lanes lanes;
    const auto limit = static_cast<int64_t>(1 + dice.below(40));
    const Duration window = Duration(static_cast<int64_t>(1 + dice.below(900)) * 1'000'000);
    lanes.define("lane", {}, limit, window);
    std::vector<Instant> taken;
    Instant now = start;
    for (int i = 0; i < 2'000; ++i) {
      now = now + Duration(static_cast<int64_t>(dice.below(static_cast<uint64_t>(window.count() / limit))));
      if (lanes.slots("lane", now) == 0) continue;
      lanes.take("lane", now);
      taken.push_back(now);
    }
    EXPECT_LE(worst_window(taken, window), static_cast<size_t>(limit));
    EXPECT_GT(taken.size(), 100U);
  }
}

TEST(Lanes, OpensExactlyWhenItSays) {
  Lanes lanes;
  lanes.define("lane", {}, 3, 60s);
  for (int i = 0; i < 3; ++i) lanes.take("lane", start + i * 1s);
  const Instant now = start + 3s;
  EXPECT_EQ(lanes.slots("lane", now), 0);
  const Instant open = lanes.opens_at("lane", now);
  EXPECT_EQ(lanes.slots("lane", open - 1us), 0);
  EXPECT_GT(lanes.slots("lane", open), 0);
  EXPECT_LE(open - (start + 60s), Duration(60s) / 64 + 1us);  // a 64th of the window late, at most
}

TEST(Lanes, ClosedLaneGrantsNothingUntilReset) {
  Lanes lanes;
  lanes.define("lane", {}, 10, 60s);
  lanes.close("lane", start + 100s, "429");
  lanes.close("lane", start + 50s, "shorter");
  EXPECT_EQ(lanes.slots("lane", start + 99s), 0);
  EXPECT_EQ(lanes.opens_at("lane", start), start + 100s);
  EXPECT_EQ(lanes.slots("lane", start + 100s), 10);
}

TEST(Lanes, ARestartForgetsNothing) {
  Lanes before;
  before.define("lane", {}, 2, 60s);
  before.take("lane", start);
  before.take("lane", start);
  Lanes after;
  for (const LaneState& state : before.changed()) after.know(state);
  after.define("lane", {}, 2, 60s);
  EXPECT_EQ(after.slots("lane", start + 30s), 0);
}

TEST(Lanes, AClockThatJumpsForwardGivesNothingAway) {
  Lanes lanes;
  lanes.define("lane", {}, 2, 60s);
  lanes.take("lane", start);
  lanes.take("lane", start);
  lanes.close("lane", start + 30s, "429");
  lanes.clock_moved(1h);
  EXPECT_EQ(lanes.slots("lane", start + 1h + 29s), 0);
  EXPECT_EQ(lanes.slots("lane", start + 1h + 59s), 0);
  EXPECT_EQ(lanes.slots("lane", start + 1h + 63s), 2);
}

TEST(Lanes, WhatMovesWithTheClockIsGivenToBeStored) {
  Lanes lanes;
  lanes.define("lane", {}, 2, 60s);
  lanes.define("untouched", {}, 2, 60s);
  lanes.take("lane", start);
  const auto moved = lanes.clock_moved(1h);
  ASSERT_EQ(moved.size(), 1U);
  Lanes after_a_restart;
  after_a_restart.define("lane", {}, 2, 60s);
  after_a_restart.know(moved[0]);
  EXPECT_EQ(after_a_restart.slots("lane", start + 1h + 29s), 1);
}

TEST(Lanes, OnlyWhatChangedIsStored) {
  Lanes lanes;
  lanes.define("a", {}, 2, 60s);
  lanes.define("free", {}, 0, 0s);
  lanes.take("a", start);
  lanes.take("free", start);
  EXPECT_EQ(lanes.changed().size(), 1U);
  EXPECT_TRUE(lanes.changed().empty());
}

TEST(Backoff, TheCeilingNeverFallsAndTheJitterStaysUnderIt) {
  SeededRandom dice(3);
  Duration last{0};
  for (uint32_t tries = 1; tries < 80; ++tries) {
    const Duration ceiling = backoff_ceiling(tries, 4s, 30min);
    EXPECT_GE(ceiling, last);
    EXPECT_LE(ceiling, 30min);
    last = ceiling;
    for (int i = 0; i < 20; ++i) {
      const Duration wait = backoff(tries, 4s, 30min, dice);
      EXPECT_GT(wait, 0us);
      EXPECT_LE(wait, ceiling);
    }
  }
  EXPECT_EQ(last, 30min);
}

TEST(Agenda, KeepsAWakeUpThatComesWhileTheQueueIsRead) {
  SeededRandom dice(5);
  Agenda agenda;
  const QueueKey key{AccountId::make(start, dice), Line::bulk};
  agenda.expect(key, start);
  ASSERT_TRUE(agenda.pick(start));
  agenda.expect(key, start + 1s);
  EXPECT_FALSE(agenda.wake_at());
  agenda.put(key, std::nullopt);
  EXPECT_EQ(agenda.wake_at(), start + 1s);
}

TEST(Agenda, ABlockedQueueWaitsForItsAccount) {
  SeededRandom dice(5);
  Agenda agenda;
  const QueueKey key{AccountId::make(start, dice), Line::bulk};
  agenda.expect(key, start);
  agenda.pick(start);
  agenda.block(key, start);
  EXPECT_FALSE(agenda.pick(start + 1h));
  agenda.unblock(key.account);
  EXPECT_TRUE(agenda.pick(start + 1h));
}

TEST(Agenda, AsksBeforeInboxBeforeBulkAtTheSameTime) {
  SeededRandom dice(5);
  Agenda agenda;
  const AccountId account = AccountId::make(start, dice);
  for (const Line line : {Line::bulk, Line::ask, Line::inbox}) agenda.expect({account, line}, start);
  EXPECT_EQ(agenda.pick(start)->line, Line::ask);
  EXPECT_EQ(agenda.pick(start)->line, Line::inbox);
  EXPECT_EQ(agenda.pick(start)->line, Line::bulk);
}

}  // namespace
}  // namespace carillon::delivery

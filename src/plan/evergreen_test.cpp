#include "plan/evergreen.h"

#include <gtest/gtest.h>

#include <map>

#include "base/random.h"

namespace carillon::plan {
namespace {

constexpr Duration day = std::chrono::hours(24);
const Instant noon = Instant::from_seconds(1'800'000'000);

PoolPost made(uint8_t n, std::vector<Instant> used = {}) {
  PoolPost post{.used = std::move(used)};
  post.post.bytes[15] = n;
  return post;
}

std::vector<int> posts_of(const std::vector<Filling>& fillings) {
  std::vector<int> all;
  for (const Filling& each : fillings) all.push_back(each.post.bytes[15]);
  return all;
}

TEST(Evergreen, TheOneUsedLeastRecentlyGoesFirst) {
  const std::vector<Instant> free = {noon, noon + day, noon + 2 * day, noon + 3 * day};
  const auto filled =
      fill_gaps({made(1, {noon - 10 * day}), made(2), made(3, {noon - 20 * day})}, free, 3 * day);
  EXPECT_EQ(posts_of(filled), (std::vector<int>{2, 3, 1, 2}));
}

TEST(Evergreen, NothingComesAgainTooSoonNorAfterItsTimeNorTooOften) {
  const std::vector<Instant> free = {noon, noon + day, noon + 2 * day, noon + 3 * day};
  EXPECT_EQ(fill_gaps({made(1)}, free, 2 * day).size(), 2U);
  EXPECT_EQ(fill_gaps({made(1, {noon + 4 * day})}, free, 3 * day).size(),
            1U);  // one that is to come counts, too
  PoolPost ends = made(1);
  ends.expires = noon + day;
  EXPECT_EQ(fill_gaps({ends}, free, Duration{1}).size(), 1U);
  PoolPost rare = made(1, {noon - 100 * day});
  rare.most = 2;
  EXPECT_EQ(fill_gaps({rare}, free, Duration{1}).size(), 1U);
  EXPECT_TRUE(fill_gaps({}, free, day).empty());
}

TEST(Evergreen, WhateverThePoolTheRulesHold) {
  SeededRandom dice{3};
  for (int round = 0; round < 500; ++round) {
    std::vector<PoolPost> pool;
    for (uint8_t n = 0; n < 1 + dice.below(6); ++n) {
      pool.push_back(made(n));
      for (uint64_t k = dice.below(4); k > 0; --k)
        pool.back().used.push_back(noon + day * static_cast<int64_t>(dice.below(60)) - 30 * day);
      pool.back().most = static_cast<int64_t>(dice.below(6));
    }
    std::vector<Instant> free;
    for (int i = 0; i < 40; ++i) {
      if (dice.below(2) == 0) free.push_back(noon + i * (day / 2));
    }
    const Duration again = day * static_cast<int64_t>(1 + dice.below(20));
    std::map<int, std::vector<Instant>> uses;
    for (const PoolPost& post : pool) uses[post.post.bytes[15]] = post.used;
    for (const Filling& each : fill_gaps(pool, free, again)) {
      auto& used = uses[each.post.bytes[15]];
      for (const Instant use : used) EXPECT_GE(std::abs((use - each.slot).count()), again.count());
      used.push_back(each.slot);
      const int64_t most = pool[each.post.bytes[15]].most;
      EXPECT_TRUE(most == 0 || static_cast<int64_t>(used.size()) <= most);
    }
  }
}

}  // namespace
}  // namespace carillon::plan

#include "plan/crowd.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace carillon::plan {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class CrowdTest : public ::testing::Test {
 protected:
  void row(size_t line, Duration after, std::string text, AccountId account) {
    crowd.add({.account = account, .at = noon + after, .text = std::move(text), .line = line});
  }
  void row(size_t line, Duration after, std::string text) { row(line, after, std::move(text), shop); }
  void post(Duration after, std::string text) {
    const auto read = [this, after, text] {
      ++read_;
      return Neighbour{.account = shop, .at = noon + after, .text = text};
    };
    crowd.add(shop, noon + after, sketch(text), read);
  }
  Nearby of(size_t line, Duration after) { return crowd.around(shop, noon + after, line); }

  SeededRandom dice{7};
  const Instant noon = Instant::from_seconds(1'800'000'000);
  const AccountId shop = AccountId::make(noon, dice), other = AccountId::make(noon, dice);
  Crowd crowd{Nearness{}};
  int read_ = 0;
};

constexpr const char* tarts = "Fresh plum tarts from nine o'clock, as long as there are any. Come early!";
constexpr const char* closed = "The bakery is closed on Monday because we are counting everything.";

TEST_F(CrowdTest, ARowAloneHasNobodyNear) {
  row(2, {}, tarts);
  EXPECT_EQ(of(2, {}).close, nullptr);
  EXPECT_EQ(of(2, {}).alike, nullptr);
}

TEST_F(CrowdTest, RowsOfATableSeeEachOther) {
  row(2, {}, tarts);
  row(3, minutes(10), closed);
  row(4, hours(30), tarts);
  ASSERT_NE(of(2, {}).close, nullptr);
  EXPECT_EQ(of(2, {}).close->line, 3U);
  EXPECT_EQ(of(3, minutes(10)).close->line, 2U);
  EXPECT_EQ(of(4, hours(30)).close, nullptr);
  EXPECT_EQ(of(2, {}).alike->line, 4U);
  EXPECT_EQ(of(2, {}).likeness, 1);
  EXPECT_EQ(of(3, minutes(10)).alike, nullptr);
}

TEST_F(CrowdTest, TheNearestInTimeIsMeantAndTheMostAlike) {
  row(2, {}, tarts);
  row(3, minutes(-9), closed);
  row(4, minutes(5), "Something else");
  row(5, hours(20), std::string(tarts) + " 🙂 Today!");
  row(6, hours(40), tarts);
  EXPECT_EQ(of(2, {}).close->line, 4U);
  EXPECT_EQ(of(2, {}).alike->line, 6U);
  EXPECT_LT(of(5, hours(20)).likeness, 1);
}

TEST_F(CrowdTest, OtherAccountsAndOtherTimesAreFarAway) {
  row(2, {}, tarts);
  row(3, {}, tarts, other);
  row(4, minutes(15), closed);
  row(5, hours(24 * 7 + 1), tarts);
  EXPECT_EQ(of(2, {}).close, nullptr);
  EXPECT_EQ(of(2, {}).alike, nullptr);
}

TEST_F(CrowdTest, WhatIsPlannedAlreadyIsReadOnlyWhenItMatters) {
  for (int day = 1; day < 100; ++day) post(hours(24 * day), closed);
  post(hours(-30), tarts);
  row(2, {}, tarts);
  ASSERT_NE(of(2, {}).alike, nullptr);
  EXPECT_EQ(of(2, {}).alike->at, noon - hours(30));
  EXPECT_EQ(read_, 1);
}

TEST_F(CrowdTest, NothingIsLookedForThatNobodyWants) {
  crowd = Crowd({Duration(0), Duration(0)});
  row(2, {}, tarts);
  row(3, {}, tarts);
  EXPECT_EQ(of(2, {}).close, nullptr);
  EXPECT_EQ(of(2, {}).alike, nullptr);
}

// What is found by sketches is what is found by comparing everything with everything.
TEST_F(CrowdTest, FindsWhatLookingAtEachWouldFind) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < 60; ++i) {
    std::string text = i % 3 == 0 ? tarts : i % 3 == 1 ? closed : "";
    for (uint64_t n = i % 3 == 2 ? 60 : dice.next() % 10; n > 0; --n)
      text += static_cast<char>('a' + dice.next() % 26);
    texts.push_back(text);
    row(i + 2, minutes(20) * static_cast<int>(i), text);
  }
  for (size_t i = 0; i < texts.size(); ++i) {
    double most = 0;
    for (size_t j = 0; j < texts.size(); ++j) {
      if (i != j) most = std::max(most, likeness(texts[i], texts[j]));
    }
    const Nearby nearby = of(i + 2, minutes(20) * static_cast<int>(i));
    EXPECT_EQ(nearby.alike != nullptr, most >= nearly_same) << texts[i];
  }
}

}  // namespace
}  // namespace carillon::plan

#include "plan/likeness.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace carillon::plan {
namespace {

constexpr std::string_view tarts =
    "Fresh plum tarts from nine o'clock, as long as there are any. Come early!";

TEST(Likeness, OfTheSameTextIsOne) {
  EXPECT_DOUBLE_EQ(likeness(tarts, tarts), 1);
  EXPECT_EQ(sketch_distance(sketch(tarts), sketch(tarts)), 0);
}

TEST(Likeness, IgnoresCaseSpacesPunctuationAndMarksOnLinks) {
  EXPECT_DOUBLE_EQ(likeness("Hello, World!", "  hello\n\nworld "), 1);
  EXPECT_DOUBLE_EQ(
      likeness("See https://shop.example/a?utm_source=x", "See https://shop.example/a?utm_source=y"), 1);
  EXPECT_EQ(plain_words("Grüße, WELT!!"), plain_words("grüße welt"));
}

TEST(Likeness, OfNearlyTheSameIsHigh) {
  EXPECT_GE(likeness(tarts, "Fresh plum tarts from ten o'clock, as long as there are any. Come early!"),
            nearly_same);
  EXPECT_GE(likeness(tarts, std::string(tarts) + " 🙂"), nearly_same);
}

TEST(Likeness, OfStrangersIsLow) {
  EXPECT_LT(likeness(tarts, "The bakery is closed on Monday because we are counting everything."), 0.2);
  EXPECT_EQ(likeness("", tarts), 0);
  EXPECT_EQ(likeness("", ""), 0);
  EXPECT_EQ(sketch(" . , ! "), 0U);
}

// The sketch may let strangers through, but none that are alike may be missed.
TEST(Sketches, OfTextsThatAreAlikeAreNear) {
  SeededRandom dice(5);
  constexpr std::string_view words[] = {"fresh", "tarts", "bread", "today",  "from",   "nine", "until",
                                        "noon",  "at",    "the",   "corner", "shop",   "come", "early",
                                        "with",  "plum",  "apple", "rye",    "coffee", "free"};
  size_t alike = 0;
  for (int i = 0; i < 2'000; ++i) {
    std::string one, other;
    const uint64_t length = 8 + dice.below(30), changed = dice.below(length);
    for (uint64_t k = 0; k < length; ++k) {
      const auto word = words[dice.below(std::size(words))];
      one.append(word).append(" ");
      other.append(k == changed ? words[dice.below(std::size(words))] : word).append(" ");
    }
    if (likeness(one, other) < nearly_same) continue;
    ++alike;
    EXPECT_LE(sketch_distance(sketch(one), sketch(other)), sketch_reach) << one << "\n" << other;
  }
  EXPECT_GT(alike, 500U);
}

}  // namespace
}  // namespace carillon::plan

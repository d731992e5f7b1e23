#include "base/random.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <vector>

#include "base/digest.h"

namespace carillon {
namespace {

// Gives the numbers it was told, in order.
class ScriptedRandom final : public Random {
 public:
  explicit ScriptedRandom(std::vector<uint64_t> numbers) : numbers_(std::move(numbers)) {}
  uint64_t next() override { return numbers_.at(at_++); }

 private:
  std::vector<uint64_t> numbers_;
  size_t at_ = 0;
};

// Computed with the authors' definition: splitmix64 from the seed, then xoshiro256**.
TEST(SeededRandom, GivesThePublishedSequence) {
  SeededRandom zero(0);
  EXPECT_EQ(zero.next(), 0x99ec5f36cb75f2b4);
  EXPECT_EQ(zero.next(), 0xbf6e1f784956452a);
  EXPECT_EQ(zero.next(), 0x1a5f849d4933e6e0);
}

TEST(SeededRandom, SameSeedSameSequenceOtherSeedOtherSequence) {
  SeededRandom one(42), two(42), other(43);
  bool differs = false;
  for (int i = 0; i < 1000; ++i) {
    const uint64_t value = one.next();
    EXPECT_EQ(value, two.next());
    differs = differs || value != other.next();
  }
  EXPECT_TRUE(differs);
}

TEST(Random, BelowStaysBelowAndReachesEveryValueAboutEqually) {
  SeededRandom random(1);
  std::array<int, 10> seen{};
  for (int i = 0; i < 100'000; ++i) ++seen.at(random.below(10));
  for (const int count : seen) EXPECT_NEAR(count, 10'000, 500);
  EXPECT_EQ(random.below(1), 0U);
}

TEST(Random, BelowThrowsAwayTheNumbersThatWouldFavourSmallResults) {
  const uint64_t bound = (uint64_t{1} << 63) + 1;  // 2^64 mod bound = 2^63 - 1 numbers are one too many
  ScriptedRandom random({0, (uint64_t{1} << 63) - 2, (uint64_t{1} << 63) - 1, 5});
  EXPECT_EQ(random.below(bound), (uint64_t{1} << 63) - 1);
}

TEST(Random, ChanceOfZeroIsNeverAndOfHundredAlways) {
  SeededRandom random(3);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_FALSE(random.chance(0));
    EXPECT_TRUE(random.chance(100));
  }
}

TEST(Random, FillWritesLowestByteFirstAndNothingElse) {
  ScriptedRandom random({0x0807060504030201, 0x100f0e0d0c0b0a09});
  std::array<uint8_t, 12> bytes{};
  random.fill(std::span(bytes).first(11));
  EXPECT_EQ(bytes, (std::array<uint8_t, 12>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0}));
}

TEST(SystemRandom, DoesNotRepeatItself) {
  SystemRandom random;
  std::set<uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.next());
  EXPECT_EQ(seen.size(), 1000U);
}

TEST(RandomToken, HoldsAllItsBytesAsBase64url) {
  SeededRandom random(5), same(5);
  const std::string token = random_token(random, 32);
  EXPECT_EQ(token.size(), 43U);
  EXPECT_EQ(from_base64url(token)->size(), 32U);
  EXPECT_EQ(token, random_token(same, 32));
  EXPECT_NE(token, random_token(same, 32));
}

}  // namespace
}  // namespace carillon

#include "base/id.h"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>
#include <unordered_set>

namespace carillon {
namespace {

static_assert(!std::is_convertible_v<PostId, DeliveryId>, "ids of different nouns cannot be mixed up");

TEST(Id, CarriesTheMillisecondOfItsBirthAndVersionAndVariant) {
  SeededRandom random(1);
  for (int i = 0; i < 1000; ++i) {
    // RFC 9562 appendix A.6: 2022-02-22T19:22:22Z is 017F22E2-79B0.
    const std::string text = PostId::make(Instant::from_millis(0x017f22e279b0), random).text();
    ASSERT_EQ(text.size(), 36U);
    EXPECT_EQ(text.substr(0, 15), "017f22e2-79b0-7");
    EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos) << text;
  }
}

TEST(Id, OrderIsOrderOfBirthToTheMicrosecond) {
  SeededRandom random(2);
  Instant at{1'790'000'000'123'456};
  PostId before = PostId::make(at, random);
  for (int i = 0; i < 5000; ++i) {
    at = at + Duration(1 + random.below(3));
    const PostId after = PostId::make(at, random);
    ASSERT_LT(before, after);
    ASSERT_LT(before.text(), after.text());
    before = after;
  }
}

TEST(Id, TwoOfOneInstantDiffer) {
  SeededRandom random(3);
  std::unordered_set<PostId> ids;
  for (int i = 0; i < 10'000; ++i) ids.insert(PostId::make(Instant::from_seconds(1'790'000'000), random));
  EXPECT_EQ(ids.size(), 10'000U);
}

TEST(Id, BeforeTheEpochCountsAsTheEpoch) {
  SeededRandom random(4);
  EXPECT_EQ(PostId::make(Instant{-5}, random).text().substr(0, 15), "00000000-0000-7");
}

TEST(Id, TextLeadsBackInBothCases) {
  SeededRandom random(5);
  for (int i = 0; i < 1000; ++i) {
    const auto id = MediaId::make(Instant{static_cast<int64_t>(random.below(uint64_t{1} << 60))}, random);
    EXPECT_EQ(MediaId::parse(id.text()), id);
  }
  EXPECT_EQ(MediaId::parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")->text(),
            "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST(Id, MalformedTextIsNoId) {
  for (const char* text : {"", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
                           "017f22e2-79b0-7cc3-98c4-dc0c0c07398fa", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
                           "017f22e27-9b0-7cc3-98c4-dc0c0c07398f", "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}",
                           "017f22e2-79b0-7cc3-98c4_dc0c0c07398f", "------------------------------------"}) {
    EXPECT_EQ(PostId::parse(text), std::nullopt) << text;
  }
}

TEST(Id, EmptyMeansAllZero) {
  EXPECT_TRUE(PostId{}.empty());
  EXPECT_EQ(PostId{}.text(), "00000000-0000-0000-0000-000000000000");
  SeededRandom random(6);
  EXPECT_FALSE(PostId::make(Instant{0}, random).empty());
}

}  // namespace
}  // namespace carillon

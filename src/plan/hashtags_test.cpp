#include "plan/hashtags.h"

#include <gmock/gmock.h>

namespace carillon::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> names(const std::vector<TagSuggestion>& suggestions) {
  std::vector<std::string> all;
  for (const TagSuggestion& one : suggestions) all.push_back(one.tag);
  return all;
}

Instant day(int n) {
  return Instant::from_seconds(1'795'000'000) + std::chrono::hours(24 * n);
}

TEST(Hashtags, AreFoundInTexts) {
  EXPECT_THAT(hashtags_in("Fresh #Bread, #rye_bread and #brot-zeit! (#kuchen)"),
              ElementsAre("Bread", "rye_bread", "brot", "kuchen"));
  EXPECT_THAT(hashtags_in("#Törtchen #蛋糕 #café☕"), ElementsAre("Törtchen", "蛋糕", "café"));
  EXPECT_THAT(hashtags_in("#bread #BREAD"), ElementsAre("bread"));
}

TEST(Hashtags, AreNotNumbersAnchorsOrPartsOfWords) {
  EXPECT_THAT(hashtags_in("We are #1, see a#b and https://shop.example/x#top &#39; # ##"), IsEmpty());
  EXPECT_TRUE(is_hashtag("2026ready"));
  EXPECT_FALSE(is_hashtag("2026"));
  EXPECT_FALSE(is_hashtag("two words"));
  EXPECT_FALSE(is_hashtag(""));
}

TEST(HashtagSuggestions, AreTheMostUsedFirst) {
  const std::vector<TaggedPost> history = {
      {{"bread", "rye"}, day(1)}, {{"Bread"}, day(2)}, {{"coffee"}, day(3)}, {{"tarts"}, day(2)}};
  const auto all = suggest_hashtags(history, {}, "", 10);
  EXPECT_THAT(names(all), ElementsAre("Bread", "coffee", "tarts", "rye"));
  EXPECT_EQ(all.front().uses, 2);
  EXPECT_EQ(all.front().last, day(2));
  EXPECT_EQ(suggest_hashtags(history, {}, "", 2).size(), 2U);
}

TEST(HashtagSuggestions, ThatWereUsedTogetherComeFirst) {
  const std::vector<TaggedPost> history = {{{"coffee"}, day(1)},
                                           {{"coffee"}, day(2)},
                                           {{"coffee"}, day(3)},
                                           {{"bread", "rye"}, day(1)},
                                           {{"bread", "rye"}, day(1)}};
  const std::vector<std::string> beside = {"BREAD"};
  const auto all = suggest_hashtags(history, beside, "", 10);
  EXPECT_THAT(names(all), ElementsAre("rye", "coffee"));
  EXPECT_EQ(all.front().together, 2);
  EXPECT_EQ(all.back().together, 0);
}

TEST(HashtagSuggestions, AreCompletedWithoutCase) {
  const std::vector<TaggedPost> history = {{{"Bread", "brot", "coffee"}, day(1)}};
  EXPECT_THAT(names(suggest_hashtags(history, {}, "BR", 10)), ElementsAre("Bread", "brot"));
  EXPECT_THAT(suggest_hashtags(history, {}, "x", 10), IsEmpty());
}

}  // namespace
}  // namespace carillon::plan

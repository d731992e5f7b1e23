#include "sandbox/counting.h"

#include <gtest/gtest.h>

namespace carillon::sandbox {
namespace {

// Lengths that the public rules of X state (configuration v3), partly from its conformance data (Apache-2.0).
TEST(Counting, XWeighsAsItsRulesSay) {
  EXPECT_EQ(x_length(""), 0U);
  EXPECT_EQ(x_length("This is a test."), 15U);
  EXPECT_EQ(x_length("Hi http://test.co"), 26U);
  EXPECT_EQ(x_length("http://test.co"), 23U);
  EXPECT_EQ(x_length("test.com"), 23U);
  EXPECT_EQ(x_length("Test https://test.com test https://test.com test.com test"), 86U);
  EXPECT_EQ(x_length("故人西辞黄鹤楼"), 14U);
  EXPECT_EQ(x_length("저찀쯿쿿"), 8U);
  EXPECT_EQ(x_length("A\u0301B"), 2U) << "normalised first";
  EXPECT_EQ(x_length("\u2018quoted\u2019 \u2014 \u2026"), 8U + 1 + 1 + 1 + 2) << "U+2026 is heavy";
}

TEST(Counting, XCountsEachEmojiAsTwo) {
  EXPECT_EQ(x_length("😷👾😡🔥💩"), 10U);
  EXPECT_EQ(x_length("👨‍👩‍👧‍👦"), 2U);
  EXPECT_EQ(x_length("🙋🏽"), 2U);
  EXPECT_EQ(x_length("🇩🇪"), 2U);
  EXPECT_EQ(x_length("1️⃣"), 2U);
  EXPECT_EQ(x_length("❤️"), 2U);
  EXPECT_EQ(x_length("©"), 1U);
  EXPECT_EQ(x_length("©️"), 2U);
  EXPECT_EQ(x_length("1"), 1U);
}

std::vector<std::string> found(std::string_view text) {
  std::vector<std::string> links;
  for (const Span link : links_on_x(text)) links.emplace_back(text.substr(link.begin, link.end - link.begin));
  return links;
}
using Links = std::vector<std::string>;

TEST(Counting, XFindsLinksWithKnownEndings) {
  EXPECT_EQ(found("see https://example.com/a?b=c#d, ok"), Links{"https://example.com/a?b=c#d"});
  EXPECT_EQ(found("(https://en.wikipedia.org/wiki/A_(b))"), Links{"https://en.wikipedia.org/wiki/A_(b)"});
  EXPECT_EQ(found("example.com and foo.co.jp/x."), (Links{"example.com", "foo.co.jp/x"}));
  EXPECT_EQ(found("MLB.tv"), Links{"MLB.tv"});
  EXPECT_EQ(found("mail me@example.com"), Links{});
  EXPECT_EQ(found("http://localhost:80 and readme.txt and 1.5"), Links{});
  EXPECT_EQ(found("http://☃.net/"), Links{"http://☃.net/"});
  EXPECT_EQ(found("http://example.com?a=b"), Links{"http://example.com?a=b"});
  EXPECT_EQ(found("http://test_underscore.twitter.com"), Links{"http://test_underscore.twitter.com"});
  EXPECT_EQ(found("http://www.-domain4352.com/"), Links{});
  EXPECT_EQ(found("#https://example.com"), Links{});
}

TEST(Counting, MastodonCountsWhatPeopleSee) {
  EXPECT_EQ(mastodon_length("abc"), 3U);
  EXPECT_EQ(mastodon_length("👨‍👩‍👧‍👦"), 1U);
  EXPECT_EQ(mastodon_length("a https://example.com/" + std::string(100, 'x')), 25U);
  EXPECT_EQ(mastodon_length("http://localhost:3000/x"), 23U);
  EXPECT_EQ(mastodon_length("example.com"), 11U) << "only with a scheme";
  EXPECT_EQ(mastodon_length("@anna@social.example hi"), 8U);
  EXPECT_EQ(mastodon_length("@anna hi"), 8U);
  EXPECT_EQ(mastodon_length("anna@social.example"), 19U) << "an address is not a name";
}

}  // namespace
}  // namespace carillon::sandbox

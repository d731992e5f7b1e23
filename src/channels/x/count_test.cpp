// Vectors worked out by hand from the rules of config/v3.json and of the URL and emoji definitions.
#include "channels/x/count.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace carillon::channels::x {
namespace {

TEST(Count, AnEmptyTextWeighsNothing) {
  EXPECT_EQ(weighted_length(""), 0U);
}

TEST(Count, LatinGreekCyrillicHebrewArabicAndHindiWeighOne) {
  EXPECT_EQ(weighted_length("Hello, world"), 12U);
  EXPECT_EQ(weighted_length("Ünïcödé"), 7U);
  EXPECT_EQ(weighted_length("Καλημέρα"), 8U);
  EXPECT_EQ(weighted_length("Привет"), 6U);
  EXPECT_EQ(weighted_length("שלום"), 4U);
  EXPECT_EQ(weighted_length("سلام"), 4U);
  EXPECT_EQ(weighted_length("नमस्ते"), 6U);
}

TEST(Count, ChineseJapaneseAndKoreanWeighTwo) {
  EXPECT_EQ(weighted_length("中文"), 4U);
  EXPECT_EQ(weighted_length("こんにちは"), 10U);
  EXPECT_EQ(weighted_length("안녕"), 4U);
}

TEST(Count, RangesEndWhereTheConfigurationSays) {
  EXPECT_EQ(weighted_length("\u10FF"), 1U);    // 4351
  EXPECT_EQ(weighted_length("\u1100"), 2U);    // 4352
  EXPECT_EQ(weighted_length("\u2000"), 1U);    // 8192
  EXPECT_EQ(weighted_length("\u200D"), 1U);    // 8205
  EXPECT_EQ(weighted_length("\u200E"), 2U);    // 8206
  EXPECT_EQ(weighted_length("\u200F"), 2U);    // 8207
  EXPECT_EQ(weighted_length("\u2010"), 1U);    // 8208
  EXPECT_EQ(weighted_length("\u201F"), 1U);    // 8223
  EXPECT_EQ(weighted_length("\u2020"), 2U);    // 8224
  EXPECT_EQ(weighted_length("\u2032"), 1U);    // 8242
  EXPECT_EQ(weighted_length("\u2037"), 1U);    // 8247
  EXPECT_EQ(weighted_length("\u2038"), 2U);    // 8248
  EXPECT_EQ(weighted_length("€"), 2U);         // 8364
  EXPECT_EQ(weighted_length("“a” – b…"), 9U);  // quotes and dash 1, ellipsis (8230) 2
}

TEST(Count, TextIsTakenInNfc) {
  EXPECT_EQ(weighted_length("A\u0301B"), 2U);            // A and a combining accent are one
  EXPECT_EQ(weighted_length("\u1112\u1161\u11ab"), 2U);  // three jamo are one syllable
  EXPECT_EQ(weighted_length("q\u0301"), 2U);             // no composed form exists
}

TEST(Count, AddressesAreFoundAsTwitterTextFindsThem) {
  EXPECT_EQ(weighted_length("foo.bar.baz.io"), 23U);
  EXPECT_EQ(weighted_length("http://example.みんな"), 23U);
  EXPECT_EQ(weighted_length("これはtwitter.com"), 6U + 23U);  // the Latin name within
  EXPECT_EQ(weighted_length(".münchen.de/"), 12U);            // not after a point
  EXPECT_EQ(weighted_length("$http://münchen.de/a"), 20U);    // not after a sign for money
  EXPECT_EQ(weighted_length("a.de?b=c"), 23U + 4U);           // without a path the query is text
  EXPECT_EQ(weighted_length("https://a.de/b(c(d)e)f"), 23U);
  EXPECT_EQ(weighted_length("https://a.de/b()"), 23U + 2U);  // empty brackets close nothing
}

TEST(Count, ALabelThatIsTooLongForDnsIsNoAddress) {
  EXPECT_EQ(dns_length(U"example"), 7U);
  EXPECT_EQ(dns_length(U"münchen"), 14U);  // xn--mnchen-3ya
  EXPECT_EQ(dns_length(U"例え"), 11U);     // xn--r8jz45g
  std::string text;
  for (int i = 0; i < 70; ++i) text += "日";
  EXPECT_EQ(weighted_length(text + "twitter.com"), 70U * 2 + 11);
}

TEST(Count, ALongTextWithoutSpacesTakesNoLongerThanItsLength) {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += "日";
  EXPECT_EQ(weighted_length(text + ".x"), 100'002U);
}

TEST(Count, EveryEmojiSequenceWeighsTwo) {
  EXPECT_EQ(weighted_length("😀"), 2U);
  EXPECT_EQ(weighted_length("👍🏽"), 2U);                       // skin tone
  EXPECT_EQ(weighted_length("👨‍👩‍👧‍👦"), 2U);  // family, seven code points
  EXPECT_EQ(weighted_length("👩🏾‍🎤"), 2U);            // tone and joiner
  EXPECT_EQ(weighted_length("🏳️‍🌈"), 2U);             // with look
  EXPECT_EQ(weighted_length("🏳\u200D🌈"), 2U);                 // without it
  EXPECT_EQ(weighted_length("🇩🇪"), 2U);                         // flag
  EXPECT_EQ(weighted_length("🇩🇪🇫🇷"), 4U);
  EXPECT_EQ(weighted_length("🏴󠁧󠁢󠁥󠁮󠁧󠁿"), 2U);  // flag by tags
  EXPECT_EQ(weighted_length("1\uFE0F\u20E3"), 2U);                 // keycap
  EXPECT_EQ(weighted_length("1\u20E3"), 2U);
  EXPECT_EQ(weighted_length("❤️"), 2U);
  EXPECT_EQ(weighted_length("☺"), 2U);
  EXPECT_EQ(weighted_length("©\uFE0F"), 2U);
  EXPECT_EQ(weighted_length("🐱☺👨‍👩‍👧‍👦"), 6U);
}

TEST(Count, WhatIsNoEmojiSequenceFallsApart) {
  EXPECT_EQ(weighted_length("©"), 1U);           // text by default
  EXPECT_EQ(weighted_length("1#*"), 3U);         // digits are no emoji
  EXPECT_EQ(weighted_length("😀\u200D🚗"), 5U);  // nobody recommends it: 2, joiner 1, 2
  EXPECT_EQ(weighted_length("🚗🏽"), 4U);        // cars have no skin
  EXPECT_EQ(weighted_length("☺\uFE0E"), 4U);     // as text: 2, and the selector 2
}

TEST(Count, EveryUrlWeighsTwentyThree) {
  EXPECT_EQ(weighted_length("https://example.com"), 23U);
  EXPECT_EQ(weighted_length("http://a.co"), 23U);
  EXPECT_EQ(weighted_length("HTTPS://EXAMPLE.COM/PATH"), 23U);
  EXPECT_EQ(weighted_length("https://example.com/" + std::string(300, 'a')), 23U);
  EXPECT_EQ(weighted_length("Look: https://example.com/a?b=c&d=e#f!"), 6U + 23U + 1U);
  EXPECT_EQ(weighted_length("https://example.com https://example.org"), 47U);
  EXPECT_EQ(weighted_length("https://example.com:8080/x"), 23U);
  EXPECT_EQ(weighted_length("https://münchen.de"), 23U);
  EXPECT_EQ(weighted_length("https://xn--mnchen-3ya.de"), 23U);
}

TEST(Count, AUrlWithoutASchemeCountsWhenItsTopLevelDomainIsKnown) {
  EXPECT_EQ(weighted_length("example.com"), 23U);
  EXPECT_EQ(weighted_length("www.example.co.uk/path"), 23U);
  EXPECT_EQ(weighted_length("t.co"), 23U);
  EXPECT_EQ(weighted_length("(example.com)"), 25U);
  EXPECT_EQ(weighted_length("日本example.comです"), 4U + 23U + 4U);
  EXPECT_EQ(weighted_length("readme.notatld"), 14U);
  EXPECT_EQ(weighted_length("3.14 v1.2.3 e.g. this"), 21U);
  EXPECT_EQ(weighted_length("test.tar.bz2"), 12U);
}

TEST(Count, WhatOnlyLooksLikeAUrlCountsByItsCharacters) {
  EXPECT_EQ(weighted_length("someone@example.com"), 19U);
  EXPECT_EQ(weighted_length("#example.com"), 12U);
  EXPECT_EQ(weighted_length("$twitter.com"), 12U);
  EXPECT_EQ(weighted_length("john.doe.gov@mail.com"), 21U);
  EXPECT_EQ(weighted_length("http://no_underscore.com"), 24U);
  EXPECT_EQ(weighted_length("-example.com"), 12U);
  EXPECT_EQ(weighted_length(std::string(64, 'a') + ".com"), 68U);  // a label has at most 63
  EXPECT_EQ(weighted_length("ftp://x/"), 8U);
}

std::vector<std::string> urls(const std::string& text) {
  const std::u32string points = to_code_points(text);
  std::vector<std::string> found;
  for (const FoundUrl& url : urls_in(points))
    found.push_back(to_utf8(std::u32string_view(points).substr(url.begin, url.end - url.begin)));
  return found;
}

TEST(Urls, EndBeforeThePunctuationOfTheSentence) {
  using List = std::vector<std::string>;
  EXPECT_EQ(urls("See http://example.com/."), List{"http://example.com/"});
  EXPECT_EQ(urls("See http://example.com/a, or b"), List{"http://example.com/a"});
  EXPECT_EQ(urls("Wow http://example.com/path!!!"), List{"http://example.com/path"});
  EXPECT_EQ(urls("(http://example.com/a_(b))"), List{"http://example.com/a_(b)"});
  EXPECT_EQ(urls("http://example.com/688.1"), List{"http://example.com/688.1"});
  EXPECT_EQ(urls("http://example.com?a=b&c"), List{"http://example.com?a=b&c"});
  EXPECT_EQ(urls("http://t.co/pbY2NfTZ's site"), List{"http://t.co/pbY2NfTZ"});
  EXPECT_EQ(urls("http://twitter.com/これは example.com中国語"),
            (List{"http://twitter.com/", "example.com"}));
  EXPECT_EQ(urls("http://twitter.comこれ"), List{"http://twitter.com"});
  EXPECT_EQ(urls("a.com\nb.com"), (List{"a.com", "b.com"}));
  EXPECT_EQ(urls("http://test_under.example.com"), List{"http://test_under.example.com"});
  EXPECT_EQ(urls("test_under.example.com"), List{"under.example.com"});
}

TEST(Urls, TopLevelDomainsAreKnownWhateverTheirCase) {
  EXPECT_TRUE(is_known_tld(U"com"));
  EXPECT_TRUE(is_known_tld(U"DE"));
  EXPECT_TRUE(is_known_tld(U"zw"));
  EXPECT_TRUE(is_known_tld(U"ac"));
  EXPECT_FALSE(is_known_tld(U"xn--p1ai"));  // known by its form, not by the list
  EXPECT_FALSE(is_known_tld(U"exe"));
  EXPECT_FALSE(is_known_tld(U"cd1"));
  EXPECT_FALSE(is_known_tld(U"dz2"));
  EXPECT_FALSE(
      is_known_tld(U"ca"
                   U"a"));
}

TEST(Count, ACashtagIsUpToSixLettersAfterABlank) {
  EXPECT_EQ(cashtags_in("$ABC and $brk.a, $X_AB!"), 3U);
  EXPECT_EQ(cashtags_in("US$ABC, $5, $ABCDEFG, $AB$CD, $"), 0U);
  EXPECT_EQ(cashtags_in("$ABC.\n$DEF"), 2U);
}

TEST(Count, RefusedCharactersAreSeen) {
  EXPECT_TRUE(has_refused_characters("a\uFEFFb"));
  EXPECT_TRUE(has_refused_characters("\uFFFE"));
  EXPECT_TRUE(has_refused_characters("\uFFFF"));
  EXPECT_FALSE(has_refused_characters("a\u200Bb"));
}

}  // namespace
}  // namespace carillon::channels::x

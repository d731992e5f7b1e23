#include "base/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/random.h"

namespace carillon {
namespace {

constexpr std::string_view family = "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466";

// Unicode 15, table 3-7, from both sides.
TEST(Text, AcceptsTheEdgesOfUtf8) {
  for (const char* text : {"", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                           "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(is_utf8(text)) << text;
  }
  EXPECT_TRUE(is_utf8(std::string_view("\0", 1)));
  EXPECT_TRUE(is_utf8(family));
}

TEST(Text, RefusesEveryKindOfMalformedUtf8) {
  const std::pair<const char*, const char*> table[] = {
      {"continuation without a lead", "\x80"},
      {"continuation after a character", "a\xbf"},
      {"overlong slash in two", "\xc0\xaf"},
      {"overlong in two, last", "\xc1\xbf"},
      {"overlong slash in three", "\xe0\x80\xaf"},
      {"overlong in three, last", "\xe0\x9f\xbf"},
      {"overlong in four, last", "\xf0\x8f\xbf\xbf"},
      {"first surrogate", "\xed\xa0\x80"},
      {"last surrogate", "\xed\xbf\xbf"},
      {"surrogate pair", "\xed\xa0\xbd\xed\xb8\x80"},
      {"above U+10FFFF", "\xf4\x90\x80\x80"},
      {"five bytes", "\xf8\x88\x80\x80\x80"},
      {"lead F5", "\xf5\x80\x80\x80"},
      {"FE", "\xfe"},
      {"FF", "\xff"},
      {"two cut off", "\xc3"},
      {"three cut off after one", "\xe2"},
      {"three cut off after two", "\xe2\x82"},
      {"four cut off after three", "\xf0\x9f\x98"},
      {"lead before ASCII",
       "\xc3("
       "x"},
      {"lead before lead", "\xe2\x82\xc3\xa4"},
      {"bad second of four", "\xf0\x28\x8c\xbc"},
  };
  for (const auto& [what, text] : table) {
    EXPECT_FALSE(is_utf8(text)) << what;
    EXPECT_FALSE(is_utf8("good " + std::string(text) + " good")) << what;
    EXPECT_TRUE(is_utf8(to_utf8(to_code_points(text)))) << what;
  }
}

TEST(Text, CodePointsComeBack) {
  for (char32_t point = 0; point <= 0x10ffff; ++point) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const std::u32string one(1, point);
    const std::string utf8 = to_utf8(one);
    ASSERT_TRUE(is_utf8(utf8)) << static_cast<uint32_t>(point);
    ASSERT_EQ(to_code_points(utf8), one) << static_cast<uint32_t>(point);
  }
}

TEST(Text, WhatIsNotUnicodeBecomesTheReplacementCharacter) {
  EXPECT_EQ(to_code_points("a\xff"
                           "b"),
            U"a\uFFFDb");
  EXPECT_EQ(to_utf8(std::u32string{0xd800, 0x110000, U'a'}), "\uFFFD\uFFFDa");
}

TEST(Text, NfcComposes) {
  EXPECT_EQ(nfc("e\u0301"), "\u00e9");
  EXPECT_EQ(nfc("plain"), "plain");
  EXPECT_EQ(nfc("\u1112\u1161\u11ab"), "\ud55c");
  EXPECT_EQ(nfc("\u212b"), "\u00c5");
  EXPECT_EQ(nfc("\ufb01"), "\ufb01");
  EXPECT_EQ(nfc(""), "");
}

struct Sample {
  std::string_view text;
  size_t graphemes, utf16, bytes;
};

TEST(Text, CountsAsPeopleAndNetworksDo) {
  const Sample samples[] = {
      {"", 0, 0, 0},
      {"abc", 3, 3, 3},
      {"\u00e4", 1, 1, 2},
      {"e\u0301", 1, 2, 3},
      {"\r\n", 1, 2, 2},
      {"\u20ac", 1, 1, 3},
      {"\U0001F600", 1, 2, 4},
      {family, 1, 11, 25},
      {"\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7", 2, 8, 16},
      {"\U0001F1E9\U0001F1EA\U0001F1EB", 2, 6, 12},
      {"1\ufe0f\u20e3", 1, 3, 7},
      {"\U0001F9D1\U0001F3FD\u200D\U0001F692", 1, 7, 15},
      {"\u1112\u1161\u11ab", 1, 3, 9},
      {"a\u0300\u0301\u0302b", 2, 5, 8},
  };
  for (const Sample& sample : samples) {
    EXPECT_EQ(graphemes(sample.text), sample.graphemes) << sample.text;
    EXPECT_EQ(utf16_units(sample.text), sample.utf16) << sample.text;
    EXPECT_EQ(sample.text.size(), sample.bytes) << sample.text;
  }
}

TEST(Text, GraphemeStartsAreByteOffsetsAndTheEnd) {
  EXPECT_EQ(grapheme_starts(""), (std::vector<size_t>{0}));
  EXPECT_EQ(grapheme_starts("ab"), (std::vector<size_t>{0, 1, 2}));
  const std::string text = "a" + std::string(family) + "\r\nz";
  EXPECT_EQ(grapheme_starts(text), (std::vector<size_t>{0, 1, 26, 28, 29}));
}

TEST(Text, TrimsCasesAndEscapes) {
  EXPECT_EQ(trimmed(" \t a b\r\n"), "a b");
  EXPECT_EQ(trimmed(" \n "), "");
  EXPECT_TRUE(equals_ignoring_case("Content-Type", "content-TYPE"));
  EXPECT_FALSE(equals_ignoring_case("a", "ab"));
  EXPECT_FALSE(equals_ignoring_case("[", "{"));
  EXPECT_EQ(lowered("AZ\u00c4@[`"), "az\u00c4@[`");
  EXPECT_EQ(escape_html("<a href=\"x\">&'</a>"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;&lt;/a&gt;");
}

TEST(Text, ShortenedKeepsWholeCharacters) {
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(shortened("abcdefg", 6), "abc\u2026");
  EXPECT_EQ(shortened("abcdefg", 3), "\u2026");
  EXPECT_EQ(shortened("abcdefg", 2), "");
  EXPECT_EQ(shortened("ab\u20accd\u20ac", 7), "ab\u2026");
  EXPECT_EQ(shortened("ab" + std::string(family) + "cdef", 26), "ab\u2026");
  EXPECT_EQ(shortened("ab" + std::string(family) + "cdef", 30), "ab" + std::string(family) + "\u2026");
  EXPECT_EQ(shortened("abe\u0301\u0301fgh", 8), "ab\u2026");
}

TEST(Text, ShortenedNeverBreaksAnyTextAtAnyLength) {
  SeededRandom random(4);
  const char32_t alphabet[] = {U'a',          U' ',          U'\u00e9', U'\u0301', U'\u200d',
                               U'\U0001F468', U'\U0001F1E9', U'\u20ac', U'\r',     U'\n'};
  for (int round = 0; round < 500; ++round) {
    std::u32string points;
    for (uint64_t i = random.below(20); i > 0; --i) points += alphabet[random.below(std::size(alphabet))];
    const std::string text = to_utf8(points);
    const size_t limit = random.below(40);
    const std::string cut = shortened(text, limit);
    ASSERT_LE(cut.size(), limit);
    ASSERT_TRUE(is_utf8(cut));
    if (cut == text || cut.empty()) continue;
    const auto starts = grapheme_starts(text);
    const size_t kept = cut.size() - 3;
    ASSERT_EQ(cut, text.substr(0, kept) + "\u2026");
    ASSERT_TRUE(std::ranges::find(starts, kept) != starts.end()) << text;
  }
}

TEST(Text, FoldingMakesTextsThatDifferInCaseAlike) {
  EXPECT_EQ(folded("Straße ÄRGER"), folded("STRASSE ärger"));
  EXPECT_EQ(folded("ABC def"), "abc def");
  EXPECT_NE(folded("é"), folded("e"));
}

}  // namespace
}  // namespace carillon

#include "base/charset.h"

#include <gtest/gtest.h>

namespace carillon {
namespace {

TEST(Charsets, BecomeUtf8) {
  EXPECT_EQ(utf8_from("Fr\xfchling \x96 \x80", "windows-1252"), "Frühling – €");
  EXPECT_EQ(utf8_from("Caf\xe9 \x93now\x94", "ISO-8859-1"), "Café “now”");
  EXPECT_EQ(utf8_from("\x83\x65\x83\x58\x83\x67", "Shift_JIS"), "テスト");
  EXPECT_EQ(utf8_from("\xcf\xf0\xe8\xe2\xe5\xf2", "windows-1251"), "Привет");
  EXPECT_EQ(utf8_from("", "utf-8"), "");
}

TEST(Charsets, ThatNobodyKnowsOrThatDoNotFitGiveNothing) {
  EXPECT_FALSE(utf8_from("abc", "klingon"));
  EXPECT_FALSE(utf8_from("abc", ""));
  EXPECT_FALSE(utf8_from("\xfc", "utf-8"));
  EXPECT_FALSE(utf8_from("\x83", "Shift_JIS")) << "half a character";
}

}  // namespace
}  // namespace carillon

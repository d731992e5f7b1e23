#include "wire/letter.h"

#include <gtest/gtest.h>

namespace carillon::wire {
namespace {

Letter letter() {
  return {.from = "carillon@shop.test",
          .to = "ana@shop.test",
          .name = "Carillon",
          .subject = "A post failed",
          .text = "It was refused.\n",
          .id = "1@shop.test",
          .at = Instant::from_seconds(1'795'080'600)};
}

TEST(Letter, IsPlainHeadersAndATextInBase64) {
  EXPECT_EQ(written(letter()),
            "Date: Thu, 19 Nov 2026 09:30:00 +0000\r\nFrom: Carillon <carillon@shop.test>\r\nTo: "
            "<ana@shop.test>\r\n"
            "Subject: A post failed\r\nMessage-ID: <1@shop.test>\r\nAuto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
            "base64\r\n\r\n"
            "SXQgd2FzIHJlZnVzZWQuCg==\r\n");
}

TEST(Letter, NobodyAddsALineToItsHead) {
  Letter evil = letter();
  evil.subject = "Hello\r\nBcc: everybody@shop.test";
  evil.name = "A\nB";
  const std::string text = written(evil);
  EXPECT_EQ(text.find("\nBcc:"), std::string::npos);
  EXPECT_EQ(text.find("\nB "), std::string::npos);
}

TEST(Letter, LongAndForeignSubjectsAreEncodedWordsOfWholeCharacters) {
  Letter foreign = letter();
  for (int i = 0; i < 40; ++i) foreign.subject += "ü";
  const std::string text = written(foreign);
  const size_t begin = text.find("Subject: "), end = text.find("\r\nMessage-ID");
  for (const char c : text.substr(begin, end - begin)) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
  EXPECT_NE(text.find("?=\r\n =?UTF-8?B?"), std::string::npos);
}

TEST(Letter, LinesOfTheTextAreShort) {
  Letter big = letter();
  big.text = std::string(100'000, 'x');
  const std::string text = written(big);
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 78U);
    at = end + 2;
  }
}

TEST(Letter, AnAddressIsOneAddress) {
  EXPECT_TRUE(is_mail_address("ana+x@mail.shop.test"));
  for (const char* wrong : {"", "ana", "@shop.test", "ana@", "a@b@c", "ana @shop.test", "<ana@shop.test>",
                            "a@b\r\nRCPT", "a,b@c"})
    EXPECT_FALSE(is_mail_address(wrong)) << wrong;
}

}  // namespace
}  // namespace carillon::wire

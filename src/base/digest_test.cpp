#include "base/digest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "base/random.h"

namespace carillon {
namespace {

// FIPS 180-2, appendix B, and the empty text.
TEST(Digest, Sha256GivesThePublishedHashes) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Digest, StreamGivesTheSameHashHoweverTheDataIsCut) {
  SeededRandom random(7);
  std::string data(100'000, '\0');
  random.fill({reinterpret_cast<uint8_t*>(data.data()), data.size()});
  for (int round = 0; round < 20; ++round) {
    Sha256Stream stream;
    for (size_t at = 0; at < data.size();) {
      const size_t length = std::min<size_t>(random.below(5'000), data.size() - at);
      stream.feed(std::string_view(data).substr(at, length));
      at += length;
    }
    EXPECT_EQ(stream.finish(), sha256(data));
  }
}

// RFC 4231, test cases 1, 2 and 6 (a key longer than a block).
TEST(Digest, HmacGivesThePublishedCodes) {
  EXPECT_EQ(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(
      to_hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

// RFC 4648 section 10.
TEST(Digest, Base64GivesThePublishedTexts) {
  const std::pair<const char*, const char*> pairs[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : pairs) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
  EXPECT_EQ(to_base64("\xfb\xff\xfe"), "+//+");
  EXPECT_EQ(to_base64url("\xfb\xff\xfe"), "-__-");
  EXPECT_EQ(to_base64url("f"), "Zg");
  EXPECT_EQ(from_base64url("Zg"), "f");
}

TEST(Digest, Base64AcceptsOneTextPerValueOnly) {
  for (const char* text :
       {"Zg", "Zg=", "Zg==\n", "Zh==", "Z", "Zg==Zg==", "Zm 9v", "-__-", "====", "Zm9v="}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
  for (const char* text : {"Zg==", "Zh", "+//+", "Z", "Zg ", "Zg\n"})
    EXPECT_EQ(from_base64url(text), std::nullopt) << text;
}

TEST(Digest, EveryEncodingComesBackForEveryLengthAndByte) {
  SeededRandom random(11);
  for (size_t length = 0; length < 300; ++length) {
    std::string bytes(length, '\0');
    random.fill({reinterpret_cast<uint8_t*>(bytes.data()), bytes.size()});
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
    EXPECT_EQ(from_hex(to_hex({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()})), bytes);
  }
}

TEST(Digest, HexIsWrittenSmallAndReadInBothCases) {
  const std::array<uint8_t, 3> bytes = {0x00, 0xaf, 0x9C};
  EXPECT_EQ(to_hex(bytes), "00af9c");
  EXPECT_EQ(from_hex("00AF9c"), std::string("\x00\xaf\x9c", 3));
  for (const char* text : {"0", "0g", "0x", " 00", "00 "}) EXPECT_EQ(from_hex(text), std::nullopt) << text;
}

TEST(Digest, SameSecretComparesAllOfBoth) {
  EXPECT_TRUE(same_secret("", ""));
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "bbc"));
  EXPECT_FALSE(same_secret("abc", "abcd"));
  EXPECT_FALSE(same_secret("abc", ""));
  EXPECT_FALSE(same_secret(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

TEST(Sha256Stream, GoesOnFromWhatWasKept) {
  Sha256Stream first;
  first.feed(std::string(100, 'a'));
  auto second = Sha256Stream::resumed(first.kept());
  ASSERT_TRUE(second);
  second->feed(std::string(50, 'b'));
  EXPECT_EQ(second->finish(), sha256(std::string(100, 'a') + std::string(50, 'b')));
  EXPECT_FALSE(Sha256Stream::resumed("00"));
  EXPECT_FALSE(Sha256Stream::resumed("xyz"));
}

}  // namespace
}  // namespace carillon

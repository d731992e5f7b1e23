#include "base/seal.h"

#include <gtest/gtest.h>

#include "base/digest.h"

namespace carillon {
namespace {

Secret key(char letter) {
  return Secret(std::string(32, letter));
}

std::map<std::string, Secret> two_keys() {
  return {{"k1", key('1')}, {"k2", key('2')}};
}

constexpr std::string_view place = "accounts/w1/a1/credential";

TEST(Seal, OpensWhereItWasSealed) {
  SystemRandom random;
  const Keyring ring(two_keys(), "k2");
  for (const std::string& plain :
       {std::string(), std::string("token"), std::string(10'000, '\xff'), std::string("a\0b", 3)}) {
    const auto opened = ring.open(ring.seal(plain, place, random), place);
    ASSERT_TRUE(opened) << opened.error().text;
    EXPECT_EQ(opened->reveal(), plain);
  }
}

TEST(Seal, RecordIsVersionKeyIdNonceAndBox) {
  SeededRandom random(1), same(1);
  const Keyring ring(two_keys(), "k2");
  const std::string sealed = ring.seal("token", place, random);
  ASSERT_TRUE(sealed.starts_with("c1.k2."));
  const auto box = from_base64url(sealed.substr(6));
  ASSERT_TRUE(box);
  EXPECT_EQ(box->size(), 24U + 5U + 16U);
  std::string nonce(24, '\0');
  same.fill({reinterpret_cast<uint8_t*>(nonce.data()), nonce.size()});
  EXPECT_EQ(box->substr(0, 24), nonce);
  EXPECT_EQ(sealed.find("token"), std::string::npos);
}

TEST(Seal, TwoSealsOfOneTextDiffer) {
  SystemRandom random;
  const Keyring ring(two_keys(), "k1");
  EXPECT_NE(ring.seal("token", place, random), ring.seal("token", place, random));
}

void expect_closed(const Result<Secret>& opened, std::string_view code) {
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, FaultKind::unauthorized);
  EXPECT_EQ(opened.error().code, code);
  EXPECT_FALSE(opened.error().remedy.empty());
}

TEST(Seal, DoesNotOpenInAnotherPlace) {
  SystemRandom random;
  const Keyring ring(two_keys(), "k1");
  const std::string sealed = ring.seal("token", place, random);
  expect_closed(ring.open(sealed, "accounts/w1/a2/credential"), "seal_broken");
  expect_closed(ring.open(sealed, "accounts/w2/a1/credential"), "seal_broken");
  expect_closed(ring.open(sealed, ""), "seal_broken");
}

TEST(Seal, DoesNotOpenUnderASwappedKeyIdEvenWhenTheKeyIsTheSame) {
  SystemRandom random;
  const Keyring ring({{"k1", key('1')}, {"k2", key('1')}}, "k1");
  std::string sealed = ring.seal("token", place, random);
  ASSERT_TRUE(ring.open(sealed, place));
  sealed[4] = '2';
  expect_closed(ring.open(sealed, place), "seal_broken");
}

TEST(Seal, KeyIdAndPlaceCannotBeReadAsAnotherPair) {
  SystemRandom random;
  const Keyring ring({{"k", key('1')}, {"k1", key('1')}}, "k");
  const std::string sealed = ring.seal("token", "1.place", random);
  expect_closed(ring.open("c1.k1." + sealed.substr(5), ".place"), "seal_broken");
  expect_closed(ring.open("c1.k1." + sealed.substr(5), "place"), "seal_broken");
}

TEST(Seal, DoesNotOpenWhenAnyCharacterIsChangedOrMissing) {
  SystemRandom random;
  const Keyring ring(two_keys(), "k1");
  const std::string sealed = ring.seal("token", place, random);
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(ring.open(changed, place)) << i;
    EXPECT_FALSE(ring.open(std::string_view(sealed).substr(0, i), place)) << i;
  }
  EXPECT_FALSE(ring.open(sealed + "A", place));
}

TEST(Seal, OldKeysStillOpenAndUnknownOnesAreNamed) {
  SystemRandom random;
  const Keyring before({{"k1", key('1')}}, "k1"), after(two_keys(), "k2"), without({{"k2", key('2')}}, "k2");
  const std::string sealed = before.seal("token", place, random);
  EXPECT_EQ(after.open(sealed, place)->reveal(), "token");
  const auto refused = without.open(sealed, place);
  expect_closed(refused, "unknown_key");
  EXPECT_NE(refused.error().text.find("k1"), std::string::npos);
}

TEST(Seal, DerivedKeysDependOnPurposeAndMasterAndAreStable) {
  const Keyring one(two_keys(), "k1"), two(two_keys(), "k2");
  EXPECT_EQ(one.derive("backup").reveal().size(), 32U);
  EXPECT_EQ(one.derive("backup").reveal(), Keyring(two_keys(), "k1").derive("backup").reveal());
  EXPECT_NE(one.derive("backup").reveal(), one.derive("cursor").reveal());
  EXPECT_NE(one.derive("backup").reveal(), two.derive("backup").reveal());
  EXPECT_NE(one.derive("backup").reveal(), key('1').reveal());
}

TEST(SealDeathTest, AKeyringThatCannotSealIsABug) {
  EXPECT_DEATH(Keyring(two_keys(), "k3"), "CHECK failed");
  EXPECT_DEATH(Keyring({{"k1", Secret("short")}}, "k1"), "CHECK failed");
  EXPECT_DEATH(Keyring({{"k.1", key('1')}}, "k.1"), "CHECK failed");
}

}  // namespace
}  // namespace carillon

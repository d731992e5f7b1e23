#include "run/media_address.h"

#include <gtest/gtest.h>

namespace carillon::run {
namespace {

class Addresses : public testing::Test {
 protected:
  SeededRandom dice{3};
  Instant now = Instant::from_seconds(1'800'000'000);
  Keyring keyring{{{"k1", Secret(std::string(32, 'k'))}}, "k1"};
  MediaId media = MediaId::make(now, dice);
  wire::Request request{.method = "POST",
                        .url = "https://graph.instagram.com/v25.0/1/media",
                        .secrets = {{"access", wire::Insert::Place::bearer, ""},
                                    {"media:" + media.text(), wire::Insert::Place::form, "image_url"}}};
};

TEST_F(Addresses, ATokenIsForOneFileUntilItsTimeIsOver) {
  const std::string token = media_token(keyring, media, now + 1h);
  EXPECT_EQ(medium_behind(keyring, token, now), media);
  EXPECT_EQ(medium_behind(keyring, token, now + 59min), media);
  EXPECT_EQ(medium_behind(keyring, token, now + 1h), std::nullopt);
}

TEST_F(Addresses, NothingOfATokenCanBeChanged) {
  const std::string token = media_token(keyring, media, now + 1h);
  for (size_t i = 0; i < token.size(); ++i) {
    std::string other = token;
    other[i] = other[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(medium_behind(keyring, other, now), std::nullopt) << i;
  }
  EXPECT_EQ(medium_behind(keyring, "", now), std::nullopt);
  EXPECT_EQ(medium_behind(keyring, token + "AAAA", now), std::nullopt);
  const Keyring others({{"k1", Secret(std::string(32, 'x'))}}, "k1");
  EXPECT_EQ(medium_behind(others, token, now), std::nullopt);
}

TEST_F(Addresses, OnlyHttpsWithAPublicNameIsReachedFromOutside) {
  EXPECT_TRUE(is_public_address("https://bells.example"));
  EXPECT_TRUE(is_public_address("https://bells.example:8443/carillon"));
  for (const char* url :
       {"http://bells.example", "https://127.0.0.1:8070", "https://localhost", "https://nas",
        "https://10.0.0.4", "https://[::1]:80", "https://bells.local", "", "bells.example"})
    EXPECT_FALSE(is_public_address(url)) << url;
}

TEST_F(Addresses, ArePutWhereARequestNamesThem) {
  const MediaHomes homes = media_homes("https://bells.example", "0.0.0.0:8070");
  net::Credential credential{{"access", Secret("t")}};
  ASSERT_TRUE(put_media_addresses(request, keyring, homes, false, now, credential));
  const std::string address(credential.at("media:" + media.text()).reveal());
  ASSERT_TRUE(address.starts_with("https://bells.example/m/"));
  EXPECT_EQ(medium_behind(keyring, address.substr(24), now), media);
  ASSERT_TRUE(put_media_addresses(request, keyring, homes, true, now, credential));
  EXPECT_TRUE(credential.at("media:" + media.text()).reveal().starts_with("http://127.0.0.1:8070/m/"));
}

TEST_F(Addresses, WithoutAPublicAddressOnlyTheSandboxGetsOne) {
  const MediaHomes homes = media_homes("http://127.0.0.1:8070", "127.0.0.1:8070");
  net::Credential credential;
  const auto refused = put_media_addresses(request, keyring, homes, false, now, credential);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "no_public_address");
  EXPECT_TRUE(credential.empty());
  EXPECT_TRUE(put_media_addresses(request, keyring, homes, true, now, credential));
}

}  // namespace
}  // namespace carillon::run

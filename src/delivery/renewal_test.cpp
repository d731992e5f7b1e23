// With the real auth of a network whose refresh tokens are used once.
#include "delivery/renewal.h"

#include <gtest/gtest.h>

namespace carillon::delivery {
namespace {

const Instant noon = Instant::from_seconds(1'800'000'000);

class RenewalTest : public ::testing::Test {
 protected:
  RenewalTest() {
    grant.account.network = "x";
    grant.account.name = "Shop";
    grant.account.api_base = "https://api.x.test";
    grant.credential = {{"access", Secret("old")}, {"refresh", Secret("once")}, {"client_id", Secret("app")}};
    grant.auth = channels::shipped().find("x")->auth;
  }
  RenewalMove answer(int status, std::string body, wire::Headers headers = {}) {
    return renewal_answered(grant, {.status = status, .headers = std::move(headers), .body = std::move(body)},
                            noon);
  }
  Grant grant;
};

TEST_F(RenewalTest, AsksTheNetworkOfTheAccount) {
  const RenewalMove move = begin_renewal(grant);
  const auto* request = std::get_if<wire::Request>(&move);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->url, "https://api.x.test/2/oauth2/token");
}

TEST_F(RenewalTest, WhatIsFreshReplacesWhatItRepeatsAndKeepsTheRest) {
  const auto move =
      answer(200, R"({"access_token":"new","refresh_token":"next","expires_in":7200,"scope":"tweet.write"})");
  const auto* fresh = std::get_if<Renewed>(&move);
  ASSERT_TRUE(fresh);
  EXPECT_EQ(fresh->credential.at("access").reveal(), "new");
  EXPECT_EQ(fresh->credential.at("refresh").reveal(), "next");
  EXPECT_EQ(fresh->credential.at("client_id").reveal(), "app");
  EXPECT_EQ(fresh->expires, noon + 2h);
  EXPECT_EQ(fresh->scopes, std::vector<std::string>{"tweet.write"});
}

TEST_F(RenewalTest, OnlyADefiniteRefusalGivesUp) {
  EXPECT_TRUE(std::holds_alternative<GivenUp>(answer(400, R"({"error":"invalid_grant"})")));
  EXPECT_TRUE(std::holds_alternative<Unchanged>(answer(503, R"({"error":"invalid_grant"})")));
  EXPECT_TRUE(std::holds_alternative<Unchanged>(answer(200, "<html>")));
  EXPECT_TRUE(std::holds_alternative<Unchanged>(renewal_unanswered("connection refused")));
}

TEST_F(RenewalTest, HearsWhenToComeBack) {
  for (const int status : {429, 503}) {
    const auto move = answer(status, "{}", {{"Retry-After", "3600"}});
    const auto* unclear = std::get_if<Unchanged>(&move);
    ASSERT_TRUE(unclear);
    EXPECT_EQ(unclear->fault.retry_after, Duration(1h)) << status;
  }
}

TEST_F(RenewalTest, ACredentialThatNothingRenewsIsGivenUpOnlyWhenItWasRefused) {
  grant.account.network = "mastodon";
  grant.auth = channels::shipped().find("mastodon")->auth;
  EXPECT_TRUE(std::holds_alternative<Unchanged>(begin_renewal(grant))) << "it works, and never expires";
  grant.account.hold = Hold::refreshing;
  EXPECT_TRUE(std::holds_alternative<GivenUp>(begin_renewal(grant)));
}

TEST_F(RenewalTest, ItIsTimeWhenItWasRefusedOrIsNearItsEnd) {
  Account& account = grant.account;
  const auto is_time = [&] { return is_time_to_renew(account, channels::shipped(), noon); };
  EXPECT_FALSE(is_time()) << "it does not expire";
  account.expires = noon + grant.auth->refreshed_before() + 1s;
  EXPECT_FALSE(is_time());
  account.expires = *account.expires - 1s;
  EXPECT_TRUE(is_time());
  account.expires.reset();
  account.hold = Hold::refreshing;
  EXPECT_TRUE(is_time());
  account.network = "gone";
  EXPECT_FALSE(is_time()) << "this build does not speak to it";
}

class RenewalPaceTest : public ::testing::Test {
 protected:
  Duration wait(Instant now) { return pace.next(account, now) - now; }
  SeededRandom random{7};
  RenewalPace pace{random};
  AccountId account = AccountId::make(noon, random);
};

TEST_F(RenewalPaceTest, ADayOfSilenceIsAskedSomeHundredTimesAtMost) {
  int asked = 0;
  for (Instant now = noon; now < noon + 24h; now = now + 10s) {
    if (wait(now) > Duration(0)) continue;
    ++asked;
    pace.ended(account, std::nullopt, now);
  }
  EXPECT_GT(asked, 48);
  EXPECT_LT(asked, 200);
}

TEST_F(RenewalPaceTest, NothingBeginsBeforeTheTimeThatTheNetworkNamed) {
  EXPECT_EQ(wait(noon), Duration(0));
  pace.ended(account, 1h, noon);
  EXPECT_EQ(wait(noon), Duration(1h));
  EXPECT_EQ(wait(noon + 59min), Duration(1min));
  EXPECT_EQ(wait(noon + 2h), Duration(0));
  EXPECT_EQ(wait(noon - 1h), Duration(0)) << "the clock was put back";
}

TEST_F(RenewalPaceTest, AQuietWhileIsANewBeginning) {
  Instant now = noon;
  for (int i = 0; i < 20; ++i) {
    pace.ended(account, std::nullopt, now);
    now = now + wait(now);
  }
  now = now + 11min;
  pace.ended(account, std::nullopt, now);
  EXPECT_LE(wait(now), Duration(4s));
}

}  // namespace
}  // namespace carillon::delivery

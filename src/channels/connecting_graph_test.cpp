// How accounts of the networks with long-lived tokens, of LinkedIn and of WhatsApp are connected.
#include <gtest/gtest.h>

#include "channels/testing/connecting.h"

namespace carillon::channels {
namespace {

using Place = wire::Insert::Place;

TEST(ConnectLinkedin, AsksForOrganisationsOnlyWhenTheAppMay) {
  App app = app_of("linkedin");
  const auto& auth = auth_of("linkedin");
  EXPECT_EQ(
      query_field(auth.consent_url(app, {"s1", "", "https://me.example/back"}), "scope"),
      "openid profile w_member_social w_organization_social r_organization_social rw_organization_admin");
  app.vetted = false;
  EXPECT_EQ(query_field(auth.consent_url(app, {"s1", "", "https://me.example/back"}), "scope"),
            "openid profile w_member_social");
  const std::vector<Identity> person(1);
  EXPECT_FALSE(auth.further(app, person));
}

TEST(ConnectLinkedin, ExchangesAndRefreshesAtTheLoginsHome) {
  const auto& auth = auth_of("linkedin");
  const auto exchange = auth.exchange(app_of("linkedin"), "https://me.example/back");
  EXPECT_EQ(exchange.url, "https://linkedin.example/oauth/v2/accessToken");
  EXPECT_EQ(form_field(exchange, "grant_type"), "authorization_code");
  EXPECT_TRUE(puts(exchange, {"client_secret", Place::form, "client_secret"}));
  EXPECT_TRUE(puts(exchange, {"code", Place::form, "code"}));
  const auto tokens =
      auth.read_tokens(ok(R"({"access_token":"a","expires_in":5184000,"scope":"openid,profile"})"));
  ASSERT_TRUE(tokens);
  EXPECT_EQ(tokens->lives, Duration(std::chrono::days(60)));
  EXPECT_EQ(tokens->scopes, (std::vector<std::string>{"openid", "profile"}));
  const Account real{.api_base = "https://api.linkedin.com"};
  EXPECT_EQ(auth.refresh(app_of("linkedin"), real)->url, "https://www.linkedin.com/oauth/v2/accessToken");
  const Account practice{.api_base = "http://127.0.0.1:8071/linkedin", .sandbox = true};
  EXPECT_EQ(auth.refresh(app_of("linkedin"), practice)->url,
            "http://127.0.0.1:8071/linkedin/oauth/v2/accessToken");
  EXPECT_EQ(auth.refreshed_before(), Duration(std::chrono::days(7)));
}

TEST(ConnectLinkedin, FindsThePersonThenTheOrganisationsThenTheirNames) {
  const auto& auth = auth_of("linkedin");
  const App app = app_of("linkedin");
  auto found =
      auth.read_identities(app, ok(R"({"sub":"abc","name":"Ann Bell","picture":"https://i.example/1"})"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->front().external_id, "urn:li:person:abc");
  const auto acls = auth.further(app, *found);
  ASSERT_TRUE(acls);
  EXPECT_NE(acls->url.find("/rest/organizationAcls?q=roleAssignee"), std::string::npos);
  auth.read_further(app, ok(R"({"elements":[{"organization":"urn:li:organization:7","role":"ADMINISTRATOR"},
                                            {"organization":"urn:li:organization:8"},{"organization":"nonsense"},
                                            {"organization":"urn:li:organization:7"}]})"),
                    *found);
  ASSERT_EQ(found->size(), 3U);
  EXPECT_TRUE(auth.further(app, *found)->url.ends_with("/rest/organizations/7"));
  auth.read_further(app, ok(R"({"id":7,"localizedName":"Bells","vanityName":"bells"})"), *found);
  auth.read_further(app, {403, {}, "{}"}, *found);
  EXPECT_FALSE(auth.further(app, *found)) << "nothing is asked twice";
  EXPECT_EQ((*found)[1].name, "Bells");
  EXPECT_EQ((*found)[2].name, "Organisation 8");
}

TEST(ConnectLinkedin, AsksForTheRestOfALongListOfOrganisations) {
  const auto& auth = auth_of("linkedin");
  const App app = app_of("linkedin");
  std::vector<Identity> found = {{.external_id = "urn:li:person:1", .name = "Ana", .handle = "Ana"}};
  const auto listed = [](int from, int many) {
    std::string elements;
    for (int i = from; i < from + many; ++i)
      elements +=
          (i == from ? "" : ",") + (R"({"organization":"urn:li:organization:)" + std::to_string(i)) + "\"}";
    return ok("{\"elements\":[" + elements + "]}");
  };
  EXPECT_TRUE(auth.further(app, found)->url.ends_with("&count=100"));
  auth.read_further(app, listed(1, 100), found);
  EXPECT_TRUE(auth.further(app, found)->url.ends_with("&count=100&start=100"));
  auth.read_further(app, listed(101, 20), found);
  EXPECT_EQ(found.size(), 121U);
  EXPECT_TRUE(auth.further(app, found)->url.ends_with("/rest/organizations/1"));
  EXPECT_FALSE(found.front().facts.contains("listed"));
  found.resize(1);
  found.front().facts.clear();
  auth.read_further(app, listed(1, 100), found);
  auth.read_further(app, listed(1, 100), found);
  EXPECT_TRUE(auth.further(app, found)->url.ends_with("/rest/organizations/1")) << "nobody new: it ends";
}

TEST(ConnectLinkedin, WithoutOrganisationsThePersonStays) {
  const auto& auth = auth_of("linkedin");
  const App app = app_of("linkedin");
  auto found = auth.read_identities(app, ok(R"({"sub":"abc","name":"Ann Bell"})")).value();
  auth.read_further(app, {403, {}, R"({"message":"Not enough permissions","status":403})"}, found);
  EXPECT_FALSE(auth.further(app, found));
  EXPECT_EQ(found.size(), 1U);
  EXPECT_EQ(auth.read_identities(app, {401, {}, R"({"message":"expired","status":401})"}).error().kind,
            FaultKind::unauthorized);
}

class LongLived : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(LongLived, TokensAreExchangedLengthenedAndRefreshedWithThemselves) {
  const auto [network, letters] = GetParam();
  const auto& auth = auth_of(network);
  const App app = app_of(network);
  const auto exchange = auth.exchange(app, "https://me.example/back");
  EXPECT_EQ(exchange.url, "https://api.example/oauth/access_token");
  EXPECT_EQ(form_field(exchange, "redirect_uri"), "https://me.example/back");
  EXPECT_TRUE(puts(exchange, {"client_secret", Place::form, "client_secret"}));
  const auto longer = auth.lengthen(app);
  ASSERT_TRUE(longer);
  EXPECT_EQ(query_field(longer->url, "grant_type"), std::string(letters) + "_exchange_token");
  EXPECT_TRUE(puts(*longer, {"access", Place::query, "access_token"}));
  const auto tokens =
      auth.read_tokens(ok(R"({"access_token":"long","token_type":"bearer","expires_in":5184000})"));
  ASSERT_TRUE(tokens);
  EXPECT_EQ(tokens->secrets.at("refresh").reveal(), "long");
  EXPECT_EQ(tokens->lives, Duration(std::chrono::days(60)));
  const auto refresh = auth.refresh(app, Account{.api_base = "https://api.example"});
  ASSERT_TRUE(refresh);
  EXPECT_EQ(query_field(refresh->url, "grant_type"), std::string(letters) + "_refresh_token");
  EXPECT_TRUE(puts(*refresh, {"refresh", Place::query, "access_token"}));
  EXPECT_GT(auth.refreshed_before(), Duration(24h));
}

TEST_P(LongLived, RefusalsOfCodesAndTokensAreDefinite) {
  const auto& auth = auth_of(GetParam().first);
  const auto used_up = auth.read_tokens(
      {400,
       {},
       R"({"error_type":"OAuthException","code":400,"error_message":"This authorization code has been used"})"});
  EXPECT_EQ(used_up.error().kind, FaultKind::unauthorized);
  const auto dead = auth.read_refresh({400, {}, R"({"error":{"message":"Session has expired","code":190}})"});
  EXPECT_EQ(dead.error().kind, FaultKind::unauthorized);
  EXPECT_EQ(auth.read_refresh({503, {}, "<html>"}).error().kind, FaultKind::unavailable);
  EXPECT_EQ(auth.read_tokens(ok("{}")).error().kind, FaultKind::unavailable);
}

INSTANTIATE_TEST_SUITE_P(All, LongLived,
                         testing::Values(std::pair("threads", "th"), std::pair("instagram", "ig")),
                         [](const auto& info) { return std::string(info.param.first); });

TEST(ConnectInstagram, UnwrapsTheShortTokenAndKnowsItsHome) {
  const auto& auth = auth_of("instagram");
  const auto tokens =
      auth.read_tokens(ok(R"({"data":[{"access_token":"short","user_id":"1","permissions":"a,b"}]})"));
  ASSERT_TRUE(tokens);
  EXPECT_EQ(tokens->secrets.at("access").reveal(), "short");
  const App real{"instagram", "c", "https://www.instagram.com", "https://graph.instagram.com"};
  EXPECT_EQ(auth.exchange(real, "https://me.example").url, "https://api.instagram.com/oauth/access_token");
  const auto who =
      auth.read_identities(real, ok(R"({"user_id":"178","username":"bells","account_type":"BUSINESS"})"));
  ASSERT_TRUE(who);
  EXPECT_EQ(who->front().external_id, "178");
  EXPECT_EQ(who->front().handle, "@bells");
}

TEST(ConnectThreads, ReadsWhoItIs) {
  const auto who = auth_of("threads").read_identities(app_of("threads"),
                                                      ok(R"({"id":"25","username":"bells","name":"Bells"})"));
  ASSERT_TRUE(who);
  EXPECT_EQ(who->front().external_id, "25");
  EXPECT_EQ(who->front().handle, "@bells");
  EXPECT_EQ(auth_of("threads").read_identities(app_of("threads"), ok("[]")).error().kind,
            FaultKind::unavailable);
}

TEST(ConnectWhatsapp, TakesATokenAndANumbersId) {
  const auto& auth = auth_of("whatsapp");
  const auto login = auth.read_typed({{"token", "EAAG"}, {"phone", "106540352242922"}});
  ASSERT_TRUE(login);
  EXPECT_EQ(login->client_id, "106540352242922");
  EXPECT_EQ(login->secrets.at("access").reveal(), "EAAG");
  EXPECT_EQ(auth.read_typed({{"token", "EAAG"}, {"phone", "+49 30 1"}}).error().field, "fields.phone");
  App app = app_of("whatsapp");
  app.client_id = "106";
  EXPECT_EQ(auth.identities(app).url,
            "https://api.example/v25.0/106?fields=id,display_phone_number,verified_name,quality_rating");
  const auto who = auth.read_identities(
      app,
      ok(R"({"id":"106","display_phone_number":"+49 30 1","verified_name":"Bells","quality_rating":"GREEN"})"));
  ASSERT_TRUE(who);
  EXPECT_EQ(who->front().name, "Bells");
  EXPECT_EQ(who->front().handle, "+49 30 1");
  EXPECT_NE(
      auth.read_test({}, ok(R"({"id":"106","display_phone_number":"+49 30 1","verified_name":"Bells"})"))
          .value()
          .find("+49"),
      std::string::npos);
}

TEST(ConnectWhatsapp, EveryRefusalHasItsClass) {
  const auto& auth = auth_of("whatsapp");
  const auto kind = [&](int code) {
    const std::string body = R"({"error":{"message":"no","code":)" + std::to_string(code) + "}}";
    return auth.read_tokens({400, {}, body}).error().kind;
  };
  for (const int code : {0, 190}) EXPECT_EQ(kind(code), FaultKind::unauthorized) << code;
  for (const int code : {3, 10, 200, 131005, 368, 131031, 130497, 131042, 132015, 132016})
    EXPECT_EQ(kind(code), FaultKind::unauthorized) << code;
  for (const int code : {4, 80007, 130429, 131048, 131056, 133016, 131049})
    EXPECT_EQ(kind(code), FaultKind::throttled) << code;
  for (const int code : {1, 2, 131000, 131016, 131057, 133004})
    EXPECT_EQ(kind(code), FaultKind::unavailable) << code;
  for (const int code : {100, 131008, 131009, 131051, 135000, 132000, 132001, 131052, 131053})
    EXPECT_EQ(kind(code), FaultKind::invalid) << code;
  EXPECT_EQ(kind(132007), FaultKind::forbidden);
  EXPECT_EQ(kind(33), FaultKind::gone);
}

}  // namespace
}  // namespace carillon::channels

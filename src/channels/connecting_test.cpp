// How accounts are connected, network by network: the requests, and what their answers are taken for.
#include <gtest/gtest.h>

#include "channels/testing/connecting.h"

namespace carillon::channels {
namespace {

using Place = wire::Insert::Place;

TEST(ConnectX, AsksForConsentWithStateAndChallenge) {
  const auto url = auth_of("x").consent_url(app_of("x"), {"s1", "c1", "https://me.example/back?x=1"});
  EXPECT_TRUE(url.starts_with("https://x.example/i/oauth2/authorize?"));
  EXPECT_EQ(query_field(url, "client_id"), "client-1");
  EXPECT_EQ(query_field(url, "redirect_uri"), "https://me.example/back?x=1");
  EXPECT_EQ(query_field(url, "state"), "s1");
  EXPECT_EQ(query_field(url, "code_challenge"), "c1");
  EXPECT_EQ(query_field(url, "code_challenge_method"), "S256");
  EXPECT_EQ(query_field(url, "response_type"), "code");
  EXPECT_EQ(query_field(url, "scope"), "tweet.write tweet.read users.read media.write offline.access");
  EXPECT_TRUE(auth_of("x").uses_pkce());
}

TEST(ConnectX, ExchangesRefreshesAndRevokesAsAConfidentialClient) {
  const auto exchange = auth_of("x").exchange(app_of("x"), "https://me.example/back");
  EXPECT_EQ(exchange.method, "POST");
  EXPECT_EQ(exchange.url, "https://api.example/2/oauth2/token");
  EXPECT_EQ(form_field(exchange, "grant_type"), "authorization_code");
  EXPECT_EQ(form_field(exchange, "redirect_uri"), "https://me.example/back");
  EXPECT_TRUE(puts(exchange, {"client_secret", Place::basic_password, "client-1"}));
  EXPECT_TRUE(puts(exchange, {"code", Place::form, "code"}));
  EXPECT_TRUE(puts(exchange, {"verifier", Place::form, "code_verifier"}));
  const auto refresh = auth_of("x").refresh(app_of("x"), {});
  ASSERT_TRUE(refresh);
  EXPECT_EQ(form_field(*refresh, "grant_type"), "refresh_token");
  EXPECT_TRUE(puts(*refresh, {"refresh", Place::form, "refresh_token"}));
  const auto revoke = auth_of("x").revoke(app_of("x"), {});
  ASSERT_TRUE(revoke);
  EXPECT_TRUE(revoke->url.ends_with("/2/oauth2/revoke"));
  EXPECT_TRUE(puts(*revoke, {"access", Place::form, "token"}));
}

TEST(ConnectX, ReadsWhoItIs) {
  const auto who = auth_of("x").read_identities(
      app_of("x"),
      ok(R"({"data":{"id":"42","name":"Shop","username":"shop","profile_image_url":"https://i.example/1"}})"));
  ASSERT_TRUE(who);
  EXPECT_EQ(who->front().external_id, "42");
  EXPECT_EQ(who->front().handle, "@shop");
  EXPECT_EQ(auth_of("x").read_identities(app_of("x"), ok("{}")).error().kind, FaultKind::unavailable);
  EXPECT_EQ(auth_of("x").read_test({}, {401, {}, R"({"title":"Unauthorized"})"}).error().kind,
            FaultKind::unauthorized);
  EXPECT_NE(auth_of("x")
                .read_test({}, ok(R"({"data":{"id":"42","name":"Shop","username":"shop"}})"))
                .value()
                .find("@shop"),
            std::string::npos);
}

TEST(ConnectFacebook, ExchangesTheCodeAndThenTheToken) {
  const auto& auth = auth_of("facebook");
  const auto url = auth.consent_url(app_of("facebook"), {"s1", "", "https://me.example/back"});
  EXPECT_TRUE(url.starts_with("https://facebook.example/v25.0/dialog/oauth?"));
  EXPECT_EQ(query_field(url, "scope"),
            "pages_show_list,pages_read_engagement,pages_manage_posts,pages_manage_engagement");
  const auto exchange = auth.exchange(app_of("facebook"), "https://me.example/back");
  EXPECT_EQ(exchange.method, "GET");
  EXPECT_TRUE(exchange.url.starts_with("https://api.example/v25.0/oauth/access_token?"));
  EXPECT_TRUE(puts(exchange, {"client_secret", Place::query, "client_secret"}));
  EXPECT_TRUE(puts(exchange, {"code", Place::query, "code"}));
  const auto longer = auth.lengthen(app_of("facebook"));
  ASSERT_TRUE(longer);
  EXPECT_EQ(query_field(longer->url, "grant_type"), "fb_exchange_token");
  EXPECT_TRUE(puts(*longer, {"access", Place::query, "fb_exchange_token"}));
  const auto tokens =
      auth.read_tokens(ok(R"({"access_token":"u","token_type":"bearer","expires_in":5183944})"));
  ASSERT_TRUE(tokens);
  EXPECT_EQ(tokens->lives, std::nullopt) << "pages' tokens have no end date";
  const auto used_up = auth.read_tokens(
      {400,
       {},
       R"({"error":{"message":"This authorization code has been used.","type":"OAuthException","code":100}})"});
  EXPECT_EQ(used_up.error().kind, FaultKind::unauthorized);
  EXPECT_FALSE(auth.refresh(app_of("facebook"), {}));
}

TEST(ConnectFacebook, ListsPagesWithTheirTokensAndWhatTheyLack) {
  const auto& auth = auth_of("facebook");
  const auto pages = auth.read_identities(app_of("facebook"), ok(R"({"data":[
      {"id":"1","name":"Bells","access_token":"p1","tasks":["CREATE_CONTENT","ANALYZE"]},
      {"id":"2","name":"Gongs","access_token":"p2","tasks":["ANALYZE"]}]})"));
  ASSERT_TRUE(pages);
  ASSERT_EQ(pages->size(), 2U);
  EXPECT_EQ((*pages)[0].secrets.at("page").reveal(), "p1");
  EXPECT_TRUE((*pages)[0].missing.empty());
  EXPECT_EQ((*pages)[1].missing.size(), 1U);
  EXPECT_EQ(auth.read_identities(app_of("facebook"), ok(R"({"data":[]})")).error().code, "no_pages");
  EXPECT_EQ(auth.read_identities(app_of("facebook"), ok("<html>")).error().kind, FaultKind::unavailable);
}

TEST(ConnectFacebook, AsksForTheRestOfALongListOfPages) {
  const auto& auth = auth_of("facebook");
  const App app = app_of("facebook");
  auto pages = auth.read_identities(app, ok(R"({"data":[{"id":"1","name":"Bells","access_token":"p1"}],
      "paging":{"cursors":{"after":"QVFI"},"next":"https://graph.facebook.com/next"}})"));
  ASSERT_TRUE(pages);
  EXPECT_NE(auth.further(app, *pages)->url.find("after=QVFI"), std::string::npos);
  auth.read_further(app, ok(R"({"data":[{"id":"1"},{"id":"2","name":"Gongs","access_token":"p2"}],
      "paging":{"cursors":{"after":"QVFJ"}}})"),
                    *pages);
  ASSERT_EQ(pages->size(), 2U);
  EXPECT_EQ(pages->back().name, "Gongs");
  EXPECT_FALSE(auth.further(app, *pages)) << "the last answer names no next one";
  for (const Identity& page : *pages) EXPECT_FALSE(page.facts.contains("rest_of_list"));
}

TEST(ConnectFacebook, TestsThePageWithItsOwnToken) {
  Account page;
  page.external_id = "1";
  page.api_base = "https://api.example";
  const auto request = auth_of("facebook").test(page);
  EXPECT_EQ(request.url, "https://api.example/v25.0/1?fields=id,name");
  EXPECT_TRUE(puts(request, {"page", Place::bearer, ""}));
  EXPECT_TRUE(auth_of("facebook").read_test(page, ok(R"({"id":"1","name":"Bells"})")));
  const auto lost =
      auth_of("facebook")
          .read_test(page, {400, {}, R"({"error":{"message":"expired","code":190,"error_subcode":463}})"});
  EXPECT_EQ(lost.error().kind, FaultKind::unauthorized);
}

TEST(ConnectMastodon, RegistersItselfOnTheServer) {
  const auto& auth = auth_of("mastodon");
  const auto request = auth.register_app("https://bell.example", "https://me.example/back");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->url, "https://bell.example/api/v1/apps");
  EXPECT_EQ(form_field(*request, "redirect_uris"), "https://me.example/back");
  EXPECT_EQ(form_field(*request, "client_name"), "Carillon");
  const auto app =
      auth.read_app("https://bell.example", ok(R"({"id":"1","client_id":"abc","client_secret":"xyz"})"));
  ASSERT_TRUE(app);
  EXPECT_EQ(app->first.client_id, "abc");
  EXPECT_EQ(app->first.authorize_base, "https://bell.example");
  EXPECT_EQ(app->second.at("client_secret").reveal(), "xyz");
  EXPECT_EQ(auth.read_app("https://bell.example", ok("{}")).error().kind, FaultKind::unavailable);
}

TEST(ConnectMastodon, ExchangesWithTheVerifier) {
  const auto& auth = auth_of("mastodon");
  const auto url = auth.consent_url(app_of("mastodon"), {"s", "c", "https://me.example/back"});
  EXPECT_TRUE(url.starts_with("https://mastodon.example/oauth/authorize?"));
  EXPECT_EQ(query_field(url, "code_challenge_method"), "S256");
  const auto exchange = auth.exchange(app_of("mastodon"), "https://me.example/back");
  EXPECT_EQ(exchange.url, "https://api.example/oauth/token");
  EXPECT_TRUE(puts(exchange, {"client_secret", Place::form, "client_secret"}));
  EXPECT_TRUE(puts(exchange, {"verifier", Place::form, "code_verifier"}));
  EXPECT_FALSE(auth.refresh(app_of("mastodon"), {})) << "tokens do not expire";
}

TEST(ConnectMastodon, KnowsTheAccountAndItsServer) {
  const auto& auth = auth_of("mastodon");
  App app = app_of("mastodon");
  app.api_base = "https://bell.example";
  const auto who = auth.read_identities(
      app,
      ok(R"({"id":"77","acct":"shop","username":"shop","display_name":"","avatar":"https://i.example/a"})"));
  ASSERT_TRUE(who);
  EXPECT_EQ(who->front().handle, "@shop@bell.example");
  EXPECT_EQ(who->front().name, "shop");
  const auto facts = auth.read_about(ok(
      R"({"version":"4.5.0","title":"Bell","configuration":{"statuses":{"max_characters":999},"polls":{}}})"));
  EXPECT_EQ(facts.at("instance").at("version"), "4.5.0");
  EXPECT_EQ(facts.at("instance").at("configuration").at("statuses").at("max_characters"), 999);
  EXPECT_TRUE(auth.read_about({500, {}, ""}).empty());
  EXPECT_TRUE(auth.read_about(ok("<html>")).empty());
}

TEST(ConnectTelegram, LooksTheChatUpWithTheBotsToken) {
  const auto& auth = auth_of("telegram");
  App app = app_of("telegram");
  app.client_id = "@bells";
  const auto request = auth.identities(app);
  EXPECT_EQ(request.url, "https://api.example/bot{token}/getChat");
  EXPECT_EQ(std::get<std::string>(request.body), R"({"chat_id":"@bells"})");
  EXPECT_TRUE(puts(request, {"access", Place::path, "{token}"}));
  const auto chat = auth.read_identities(
      app, ok(R"({"ok":true,"result":{"id":-1001234,"type":"channel","title":"Bells","username":"bells"}})"));
  ASSERT_TRUE(chat);
  EXPECT_EQ(chat->front().external_id, "-1001234");
  EXPECT_EQ(chat->front().handle, "@bells");
  EXPECT_EQ(
      auth.read_identities(
              app, {400, {}, R"({"ok":false,"error_code":400,"description":"Bad Request: chat not found"})"})
          .error()
          .code,
      "not_found");
  EXPECT_EQ(
      auth.read_identities(app, {401, {}, R"({"ok":false,"error_code":401,"description":"Unauthorized"})"})
          .error()
          .code,
      "token_expired");
  const auto facts =
      auth.read_about(ok(R"({"ok":true,"result":{"id":99,"is_bot":true,"username":"bellbot"}})"));
  EXPECT_EQ(facts.at("bot_id"), 99);
}

TEST(ConnectTelegram, TestsWhetherTheBotMayPost) {
  const auto& auth = auth_of("telegram");
  Account account;
  account.external_id = "-1001234";
  account.name = "Bells";
  account.api_base = "https://api.example";
  EXPECT_TRUE(auth.test(account).url.ends_with("/getChat"));
  account.facts = {{"bot_id", 99}, {"type", "channel"}};
  EXPECT_TRUE(auth.test(account).url.ends_with("/getChatMember"));
  EXPECT_EQ(std::get<std::string>(auth.test(account).body), R"({"chat_id":"-1001234","user_id":99})");
  EXPECT_TRUE(auth.read_test(
      account, ok(R"({"ok":true,"result":{"status":"administrator","can_post_messages":true}})")));
  EXPECT_EQ(auth.read_test(account,
                           ok(R"({"ok":true,"result":{"status":"administrator","can_post_messages":false}})"))
                .error()
                .code,
            "permission_missing");
  EXPECT_EQ(auth.read_test(account, ok(R"({"ok":true,"result":{"status":"left"}})")).error().code,
            "permission_missing");
  EXPECT_EQ(auth.read_test(account, {502, {}, "<html>"}).error().kind, FaultKind::unavailable);
}

TEST(Connecting, NoUnclearAnswerIsARefusal) {
  for (const Entry& entry : shipped().all()) {
    for (const wire::Response& odd : {wire::Response{200, {}, ""},
                                      {200, {}, "<html>"},
                                      {500, {}, "{}"},
                                      {502, {}, "<html>"},
                                      {200, {}, "{\"access"}}) {
      const auto refreshed = entry.auth->read_refresh(odd);
      ASSERT_FALSE(refreshed) << entry.channel->traits().network << " " << odd.status << odd.body;
      EXPECT_EQ(refreshed.error().kind, FaultKind::unavailable)
          << entry.channel->traits().network << " " << odd.status << odd.body;
      const auto tested = entry.auth->read_test({}, odd);
      ASSERT_FALSE(tested);
      EXPECT_EQ(tested.error().kind, FaultKind::unavailable)
          << entry.channel->traits().network << " " << odd.status << odd.body;
    }
  }
}

}  // namespace
}  // namespace carillon::channels

// How accounts are connected by what is typed, and where Pinterest, YouTube and TikTok differ from the
// others.
#include <gtest/gtest.h>

#include <algorithm>

#include "channels/registry.h"
#include "channels/testing/connecting.h"

namespace carillon::channels {
namespace {

using Place = wire::Insert::Place;
using Typed = std::map<std::string, std::string>;

TEST(ConnectByTyping, EveryNetworkSaysWhatItWants) {
  for (const Entry& entry : shipped().all()) {
    const Traits& traits = entry.channel->traits();
    EXPECT_EQ(traits.connect_by == ConnectBy::token, !traits.connect_fields.empty()) << traits.network;
    const bool hidden = std::ranges::any_of(traits.connect_fields, &ConnectField::secret);
    EXPECT_EQ(hidden, !traits.connect_fields.empty())
        << traits.network << " asks for something that proves who it is";
    for (const ConnectField& field : traits.connect_fields) {
      EXPECT_FALSE(field.name.empty() || field.label.empty() || field.help.empty()) << traits.network;
      EXPECT_LE(field.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string::npos);
    }
  }
}

TEST(ConnectBluesky, TradesTheAppPasswordForASession) {
  const auto& auth = auth_of("bluesky");
  const auto login = auth.read_typed(Typed{{"handle", " @bells.example "}, {"password", "aaaa-bbbb"}});
  ASSERT_TRUE(login);
  EXPECT_EQ(login->client_id, "bells.example");
  EXPECT_EQ(login->secrets.at("code").reveal(), "aaaa-bbbb") << "given up at the exchange";
  const auto exchange = auth.exchange(app_of("bluesky", "bells.example"), "");
  EXPECT_EQ(exchange.url, "https://api.example/xrpc/com.atproto.server.createSession");
  EXPECT_EQ(std::get<std::string>(exchange.body), R"({"identifier":"bells.example"})");
  EXPECT_TRUE(puts(exchange, {"code", Place::json, "password"}));
  const auto tokens = auth.read_tokens(ok(R"({"accessJwt":"a","refreshJwt":"r","did":"did:plc:1"})"));
  ASSERT_TRUE(tokens);
  EXPECT_EQ(tokens->secrets.at("refresh").reveal(), "r");
  EXPECT_EQ(tokens->lives, std::chrono::hours(2));
  EXPECT_EQ(
      auth.read_tokens(
              {401, {}, R"({"error":"AuthenticationRequired","message":"Invalid identifier or password"})"})
          .error()
          .kind,
      FaultKind::unauthorized);
}

TEST(ConnectBluesky, RefreshesWithTheOtherToken) {
  const auto& auth = auth_of("bluesky");
  const auto request = auth.refresh(app_of("bluesky"), {});
  ASSERT_TRUE(request);
  EXPECT_TRUE(puts(*request, {"refresh", Place::bearer, ""}));
  EXPECT_EQ(auth.read_refresh({400, {}, R"({"error":"ExpiredToken","message":"Token has been revoked"})"})
                .error()
                .kind,
            FaultKind::unauthorized);
}

TEST(ConnectBluesky, GoesToAServerOfItsOwn) {
  const auto& auth = auth_of("bluesky");
  const auto typed = [&](const std::string& server) {
    return auth.read_typed(Typed{{"handle", "a.example"}, {"password", "p"}, {"server", server}});
  };
  EXPECT_EQ(typed("pds.example.org")->api_base, "https://pds.example.org");
  EXPECT_EQ(typed("https://pds.example.org/xrpc")->api_base, "https://pds.example.org");
  EXPECT_EQ(typed(" ")->api_base, "");
  for (const char* odd : {"localhost", "http://pds.example.org", "not a name"})
    EXPECT_EQ(typed(odd).error().field, "fields.server") << odd;
}

TEST(ConnectDiscord, TakesTheAddressApart) {
  const auto& auth = auth_of("discord");
  const auto typed = [&](const std::string& webhook) { return auth.read_typed(Typed{{"webhook", webhook}}); };
  const auto login = typed(" https://discord.com/api/webhooks/900100/AbC-d_1 ");
  ASSERT_TRUE(login);
  EXPECT_EQ(login->client_id, "900100");
  EXPECT_EQ(login->secrets.at("access").reveal(), "AbC-d_1");
  EXPECT_EQ(login->api_base, "") << "nobody sends us elsewhere";
  for (const char* odd : {"", "https://discord.com/api/webhooks/", "https://discord.com/api/webhooks/12",
                          "https://discord.com/api/webhooks/x/y", "https://discord.com/api/webhooks/12/a/b"})
    EXPECT_EQ(typed(odd).error().field, "fields.webhook") << odd;
  const auto ask = auth.identities(app_of("discord", "900100"));
  EXPECT_EQ(ask.url, "https://api.example/api/v10/webhooks/900100/{token}");
  EXPECT_TRUE(puts(ask, {"access", Place::path, "{token}"}));
  const auto who = auth.read_identities(
      {}, ok(R"({"id":"900100","name":"news","guild_id":"7","channel_id":"8","token":"AbC-d_1"})"));
  ASSERT_TRUE(who);
  EXPECT_EQ(who->front().facts.at("guild_id"), "7");
  EXPECT_FALSE(who->front().facts.contains("token"));
  EXPECT_EQ(auth.read_test({}, {404, {}, R"({"message":"Unknown Webhook","code":10015})"}).error().code,
            "token_expired");
}

TEST(ConnectSlack, WantsTheChannelsIdAndTheBotInIt) {
  const auto& auth = auth_of("slack");
  const auto typed = [&](const std::string& where) {
    return auth.read_typed(Typed{{"token", "xoxb-1"}, {"channel", where}});
  };
  EXPECT_EQ(typed("C0123456789")->client_id, "C0123456789");
  EXPECT_EQ(typed("https://bells.slack.com/archives/C0123456789/p17?x=1")->client_id, "C0123456789");
  EXPECT_EQ(typed("#news").error().field, "fields.channel");
  const auto read = [&](const char* member) {
    return auth.read_identities(
        {}, ok(std::string(R"({"ok":true,"channel":{"id":"C1","name":"news","is_member":)") + member + "}}"));
  };
  EXPECT_TRUE(read("true")->front().missing.empty());
  EXPECT_EQ(read("true")->front().handle, "#news");
  EXPECT_EQ(read("false")->front().missing.size(), 1U);
  EXPECT_EQ(auth.read_identities({}, ok(R"({"ok":false,"error":"channel_not_found"})")).error().code,
            "not_found");
  EXPECT_EQ(auth.read_tokens(ok(R"({"ok":false,"error":"invalid_auth"})")).error().kind,
            FaultKind::unauthorized);
}

TEST(ConnectPinterest, EachBoardIsAnAccount) {
  const auto& auth = auth_of("pinterest");
  const auto boards =
      auth.read_identities({}, ok(R"({"items":[{"id":"1","name":"Bells","owner":{"username":"shop"}},
      {"id":"2","name":"Gongs","owner":{"username":"shop"}}],"bookmark":null})"));
  ASSERT_TRUE(boards);
  EXPECT_EQ(boards->size(), 2U);
  EXPECT_EQ(boards->back().name, "Gongs");
  EXPECT_EQ(auth.read_identities({}, ok(R"({"items":[]})")).error().code, "no_boards");
  const auto exchange = auth.exchange(app_of("pinterest"), "https://me.example/back");
  EXPECT_TRUE(puts(exchange, {"client_secret", Place::basic_password, "client-1"}));
}

TEST(ConnectPinterest, AsksForTheRestOfALongListOfBoards) {
  const auto& auth = auth_of("pinterest");
  const App app = app_of("pinterest");
  auto boards = auth.read_identities(app, ok(R"({"items":[{"id":"1","name":"Bells"}],"bookmark":"b=1"})"));
  ASSERT_TRUE(boards);
  EXPECT_TRUE(auth.further(app, *boards)->url.ends_with("&bookmark=b%3D1"));
  auth.read_further(app, ok(R"({"items":[{"id":"1"}],"bookmark":"b=1"})"), *boards);
  EXPECT_FALSE(auth.further(app, *boards)) << "nobody new: the same is not asked twice";
  EXPECT_EQ(boards->size(), 1U);
}

TEST(ConnectYoutube, AsksForARefreshTokenAndForAChannel) {
  const auto& auth = auth_of("youtube");
  const auto url = auth.consent_url(app_of("youtube"), {"s1", "c1", "https://me.example/back"});
  for (const char* part : {"access_type=offline", "prompt=consent", "code_challenge=c1", "youtube.upload"})
    EXPECT_NE(url.find(part), std::string::npos) << part;
  App google = app_of("youtube");
  google.api_base = "https://www.googleapis.com";
  EXPECT_EQ(auth.exchange(google, "").url, "https://oauth2.googleapis.com/token");
  EXPECT_EQ(auth.read_identities({}, ok(R"({"pageInfo":{"totalResults":0}})")).error().code, "no_channel");
}

TEST(ConnectTiktok, ARefusedRefreshComesWithSuccess) {
  const auto& auth = auth_of("tiktok");
  const auto refused =
      auth.read_refresh(ok(R"({"error":"invalid_grant","error_description":"expired","log_id":"1"})"));
  EXPECT_EQ(refused.error().kind, FaultKind::unauthorized);
  const auto url = auth.consent_url(app_of("tiktok"), {"s1", "", "https://me.example/back"});
  EXPECT_NE(url.find("client_key=client-1"), std::string::npos);
  EXPECT_TRUE(auth.read_refresh(ok(R"({"access_token":"a","refresh_token":"r","expires_in":86400})")));
}

// ---- what is checked before anything is sent ----

CheckReport checked(const char* network, ContentPart part, std::vector<MediaFacts> media = {},
                    boost::json::object options = {}) {
  Content content{{part}, std::move(options)};
  Account account{.network = network, .api_base = "https://api.example"};
  for (const MediaFacts& facts : media) content.parts[0].media.push_back({facts.id, "A bell"});
  return shipped().find(network)->channel->check(account, content.parts[0], 0, content, media);
}

bool blocked_by(const CheckReport& report, std::string_view id) {
  return std::ranges::any_of(report.findings, [&](const Finding& finding) {
    return finding.id == id && finding.severity == Severity::blocker;
  });
}

std::string bells(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "\U0001F514";
  return text;
}

TEST(CheckBluesky, CountsGraphemesAndBytes) {
  EXPECT_EQ(checked("bluesky", {.text = bells(300)}).counted, 300U);
  EXPECT_FALSE(blocked_by(checked("bluesky", {.text = bells(300)}), "text_too_long"));
  EXPECT_TRUE(blocked_by(checked("bluesky", {.text = bells(301)}), "text_too_long"));
  std::string families;
  for (int i = 0; i < 130; ++i) families += "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466";
  EXPECT_EQ(checked("bluesky", {.text = families}).counted, 130U);
  EXPECT_TRUE(blocked_by(checked("bluesky", {.text = families}), "text_too_long")) << "3,250 bytes";
}

TEST(CheckVideoNetworks, WantAVideo) {
  for (const char* network : {"youtube", "tiktok"}) {
    EXPECT_TRUE(blocked_by(checked(network, {.text = "Ringing"}), "media_missing")) << network;
    const MediaFacts film{.mime = "video/mp4",
                          .bytes = 9'000'000,
                          .width = 720,
                          .height = 1280,
                          .duration = std::chrono::seconds(30)};
    const auto report = checked(network, {.text = "Ringing"}, {film});
    EXPECT_FALSE(std::ranges::any_of(report.findings, [](const Finding& one) {
      return one.severity == Severity::blocker;
    })) << network;
    EXPECT_TRUE(
        blocked_by(checked(network, {.text = "Ringing"}, {{.mime = "image/png", .bytes = 9}}), "media_type"));
  }
  EXPECT_TRUE(blocked_by(checked("pinterest", {.text = "A bell"}), "media_missing"));
}

TEST(CheckYoutube, TheFirstLineIsTheTitle) {
  const MediaFacts film{.mime = "video/mp4", .bytes = 9, .duration = std::chrono::seconds(30)};
  EXPECT_TRUE(blocked_by(checked("youtube", {.text = std::string(101, 'a')}, {film}), "title_too_long"));
  EXPECT_FALSE(
      blocked_by(checked("youtube", {.text = std::string(101, 'a')}, {film}, {{"video_title", "Bells"}}),
                 "title_too_long"));
  EXPECT_TRUE(blocked_by(checked("youtube", {.text = ""}, {film}), "title_missing"));
  EXPECT_TRUE(blocked_by(checked("youtube", {.text = "a < b"}, {film}), "text_characters"));
}

TEST(CheckPolls, AQuestionIsNeededWhereTheTextIsTheQuestion) {
  for (const char* network : {"telegram", "discord"}) {
    ContentPart part{.poll = Poll{.options = {"a", "b"}}};
    EXPECT_TRUE(blocked_by(checked(network, part), "poll_question")) << network;
    part.text = "Which?";
    EXPECT_FALSE(blocked_by(checked(network, part), "poll_question")) << network;
    part.text = std::string(301, 'a');
    EXPECT_TRUE(blocked_by(checked(network, part), "text_too_long")) << network;
  }
}

}  // namespace
}  // namespace carillon::channels

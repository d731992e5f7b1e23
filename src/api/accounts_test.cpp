#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/testing/server.h"
#include "run/log.h"
#include "run/sandbox_host.h"
#include "store/lane_rows.h"
#include "wire/url.h"

namespace carillon::api {
namespace {

class Accounts : public ::testing::Test {
 protected:
  Reply patch(const std::string& body) {
    return server.ask({.method = "PATCH", .path = path, .body = body, .as = home.as_owner});
  }
  TestServer server;
  Household home = server.add_household("home");
  Account shop = server.add_account(home, "x", "shop");
  std::string path = "/api/v1/accounts/" + shop.id.text();
};

TEST_F(Accounts, AreLabelledWhenTheyLiveInTheSandbox) {
  const auto list = server.get("/api/v1/accounts", home.as_viewer);
  EXPECT_EQ(list.text("/items/0/sandbox"), "true");
  EXPECT_EQ(list.text("/items/0/health/level"), "good");
  EXPECT_EQ(server.get("/api/v1/session", home.as_viewer).text("/sandbox"), "true");
}

TEST_F(Accounts, SayWhatTheyMayStillDo) {
  const auto lane = [&](const std::string& name) {
    const auto account = server.get(path, home.as_viewer);
    for (int i = 0; i < 20; ++i) {
      const auto at = fmt::format("/lanes/{}", i);
      if (account.text(at + "/name") == name) return std::pair{account, at};
    }
    ADD_FAILURE() << "no lane " << name << " in " << account.body;
    return std::pair{account, std::string("/none")};
  };
  auto [fresh, at] = lane("post");
  EXPECT_EQ(fresh.text(at + "/used"), "0");
  EXPECT_EQ(fresh.text(at + "/publishing"), "true");
  EXPECT_EQ(fresh.text(at + "/opens"), "null");
  const auto limit = fresh.text(at + "/limit");
  const int64_t window = std::stoll(fresh.text(at + "/window_s")) * 1'000'000;
  const int64_t bucket = server.now().us / ((window + 63) / 64);
  const Instant until = server.now() + std::chrono::minutes(5);
  server.store().write_now([&](store::Unit& unit) {
    store::write_lane(unit.connection(), {.key = "account:" + shop.id.text() + ":post",
                                          .workspace = home.id,
                                          .taken = {{bucket, 3}},
                                          .closed_until = until,
                                          .closed_why = "too many requests"});
  });
  const auto [used, there] = lane("post");
  EXPECT_EQ(used.text(there + "/used"), "3");
  EXPECT_EQ(used.text(there + "/limit"), limit);
  EXPECT_EQ(used.text(there + "/closed_until"), to_text(until));
  EXPECT_EQ(used.text(there + "/opens"), to_text(until));
  EXPECT_EQ(used.text(there + "/why"), "too many requests");
  EXPECT_NE(server.get("/api/v1/accounts", home.as_viewer).body.find("\"used\":3"), std::string::npos);
}

TEST_F(Accounts, AreRenamed) {
  EXPECT_EQ(patch(R"({"name":"Cake Shop","zone":"Europe/Paris"})").text("/name"), "Cake Shop");
  EXPECT_EQ(patch(R"({"zone":""})").text("/zone"), "");
  EXPECT_EQ(patch(R"({"zone":"Nowhere"})").text("/field"), "zone");
}

TEST_F(Accounts, AreSwitchedOffAndOn) {
  const auto off = server.post(path + "/hold", "", home.as_owner);
  EXPECT_EQ(off.text("/hold"), "disabled");
  EXPECT_EQ(off.text("/health/action"), "release");
  EXPECT_EQ(server.post(path + "/release", "", home.as_owner).text("/hold"), "none");
  EXPECT_EQ(server.dispatcher.changed().size(), 2U);
}

TEST_F(Accounts, AreRefreshedByTheMachineRoom) {
  EXPECT_EQ(server.post(path + "/refresh", "", home.as_owner).status, 200);
  EXPECT_EQ(server.dispatcher.refreshed, 1);
  server.dispatcher.refresh_says =
      refuse({.kind = FaultKind::unauthorized, .code = "token_refused", .text = "Refused."});
  EXPECT_EQ(server.post(path + "/refresh", "", home.as_owner).status, 409);
  server.dispatcher.refresh_says =
      refuse({.kind = FaultKind::unavailable, .code = "lost", .text = "No answer."});
  EXPECT_EQ(server.post(path + "/refresh", "", home.as_owner).status, 502);
}

TEST_F(Accounts, TakeWhatWaitsWithThemWhenTheyGo) {
  const auto post = server.post("/api/v1/posts", post_json({shop.id}, "hi", R"(,"now":true)"), home.as_owner);
  ASSERT_EQ(post.status, 201);
  const auto gone = server.ask({.method = "DELETE", .path = path, .as = home.as_owner});
  ASSERT_EQ(gone.status, 200) << gone.body;
  EXPECT_EQ(gone.text("/canceled"), "1");
  EXPECT_EQ(server.dispatcher.changed().back(), shop.id);
  EXPECT_EQ(server.get("/api/v1/accounts", home.as_viewer).text("/items"), "[]");
  EXPECT_EQ(server.get("/api/v1/posts/" + post.text("/id"), home.as_viewer).text("/state"), "canceled");
  EXPECT_EQ(server.post(path + "/test", "", home.as_owner).status, 409);
  EXPECT_EQ(server.post(path + "/release", "", home.as_owner).status, 409);
}

TEST_F(Accounts, CannotBeConnectedWithoutAnAppOrASandbox) {
  const auto real = server.post("/api/v1/accounts/connect", R"({"network":"x"})", home.as_owner);
  EXPECT_EQ(real.status, 409);
  EXPECT_EQ(real.text("/code"), "no_app");
  const auto practice =
      server.post("/api/v1/accounts/connect", R"({"network":"x","sandbox":true})", home.as_owner);
  EXPECT_EQ(practice.text("/code"), "no_sandbox");
  const auto unknown = server.post("/api/v1/accounts/connect", R"({"network":"orkut"})", home.as_owner);
  EXPECT_EQ(unknown.text("/field"), "network");
  for (const char* base :
       {"", "localhost", "http://mastodon.example", "user@mastodon.example", "mastodon example"}) {
    const auto body = fmt::format(R"({{"network":"mastodon","base":"{}"}})", base);
    EXPECT_EQ(server.post("/api/v1/accounts/connect", body, home.as_owner).text("/field"), "base") << base;
  }
}

TEST_F(Accounts, KnowTheNetworksAndHowToConnect) {
  const auto reply = server.get("/api/v1/networks", home.as_viewer);
  ASSERT_EQ(reply.status, 200);
  EXPECT_EQ(reply.json().at("items").as_array().size(), channels::shipped().all().size());
  EXPECT_EQ(reply.text("/items/0/connect/sandbox"), "false");
}

// Through the sandbox's own consent pages, as a browser goes.
class Connecting : public ::testing::Test {
 protected:
  Reply begin(const std::string& body) {
    return server.post("/api/v1/accounts/connect", body, home.as_owner);
  }
  // What the sandbox's consent page sends the browser to when everything is allowed.
  std::string consent(const std::string& url);
  // The browser comes back: gives the ticket.
  std::string come_back(const std::string& location, const std::string& as) {
    const auto at = location.find("/oauth/callback");
    EXPECT_NE(at, std::string::npos) << location;
    const auto reply = server.ask({.path = location.substr(at), .as = as});
    EXPECT_EQ(reply.status, 303) << reply.body;
    const auto to = reply.header("location");
    EXPECT_TRUE(to.starts_with("/accounts?connect=")) << to;
    return to.substr(std::string("/accounts?connect=").size());
  }
  std::string connect(const std::string& network) {
    const auto started = begin(fmt::format(R"({{"network":"{}","sandbox":true}})", network));
    EXPECT_EQ(started.status, 200) << started.body;
    return come_back(consent(started.text("/url")), home.as_owner);
  }

  run::Log log{"error", "human"};
  run::SandboxHost sandbox{{.listen = "127.0.0.1:0"}, log};
  TestServer server{sandbox.url()};
  Household home = server.add_household("home");
};

std::string Connecting::consent(const std::string& address) {
  const auto url = wire::parse_url(address);
  const std::string form = "decision=allow&person=0";
  const auto bytes = fmt::format(
      "POST {}?{} HTTP/1.1\r\nHost: {}:{}\r\nConnection: close\r\nContent-Type: "
      "application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}",
      url->path, url->query, url->host, url->port, form.size(), form);
  const auto port = static_cast<uint16_t>(std::stoi(url->port));
  const auto reply = parse_reply(exchange_bytes(port, bytes, std::chrono::seconds(10)));
  EXPECT_TRUE(reply.status == 302 || reply.status == 303) << address << "\n" << reply.body.substr(0, 2000);
  return reply.header("location");
}

TEST_F(Connecting, BySandboxConsentMakesAnAccountForX) {
  const auto outcome = server.get("/api/v1/accounts/connect/" + connect("x"), home.as_owner);
  ASSERT_EQ(outcome.status, 200) << outcome.body;
  EXPECT_EQ(outcome.text("/outcome"), "connected");
  EXPECT_EQ(outcome.text("/account/sandbox"), "true");
  EXPECT_EQ(outcome.text("/account/refreshable"), "true");
  const auto test =
      server.post("/api/v1/accounts/" + outcome.text("/account/id") + "/test", "", home.as_owner);
  EXPECT_EQ(test.text("/ok"), "true") << test.body;
}

TEST_F(Connecting, RegistersItsAppOnMastodon) {
  const auto outcome = server.get("/api/v1/accounts/connect/" + connect("mastodon"), home.as_owner);
  EXPECT_EQ(outcome.text("/outcome"), "connected") << outcome.body;
}

TEST_F(Connecting, LetsAPersonChooseAmongPages) {
  const auto ticket = connect("facebook");
  const auto outcome = server.get("/api/v1/accounts/connect/" + ticket, home.as_owner);
  ASSERT_EQ(outcome.status, 200) << outcome.body;
  if (outcome.text("/outcome") == "connected") return;  // the person manages one page only
  EXPECT_EQ(outcome.text("/outcome"), "choose") << outcome.body;
  const auto page = outcome.text("/identities/0/external_id");
  const auto odd = fmt::format(R"({{"ticket":"{}","identities":["999"]}})", ticket);
  EXPECT_EQ(server.post("/api/v1/accounts/choose", odd, home.as_owner).text("/field"), "identities");
  const auto body = fmt::format(R"({{"ticket":"{}","identities":["{}"]}})", ticket, page);
  const auto chosen = server.post("/api/v1/accounts/choose", body, home.as_owner);
  ASSERT_EQ(chosen.status, 201) << chosen.body;
  EXPECT_EQ(chosen.text("/items/0/external_id"), page);
  EXPECT_EQ(server.post("/api/v1/accounts/choose", body, home.as_owner).status, 410);
}

TEST_F(Connecting, ByTokenMakesAnAccountAtOnce) {
  const auto reply = begin(
      R"({"network":"telegram","sandbox":true,"fields":{"token":"100200300:sandbox-bot-token","chat":"@carillon_sandbox"}})");
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.text("/account/network"), "telegram");
  EXPECT_EQ(reply.body.find("sandbox-bot-token"), std::string::npos);
  const auto wrong = begin(
      R"({"network":"telegram","sandbox":true,"fields":{"token":"1:wrong","chat":"@carillon_sandbox"}})");
  EXPECT_EQ(wrong.status, 422) << wrong.body;
  const auto without = begin(R"({"network":"telegram","sandbox":true,"fields":{"chat":"@x"}})");
  EXPECT_EQ(without.text("/field"), "fields.token") << without.body;
  EXPECT_EQ(begin(R"({"network":"telegram","sandbox":true,"fields":{"colour":"red"}})").status, 422);
}

TEST_F(Connecting, ByTokenThePracticeAccountIsOneClick) {
  for (const channels::Entry& entry : channels::shipped().all()) {
    const channels::Traits& traits = entry.channel->traits();
    if (traits.connect_by != channels::ConnectBy::token) continue;
    const auto reply = begin(R"({"network":")" + traits.network + R"(","sandbox":true})");
    ASSERT_EQ(reply.status, 201) << traits.network << reply.body;
    EXPECT_EQ(reply.text("/account/network"), traits.network);
    const auto test =
        server.post("/api/v1/accounts/" + reply.text("/account/id") + "/test", "", home.as_owner);
    EXPECT_EQ(test.text("/ok"), "true") << test.body;
  }
}

TEST_F(Connecting, ReconnectsTheSameAccount) {
  const auto first = server.get("/api/v1/accounts/connect/" + connect("x"), home.as_owner);
  server.post("/api/v1/accounts/" + first.text("/account/id") + "/hold", "", home.as_owner);
  const auto second = server.get("/api/v1/accounts/connect/" + connect("x"), home.as_owner);
  EXPECT_EQ(second.text("/account/id"), first.text("/account/id"));
  EXPECT_EQ(second.text("/account/hold"), "none");
}

TEST_F(Connecting, BelongsToTheSessionThatBegan) {
  const auto started = begin(R"({"network":"x","sandbox":true})");
  const auto location = consent(started.text("/url"));
  const auto other = server.add_household("other");
  EXPECT_EQ(come_back(location, other.as_owner), "expired");
  EXPECT_EQ(come_back(location, ""), "expired");
  EXPECT_EQ(server.get("/api/v1/accounts", other.as_owner).text("/items"), "[]");
}

TEST_F(Connecting, WorksOnceAndForTenMinutes) {
  const auto started = begin(R"({"network":"x","sandbox":true})");
  const auto location = consent(started.text("/url"));
  server.move(std::chrono::minutes(11));
  EXPECT_EQ(come_back(location, home.as_owner), "expired");
  const auto again = consent(begin(R"({"network":"x","sandbox":true})").text("/url"));
  EXPECT_NE(come_back(again, home.as_owner), "expired");
  EXPECT_EQ(come_back(again, home.as_owner), "expired");
  EXPECT_EQ(server.get("/api/v1/accounts/connect/expired", home.as_owner).status, 410);
}

TEST_F(Connecting, SaysWhyItDidNotWork) {
  const auto started = begin(R"({"network":"x","sandbox":true})");
  const auto url = wire::parse_url(started.text("/url"));
  const auto state = wire::field(wire::parse_form(url->query), "state").value();
  const auto ticket = come_back("/oauth/callback?error=access_denied&state=" + state, home.as_owner);
  const auto outcome = server.get("/api/v1/accounts/connect/" + ticket, home.as_owner);
  EXPECT_EQ(outcome.text("/outcome"), "failed");
  EXPECT_EQ(outcome.text("/problem/code"), "denied");
}

TEST_F(Connecting, DisconnectsAndRevokes) {
  const auto outcome = server.get("/api/v1/accounts/connect/" + connect("x"), home.as_owner);
  const auto path = "/api/v1/accounts/" + outcome.text("/account/id");
  const auto gone = server.ask({.method = "DELETE", .path = path, .as = home.as_owner});
  EXPECT_EQ(gone.text("/revoked"), "true") << gone.body;
}

}  // namespace
}  // namespace carillon::api

// Practice accounts and faults on demand, against the sandbox itself.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "api/testing/server.h"
#include "run/log.h"
#include "run/sandbox_host.h"
#include "sandbox/world.h"

namespace carillon::api {
namespace {

class Practice : public ::testing::Test {
 protected:
  // Networks that both know: nothing here counts them.
  std::set<std::string> networks() {
    std::set<std::string> both;
    for (const auto& entry : channels::shipped().all()) {
      const auto& known = sandbox::World::networks();
      const std::string& name = entry.channel->traits().network;
      if (std::ranges::find(known, name) != known.end()) both.insert(name);
    }
    return both;
  }
  Reply order(const std::string& network, const std::string& fault) {
    const auto body = fmt::format(R"({{"network":"{}","fault":"{}"}})", network, fault);
    return server.post("/api/v1/sandbox/faults", body, home.as_editor);
  }
  Reply remove(const std::string& path) {
    return server.ask({.method = "DELETE", .path = "/api/v1/sandbox/faults" + path, .as = home.as_editor});
  }

  run::Log log{"error", "human"};
  run::SandboxHost host{{.listen = "127.0.0.1:0"}, log};
  TestServer server{host.url()};
  Household home = server.add_household("home");
};

TEST_F(Practice, ConnectsOneAccountOfEachNetworkThatWorks) {
  const auto reply = server.post("/api/v1/accounts/practice", "", home.as_owner);
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.text("/skipped"), "[]");
  std::set<std::string> connected;
  for (const auto& account : reply.json().at("items").as_array()) {
    EXPECT_TRUE(account.at("sandbox").as_bool());
    EXPECT_EQ(account.at("health").at("level").as_string(), "good") << account;
    connected.emplace(account.at("network").as_string());
    const auto path = "/api/v1/accounts/" + std::string(account.at("id").as_string());
    const auto test = server.post(path + "/test", "", home.as_owner);
    EXPECT_EQ(test.text("/ok"), "true") << account << test.body;
    if (account.at("refreshable").as_bool()) EXPECT_FALSE(account.at("expires").is_null()) << account;
  }
  EXPECT_EQ(connected, networks());
}

TEST_F(Practice, ConnectsNobodyTwice) {
  ASSERT_EQ(server.post("/api/v1/accounts/practice", "", home.as_owner).status, 201);
  const auto again = server.post("/api/v1/accounts/practice", "", home.as_owner);
  EXPECT_EQ(again.text("/items"), "[]");
  EXPECT_EQ(again.text("/skipped/0/code"), "already");
  EXPECT_EQ(server.get("/api/v1/accounts", home.as_viewer).json().at("items").as_array().size(),
            networks().size());
}

TEST_F(Practice, OrdersFaultsAndHealsThem) {
  const auto first = order("x", "outage");
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(first.text("/orders/0/network"), "x");
  EXPECT_EQ(first.text("/orders/0/fault"), "outage");
  EXPECT_EQ(first.text("/orders/0/times"), "-1");
  EXPECT_EQ(first.json().at("networks").as_array().size(), networks().size());
  EXPECT_TRUE(first.text("/networks/0/feed").starts_with(host.url() + "/"));
  order("mastodon", "lost_answers");
  EXPECT_EQ(remove("/" + first.text("/orders/0/id")).text("/orders/0/fault"), "lost_answers");
  EXPECT_EQ(remove("/999").status, 404);
  EXPECT_EQ(remove("/x").status, 404);
  EXPECT_EQ(remove("").text("/orders"), "[]");
  EXPECT_EQ(server.get("/api/v1/audit", home.as_owner).text("/items/0/action"), "sandbox.healed");
}

TEST_F(Practice, StrikesWhatItSays) {
  ASSERT_EQ(server.post("/api/v1/accounts/practice", "", home.as_owner).status, 201);
  const auto account = server.get("/api/v1/accounts", home.as_viewer).text("/items/0/id");
  const auto path = "/api/v1/accounts/" + account + "/test";
  order("", "outage");
  EXPECT_NE(server.post(path, "", home.as_owner).text("/ok"), "true");
  remove("");
  EXPECT_EQ(server.post(path, "", home.as_owner).text("/ok"), "true");
}

TEST_F(Practice, RefusesFaultsAndNetworksThatNobodyKnows) {
  EXPECT_EQ(order("x", "earthquake").text("/field"), "fault");
  const auto odd = order("orkut", "outage");
  EXPECT_EQ(odd.status, 409);
  EXPECT_NE(odd.text("/detail").find("network"), std::string::npos);
}

TEST(NoPractice, WithoutASandbox) {
  TestServer server;
  const auto home = server.add_household("home");
  for (const Ask& ask :
       {Ask{.method = "POST", .path = "/api/v1/accounts/practice"}, Ask{.path = "/api/v1/sandbox"},
        Ask{.method = "POST", .path = "/api/v1/sandbox/faults", .body = R"({"network":"","fault":"outage"})"},
        Ask{.method = "DELETE", .path = "/api/v1/sandbox/faults"},
        Ask{.method = "DELETE", .path = "/api/v1/sandbox/faults/1"}}) {
    Ask asked = ask;
    asked.as = home.as_owner;
    const auto reply = server.ask(asked);
    EXPECT_EQ(reply.status, 409) << ask.path;
    EXPECT_EQ(reply.text("/code"), "no_sandbox");
    EXPECT_NE(reply.text("/remedy"), "");
  }
}

}  // namespace
}  // namespace carillon::api

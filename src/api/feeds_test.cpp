#include <gtest/gtest.h>

#include "api/testing/server.h"
#include "run/feed_posts.h"

namespace carillon::api {
namespace {

class FollowedFeeds : public ::testing::Test {
 protected:
  Reply add(const std::string& body) { return server.post("/api/v1/feeds", body, home.as_editor); }
  Reply edit(const std::string& id, const std::string& body) {
    return server.ask({.method = "PATCH", .path = "/api/v1/feeds/" + id, .body = body, .as = home.as_editor});
  }
  TestServer server;
  Household home = server.add_household("home");
  Account shop = server.add_account(home, "x", "shop");
};

TEST_F(FollowedFeeds, AreKeptAndChangedAndRemoved) {
  const auto made = add(R"({"address":"https://bells.example/feed","accounts":[")" + shop.id.text() +
                        R"("],"template":"{{title}}","becomes":"queued","every_minutes":30,"newest":2})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.text("/every_minutes"), "30");
  EXPECT_EQ(server.get("/api/v1/feeds", home.as_viewer).text("/items/0/template"), "{{title}}");
  const auto edited = edit(made.text("/id"), R"({"paused":true,"becomes":"draft","accounts":[]})");
  EXPECT_EQ(edited.text("/paused"), "true");
  EXPECT_EQ(edited.text("/becomes"), "draft");
  EXPECT_EQ(edited.text("/newest"), "2");
  EXPECT_EQ(
      server.ask({.method = "DELETE", .path = "/api/v1/feeds/" + made.text("/id"), .as = home.as_editor})
          .status,
      204);
  EXPECT_EQ(edit(made.text("/id"), "{}").status, 404);
}

TEST_F(FollowedFeeds, AreRefusedWithWhatIsWrong) {
  EXPECT_EQ(add(R"({"address":"feed"})").text("/code"), "not_a_url");
  EXPECT_EQ(add(R"({"address":"https://a.example/","template":"{{tilte}}"})").text("/code"), "unknown_word");
  EXPECT_EQ(add(R"({"address":"https://a.example/","becomes":"post"})").text("/code"), "unknown_kind");
  EXPECT_EQ(add(R"({"address":"https://a.example/","becomes":"queued"})").text("/code"), "no_target");
  EXPECT_EQ(add(R"({"address":"https://a.example/","every_minutes":5})").status, 422);
  EXPECT_EQ(add(R"({"address":"https://a.example/","accounts":["01900000-0000-7000-8000-000000000009"]})")
                .text("/code"),
            "account_unknown");
  EXPECT_EQ(server.post("/api/v1/feeds", R"({"address":"https://a.example/"})", home.as_viewer).status, 403);
}

TEST_F(FollowedFeeds, OfThisMachineAreNotLookedAt) {
  const std::string address = "http://127.0.0.1:" + std::to_string(server.port()) + "/";
  const auto looked = server.post("/api/v1/feeds/look", R"({"address":")" + address + "\"}", home.as_editor);
  EXPECT_EQ(looked.status, 422);
  EXPECT_NE(looked.text("/detail").find("loopback"), std::string::npos) << looked.body;
  const auto made = add(R"({"address":")" + address + "\"}");
  const auto fetched = server.post("/api/v1/feeds/" + made.text("/id") + "/fetch", "", home.as_editor);
  EXPECT_EQ(fetched.text("/failures"), "1");
  EXPECT_NE(fetched.text("/trouble").find("loopback"), std::string::npos);
}

}  // namespace
}  // namespace carillon::api

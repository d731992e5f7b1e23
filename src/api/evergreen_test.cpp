#include <gtest/gtest.h>

#include "api/testing/server.h"

namespace carillon::api {
namespace {

// It is Wednesday, 2026-11-18, 9:something in Berlin; queues have the usual slots.
class EvergreenPool : public ::testing::Test {
 protected:
  std::string draft(const std::string& text) {
    return server.post("/api/v1/posts", post_json({shop.id}, text), home.as_editor).text("/id");
  }
  Reply put(const std::string& path, const std::string& body) {
    return server.ask({.method = "PUT", .path = path, .body = body, .as = home.as_editor});
  }
  Reply remove(const std::string& path) {
    return server.ask({.method = "DELETE", .path = path, .as = home.as_editor});
  }
  size_t count(const Reply& reply, const char* what) { return reply.json().at(what).as_array().size(); }
  std::string rule() { return "/api/v1/accounts/" + shop.id.text() + "/evergreen"; }

  TestServer server;
  Household home = server.add_household("home");
  Account shop = server.add_account(home, "x", "shop");
};

TEST_F(EvergreenPool, FillsWhatIsFreeAndNamesWhereItCameFrom) {
  const std::string one = draft("Our bells"), two = draft("Our cakes");
  ASSERT_EQ(put("/api/v1/evergreen/" + one, "{}").status, 200);
  server.move(1s);
  put("/api/v1/evergreen/" + two, R"({"most":1})");
  const auto seen = put(rule(), R"({"ahead_days":4,"again_days":2})");
  EXPECT_EQ(count(seen, "gaps"), 3U) << seen.body;
  EXPECT_EQ(seen.text("/gaps/0/post"), one);
  EXPECT_EQ(seen.text("/gaps/1/post"), two);
  const auto filled = server.post("/api/v1/evergreen/fill", "", home.as_editor);
  ASSERT_EQ(filled.status, 200) << filled.body;
  EXPECT_EQ(count(filled, "gaps"), 0U);
  EXPECT_EQ(filled.json().at("posts").as_array()[0].at("uses").as_array().size(), 2U);
  const auto made = server.get("/api/v1/posts/" + filled.text("/posts/0/uses/0/post"), home.as_viewer);
  EXPECT_EQ(made.text("/state"), "scheduled");
  EXPECT_EQ(made.text("/content/parts/0/text"), "Our bells");
  EXPECT_EQ(server.dispatcher.expected().size(), 3U);
}

TEST_F(EvergreenPool, FillsEachSlotOnceWhateverBecameOfIt) {
  put("/api/v1/evergreen/" + draft("Our bells"), "{}");
  put(rule(), R"({"ahead_days":3,"again_days":1})");
  const auto filled = server.post("/api/v1/evergreen/fill", "", home.as_editor);
  const auto again = server.post("/api/v1/evergreen/fill", "", home.as_editor);
  EXPECT_EQ(filled.text("/posts"), again.text("/posts"));
  server.post("/api/v1/posts/" + filled.text("/posts/0/uses/0/post") + "/cancel", "", home.as_editor);
  EXPECT_EQ(server.post("/api/v1/evergreen/fill", "", home.as_editor).text("/posts"), again.text("/posts"));
}

TEST_F(EvergreenPool, PassesByWhatExpiredAndWhatANetworkRefuses) {
  put("/api/v1/evergreen/" + draft("Old"), R"({"expires":"2026-11-18T00:00:00Z"})");
  put("/api/v1/evergreen/" + draft(std::string(400, 'x')), "{}");
  put(rule(), R"({"ahead_days":3,"again_days":1})");
  EXPECT_EQ(count(server.post("/api/v1/evergreen/fill", "", home.as_editor), "posts"), 2U);
  EXPECT_TRUE(server.dispatcher.expected().empty());
}

TEST_F(EvergreenPool, ShowsWhatItWouldSayAtEachTime) {
  put("/api/v1/evergreen/" + draft("{{weekday}} at {{account.name}}"), "{}");
  const auto pool = put(rule(), R"({"ahead_days":3,"again_days":1})");
  EXPECT_EQ(pool.text("/posts/0/text"), "{{weekday}} at {{account.name}}");
  EXPECT_EQ(pool.text("/posts/0/says"), "Wednesday at shop");
  EXPECT_EQ(pool.text("/gaps/0/says"), "Wednesday at shop") << pool.body;
  EXPECT_EQ(pool.text("/gaps/1/says"), "Thursday at shop");
}

TEST_F(EvergreenPool, ShowsTheTextThatAnAccountHasOfItsOwn) {
  const auto post = server.post("/api/v1/posts",
                                R"({"content":{"parts":[{"text":"For all"}]},"targets":[{"account":")" +
                                    shop.id.text() + R"(","content":{"parts":[{"text":"Ours"}]}}]})",
                                home.as_editor);
  put("/api/v1/evergreen/" + post.text("/id"), "{}");
  const auto pool = put(rule(), R"({"ahead_days":3,"again_days":1})");
  EXPECT_EQ(pool.text("/gaps/0/says"), "Ours") << pool.body;
  EXPECT_FALSE(pool.json().at("posts").as_array()[0].as_object().contains("says"));
}

TEST_F(EvergreenPool, IsLeftAndTurnedOff) {
  const std::string one = draft("Our bells");
  put("/api/v1/evergreen/" + one, "{}");
  put(rule(), "{}");
  EXPECT_GT(count(server.get("/api/v1/evergreen", home.as_viewer), "gaps"), 0U);
  EXPECT_EQ(count(remove(rule()), "gaps"), 0U);
  EXPECT_EQ(count(remove("/api/v1/evergreen/" + one), "posts"), 0U);
  EXPECT_EQ(remove("/api/v1/evergreen/" + one).status, 404);
  EXPECT_EQ(put("/api/v1/evergreen/" + one, R"({"expires":"soon"})").text("/code"), "bad_time");
  EXPECT_EQ(put(rule(), R"({"ahead_days":0})").status, 422);
}

TEST_F(EvergreenPool, TakesNoPostThatCameFromIt) {
  put("/api/v1/evergreen/" + draft("Our bells"), "{}");
  put(rule(), "{}");
  const auto filled = server.post("/api/v1/evergreen/fill", "", home.as_editor);
  EXPECT_EQ(put("/api/v1/evergreen/" + filled.text("/posts/0/uses/0/post"), "{}").text("/code"),
            "from_the_pool");
}

}  // namespace
}  // namespace carillon::api

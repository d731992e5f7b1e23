#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/testing/server.h"
#include "store/accounts.h"

namespace carillon::api {
namespace {

// It is Wednesday, 2026-11-18; the household lives in Berlin.
class WordTools : public ::testing::Test {
 protected:
  Reply put(const std::string& path, const std::string& body) {
    return server.ask({.method = "PUT", .path = path, .body = body, .as = home.as_editor});
  }
  Reply remove(const std::string& path) {
    return server.ask({.method = "DELETE", .path = path, .as = home.as_editor});
  }
  Reply get(const std::string& path) { return server.get(path, home.as_viewer); }
  Reply add(const std::string& text, const std::string& more) {
    return server.post("/api/v1/posts", post_json({shop.id}, text, more), home.as_editor);
  }
  Reply check(const std::string& text, const std::string& more = "") {
    return server.post("/api/v1/posts/check", post_json({shop.id}, text, more), home.as_editor);
  }
  Reply close(const std::string& body) { return server.post("/api/v1/blackouts", body, home.as_editor); }
  // The finding of that name, of the first target; null: there is none.
  static boost::json::value finding(const Reply& report, std::string_view id) {
    for (const auto& one : report.json().at("targets").at(0).at("findings").as_array()) {
      if (one.at("id").as_string() == id) return one;
    }
    return nullptr;
  }
  static constexpr const char* friday = R"(,"at":{"local":"2026-11-20T09:30","zone":"Europe/Berlin"})";

  TestServer server;
  Household home = server.add_household("home");
  Household other = server.add_household("other");
  Account shop = server.add_account(home, "mastodon", "shop");
};

TEST_F(WordTools, GroupsOfHashtagsAreMadeChangedAndRemoved) {
  const auto made =
      server.post("/api/v1/hashtags", R"({"name":"Bakery","tags":["#bread","Bread","rye"]})", home.as_editor);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.text("/tags"), R"(["bread","rye"])");
  const std::string path = "/api/v1/hashtags/" + made.text("/id");
  EXPECT_EQ(server.post("/api/v1/hashtags", R"({"name":"Bakery","tags":["x"]})", home.as_editor).status, 409);
  EXPECT_EQ(put(path, R"({"name":"Bread","tags":["two words"]})").text("/code"), "not_a_hashtag");
  EXPECT_EQ(put(path, R"({"name":"Bread","tags":["sourdough"]})").text("/name"), "Bread");
  EXPECT_EQ(get("/api/v1/hashtags").text("/items/0/tags"), R"(["sourdough"])");
  EXPECT_EQ(server.get("/api/v1/hashtags", other.as_viewer).text("/items"), "[]");
  EXPECT_EQ(remove(path).status, 204);
  EXPECT_EQ(remove(path).status, 404);
}

TEST_F(WordTools, SuggestionsAreCountedInOnesOwnPosts) {
  const Account x = server.add_account(home, "x", "shopx");
  add("Fresh #bread and #rye", friday);
  add("More #bread", friday);
  server.post("/api/v1/posts", post_json({x.id}, "#coffee", friday), home.as_editor);
  add("A #draft", "");
  const auto all = get("/api/v1/hashtags/suggestions");
  EXPECT_EQ(all.text("/posts"), "3");
  EXPECT_EQ(all.text("/items/0/tag"), "bread");
  EXPECT_EQ(all.text("/items/0/uses"), "2");
  EXPECT_EQ(all.json().at("items").as_array().size(), 3U);
  const auto beside = get("/api/v1/hashtags/suggestions?networks=mastodon&beside=bread");
  EXPECT_EQ(beside.json().at("items").as_array().size(), 1U);
  EXPECT_EQ(beside.text("/items/0/tag"), "rye");
  EXPECT_EQ(beside.text("/items/0/together"), "1");
  EXPECT_EQ(get("/api/v1/hashtags/suggestions?beginning=CO").text("/items/0/tag"), "coffee");
  EXPECT_EQ(server.get("/api/v1/hashtags/suggestions", other.as_viewer).text("/items"), "[]");
}

TEST_F(WordTools, VariablesAreExpandedInTheCheckAndWhatGoesOut) {
  const auto kept =
      put("/api/v1/variables/hours",
          fmt::format(R"({{"text":"9-18","own":[{{"account":"{}","text":"8-20, {{{{network}}}}"}}]}})",
                      shop.id.text()));
  ASSERT_EQ(kept.status, 200) << kept.body;
  const auto report = check("{{weekday:de}}: {{hours}} at {{account.name}}", friday);
  EXPECT_EQ(report.text("/ready"), "true") << report.body;
  EXPECT_EQ(report.text("/targets/0/content/parts/0/text"), "Freitag: 8-20, mastodon at " + shop.name);
  EXPECT_EQ(report.json().at("targets").at(0).at("parts").at(0).at("counted").to_number<size_t>(),
            report.text("/targets/0/content/parts/0/text").size());
  EXPECT_EQ(get("/api/v1/variables").text("/items/0/text"), "9-18");
  EXPECT_EQ(remove("/api/v1/variables/hours").status, 204);
  EXPECT_EQ(remove("/api/v1/variables/hours").status, 404);
}

TEST_F(WordTools, APostShowsWhatItSaysAndKeepsItWhenAVariableChanges) {
  put("/api/v1/variables/hours", R"({"text":"9-18"})");
  const auto added = add("Open {{hours}}", friday);
  const std::string path = "/api/v1/posts/" + added.text("/id");
  const std::string calendar = "/api/v1/posts/calendar?from=2026-11-01T00:00:00Z&until=2026-12-01T00:00:00Z";
  EXPECT_EQ(get(path).text("/content/parts/0/text"), "Open {{hours}}");
  EXPECT_EQ(get(path).text("/targets/0/says/parts/0/text"), "Open 9-18");
  EXPECT_EQ(get(path).text("/targets/0/variables"), R"(["hours"])");
  EXPECT_EQ(get("/api/v1/posts").text("/items/0/targets/0/says/parts/0/text"), "Open 9-18");
  EXPECT_EQ(get(calendar).text("/items/0/says"), "Open 9-18");
  put("/api/v1/variables/hours", R"({"text":"10-16"})");
  EXPECT_EQ(get(path).text("/targets/0/says/parts/0/text"), "Open 9-18");  // frozen
  EXPECT_EQ(get(calendar).text("/items/0/says"), "Open 9-18");
  const auto draft = add("Open {{hours}}", "");
  EXPECT_EQ(get("/api/v1/posts/" + draft.text("/id")).text("/targets/0/says/parts/0/text"), "Open 10-16");
}

TEST_F(WordTools, APostWithoutVariablesSaysWhatWasWritten) {
  const auto added = add("Open today", friday);
  const auto post = get("/api/v1/posts/" + added.text("/id"));
  ASSERT_EQ(post.status, 200) << post.body;
  EXPECT_FALSE(post.json().at("targets").at(0).as_object().contains("says")) << post.body;
  EXPECT_FALSE(post.json().at("targets").at(0).as_object().contains("variables")) << post.body;
}

TEST_F(WordTools, AnUnknownVariableStopsThePostAndOffersTheNearest) {
  put("/api/v1/variables/shop_hours", R"({"text":"9-18"})");
  const auto found = finding(check("Open {{shop_hour}}", friday), "variable_unknown");
  ASSERT_TRUE(found.is_object());
  EXPECT_EQ(found.at("severity").as_string(), "blocker");
  EXPECT_EQ(found.at("field").as_string(), "content.parts[0].text");
  EXPECT_EQ(found.at("replace").at("from").as_string(), "shop_hour");
  EXPECT_EQ(found.at("replace").at("to").as_string(), "shop_hours");
  EXPECT_EQ(add("Open {{shop_hour}}", friday).status, 422);
  EXPECT_EQ(add("Open \\\\{{shop_hour}}", friday).status, 201);
}

TEST_F(WordTools, NamesAndTextsOfVariablesAreChecked) {
  EXPECT_EQ(put("/api/v1/variables/Big", R"({"text":"x"})").text("/code"), "not_a_name");
  EXPECT_EQ(put("/api/v1/variables/date", R"({"text":"x"})").text("/code"), "built_in");
  EXPECT_EQ(put("/api/v1/variables/a", R"({"text":"{{b}}"})").text("/code"), "variable_in_variable");
  EXPECT_EQ(put("/api/v1/variables/a",
                R"({"text":"x","own":[{"account":"0198e5a0-7c00-7000-8000-000000000003","text":"y"}]})")
                .text("/code"),
            "account_unknown");
}

TEST_F(WordTools, LinksAreMarkedAndPlaced) {
  const std::string link =
      R"({"content":{"parts":[{"text":"Menu","link":"https://shop.example/m?x=1#a"}]},"targets":[{"account":")" +
      shop.id.text() + R"(","link":"text"}],"utm":{"campaign":"spring"})";
  const auto report = server.post("/api/v1/posts/check", link + friday + "}", home.as_editor);
  EXPECT_EQ(report.text("/targets/0/content/parts/0/text"),
            "Menu\nhttps://shop.example/m?x=1&utm_source=mastodon&utm_medium=social&utm_campaign=spring#a");
  const auto made = server.post("/api/v1/posts", link + friday + "}", home.as_editor);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.text("/utm/campaign"), "spring");
  EXPECT_EQ(made.text("/targets/0/link"), "text");
  const auto cleared = server.ask({.method = "PATCH",
                                   .path = "/api/v1/posts/" + made.text("/id"),
                                   .body = R"({"utm":null})",
                                   .headers = {{"If-Match", made.header("ETag")}},
                                   .as = home.as_editor});
  EXPECT_EQ(cleared.text("/utm"), "null") << cleared.body;
}

TEST_F(WordTools, TheRulesOfPlanningAreReadAndChecked) {
  EXPECT_EQ(get("/api/v1/planning").text("/clash_minutes"), "15");
  const std::string rules =
      R"({"utm":{"on":true,"in_text":true,"source":"SOURCE","medium":"social","campaign":"","content":"",)"
      R"("excluded":["https://GitHub.com/x"]},"clash_minutes":0,"duplicate_days":0})";
  const auto with = [&](std::string_view source) {
    return std::string(rules).replace(rules.find("SOURCE"), 6, source);
  };
  EXPECT_EQ(put("/api/v1/planning", with("")).text("/code"), "too_short");
  EXPECT_EQ(put("/api/v1/planning", with("{{shop}}")).text("/code"), "variable_unknown");
  const auto kept = put("/api/v1/planning", with("{{network}}"));
  ASSERT_EQ(kept.status, 200) << kept.body;
  EXPECT_EQ(kept.text("/utm/excluded"), R"(["github.com"])");
  EXPECT_EQ(
      check("See https://a.example and https://github.com/x", friday).text("/targets/0/content/parts/0/text"),
      "See https://a.example?utm_source=mastodon&utm_medium=social and https://github.com/x");
}

TEST_F(WordTools, ADuplicateIsSaidAndNamesTheOther) {
  const auto first = add("Fresh plum tarts from nine o'clock tomorrow.", friday);
  const auto again = check("Fresh plum tarts from nine o'clock tomorrow!!",
                           R"(,"at":{"local":"2026-11-22T18:00","zone":"Europe/Berlin"})");
  EXPECT_EQ(again.text("/ready"), "true");
  const auto found = finding(again, "duplicate");
  ASSERT_TRUE(found.is_object()) << again.body;
  EXPECT_EQ(found.at("severity").as_string(), "warning");
  EXPECT_EQ(found.at("post").as_string(), first.text("/id"));
  EXPECT_TRUE(finding(check("Coffee is ready at noon, for everybody.", friday), "duplicate").is_null());
  const auto itself = check("Fresh plum tarts from nine o'clock tomorrow.",
                            friday + (R"(,"post":")" + first.text("/id") + "\""));
  EXPECT_TRUE(finding(itself, "duplicate").is_null());
  EXPECT_TRUE(finding(itself, "clash").is_null());
}

TEST_F(WordTools, AClashIsSaidAndOffersAFreeSlot) {
  add("Fresh plum tarts.", friday);
  const auto report =
      check("Something about coffee", R"(,"at":{"local":"2026-11-20T09:40","zone":"Europe/Berlin"})");
  const auto found = finding(report, "clash");
  ASSERT_TRUE(found.is_object()) << report.body;
  EXPECT_EQ(found.at("action").as_string(), "take_slot");
  EXPECT_TRUE(found.at("slot").at("local").as_string().starts_with("2026-11-18T"));
  EXPECT_TRUE(
      finding(check("Something about coffee", R"(,"at":{"local":"2026-11-20T10:00","zone":"Europe/Berlin"})"),
              "clash")
          .is_null());
}

TEST_F(WordTools, ClosedDaysAreSkippedByTheQueueAndSaidForAHandPickedTime) {
  const auto made = close(R"({"first":"2026-11-19","last":"2026-11-20","reason":"Stocktaking"})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.text("/text"), "19 November 2026 to 20 November 2026 (Stocktaking)");
  const auto report = check("Tarts", friday);
  EXPECT_EQ(report.text("/ready"), "true");
  const auto found = finding(report, "blackout");
  ASSERT_TRUE(found.is_object()) << report.body;
  EXPECT_EQ(found.at("severity").as_string(), "warning");
  EXPECT_EQ(add("Tarts", friday).status, 201);  // schedule anyway
  put("/api/v1/accounts/" + shop.id.text() + "/slots",
      R"({"days":[{"weekday":"friday","times":["09:00"]}]})");
  EXPECT_EQ(add("Queued", R"(,"queue":"next")").text("/at/local"), "2026-11-27T09:00");
  const auto view = get("/api/v1/queue?days=5");
  EXPECT_EQ(view.text("/accounts/0/entries/0/closed"), "Stocktaking") << view.body;
  const auto days = get("/api/v1/blackouts/days?from=2026-11-16&until=2026-11-22");
  EXPECT_EQ(days.json().at("items").as_array().size(), 2U);
  EXPECT_EQ(days.text("/items/0/day"), "2026-11-19");
  EXPECT_EQ(remove("/api/v1/blackouts/" + made.text("/id")).status, 204);
  EXPECT_TRUE(finding(check("Tarts", friday), "blackout").is_null());
}

TEST_F(WordTools, WhatIsMovedToAClosedDaySaysSo) {
  ASSERT_EQ(close(R"({"first":"2026-11-21","last":"2026-11-21","reason":"Inventory"})").status, 201);
  const std::string id = add("Fresh bread", friday).text("/id");
  const std::string ready = "/api/v1/posts/" + id + "/check";
  EXPECT_TRUE(finding(get(ready), "blackout").is_null());
  const auto moved = server.post(
      "/api/v1/posts/bulk", fmt::format(R"({{"ids":["{}"],"action":"move","days":1}})", id), home.as_editor);
  EXPECT_EQ(moved.text("/done"), "1") << moved.body;
  EXPECT_EQ(moved.text("/items/0/warnings/0/code"), "blackout");
  EXPECT_EQ(moved.json().at("items").at(0).at("warnings").as_array().size(), 1U);
  EXPECT_EQ(finding(get(ready), "blackout").at("action").as_string(), "take_slot");
  const auto back = server.post(
      "/api/v1/posts/bulk", fmt::format(R"({{"ids":["{}"],"action":"move","days":-1}})", id), home.as_editor);
  EXPECT_EQ(back.text("/items/0/warnings"), "[]");
}

TEST_F(WordTools, WhatIsMovedBesideAnotherPostSaysSo) {
  add("Fresh bread", R"(,"at":{"local":"2026-11-21T09:35","zone":"Europe/Berlin"})");
  const std::string id = add("Coffee is ready", friday).text("/id");
  const auto moved = server.post(
      "/api/v1/posts/bulk", fmt::format(R"({{"ids":["{}"],"action":"move","days":1}})", id), home.as_editor);
  EXPECT_EQ(moved.text("/items/0/warnings/0/code"), "clash") << moved.body;
  EXPECT_FALSE(finding(get("/api/v1/posts/" + id + "/check"), "clash").is_null());
}

TEST_F(WordTools, ASeriesPassesClosedDaysByAndSaysSo) {
  close(R"({"first":"2026-11-27","reason":"Holiday"})");
  const auto report = check("Weekly tarts", std::string(friday) + R"(,"repeat":"FREQ=WEEKLY;COUNT=4")");
  EXPECT_EQ(report.text("/findings/0/id"), "repeat_skips") << report.body;
  EXPECT_NE(report.text("/findings/0/text").find("27 November 2026 (Holiday)"), std::string::npos);
  const auto post = add("Weekly tarts", friday);
  const auto series = server.post("/api/v1/posts/" + post.text("/id") + "/repeat",
                                  R"({"rule":"FREQ=WEEKLY;COUNT=4"})", home.as_editor);
  ASSERT_EQ(series.status, 200) << series.body;
  EXPECT_EQ(series.json().at("posts").as_array().size(), 3U);
  EXPECT_EQ(series.text("/posts/1/local"), "2026-12-04T09:30");
}

TEST_F(WordTools, DaysThatAreNoneAreRefused) {
  EXPECT_EQ(close(R"({"first":"2026-11-31"})").text("/code"), "not_a_day");
  EXPECT_EQ(close(R"({"first":"2026-11-20","last":"2026-11-19"})").text("/code"), "wrong_order");
  EXPECT_EQ(close(R"({"first":"2026-11-20","last":"2028-11-19"})").text("/code"), "too_long");
  EXPECT_EQ(close(R"({"first":"2026-11-20","account":"0198e5a0-7c00-7000-8000-000000000003"})").text("/code"),
            "account_unknown");
  EXPECT_EQ(get("/api/v1/blackouts/days?from=2026-11-20&until=2028-11-20").status, 422);
}

}  // namespace
}  // namespace carillon::api

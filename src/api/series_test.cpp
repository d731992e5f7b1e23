#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/testing/server.h"
#include "run/repeating.h"
#include "store/accounts.h"
#include "store/series.h"

namespace carillon::api {
namespace {

// It is Wednesday, 2026-11-18; the household lives in Berlin.
class RepeatingPosts : public ::testing::Test {
 protected:
  std::string schedule(const std::string& local, const std::string& text = "Fresh cakes") {
    const auto at = fmt::format(R"(,"at":{{"local":"{}","zone":"Europe/Berlin"}})", local);
    const auto made = server.post("/api/v1/posts", post_json({shop.id, bakery.id}, text, at), home.as_editor);
    EXPECT_EQ(made.status, 201) << made.body;
    return made.text("/id");
  }
  Reply repeat(const std::string& id, const std::string& rule) {
    return server.post("/api/v1/posts/" + id + "/repeat", R"({"rule":")" + rule + "\"}", home.as_editor);
  }
  Reply post(const std::string& id) { return server.get("/api/v1/posts/" + id, home.as_viewer); }
  std::vector<std::string> locals(const Reply& series) {
    std::vector<std::string> all;
    const auto json = series.json();
    for (const auto& each : json.at("posts").as_array()) all.emplace_back(each.at("local").as_string());
    return all;
  }
  std::string id_of(const Reply& series, size_t i) { return series.text(fmt::format("/posts/{}/id", i)); }
  // Read from the store: sessions do not outlive a week.
  std::vector<std::pair<std::string, Post>> stored(const std::string& series) {
    std::vector<std::pair<std::string, Post>> all;
    server.store().read_now([&](store::Unit& unit) {
      for (const auto& each : store::SeriesShelf(unit).occurrences(home.id, *PostId::parse(series)))
        all.emplace_back(each.local_time, store::Posts(unit).find(home.id, each.post).value());
    });
    return all;
  }
  size_t extend() {
    size_t made = 0;
    server.store().write_now([&](store::Unit& unit) {
      store::Minter mint(server.now(), server.random);
      made = run::extend_all(unit, server.now(), mint).size();
    });
    return made;
  }

  TestServer server;
  Household home = server.add_household("home");
  Account shop = server.add_account(home, "x", "shop");
  Account bakery = server.add_account(home, "mastodon", "bakery");
};

TEST_F(RepeatingPosts, StandOnTheScheduleForTheTimeAhead) {
  const auto id = schedule("2026-11-20T09:30");
  const auto series = repeat(id, "FREQ=WEEKLY;BYDAY=FR");
  ASSERT_EQ(series.status, 200) << series.body;
  EXPECT_EQ(locals(series).front(), "2026-11-20T09:30");
  EXPECT_EQ(locals(series).back(), "2027-01-15T09:30");
  EXPECT_EQ(locals(series).size(), 9U);
  EXPECT_EQ(series.text("/ended"), "false");
  const auto later = post(id_of(series, 8));
  EXPECT_EQ(later.text("/state"), "scheduled");
  EXPECT_EQ(later.text("/at/utc"), "2027-01-15T08:30:00Z");
  EXPECT_EQ(later.text("/tally/waiting"), "2");
  EXPECT_EQ(server.dispatcher.expected().size(), 18U);
}

TEST_F(RepeatingPosts, AreKeptAheadAsTimeGoesByAndNeverTwice) {
  const auto series = repeat(schedule("2026-11-20T09:30"), "FREQ=WEEKLY");
  EXPECT_EQ(extend(), 0U);
  server.move(24h * 7);
  EXPECT_EQ(extend(), 2U);  // one more, for two accounts
  EXPECT_EQ(extend(), 0U);
  EXPECT_EQ(stored(series.text("/id")).back().first, "2027-01-22T09:30");
}

TEST_F(RepeatingPosts, ThatWereMissedAreNotMadeUpFor) {
  repeat(schedule("2026-11-20T09:30"), "FREQ=DAILY");
  server.move(24h * 200);
  EXPECT_EQ(extend(), 2U * run::series_posts);
}

TEST_F(RepeatingPosts, EndWhenTheirRuleDoes) {
  const auto series = repeat(schedule("2026-11-20T09:30"), "FREQ=DAILY;COUNT=3");
  EXPECT_EQ(locals(series),
            (std::vector<std::string>{"2026-11-20T09:30", "2026-11-21T09:30", "2026-11-22T09:30"}));
  EXPECT_EQ(series.text("/ended"), "true");
  EXPECT_EQ(server.get("/api/v1/series", home.as_viewer).text("/items/0/ended"), "true");
}

TEST_F(RepeatingPosts, FarApartHaveAtLeastTheNextOne) {
  const auto series = repeat(schedule("2026-11-20T09:30"), "FREQ=YEARLY");
  EXPECT_EQ(locals(series), (std::vector<std::string>{"2026-11-20T09:30"}));
  server.move(24h * 3);
  EXPECT_EQ(extend(), 2U);
}

TEST_F(RepeatingPosts, ChangedAloneStayAsTheyAreWhenAllAreChanged) {
  const auto series = repeat(schedule("2026-11-20T09:30"), "FREQ=DAILY;COUNT=4");
  const auto edit = [&](const std::string& id, const std::string& body) {
    return server.ask({.method = "PATCH",
                       .path = "/api/v1/posts/" + id,
                       .body = body,
                       .headers = {{"If-Match", post(id).header("etag")}},
                       .as = home.as_editor});
  };
  ASSERT_EQ(edit(id_of(series, 3), R"({"title":"Only this one"})").status, 200);
  const auto changed =
      edit(id_of(series, 1), R"({"title":"New","at":{"local":"2026-11-21T18:00","zone":"Europe/Berlin"}})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  const auto spread = server.post("/api/v1/posts/" + id_of(series, 1) + "/spread", R"({"scope":"following"})",
                                  home.as_editor);
  ASSERT_EQ(spread.status, 200) << spread.body;
  EXPECT_EQ(post(id_of(series, 0)).text("/title"), "");
  EXPECT_EQ(post(id_of(series, 2)).text("/title"), "New");
  EXPECT_EQ(post(id_of(series, 2)).text("/at/local"), "2026-11-22T18:00");
  EXPECT_EQ(post(id_of(series, 2)).text("/deliveries/0/due"), "2026-11-22T17:00:00Z");
  EXPECT_EQ(post(id_of(series, 3)).text("/title"), "Only this one");
  EXPECT_EQ(post(id_of(series, 3)).text("/at/local"), "2026-11-23T09:30");
  server.post("/api/v1/posts/" + id_of(series, 1) + "/spread", R"({"scope":"all"})", home.as_editor);
  EXPECT_EQ(post(id_of(series, 0)).text("/at/local"), "2026-11-20T18:00");
}

TEST_F(RepeatingPosts, ToComeSayWhatAllSay) {
  const auto series = repeat(schedule("2026-11-20T09:30"), "FREQ=WEEKLY");
  const auto id = id_of(series, 1);
  server.ask({.method = "PATCH",
              .path = "/api/v1/posts/" + id,
              .body = R"({"content":{"parts":[{"text":"Plum tart"}]}})",
              .headers = {{"If-Match", post(id).header("etag")}},
              .as = home.as_editor});
  server.post("/api/v1/posts/" + id + "/spread", R"({"scope":"all"})", home.as_editor);
  server.move(24h * 7);
  ASSERT_EQ(extend(), 2U);
  EXPECT_EQ(stored(series.text("/id")).back().second.content.parts[0].text, "Plum tart");
}

TEST_F(RepeatingPosts, StopAfterTheOneThatIsNamed) {
  const auto series = repeat(schedule("2026-11-20T09:30"), "FREQ=DAILY");
  const auto stopped = server.ask(
      {.method = "DELETE", .path = "/api/v1/posts/" + id_of(series, 1) + "/repeat", .as = home.as_editor});
  EXPECT_EQ(stopped.text("/ended"), "true") << stopped.body;
  EXPECT_EQ(post(id_of(series, 0)).text("/state"), "scheduled");
  EXPECT_EQ(post(id_of(series, 1)).text("/state"), "scheduled");
  EXPECT_EQ(post(id_of(series, 2)).text("/state"), "canceled");
  server.move(24h * 30);
  EXPECT_EQ(extend(), 0U);
}

TEST_F(RepeatingPosts, AreMadeOfScheduledPostsByARuleThatIsUnderstood) {
  const auto draft =
      server.post("/api/v1/posts", post_json({shop.id}, "A draft"), home.as_editor).text("/id");
  EXPECT_EQ(repeat(draft, "FREQ=DAILY").text("/code"), "not_scheduled");
  const auto id = schedule("2026-11-20T09:30");
  EXPECT_EQ(repeat(id, "FREQ=HOURLY").text("/field"), "rule");
  EXPECT_EQ(repeat(id, "FREQ=DAILY;COUNT=1").text("/code"), "bad_rule");
  EXPECT_EQ(repeat(id, "FREQ=DAILY").status, 200);
  EXPECT_EQ(repeat(id, "FREQ=DAILY").text("/code"), "repeats_already");
  const auto other = schedule("2026-11-20T10:30");
  EXPECT_EQ(server.get("/api/v1/posts/" + other + "/series", home.as_viewer).text("/code"), "not_repeating");
  EXPECT_EQ(server.post("/api/v1/posts/" + id + "/spread", R"({"scope":"some"})", home.as_editor).status,
            422);
}

}  // namespace
}  // namespace carillon::api

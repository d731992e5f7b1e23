#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <filesystem>
#include <fstream>

#include "api/testing/server.h"
#include "media/stored_name.h"
#include "store/media.h"
#include "store/posts.h"

namespace carillon::api {
namespace {

// It is Wednesday, 2026-11-18; the household lives in Berlin.
class Plans : public ::testing::Test {
 protected:
  Reply send(const std::string& verb, const std::string& yaml, const std::string& more = "") {
    const std::string text = boost::json::serialize(boost::json::string(yaml));
    return server.post("/api/v1/plans/" + verb, "{\"yaml\":" + text + more + "}", home.as_editor);
  }
  Reply look(const std::string& yaml, const std::string& more = "") { return send("preview", yaml, more); }
  Reply apply(const std::string& yaml, const std::string& more = "") { return send("apply", yaml, more); }
  Reply post(const Reply& result, int step) {
    return server.get("/api/v1/posts/" + result.text(fmt::format("/steps/{}/post", step)), home.as_editor);
  }
  std::string states(const Reply& result) {
    std::string all;
    const auto answer = result.json();
    for (const auto& step : answer.at("steps").as_array())
      all += std::string(step.at("key").as_string()) + ":" + std::string(step.at("state").as_string()) + " ";
    return all;
  }
  size_t posts() {
    return server.get("/api/v1/posts?limit=200", home.as_viewer).json().at("items").as_array().size();
  }
  Reply edit(const Reply& seen, const std::string& body) {
    return server.ask({.method = "PATCH",
                       .path = "/api/v1/posts/" + seen.text("/id"),
                       .body = body,
                       .headers = {{"If-Match", seen.header("ETag")}},
                       .as = home.as_editor});
  }

  TestServer server;
  Household home = server.add_household("home");
  Account shop = server.add_account(home, "x", "shop");
  Account bakery = server.add_account(home, "mastodon", "bakery");
  const std::string one = "  - {key: one, text: Fresh cakes, accounts: all, at: 2026-11-23 09:30}\n";
  const std::string two = "  - {key: two, text: Plum tart, accounts: x, at: 2026-11-24 09:30}\n";
  const std::string head = "plan: spring\nposts:\n";
};

TEST_F(Plans, AreLookedAtWithoutChangingAnything) {
  const auto said = look(head + one + two);
  ASSERT_EQ(said.status, 200) << said.body;
  EXPECT_EQ(states(said), "one:added two:added ");
  EXPECT_EQ(said.text("/applied"), "false");
  EXPECT_EQ(said.text("/steps/0/changes/0/field"), "accounts");
  EXPECT_EQ(posts(), 0U);
}

TEST_F(Plans, AreMadeSoOnce) {
  const auto said = apply(head + one + two);
  ASSERT_EQ(said.status, 200) << said.body;
  EXPECT_EQ(post(said, 0).text("/state"), "scheduled");
  EXPECT_EQ(post(said, 0).text("/tally/waiting"), "2");
  EXPECT_EQ(server.dispatcher.expected().size(), 3U);
  EXPECT_EQ(states(look(head + one + two)), "one:unchanged two:unchanged ");
  const auto before = post(said, 0).header("ETag");
  EXPECT_EQ(apply(head + one + two).text("/counts/unchanged"), "2");
  EXPECT_EQ(post(said, 0).header("ETag"), before);
  EXPECT_EQ(posts(), 2U);
  EXPECT_EQ(server.get("/api/v1/plans", home.as_viewer).text("/items/0/posts"), "2");
}

TEST_F(Plans, ChangeWhatTheFileChanged) {
  const auto made = apply(head + one + two);
  const std::string other =
      "  - {key: one, text: Fresher cakes, accounts: mastodon, at: 2026-11-23 10:00, tags: [a]}\n";
  const auto said = look(head + other);
  EXPECT_EQ(states(said), "one:changed two:removed ");
  const auto done = apply(head + other);
  ASSERT_EQ(done.status, 200) << done.body;
  const auto now = post(made, 0);
  EXPECT_EQ(now.text("/content/parts/0/text"), "Fresher cakes");
  EXPECT_EQ(now.text("/at/local"), "2026-11-23T10:00");
  EXPECT_EQ(now.text("/tally/waiting"), "1");
  EXPECT_EQ(post(made, 1).text("/state"), "canceled");
  EXPECT_EQ(states(look(head + other)), "one:unchanged ");
  EXPECT_EQ(states(look(head + other + two)), "one:unchanged two:added ");
}

TEST_F(Plans, LeaveAloneWhatAPersonChanged) {
  const auto made = apply(head + one);
  ASSERT_EQ(edit(post(made, 0), R"({"title":"By hand"})").status, 200);
  const auto said = apply(head + one);
  EXPECT_EQ(states(said), "one:drifted ");
  EXPECT_EQ(said.text("/steps/0/changes/0/before"), "By hand");
  EXPECT_EQ(post(made, 0).text("/title"), "By hand");
  EXPECT_EQ(states(apply(head + two)), "two:added one:drifted ");
  EXPECT_EQ(states(look(head + one, R"(,"overwrite":true)")), "one:changed two:removed ");
  EXPECT_EQ(apply(head + one, R"(,"overwrite":true)").status, 200);
  EXPECT_EQ(post(made, 0).text("/title"), "");
}

TEST_F(Plans, LeaveAloneWhatWentOutAndWhatAPersonCanceled) {
  const auto made = apply(head + one + two);
  const auto first = post(made, 0);
  for (const char* delivery : {"/deliveries/0/id", "/deliveries/1/id"})
    server.change_delivery(home.id, *DeliveryId::parse(first.text(delivery)), DeliveryState::delivered, "");
  server.post("/api/v1/posts/" + made.text("/steps/1/post") + "/cancel", "", home.as_editor);
  const std::string other = "  - {key: one, text: Changed, accounts: all, at: 2026-11-23 09:30}\n";
  EXPECT_EQ(states(apply(head + other + two)), "one:settled two:drifted ");
  EXPECT_EQ(post(made, 0).text("/content/parts/0/text"), "Fresh cakes");
  EXPECT_EQ(states(look(head + two)), "two:drifted ");
  const auto again = apply(head + other + two, R"(,"overwrite":true)");
  EXPECT_EQ(states(again), "one:settled two:added ");
  EXPECT_EQ(post(again, 1).text("/state"), "scheduled");
}

TEST_F(Plans, NeverTouchPostsOfOthers) {
  apply(head + one);
  server.post("/api/v1/posts", post_json({shop.id}, "By hand", R"(,"at":{"local":"2026-11-25T09:00"})"),
              home.as_editor);
  apply("plan: summer\nposts:\n" + two);
  EXPECT_EQ(states(look("plan: spring\nposts: []\n")), "one:removed ");
  apply("plan: spring\nposts: []\n");
  EXPECT_EQ(server.get("/api/v1/posts?state=scheduled", home.as_viewer).json().at("items").as_array().size(),
            2U);
}

TEST_F(Plans, TakeSlotsOfTheQueueAndKeepThem) {
  const std::string queued = "  - {key: q, text: Anything, accounts: x, queue: next}\n";
  const auto made = apply(head + queued);
  EXPECT_EQ(post(made, 0).text("/at/local"), "2026-11-18T12:30") << made.body;
  EXPECT_EQ(states(apply(head + queued)), "q:unchanged ");
  const std::string timed = "  - {key: q, text: Anything, accounts: x, at: 2026-11-20 08:00}\n";
  EXPECT_EQ(states(apply(head + timed)), "q:changed ");
  EXPECT_EQ(post(made, 0).text("/at/local"), "2026-11-20T08:00");
  EXPECT_EQ(states(look(head + timed)), "q:unchanged ");
}

TEST_F(Plans, HaveDraftsThatAreScheduledLater) {
  const auto made = apply(head + "  - {key: d, text: Soon, draft: true}\n");
  EXPECT_EQ(post(made, 0).text("/state"), "draft") << made.body;
  const std::string timed = "  - {key: d, text: Soon, accounts: x, at: 2026-11-20 08:00}\n";
  EXPECT_EQ(states(apply(head + timed)), "d:changed ");
  EXPECT_EQ(post(made, 0).text("/state"), "scheduled");
  EXPECT_EQ(look(head + "  - {key: d, text: Soon, draft: true}\n").text("/steps/0/troubles/0/code"),
            "was_scheduled");
}

TEST_F(Plans, Repeat) {
  const auto entry = [](const std::string& text, const std::string& rule) {
    return "  - {key: r, text: " + text + ", accounts: x, at: 2026-11-20 08:00, repeat: " + rule + "}\n";
  };
  const auto made = apply(head + entry("Daily", "FREQ=DAILY;COUNT=3"));
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(posts(), 3U);
  EXPECT_EQ(states(look(head + entry("Daily", "FREQ=DAILY;COUNT=3"))), "r:unchanged ");
  EXPECT_EQ(states(apply(head + entry("Each", "FREQ=DAILY;COUNT=3"))), "r:changed ");
  EXPECT_EQ(server.get("/api/v1/posts?text=Each", home.as_viewer).json().at("items").as_array().size(), 3U);
  const auto longer = apply(head + entry("Each", "FREQ=DAILY;COUNT=4"));
  EXPECT_EQ(states(longer), "r:changed ") << longer.body;
  EXPECT_EQ(server.get("/api/v1/posts?state=scheduled", home.as_viewer).json().at("items").as_array().size(),
            4U);
  EXPECT_EQ(states(look(head + entry("Each", "FREQ=DAILY;COUNT=4"))), "r:unchanged ");
  apply("plan: spring\nposts: []\n");
  EXPECT_EQ(server.get("/api/v1/posts?state=scheduled", home.as_viewer).json().at("items").as_array().size(),
            0U);
}

TEST_F(Plans, AreRefusedAsAWholeWhenAnythingIsWrong) {
  const std::string bad = "  - {key: bad, text: Late, accounts: x, at: 2026-11-01 09:30}\n";
  const auto said = apply(head + one + bad);
  EXPECT_EQ(said.status, 422);
  EXPECT_EQ(said.text("/code"), "time_past");
  EXPECT_EQ(said.text("/errors/0/detail").substr(0, 18), "Line 4, column 5: ") << said.body;
  EXPECT_EQ(posts(), 0U);
  EXPECT_EQ(look(head + one + bad).text("/counts/wrong"), "1");
  EXPECT_EQ(look("plan: [\n").text("/troubles/0/code"), "not_yaml");
  EXPECT_EQ(apply("plan: [\n").status, 422);
  EXPECT_EQ(server.post("/api/v1/plans/apply", R"({"yaml":"plan: a\nposts: []\n"})", home.as_viewer).status,
            403);
}

TEST_F(Plans, WaitForTheFilesThatTheyName) {
  const std::string entry = "  - {key: p, text: Look, accounts: x, at: 2026-11-23 09:30, media: door.png}\n";
  const auto said = look(head + entry);
  EXPECT_EQ(said.text("/files/0/path"), "door.png");
  EXPECT_EQ(said.text("/files/0/media"), "null");
  EXPECT_EQ(apply(head + entry).text("/code"), "file_missing");
  const MediaId id = MediaId::make(server.now(), server.random);
  const std::filesystem::path place = server.data() / "media" / media::stored_name(id);
  std::filesystem::create_directories(place.parent_path());
  std::ofstream(place) << "as if it were one";
  server.store().write_now([&](store::Unit& unit) {
    store::MediaShelf(unit).add({.facts = {.id = id,
                                           .mime = "image/png",
                                           .bytes = 100,
                                           .width = 100,
                                           .height = 100,
                                           .sha256 = std::string(64, 'a')},
                                 .workspace = home.id,
                                 .name = "door.png",
                                 .path = media::stored_name(id)});
  });
  const std::string files = R"(,"files":[{"path":"door.png","sha256":")" + std::string(64, 'a') + "\"}]";
  const auto made = apply(head + entry, files);
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(post(made, 0).text("/content/parts/0/media/0/id"), id.text());
  EXPECT_EQ(states(look(head + entry, files)), "p:unchanged ");
}

TEST_F(Plans, ComeOutAsAFileThatSaysTheSame) {
  apply(head + one + two + "  - {key: q, text: Anything, accounts: x, queue: next}\n" +
        "  - {key: r, text: Daily, accounts: x, at: 2026-11-20 08:00, repeat: FREQ=DAILY;COUNT=3}\n");
  server.post("/api/v1/posts",
              post_json({shop.id}, "By hand: it is", R"(,"at":{"local":"2026-11-25T09:00"})"),
              home.as_editor);
  const auto of_plan = server.get("/api/v1/plans/export?plan=spring", home.as_viewer);
  EXPECT_EQ(states(look(of_plan.body)), "q:unchanged r:unchanged one:unchanged two:unchanged ")
      << of_plan.body;
  const auto all = server.get("/api/v1/plans/export", home.as_viewer);
  const auto said = look(all.body);
  EXPECT_EQ(said.text("/counts/unchanged"), "5") << all.body << said.body;
  EXPECT_EQ(said.text("/counts/added"), "0");
  std::string other = all.body;
  other.replace(other.find("By hand"), 7, "Changed");
  EXPECT_EQ(look(other).text("/counts/foreign"), "1");
  EXPECT_EQ(apply(other).text("/counts/foreign"), "1");
}

}  // namespace
}  // namespace carillon::api

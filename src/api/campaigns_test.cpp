#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/look_ahead.h"
#include "api/testing/server.h"
#include "store/accounts.h"
#include "store/findings.h"

namespace carillon::api {
namespace {

// The clock of these tests stands at 2026-11-18T11:06:40Z.
constexpr const char* in_nine_hours = R"(,"at":{"local":"2026-11-18T20:00","zone":"UTC"})";
constexpr const char* tomorrow = R"(,"at":{"local":"2026-11-20T09:30","zone":"Europe/Berlin"})";

class CampaignsApi : public ::testing::Test {
 protected:
  Reply send(const std::string& path, const std::string& body = "") {
    return server.post("/api/v1/" + path, body, home.as_editor);
  }
  Reply see(const std::string& path) { return server.get("/api/v1/" + path, home.as_viewer); }
  std::string make(const std::string& name = "Spring") {
    const auto made = send("campaigns", fmt::format(R"({{"name":"{}","colour":"#2f6fde"}})", name));
    EXPECT_EQ(made.status, 201) << made.body;
    return made.text("/id");
  }
  Reply enable(const std::string& campaign, const Account& account) {
    return send("campaigns/" + campaign + "/enable", fmt::format(R"({{"account":"{}"}})", account.id.text()));
  }
  Reply post_in(const std::string& campaign, const std::string& more = tomorrow) {
    return send("posts", post_json({shop.id}, "Plum tart", more + R"(,"campaign":")" + campaign + "\""));
  }

  TestServer server;
  Household home = server.add_household("home");
  Account shop = server.add_account(home, "x", "shop");
  Account phone = server.add_account(home, "whatsapp", "phone");
};

TEST_F(CampaignsApi, AreMadeListedChangedAndRemoved) {
  const auto id = make();
  EXPECT_EQ(see("campaigns").text("/items/0/name"), "Spring");
  const auto edited = server.ask({.method = "PATCH",
                                  .path = "/api/v1/campaigns/" + id,
                                  .body = R"({"name":" Summer ","from":"2026-06-01","to":"2026-06-30"})",
                                  .as = home.as_editor});
  EXPECT_EQ(edited.text("/name"), "Summer");
  EXPECT_EQ(edited.text("/from"), "2026-06-01");
  EXPECT_EQ(edited.text("/colour"), "#2f6fde");
  const auto gone = server.ask({.method = "DELETE", .path = "/api/v1/campaigns/" + id, .as = home.as_editor});
  EXPECT_EQ(gone.status, 204);
  EXPECT_EQ(see("campaigns/" + id).status, 404);
}

TEST_F(CampaignsApi, RefuseWhatMakesNoSense) {
  EXPECT_EQ(send("campaigns", R"({"name":"  "})").status, 422);
  EXPECT_EQ(send("campaigns", R"({"name":"A","colour":"blue"})").text("/code"), "not_a_colour");
  EXPECT_EQ(send("campaigns", R"({"name":"A","from":"2026-02-30"})").text("/code"), "not_a_day");
  EXPECT_EQ(send("campaigns", R"({"name":"A","from":"2026-06-02","to":"2026-06-01"})").text("/code"),
            "ends_before");
  EXPECT_EQ(server.post("/api/v1/campaigns", R"({"name":"A"})", home.as_viewer).status, 403);
}

TEST_F(CampaignsApi, APostGoesOnlyToAccountsThatAreEnabled) {
  const auto id = make();
  const auto refused = post_in(id);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.text("/errors/0/code"), "account_not_enabled") << refused.body;
  EXPECT_EQ(post_in(id, "").status, 201);  // a draft may be written
  const auto enabled = enable(id, shop);
  ASSERT_EQ(enabled.status, 200) << enabled.body;
  const auto made = post_in(id);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.text("/campaign"), id);
  const auto view = see("campaigns/" + id);
  EXPECT_EQ(view.text("/posts/draft"), "1");
  EXPECT_EQ(view.text("/posts/scheduled"), "1");
  EXPECT_EQ(view.text("/deliveries/waiting"), "1");
  EXPECT_EQ(view.text("/networks/0/network"), "x");
  EXPECT_EQ(view.text("/next/0/id"), made.text("/id"));
  EXPECT_EQ(view.text("/timeline/0/day"), "2026-11-20");
}

TEST_F(CampaignsApi, SayWhyAnAccountCannotBeEnabled) {
  const auto id = make();
  EXPECT_EQ(enable(id, phone).text("/code"), "no_posts");
  const auto hold = [&](Hold hold) {
    server.store().write_now([&](store::Unit& unit) {
      store::Accounts(unit).hold(home.id, shop.id, hold, "The network says so.");
    });
  };
  hold(Hold::reconnect);
  const auto held = enable(id, shop);
  EXPECT_EQ(held.status, 409);
  EXPECT_EQ(held.text("/code"), "account_held");
  EXPECT_NE(held.text("/detail").find("The network says so."), std::string::npos);
  hold(Hold::disconnected);
  EXPECT_EQ(enable(id, shop).text("/code"), "disconnected");
  hold(Hold::none);
  server.store().write_now([&](store::Unit& unit) {
    unit.connection()("UPDATE accounts SET scopes = '[\"tweet.read\"]' WHERE id = $1", shop.id);
  });
  EXPECT_EQ(enable(id, shop).text("/code"), "scope_missing");
  server.store().write_now([&](store::Unit& unit) {
    unit.connection()("UPDATE accounts SET scopes = '[]', expires = 1, refreshable = 0 WHERE id = $1",
                      shop.id);
  });
  EXPECT_EQ(enable(id, shop).text("/code"), "token_expired");
}

TEST_F(CampaignsApi, StopKeepsEverythingBackUntilItIsResumed) {
  const auto id = make();
  enable(id, shop);
  const auto made = post_in(id);
  const auto stopped = send("campaigns/" + id + "/stop");
  ASSERT_EQ(stopped.status, 200) << stopped.body;
  EXPECT_EQ(stopped.text("/state"), "stopped");
  EXPECT_EQ(stopped.text("/resume/on_time"), "1");
  EXPECT_EQ(see("posts/" + made.text("/id")).text("/stopped"), "true");
  EXPECT_EQ(send("campaigns/" + id + "/stop").status, 409);
  EXPECT_EQ(post_in(id).text("/stopped"), "false");  // as it was made; it is born stopped in the store:
  EXPECT_EQ(see("posts?campaign=" + id).text("/items/1/stopped"), "true");
}

TEST_F(CampaignsApi, ResumingSaysWhatIsLateAndTellsTheDispatcher) {
  const auto id = make();
  enable(id, shop);
  const auto made =
      post_in(id, R"(,"at":{"local":"2026-11-18T11:30","zone":"UTC"},"late":{"then":"skip","within_s":60})");
  ASSERT_EQ(made.status, 201) << made.body;
  send("campaigns/" + id + "/stop");
  server.move(std::chrono::hours(1));
  const auto late = see("campaigns/" + id);
  EXPECT_EQ(late.text("/resume/late/skip"), "1") << late.body;
  EXPECT_EQ(late.text("/resume/on_time"), "0");
  const size_t before = server.dispatcher.expected().size();
  const auto resumed = send("campaigns/" + id + "/resume");
  EXPECT_EQ(resumed.text("/state"), "active") << resumed.body;
  EXPECT_GT(server.dispatcher.expected().size(), before);
}

TEST_F(CampaignsApi, EndWaitsForWhatIsOnItsWayAndThenRefusesMore) {
  const auto id = make();
  enable(id, shop);
  const auto made = post_in(id);
  EXPECT_EQ(send("campaigns/" + id + "/end").text("/code"), "still_waiting");
  send("posts/" + made.text("/id") + "/cancel");
  EXPECT_EQ(send("campaigns/" + id + "/end").text("/state"), "ended");
  EXPECT_EQ(post_in(id).text("/errors/0/code"), "campaign_ended");
  EXPECT_EQ(
      server.ask({.method = "DELETE", .path = "/api/v1/campaigns/" + id, .as = home.as_editor}).text("/code"),
      "has_posts");
}

TEST_F(CampaignsApi, DuplicateCopiesPostsAsDraftsSomeDaysLater) {
  const auto id = make();
  enable(id, shop);
  post_in(id);
  const auto copy = send("campaigns/" + id + "/duplicate", R"({"name":"Again","shift_days":7})");
  ASSERT_EQ(copy.status, 201) << copy.body;
  EXPECT_EQ(copy.text("/posts/draft"), "1");
  EXPECT_NE(copy.body.find(R"("enabled":true)"), std::string::npos);
  const auto posts = see("posts?campaign=" + copy.text("/id"));
  EXPECT_EQ(posts.text("/items/0/at/local"), "2026-11-27T09:30");
}

TEST_F(CampaignsApi, FilterListsAndTables) {
  const auto id = make("Spring days");
  enable(id, shop);
  post_in(id);
  send("posts", post_json({shop.id}, "Another", tomorrow));
  EXPECT_EQ(see("posts?campaign=" + id).json().at("items").as_array().size(), 1U);
  EXPECT_EQ(see("posts").json().at("items").as_array().size(), 2U);
  EXPECT_EQ(see("posts?campaign=spring").status, 422);
  const auto table = see("posts/export.csv?campaign=" + id).body;
  EXPECT_NE(table.find("Spring days"), std::string::npos);
  EXPECT_EQ(table.find("Another"), std::string::npos);
}

TEST_F(CampaignsApi, TablesNameACampaign) {
  const auto id = make("Spring days");
  enable(id, shop);
  const auto import = [&](const std::string& name) {
    return send("posts/import",
                R"({"csv":"text,accounts,at,campaign\nPlum tart,@shop,2026-11-20 09:30,)" + name + R"(\n"})");
  };
  EXPECT_EQ(import("Autumn").text("/rows/0/troubles/0/code"), "campaign_unknown");
  const auto done = import("spring days");
  EXPECT_EQ(done.text("/rows/0/state"), "imported") << done.body;
  EXPECT_EQ(see("posts?campaign=" + id).json().at("items").as_array().size(), 1U);
}

class LookAhead : public CampaignsApi {
 protected:
  // As the chore does, and waits for what it wrote.
  void look() {
    look_ahead(server.desk(), server.now());
    for (int i = 0; i < 2; ++i) {
      server.store().read_now([](store::Unit&) {});
      server.store().write_now([](store::Unit&) {});
    }
  }
  std::vector<std::string> told() {
    std::vector<std::string> texts;
    const auto notices = see("notices");
    for (const auto& notice : notices.json().at("items").as_array())
      if (notice.at("kind").as_string() == "not_ready") texts.emplace_back(notice.at("text").as_string());
    return texts;
  }
  void hold(Hold hold) {
    server.store().write_now(
        [&](store::Unit& unit) { store::Accounts(unit).hold(home.id, shop.id, hold, "Token revoked."); });
  }
};

TEST_F(LookAhead, TellsOnceWhatWouldStopAPostAndTakesItBackWhenItIsMended) {
  const auto made = send("posts", post_json({shop.id}, "Plum tart", in_nine_hours));
  ASSERT_EQ(made.status, 201) << made.body;
  look();
  EXPECT_TRUE(told().empty());
  hold(Hold::reconnect);
  look();
  EXPECT_TRUE(told().empty());  // a day before it was fine; the next look is an hour before
  server.move(std::chrono::minutes(8 * 60 + 30));
  look();
  ASSERT_EQ(told().size(), 1U);
  EXPECT_NE(told()[0].find("Token revoked."), std::string::npos);
  EXPECT_NE(told()[0].find("The post is due in"), std::string::npos);
  look();
  EXPECT_EQ(told().size(), 1U);
  hold(Hold::none);
  look();
  EXPECT_TRUE(told().empty());
}

TEST_F(LookAhead, ForgetsWhatWasCanceled) {
  const auto made = send("posts", post_json({shop.id}, "Plum tart", in_nine_hours));
  hold(Hold::restricted);
  look();
  EXPECT_EQ(told().size(), 1U);
  send("posts/" + made.text("/id") + "/cancel");
  look();
  EXPECT_TRUE(told().empty());
}

TEST_F(LookAhead, APostSaysWhetherItIsReady) {
  const auto made = send("posts", post_json({shop.id}, "Plum tart", tomorrow));
  const auto path = "posts/" + made.text("/id") + "/check";
  EXPECT_EQ(see(path).text("/ready"), "true") << see(path).body;
  server.store().write_now([&](store::Unit& unit) {
    unit.connection()("UPDATE accounts SET sealed = $2 WHERE id = $1", shop.id,
                      store::Bytes{"not a credential"});
  });
  const auto report = see(path);
  EXPECT_EQ(report.text("/ready"), "false");
  EXPECT_NE(report.body.find("credential_unreadable"), std::string::npos);
  EXPECT_EQ(see("posts/" + home.id.text() + "/check").status, 404);
}

class TasksApi : public CampaignsApi {};

TEST_F(TasksApi, AreMadeAndTickedOffByAPerson) {
  const auto campaign = make();
  const auto made = send(
      "tasks",
      R"({"kind":"connect","person":"Ana Lind","link":"https://www.linkedin.com/in/ana-lind",)"
      R"("note":"It was good to meet you.","at":{"local":"2026-11-20T09:30","zone":"UTC"},"campaign":")" +
          campaign + "\"}");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.text("/due"), "false");
  const auto id = made.text("/id");
  EXPECT_EQ(see("tasks?campaign=" + campaign).text("/items/0/person"), "Ana Lind");
  EXPECT_EQ(see("campaigns/" + campaign).text("/open_tasks"), "1");
  const auto done = send("tasks/" + id + "/done");
  EXPECT_EQ(done.text("/state"), "done");
  EXPECT_EQ(done.text("/settled_by"), home.editor.text());
  EXPECT_EQ(see("tasks").json().at("items").as_array().size(), 0U);
  EXPECT_EQ(see("tasks?state=done").json().at("items").as_array().size(), 1U);
  EXPECT_EQ(send("tasks/" + id + "/reopen").text("/settled_by"), "null");
  EXPECT_EQ(send("tasks/" + id + "/skip").text("/state"), "skipped");
  EXPECT_EQ(server.ask({.method = "DELETE", .path = "/api/v1/tasks/" + id, .as = home.as_editor}).status,
            204);
}

TEST_F(TasksApi, TheSessionCountsThoseThatAreDue) {
  EXPECT_EQ(see("session").text("/due_tasks"), "0");
  const auto due =
      send("tasks", R"({"person":"Ana Lind","at":{"local":"2026-11-17T09:30","zone":"UTC"}})").text("/id");
  send("tasks", R"({"person":"Ben Moss","at":{"local":"2026-12-01T09:30","zone":"UTC"}})");
  EXPECT_EQ(see("session").text("/due_tasks"), "1");
  send("tasks/" + due + "/done");
  EXPECT_EQ(see("session").text("/due_tasks"), "0");
}

TEST_F(TasksApi, AreChangedAndRefuseLinksThatAreNotSafe) {
  const auto id = send("tasks", R"({"person":"Ana"})").text("/id");
  const auto edit = [&](const std::string& body) {
    return server.ask({.method = "PATCH", .path = "/api/v1/tasks/" + id, .body = body, .as = home.as_editor});
  };
  EXPECT_EQ(edit(R"-({"link":"javascript:alert(1)"})-").text("/code"), "not_a_url");
  EXPECT_EQ(edit(R"({"kind":"call"})").text("/code"), "unknown_kind");
EXPECT_EQ(edit(R"({"note":"Hello"})").text("/note"), "Hello");
EXPECT_EQ(edit(R"({"at":{"local":"2026-11-20T09:30"}})").status, 200);
EXPECT_EQ(edit(R"({"at":null})").text("/at"), "null");
EXPECT_EQ(see("tasks?state=lost").status, 422);
}

}  // namespace
}  // namespace carillon::api

// Posts that need approval: what an editor may not get out by any route, and what becomes of what waits.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>

#include "api/routes.h"
#include "api/testing/server.h"
#include "run/approvals.h"
#include "run/feed_posts.h"
#include "run/repeating.h"
#include "store/feeds.h"
#include "store/journal.h"
#include "store/people.h"
#include "store/posts.h"

namespace carillon::api {
namespace {

constexpr const char* tomorrow = R"(,"at":{"local":"2026-11-20T09:30","zone":"Europe/Berlin"})";
constexpr const char* later = R"({"at":{"local":"2026-11-24T09:30","zone":"Europe/Berlin"}})";

class Approval : public ::testing::Test {
 protected:
  void SetUp() override { want_approval(true); }

  void want_approval(bool wanted) {
    const auto reply = patch("/api/v1/workspace", fmt::format(R"({{"approval":{}}})", wanted), home.as_owner);
    ASSERT_EQ(reply.status, 200) << reply.body;
    ASSERT_EQ(reply.text("/approval"), wanted ? "true" : "false");
  }
  Reply patch(const std::string& path, const std::string& body, const std::string& as,
              const std::string& revision = "") {
    Ask ask{.method = "PATCH", .path = path, .body = body, .as = as};
    if (!revision.empty()) ask.headers = {{"If-Match", revision}};
    return server.ask(ask);
  }
  Reply create(const std::string& as, const std::string& more, const std::string& text = "Fresh cakes") {
    return server.post("/api/v1/posts", post_json({shop.id, bakery.id}, text, more), as);
  }
  Reply act(const std::string& id, const std::string& action, const std::string& body,
            const std::string& as) {
    return server.post("/api/v1/posts/" + id + "/" + action, body, as);
  }
  Reply read(const std::string& id) { return server.get("/api/v1/posts/" + id, home.as_viewer); }
  std::string state_of(const std::string& id) { return read(id).text("/state"); }

  // Everything that the engine would ever find: unsettled rows of all posts, with what they would say.
  std::set<std::string> could_go_out() {
    std::set<std::string> texts;
    server.store().read_now([&](store::Unit& unit) {
      for (const Account* account : {&shop, &bakery}) {
        for (const auto& ticket : store::Journal(unit)
                                      .due({home.id, account->id, Line::bulk, 500}, server.now() + 24h * 400)
                                      .tickets)
          texts.insert(ticket.content->parts.at(ticket.delivery.part).text);
      }
    });
    return texts;
  }
  std::vector<Notice> tend() {
    std::vector<Notice> notices;
    server.store().write_now([&](store::Unit& unit) {
      store::Minter mint(server.now(), server.random);
      notices = run::tend_proposals(unit, server.now(), mint);
    });
    return notices;
  }

  TestServer server;
  Household home = server.add_household("home");
  Account shop = server.add_account(home, "x", "shop");
  Account bakery = server.add_account(home, "mastodon", "bakery");
};

// What an editor does with one route to get "sneaky" out. `draft`, `approved`, `failed`, `canceled`,
// `proposed`, `expired`: posts as somebody left them, none of which says it.
struct Stage {
  std::map<std::string, std::string> posts;
};

class Tricks : public Approval {
 protected:
  Stage stage() {
    Stage stage;
    stage.posts["draft"] = create(home.as_editor, "", "sneaky").text("/id");
    stage.posts["approved"] = create(home.as_owner, tomorrow, "approved").text("/id");
    stage.posts["other"] =
        create(home.as_owner, R"(,"at":{"local":"2026-11-21T09:30","zone":"Europe/Berlin"})", "other")
            .text("/id");
    stage.posts["failed"] = create(home.as_owner, tomorrow, "failed").text("/id");
    fail(stage.posts["failed"]);
    stage.posts["canceled"] = create(home.as_owner, tomorrow, "canceled").text("/id");
    EXPECT_EQ(act(stage.posts["canceled"], "cancel", "", home.as_owner).status, 200);
    stage.posts["proposed"] = create(home.as_editor, tomorrow, "sneaky proposal").text("/id");
    stage.posts["expired"] =
        create(home.as_editor, R"(,"at":{"local":"2026-11-18T14:00","zone":"Europe/Berlin"})",
               "sneaky, too late")
            .text("/id");
    return stage;
  }
  void fail(const std::string& id) {
    const auto post = read(id);
    for (const auto& delivery : post.json().at("deliveries").as_array())
      server.change_delivery(home.id, *DeliveryId::parse(delivery.at("id").as_string()),
                             DeliveryState::failed, "");
  }
  static std::string all_deliveries(const Reply& post) {
    std::string ids;
    for (const auto& delivery : post.json().at("deliveries").as_array())
      ids += fmt::format(R"({}"{}")", ids.empty() ? "" : ",", std::string(delivery.at("id").as_string()));
    return fmt::format(R"({{"deliveries":[{}]}})", ids);
  }
  // A request of the editor, with everything that was found about the post.
  void edit(const std::string& id, const std::string& body) {
    patch("/api/v1/posts/" + id, body, home.as_editor, read(id).header("etag"));
  }
  std::string sneaky() { return R"({"content":{"parts":[{"text":"sneaky"}]}})"; }
  void bulk(const Stage& stage, const std::string& action) {
    for (const auto& [name, id] : stage.posts)
      server.post("/api/v1/posts/bulk", fmt::format(R"({{"ids":["{}"],{}}})", id, action), home.as_editor);
  }
  void on_each(const Stage& stage, const std::string& action, const std::string& body) {
    for (const auto& [name, id] : stage.posts) act(id, action, body, home.as_editor);
  }

  // By route. Those without an entry cannot put anything on the schedule: they are read-only, or about other
  // things.
  std::map<std::string, std::function<void(const Stage&)>> tricks() {
    using S = const Stage&;
    return {
        {"POST /api/v1/posts",
         [this](S) {
           create(home.as_editor, tomorrow, "sneaky");
           create(home.as_editor, R"(,"now":true)", "sneaky");
           create(home.as_editor, R"(,"queue":"next")", "sneaky");
           create(home.as_editor, R"(,"queue":"best","state":"scheduled")", "sneaky");
           server.ask({.method = "POST",
                       .path = "/api/v1/posts",
                       .body = post_json({shop.id}, "sneaky", tomorrow),
                       .headers = {{"Idempotency-Key", "\"again\""}},
                       .as = home.as_editor});
         }},
        {"POST /api/v1/posts/bulk",
         [this](S s) {
           bulk(s, R"("action":"move","days":3)");
           bulk(s, R"("action":"approve")");
           bulk(s, R"("action":"tag","tag":"x")");
         }},
        {"POST /api/v1/posts/import",
         [this](S) {
           server.post(
               "/api/v1/posts/import",
               fmt::format(R"({{"csv":"text,at,accounts\nsneaky,2026-11-24T09:30,{}\n","accounts":["{}"]}})",
                           shop.name, shop.id.text()),
               home.as_editor);
           server.post(
               "/api/v1/posts/import",
               fmt::format(R"({{"csv":"text\nsneaky\n","fill":"slots","accounts":["{}"]}})", shop.id.text()),
               home.as_editor);
         }},
        {"PATCH /api/v1/posts/{id}",
         [this](S s) {
           for (const auto& [name, id] : s.posts) {
             edit(id, sneaky());
             edit(
                 id,
                 R"({"content":{"parts":[{"text":"sneaky"}]},"at":{"local":"2026-11-25T09:30","zone":"Europe/Berlin"}})");
             edit(id, fmt::format(
                          R"({{"targets":[{{"account":"{}","content":{{"parts":[{{"text":"sneaky"}}]}}}}]}})",
                          shop.id.text()));
           }
         }},
        {"POST /api/v1/posts/{id}/schedule",
         [this](S s) {
           on_each(s, "schedule", later);
           on_each(s, "schedule", R"({"queue":"next"})");
         }},
        {"POST /api/v1/posts/{id}/publish", [this](S s) { on_each(s, "publish", ""); }},
        {"POST /api/v1/posts/{id}/reschedule",
         [this](S s) {
           on_each(s, "reschedule", later);
           on_each(s, "reschedule", R"({"queue":"best"})");
         }},
        {"POST /api/v1/posts/{id}/retry",
         [this](S s) {
           for (const auto& [name, id] : s.posts) act(id, "retry", all_deliveries(read(id)), home.as_editor);
           edit(s.posts.at("failed"), sneaky());
           on_each(s, "retry", "{}");
         }},
        {"POST /api/v1/posts/{id}/approve", [this](S s) { on_each(s, "approve", "{}"); }},
        {"POST /api/v1/posts/{id}/reject", [this](S s) { on_each(s, "reject", R"({"note":"mine"})"); }},
        {"POST /api/v1/posts/{id}/duplicate",
         [this](S s) {
           for (const auto& [name, id] : s.posts) {
             const auto copy = act(id, "duplicate", "", home.as_editor).text("/id");
             edit(copy, sneaky());
             act(copy, "schedule", later, home.as_editor);
           }
         }},
        {"POST /api/v1/posts/{id}/repeat",
         [this](S s) {
           for (const auto& [name, id] : s.posts) {
             act(id, "schedule", later, home.as_editor);
             act(id, "repeat", R"({"rule":"FREQ=WEEKLY;COUNT=4"})", home.as_editor);
           }
           extend();
         }},
        {"POST /api/v1/posts/{id}/spread",
         [this](S s) {
           const std::string id = s.posts.at("other");
           ASSERT_EQ(act(id, "repeat", R"({"rule":"FREQ=WEEKLY;COUNT=4"})", home.as_owner).status, 200);
           edit(id, sneaky());
           ASSERT_EQ(act(id, "spread", R"({"scope":"all"})", home.as_editor).status, 200);
           extend();
         }},
        {"POST /api/v1/queue/swap",
         [this](S s) {
           for (const char* other : {"other", "proposed", "expired", "draft"})
             server.post(
                 "/api/v1/queue/swap",
                 fmt::format(R"({{"post":"{}","with":"{}"}})", s.posts.at("approved"), s.posts.at(other)),
                 home.as_editor);
         }},
        {"POST /api/v1/plans/apply",
         [this](S) {
           const std::string at = "at: 2026-11-24 09:30", weekly = at + ", repeat: FREQ=WEEKLY";
           apply("alone", "text: sneaky, " + at, home.as_editor);
           apply("repeated", "text: sneaky, " + weekly, home.as_editor);
           change_plan("other-words", weekly, weekly);
           change_plan("another-time", weekly, "at: 2026-11-24 10:30, repeat: FREQ=WEEKLY");
           change_plan("another-rule", weekly, at + ", repeat: FREQ=DAILY");
           change_plan("repeated-now", at, weekly);
           change_plan("alone-now", weekly, at);
           extend();
         }},
        {"POST /api/v1/feeds",
         [this](S) { harvest(follow(R"("template":"sneaky {{title}}")", home.as_editor)); }},
        {"PATCH /api/v1/feeds/{id}",
         [this](S) {
           const std::string id = follow(R"("template":"{{title}}")", home.as_owner);
           const auto changed =
               patch("/api/v1/feeds/" + id, R"({"template":"sneaky {{title}}"})", home.as_editor);
           EXPECT_EQ(changed.status, 200) << changed.body;
           harvest(id);
         }},
        {"PUT /api/v1/evergreen/{id}",
         [this](S s) {
           for (const auto& [name, id] : s.posts) {
             const auto put = server.ask(
                 {.method = "PUT", .path = "/api/v1/evergreen/" + id, .body = "{}", .as = home.as_editor});
             EXPECT_EQ(put.text("/code"), "needs_approver") << put.body;
           }
         }},
        {"PUT /api/v1/variables/{name}",
         [this](S) {
           const auto put = server.ask({.method = "PUT",
                                        .path = "/api/v1/variables/price",
                                        .body = R"({"text":"sneaky"})",
                                        .as = home.as_editor});
           EXPECT_GE(put.status, 400) << put.body;
         }},
        {"DELETE /api/v1/variables/{name}", [this](S) { refused("DELETE", "/api/v1/variables/price"); }},
        {"PUT /api/v1/hashtags/{id}",
         [this](S s) { refused("PUT", "/api/v1/hashtags/" + s.posts.at("draft")); }},
        {"DELETE /api/v1/hashtags/{id}",
         [this](S s) { refused("DELETE", "/api/v1/hashtags/" + s.posts.at("draft")); }},
        {"PUT /api/v1/planning", [this](S) { refused("PUT", "/api/v1/planning"); }},
        {"POST /api/v1/posts/{id}/cancel",
         [this](S s) {
           on_each(s, "cancel", "");
           on_each(s, "schedule", later);
           on_each(s, "publish", "");
           for (const auto& [name, id] : s.posts) act(id, "retry", all_deliveries(read(id)), home.as_editor);
         }},
        {"POST /api/v1/posts/{id}/resume", [this](S s) { on_each(s, "resume", ""); }},
        {"POST /api/v1/posts/{id}/pause", [this](S s) { on_each(s, "pause", ""); }},
        {"DELETE /api/v1/posts/{id}",
         [this](S s) {
           for (const auto& [name, id] : s.posts)
             server.ask({.method = "DELETE", .path = "/api/v1/posts/" + id, .as = home.as_editor});
         }},
        {"DELETE /api/v1/posts/{id}/repeat",
         [this](S s) {
           for (const auto& [name, id] : s.posts)
             server.ask(
                 {.method = "DELETE", .path = "/api/v1/posts/" + id + "/repeat", .as = home.as_editor});
         }},
    };
  }
  void apply(const std::string& plan, const std::string& entry, const std::string& as) {
    const auto applied = server.post(
        "/api/v1/plans/apply",
        fmt::format(R"({{"yaml":"plan: {}\nposts:\n  - {{key: a, accounts: x, {}}}\n"}})", plan, entry), as);
    EXPECT_EQ(applied.status, 200) << applied.body;
  }
  // An owner's entry, to which an editor gives other words and perhaps another time.
  void change_plan(const std::string& plan, const std::string& when, const std::string& then) {
    apply(plan, "text: approved, " + when, home.as_owner);
    apply(plan, "text: sneaky, " + then, home.as_editor);
  }
  std::string follow(const std::string& more, const std::string& as) {
    const auto feed = server.post(
        "/api/v1/feeds",
        fmt::format(
            R"({{"address":"https://a.example/feed","accounts":["{}"],"becomes":"queued","newest":1,{}}})",
            shop.id.text(), more),
        as);
    EXPECT_EQ(feed.status, 201) << feed.body;
    return feed.text("/id");
  }
  // One item comes of it.
  void harvest(const std::string& id) {
    run::FeedAnswer answer;
    answer.file = plan::FeedFile{.title = "Bells", .items = {{.name = id, .title = id}}};
    server.store().write_now([&](store::Unit& unit) {
      const auto feed = store::Feeds(unit).find(home.id, *FeedId::parse(id));
      store::Minter mint(server.now(), server.random);
      run::take_feed(unit, *feed, answer, server.now(), mint, server.desk().registry);
    });
    EXPECT_NE(server.get("/api/v1/posts?state=proposed", home.as_viewer).body.find("sneaky " + id),
              std::string::npos);
  }
  void refused(const std::string& method, const std::string& path) {
    const auto answer = server.ask(
        {.method = method, .path = path, .body = method == "PUT" ? "{}" : "", .as = home.as_editor});
    EXPECT_GE(answer.status, 400) << path;
  }
  void extend() {
    server.store().write_now([&](store::Unit& unit) {
      store::Minter mint(server.now() + 24h * 30, server.random);
      run::extend_all(unit, server.now() + 24h * 30, mint);
    });
  }
};

TEST_F(Tricks, ByNoRouteAnEditorsWordsGoOutUnapproved) {
  const auto all = tricks();
  for (const auto& [route, trick] : all) {
    SCOPED_TRACE(route);
    const Stage posts = stage();
    server.move(3h);  // the one at two o'clock is too late now
    tend();
    EXPECT_EQ(state_of(posts.posts.at("expired")), "expired");
    trick(posts);
    for (const std::string& text : could_go_out()) {
      EXPECT_FALSE(text.starts_with("sneaky")) << "goes out: " << text;
      EXPECT_FALSE(text == "failed" || text == "canceled") << "goes out again: " << text;
    }
    server.move(-3h);
  }
}

// Every route that changes posts, its queue or its media is looked at above, or named here with the reason.
TEST_F(Tricks, EveryRouteThatMayWriteIsTried) {
  const std::set<std::string> other = {
      "PUT /api/v1/accounts/{id}/slots",  // times of a queue, no posts
      "DELETE /api/v1/accounts/{id}/slots",
      "POST /api/v1/deliveries/{id}/verdict",                        // about what went out, or was approved
      "POST /api/v1/deliveries/{id}/send-late",                      // was approved; its time passed
      "POST /api/v1/hashtags",                                       // no approved post names a new group
      "POST /api/v1/feeds/look",                                     // makes nothing
      "DELETE /api/v1/feeds/{id}", "POST /api/v1/feeds/{id}/fetch",  // as it is, by its author's right
      "POST /api/v1/evergreen/fill",                                 // what is in the pool was approved
      "DELETE /api/v1/evergreen/{id}", "PUT /api/v1/accounts/{id}/evergreen",
      "DELETE /api/v1/accounts/{id}/evergreen",
      "POST /api/v1/blackouts",  // days on which less goes out
      "PUT /api/v1/blackouts/{id}", "DELETE /api/v1/blackouts/{id}",
      "POST /api/v1/campaigns",  // groups of posts; stopped and resumed as they were approved, copied as
                                 // drafts
      "PATCH /api/v1/campaigns/{id}", "DELETE /api/v1/campaigns/{id}", "POST /api/v1/campaigns/{id}/stop",
      "POST /api/v1/campaigns/{id}/resume", "POST /api/v1/campaigns/{id}/end",
      "POST /api/v1/campaigns/{id}/enable", "POST /api/v1/campaigns/{id}/disable",
      "POST /api/v1/campaigns/{id}/duplicate",
      "POST /api/v1/tasks",  // what people do by hand
      "POST /api/v1/tasks/import", "PATCH /api/v1/tasks/{id}", "DELETE /api/v1/tasks/{id}",
      "POST /api/v1/tasks/{id}/done", "POST /api/v1/tasks/{id}/skip", "POST /api/v1/tasks/{id}/reopen",
      "POST /api/v1/sandbox/faults",  // practice networks
      "DELETE /api/v1/sandbox/faults", "DELETE /api/v1/sandbox/faults/{id}"};
  const auto all = tricks();
  for (const Route& route : routes()) {
    const bool writes =
        route.permission == Permission::posts_write || route.permission == Permission::posts_approve;
    const std::string name = fmt::format("{} {}", to_text(route.method), route.pattern);
    if (!writes || route.method == Method::get) continue;
    EXPECT_TRUE(all.contains(name) || other.contains(name))
        << name << ": may it put an editor's post on the schedule?";
  }
}

TEST_F(Approval, AnEditorAsksAndAnOwnerApproves) {
  const auto asked = create(home.as_editor, tomorrow);
  ASSERT_EQ(asked.status, 201) << asked.body;
  const std::string id = asked.text("/id");
  EXPECT_EQ(asked.text("/state"), "proposed");
  EXPECT_EQ(asked.text("/proposal/wants"), "time");
  EXPECT_EQ(asked.text("/tally/waiting"), "0");
  EXPECT_EQ(read(id).body, asked.body);
  EXPECT_TRUE(server.dispatcher.expected().empty());
  EXPECT_EQ(act(id, "approve", "{}", home.as_editor).status, 403);
  const auto approved = act(id, "approve", R"({"revision":1})", home.as_owner);
  ASSERT_EQ(approved.status, 200) << approved.body;
  EXPECT_EQ(approved.text("/state"), "scheduled");
  EXPECT_EQ(approved.text("/at/utc"), "2026-11-20T08:30:00Z");
  EXPECT_EQ(approved.text("/proposal/answer"), "approved");
  EXPECT_EQ(approved.text("/tally/waiting"), "2");
  EXPECT_EQ(server.dispatcher.expected().size(), 2U);
  EXPECT_EQ(act(id, "approve", "{}", home.as_owner).status, 409);
}

TEST_F(Approval, NothingIsApprovedThatChangedSinceItWasLookedAt) {
  const auto asked = create(home.as_editor, tomorrow);
  const std::string id = asked.text("/id");
  ASSERT_EQ(patch("/api/v1/posts/" + id, R"({"content":{"parts":[{"text":"Other"}]}})", home.as_editor,
                  asked.header("etag"))
                .status,
            200);
  const auto refused = act(id, "approve", R"({"revision":1})", home.as_owner);
  EXPECT_EQ(refused.status, 412);
  EXPECT_EQ(refused.text("/code"), "revision");
  EXPECT_TRUE(could_go_out().empty());
}

TEST_F(Approval, SentBackItIsADraftWithANote) {
  const std::string id = create(home.as_editor, R"(,"now":true)").text("/id");
  EXPECT_EQ(read(id).text("/proposal/wants"), "now");
  EXPECT_EQ(act(id, "reject", R"({"note":"  "})", home.as_owner).status, 422);
  const auto back = act(id, "reject", R"({"note":"Name the price."})", home.as_owner);
  ASSERT_EQ(back.status, 200) << back.body;
  EXPECT_EQ(back.text("/state"), "draft");
  EXPECT_EQ(back.text("/proposal/note"), "Name the price.");
  const auto told = server.get("/api/v1/notices", home.as_editor);
  EXPECT_EQ(told.text("/items/0/kind"), "post_sent_back");
  EXPECT_NE(told.text("/items/0/text").find("Name the price."), std::string::npos);
  EXPECT_EQ(server.get("/api/v1/notices", home.as_viewer).text("/unread"), "0");
  EXPECT_EQ(act(id, "schedule", later, home.as_editor).text("/state"), "proposed");
}

TEST_F(Approval, TheAuthorMayTakeItBack) {
  const std::string id = create(home.as_editor, tomorrow).text("/id");
  const auto taken = act(id, "cancel", "", home.as_editor);
  EXPECT_EQ(taken.text("/post/state"), "draft") << taken.body;
  EXPECT_EQ(taken.text("/post/proposal/answer"), "withdrawn");
}

TEST_F(Approval, WhatExpiredNeedsAnotherTime) {
  const std::string id =
      create(home.as_editor, R"(,"at":{"local":"2026-11-18T14:00","zone":"Europe/Berlin"})").text("/id");
  server.move(3h);
  EXPECT_EQ(act(id, "approve", "{}", home.as_owner).text("/code"), "expired");
  const auto notices = tend();
  ASSERT_EQ(notices.size(), 2U);
  EXPECT_EQ(notices[0].kind, approval_asked);
  EXPECT_EQ(notices[1].kind, "approval_expired");
  EXPECT_EQ(server.get("/api/v1/posts?state=expired", home.as_owner).text("/items/0/id"), id);
  EXPECT_EQ(act(id, "approve", "{}", home.as_owner).text("/code"), "expired");
  EXPECT_EQ(act(id, "approve", later, home.as_owner).text("/state"), "scheduled");
  EXPECT_EQ(could_go_out().size(), 1U);
}

TEST_F(Approval, ManyProposalsAreOneNoticeForThoseWhoApprove) {
  for (int i = 0; i < 3; ++i) create(home.as_editor, tomorrow);
  const auto notices = tend();
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_NE(notices[0].text.find("3 posts"), std::string::npos) << notices[0].text;
  EXPECT_TRUE(tend().empty());
  EXPECT_EQ(server.get("/api/v1/notices", home.as_owner).text("/unread"), "1");
  EXPECT_EQ(server.get("/api/v1/notices", home.as_editor).text("/unread"), "0");
}

TEST_F(Approval, SomebodyWithTheRightNeedsNone) {
  EXPECT_EQ(server.get("/api/v1/session", home.as_editor).text("/asks_first"), "true");
  ASSERT_EQ(
      patch("/api/v1/users/" + home.editor.text(), R"({"approves":true})", home.as_owner).text("/approves"),
      "true");
  EXPECT_EQ(server.get("/api/v1/session", home.as_editor).text("/asks_first"), "false");
  EXPECT_EQ(create(home.as_editor, tomorrow).text("/state"), "scheduled");
}

TEST_F(Approval, AnOwnersKeyWithoutThatScopeAsks) {
  ASSERT_EQ(
      server
          .post("/api/v1/users",
                R"({"email":"ana@x.test","role":"owner","password":"four horses drink tea"})", home.as_owner)
          .status,
      201);
  const auto in =
      server.post("/api/v1/session", R"({"email":"ana@x.test","password":"four horses drink tea"})", "");
  const auto cookie = in.header("set-cookie");
  const std::string as = cookie.substr(9, cookie.find(';') - 9);
  const auto state_with = [&](const std::string& scopes) {
    const auto key = server.post(
        "/api/v1/keys",
        fmt::format(R"({{"name":"tool","scopes":[{}],"password":"four horses drink tea"}})", scopes), as);
    EXPECT_EQ(key.status, 201) << key.body;
    return server
        .ask({.method = "POST",
              .path = "/api/v1/posts",
              .body = post_json({shop.id}, "By a tool", tomorrow),
              .key = key.text("/key")})
        .text("/state");
  };
  EXPECT_EQ(state_with(R"("posts.write")"), "proposed");
  EXPECT_EQ(state_with(R"("posts.write","posts.approve")"), "scheduled");
  EXPECT_EQ(state_with(""), "scheduled");
}

TEST_F(Approval, WithoutTheSettingEditorsPublishAlone) {
  want_approval(false);
  EXPECT_EQ(create(home.as_editor, tomorrow).text("/state"), "scheduled");
  EXPECT_EQ(patch("/api/v1/workspace", R"({"approval":true})", home.as_editor).status, 403);
}

TEST_F(Approval, ASeriesIsApprovedWithOneWord) {
  const std::string id = create(home.as_editor, tomorrow).text("/id");
  ASSERT_EQ(act(id, "repeat", R"({"rule":"FREQ=WEEKLY;COUNT=4"})", home.as_editor).status, 200);
  EXPECT_TRUE(could_go_out().empty());
  ASSERT_EQ(act(id, "approve", R"({"scope":"series"})", home.as_owner).status, 200);
  EXPECT_EQ(server.get("/api/v1/posts?state=scheduled", home.as_owner).json().at("items").as_array().size(),
            4U);
  EXPECT_EQ(server.get("/api/v1/posts?state=proposed", home.as_owner).json().at("items").as_array().size(),
            0U);
}

TEST_F(Approval, WhatANetworkWouldRefuseIsNotApproved) {
  const std::string id = create(home.as_editor, tomorrow).text("/id");
  ASSERT_EQ(
      server.ask({.method = "DELETE", .path = "/api/v1/accounts/" + bakery.id.text(), .as = home.as_owner})
          .status,
      200);
  EXPECT_EQ(act(id, "approve", "{}", home.as_owner).status, 422);
  EXPECT_EQ(state_of(id), "proposed");
}

}  // namespace
}  // namespace carillon::api

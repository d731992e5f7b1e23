// What an editor may not get out by any route of the table.
#include <functional>
#include <map>

#include "api/routes.h"
#include "api/testing/approval.h"
#include "run/feed_posts.h"
#include "run/repeating.h"
#include "store/feeds.h"

namespace carillon::api {
namespace {

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

}  // namespace
}  // namespace carillon::api

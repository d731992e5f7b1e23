#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "api/testing/server.h"
#include "store/accounts.h"
#include "wire/url.h"

namespace carillon::api {
namespace {

constexpr const char* tomorrow = R"(,"at":{"local":"2026-11-20T09:30","zone":"Europe/Berlin"})";

class Posts : public ::testing::Test {
 protected:
  Reply create(const std::string& more, const std::string& text = "Fresh cakes") {
    return server.post("/api/v1/posts", post_json({shop.id, bakery.id}, text, more), home.as_editor);
  }
  Reply act(const std::string& id, const std::string& action, const std::string& body = "") {
    return server.post("/api/v1/posts/" + id + "/" + action, body, home.as_editor);
  }
  Reply patch(const std::string& id, const std::string& body, const std::string& revision) {
    return server.ask({.method = "PATCH",
                       .path = "/api/v1/posts/" + id,
                       .body = body,
                       .headers = {{"If-Match", revision}},
                       .as = home.as_editor});
  }

  TestServer server;
  Household home = server.add_household("home");
  Account shop = server.add_account(home, "x", "shop");
  Account bakery = server.add_account(home, "mastodon", "bakery");
};

TEST_F(Posts, AreScheduledForTheirTargetsAtTheWallTime) {
  const auto reply = create(tomorrow);
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.text("/state"), "scheduled");
  EXPECT_EQ(reply.text("/at/utc"), "2026-11-20T08:30:00Z");
  EXPECT_EQ(reply.text("/at/zone"), "Europe/Berlin");
  EXPECT_EQ(reply.text("/sandbox"), "true");
  EXPECT_EQ(reply.text("/tally/waiting"), "2");
  EXPECT_EQ(reply.header("location"), "/api/v1/posts/" + reply.text("/id"));
  const auto read = server.get("/api/v1/posts/" + reply.text("/id"), home.as_viewer);
  EXPECT_EQ(read.body, reply.body);
  EXPECT_EQ(read.header("etag"), reply.header("etag"));
}

TEST_F(Posts, TellTheDispatcherWhatToExpect) {
  ASSERT_EQ(create(tomorrow).status, 201);
  const auto expected = server.dispatcher.expected();
  ASSERT_EQ(expected.size(), 2U);
  for (const auto& one : expected) {
    EXPECT_EQ(to_text(one.due), "2026-11-20T08:30:00Z");
    EXPECT_EQ(one.line, Line::bulk);
  }
}

TEST_F(Posts, TakeTheWorkspacesZoneWhenNoneIsGiven) {
  EXPECT_EQ(create(R"(,"at":{"local":"2026-11-20T09:30"})").text("/at/utc"), "2026-11-20T08:30:00Z");
}

TEST_F(Posts, ArePublishedNow) {
  const auto reply = create(R"(,"now":true)");
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(server.dispatcher.expected().front().due, server.now());
}

TEST_F(Posts, AreDraftsWithoutATime) {
  const auto reply = create("");
  EXPECT_EQ(reply.text("/state"), "draft");
  EXPECT_EQ(reply.text("/at"), "null");
  EXPECT_TRUE(server.dispatcher.expected().empty());
}

TEST_F(Posts, MayBeDraftsThatNoNetworkWouldTake) {
  const auto reply = create(R"(,"state":"draft")", std::string(400, 'x'));
  EXPECT_EQ(reply.status, 201);
}

TEST_F(Posts, AreRefusedWithEveryFindingWhenTheyCannotGoOut) {
  const auto reply = create(tomorrow, std::string(600, 'x'));
  ASSERT_EQ(reply.status, 422);
  const auto errors = reply.json().at("errors").as_array();
  EXPECT_EQ(errors.size(), 2U);  // x takes 280, mastodon 500
  EXPECT_EQ(errors[0].at("field").as_string(), "content.parts[0].text");
  EXPECT_NE(errors[0].at("remedy").as_string(), "");
  EXPECT_NE(errors[0].at("account").as_string(), errors[1].at("account").as_string());
  EXPECT_EQ(server.get("/api/v1/posts", home.as_viewer).text("/items"), "[]");
}

TEST_F(Posts, AreRefusedWithTheMemberThatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {R"({})", "content"},
      {R"({"content":{"parts":[]}})", "content.parts"},
      {R"({"content":{"parts":[{"txt":"a"}]}})", "content.parts[0].text"},
      {R"({"content":{"parts":[{"text":"a","size":1}]}})", "content.parts[0].size"},
      {R"({"content":{"parts":[{"text":"a"},{"text":7}]}})", "content.parts[1].text"},
      {R"({"content":{"parts":[{"text":"a","link":"nowhere"}]}})", "content.parts[0].link"},
      {R"({"content":{"parts":[{"text":"a"}]},"targets":[{"account":"x"}]})", "targets[0].account"},
      {R"({"content":{"parts":[{"text":"a"}]},"late":{"then":"never"}})", "late.then"},
      {R"({"content":{"parts":[{"text":"a"}]},"late":{"then":"skip","within_s":-1}})", "late.within_s"},
      {R"({"content":{"parts":[{"text":"a"}]},"at":{"local":"soon"}})", "at.local"},
      {R"({"content":{"parts":[{"text":"a"}]},"at":{"local":"2026-11-20T09:30","zone":"Mars"}})", "at.zone"},
      {R"({"content":{"parts":[{"text":"a"}]},"at":{"local":"2026-11-20T09:30"},"now":true})", "at"},
      {R"({"content":{"parts":[{"text":"a"}]},"state":"scheduled"})", "at"},
      {R"({"content":{"parts":[{"text":"a"}]},"state":"delivered"})", "state"},
      {R"({"content":{"parts":[{"text":"a\u0000b"}]}})", "content.parts[0].text"},
      {R"({"content":{"parts":[{"text":"a","media":[{"id":"0198e5a0-7c00-7000-8000-00000000000a"}]}]}})",
       "content.parts[0].media[0].id"},
  };
  for (const auto& [body, field] : cases) {
    const auto reply = server.post("/api/v1/posts", body, home.as_editor);
    EXPECT_EQ(reply.status, 422) << body;
    EXPECT_EQ(reply.text("/field"), field) << body << reply.body;
    EXPECT_NE(reply.text("/remedy"), "(missing)") << body;
  }
}

TEST_F(Posts, RefuseAccountsOfOthersLikeThoseThatDoNotExist) {
  const auto other = server.add_household("other");
  const Account theirs = server.add_account(other, "x", "theirs");
  const auto foreign = server.post("/api/v1/posts", post_json({theirs.id}, "hi", ""), home.as_editor);
  const auto nobody = server.post(
      "/api/v1/posts", post_json({AccountId::make(server.now(), server.random)}, "hi", ""), home.as_editor);
  EXPECT_EQ(foreign.status, 422);
  EXPECT_EQ(foreign.text("/detail"), nobody.text("/detail"));
  EXPECT_EQ(foreign.text("/field"), "targets[0].account");
  const auto twice = server.post("/api/v1/posts", post_json({shop.id, shop.id}, "hi", ""), home.as_editor);
  EXPECT_EQ(twice.text("/code"), "duplicate_target");
}

TEST_F(Posts, AreMadeOncePerIdempotencyKey) {
  Ask ask{.method = "POST",
          .path = "/api/v1/posts",
          .body = post_json({shop.id}, "once", tomorrow),
          .headers = {{"Idempotency-Key", "k-1"}},
          .as = home.as_editor};
  const auto first = server.ask(ask);
  const auto again = server.ask(ask);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("idempotency-replayed"), "true");
  ask.body = post_json({shop.id}, "another", tomorrow);
  EXPECT_EQ(server.ask(ask).status, 422);
  ask.headers = {{"Idempotency-Key", std::string(256, 'k')}};
  EXPECT_EQ(server.ask(ask).text("/field"), "Idempotency-Key");
  EXPECT_EQ(server.get("/api/v1/posts", home.as_viewer).json().at("items").as_array().size(), 1U);
  EXPECT_EQ(server.dispatcher.expected().size(), 1U);
}

TEST_F(Posts, KeepTheIdempotencyKeyFreeWhenNothingWasMade) {
  Ask ask{.method = "POST",
          .path = "/api/v1/posts",
          .body = post_json({shop.id}, std::string(400, 'x'), tomorrow),
          .headers = {{"Idempotency-Key", "k-2"}},
          .as = home.as_editor};
  EXPECT_EQ(server.ask(ask).status, 422);
  ask.body = post_json({shop.id}, "short", tomorrow);
  EXPECT_EQ(server.ask(ask).status, 201);
}

TEST_F(Posts, AreCheckedWithoutBeingMade) {
  const auto body = post_json({shop.id, bakery.id}, std::string(300, 'x'),
                              R"(,"at":{"local":"2027-03-28T02:30","zone":"Europe/Berlin"})");
  const auto reply = server.post("/api/v1/posts/check", body, home.as_viewer);
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.text("/ready"), "false");
  EXPECT_EQ(reply.text("/at/note"), "gap");
  EXPECT_EQ(reply.text("/at/utc"), "2027-03-28T01:30:00Z");
  EXPECT_EQ(reply.text("/targets/0/ready"), "false");
  EXPECT_EQ(reply.text("/targets/0/parts/0/counted"), "300");
  EXPECT_EQ(reply.text("/targets/0/parts/0/limit"), "280");
  EXPECT_EQ(reply.text("/targets/1/ready"), "true");
  EXPECT_EQ(reply.text("/findings/0/id"), "time_gap");
  EXPECT_EQ(server.get("/api/v1/posts", home.as_viewer).text("/items"), "[]");
}

TEST_F(Posts, ACheckAsksWhoeverWritesAndTakesTheAnswer) {
  const auto ask = [&](const std::string& more) {
    return server.post("/api/v1/posts/check", post_json({shop.id}, "My promo code is BELL", more),
                       home.as_viewer);
  };
  const auto finding = [&](const std::string& more, const std::string& id) {
    const auto reply = ask(more);
    EXPECT_EQ(reply.text("/ready"), "true") << "a question does not block";
    for (int i = 0; i < 9; ++i) {
      const std::string place = fmt::format("/targets/0/findings/{}/", i);
      if (reply.text(place + "id") == id)
        return fmt::format("{} {} {}", reply.text(place + "severity"), reply.text(place + "action"),
                           reply.text(place + "insert"));
    }
    return std::string("none");
  };
  EXPECT_EQ(finding("", "policy_paid"), "warning insert #ad");
  EXPECT_EQ(finding(R"(,"confirmed":["policy_paid"])", "policy_paid"), "info  null");
  EXPECT_EQ(finding("", "preview_unseen"), "none");
  EXPECT_EQ(finding(R"(,"seen":[])", "preview_unseen"), "info open_preview null");
  EXPECT_EQ(finding(fmt::format(R"(,"seen":["{}"])", shop.id.text()), "preview_unseen"), "none");
  EXPECT_EQ(ask(R"(,"seen":["x"])").status, 422);
}

TEST_F(Posts, AreListedByTimePageByPage) {
  for (int hour = 10; hour < 15; ++hour) {
    create(fmt::format(R"(,"title":"at {0}","at":{{"local":"2026-11-20T{0}:00"}},"tags":["t{1}"])", hour,
                       hour % 2));
  }
  std::vector<std::string> titles;
  std::string cursor;
  for (int page = 0; page < 3; ++page) {
    const auto reply =
        server.get("/api/v1/posts?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor), home.as_viewer);
    ASSERT_EQ(reply.status, 200) << reply.body;
    for (const auto& post : reply.json().at("items").as_array())
      titles.emplace_back(post.at("title").as_string());
    cursor = reply.text("/next");
    if (page < 2) EXPECT_NE(reply.header("link").find("rel=\"next\""), std::string::npos);
  }
  EXPECT_EQ(titles, (std::vector<std::string>{"at 10", "at 11", "at 12", "at 13", "at 14"}));
  EXPECT_EQ(cursor, "null");
}

TEST_F(Posts, AreFilteredByStateAccountTextTagAndTime) {
  create(tomorrow, "Fresh Cakes");
  create(R"(,"tags":["spring"])", "Bread only");
  const auto count = [&](const std::string& query) {
    const auto reply = server.get("/api/v1/posts?" + query, home.as_viewer);
    EXPECT_EQ(reply.status, 200) << query << reply.body;
    return reply.json().at("items").as_array().size();
  };
  EXPECT_EQ(count("state=scheduled"), 1U);
  EXPECT_EQ(count("state=scheduled,draft"), 2U);
  EXPECT_EQ(count("state=delivered"), 0U);
  EXPECT_EQ(count("text=cakes"), 1U);
  EXPECT_EQ(count("tag=spring"), 1U);
  EXPECT_EQ(count("account=" + shop.id.text()), 2U);
  EXPECT_EQ(count("from=2026-11-20T00:00:00Z&until=2026-11-21T00:00:00Z"), 1U);
  EXPECT_EQ(server.get("/api/v1/posts?state=lost", home.as_viewer).text("/field"), "state");
  EXPECT_EQ(server.get("/api/v1/posts?from=monday", home.as_viewer).text("/field"), "from");
}

TEST_F(Posts, AreEditedAtTheRevisionThatWasRead) {
  const auto made = create(tomorrow);
  const auto id = made.text("/id");
  EXPECT_EQ(server.ask({.method = "PATCH", .path = "/api/v1/posts/" + id, .body = "{}", .as = home.as_editor})
                .status,
            428);
  const auto edited = patch(id, R"({"title":"Cakes","tags":["a","a"," b "]})", made.header("etag"));
  ASSERT_EQ(edited.status, 200) << edited.body;
  EXPECT_EQ(edited.text("/title"), "Cakes");
  EXPECT_EQ(edited.text("/tags"), R"(["a","b"])");
  EXPECT_NE(edited.header("etag"), made.header("etag"));
  EXPECT_EQ(patch(id, R"({"title":"Lost"})", made.header("etag")).status, 412);
  EXPECT_EQ(patch(id, R"({"title":"Lost"})", "\"x\"").status, 412);
}

TEST_F(Posts, AreNotEditedIntoWhatNoNetworkTakes) {
  const auto made = create(tomorrow);
  const auto body = fmt::format(R"({{"content":{{"parts":[{{"text":"{}"}}]}}}})", std::string(400, 'x'));
  EXPECT_EQ(patch(made.text("/id"), body, made.header("etag")).status, 422);
  EXPECT_EQ(patch(made.text("/id"), R"({"at":null})", made.header("etag")).status, 409);
  const auto read = server.get("/api/v1/posts/" + made.text("/id"), home.as_viewer);
  EXPECT_EQ(read.text("/content/parts/0/text"), "Fresh cakes");
}

TEST_F(Posts, MoveWithTheirTime) {
  const auto made = create(tomorrow);
  const auto moved =
      act(made.text("/id"), "reschedule", R"({"at":{"local":"2026-11-21T09:30","zone":"Europe/Berlin"}})");
  ASSERT_EQ(moved.status, 200) << moved.body;
  EXPECT_EQ(moved.text("/at/utc"), "2026-11-21T08:30:00Z");
  EXPECT_EQ(moved.text("/deliveries/0/due"), "2026-11-21T08:30:00Z");
  EXPECT_EQ(act(made.text("/id"), "reschedule", R"({"at":{"local":"2020-01-01T09:30"}})").text("/code"),
            "time_past");
  const auto now = act(made.text("/id"), "publish");
  EXPECT_EQ(now.status, 200) << now.body;
  EXPECT_EQ(now.text("/deliveries/0/due"), to_text(server.now()));
}

TEST_F(Posts, AreScheduledFromDrafts) {
  const auto draft = create("");
  EXPECT_EQ(act(draft.text("/id"), "schedule", "{}").text("/code"), "missing_member");
  const auto reply = act(draft.text("/id"), "schedule", R"({"at":{"local":"2026-11-20T09:30"}})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.text("/state"), "scheduled");
  EXPECT_EQ(act(draft.text("/id"), "schedule", "{}").status, 409);
  EXPECT_EQ(act(draft.text("/id"), "reschedule", "{}").status, 422);
}

TEST_F(Posts, AreCanceledAndStayOnRecord) {
  const auto made = create(tomorrow);
  const auto reply = act(made.text("/id"), "cancel");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.text("/canceled"), "2");
  EXPECT_EQ(reply.text("/post/state"), "canceled");
  EXPECT_EQ(act(made.text("/id"), "cancel").status, 409);
  EXPECT_EQ(act(made.text("/id"), "publish").status, 409);
  EXPECT_EQ(
      server.ask({.method = "DELETE", .path = "/api/v1/posts/" + made.text("/id"), .as = home.as_editor})
          .status,
      409);
}

TEST_F(Posts, AreRemovedWhileTheyAreDrafts) {
  const auto draft = create("");
  const auto path = "/api/v1/posts/" + draft.text("/id");
  EXPECT_EQ(server.ask({.method = "DELETE", .path = path, .as = home.as_editor}).status, 204);
  EXPECT_EQ(server.get(path, home.as_viewer).status, 404);
}

TEST_F(Posts, ArePausedAndGoOn) {
  const auto made = create(tomorrow);
  EXPECT_EQ(act(made.text("/id"), "pause").text("/paused"), "true");
  EXPECT_EQ(act(made.text("/id"), "resume").text("/paused"), "false");
}

TEST_F(Posts, AreCopiedAsDrafts) {
  const auto made = create(tomorrow);
  const auto copy = act(made.text("/id"), "duplicate");
  ASSERT_EQ(copy.status, 201) << copy.body;
  EXPECT_EQ(copy.text("/state"), "draft");
  EXPECT_NE(copy.text("/id"), made.text("/id"));
  EXPECT_EQ(copy.text("/content"), made.text("/content"));
  EXPECT_EQ(copy.text("/targets"), made.text("/targets"));
  EXPECT_EQ(copy.text("/at"), "null");
}

TEST_F(Posts, RetryOnlyWhatFailed) {
  const auto made = create(tomorrow);
  const auto id = made.text("/id");
  EXPECT_EQ(act(id, "retry", "{}").status, 409);
  const auto first = DeliveryId::parse(made.text("/deliveries/0/id")).value();
  const auto second = DeliveryId::parse(made.text("/deliveries/1/id")).value();
  server.change_delivery(home.id, first, DeliveryState::delivered, "");
  server.change_delivery(home.id, second, DeliveryState::failed, "");
  EXPECT_EQ(server.get("/api/v1/posts/" + id, home.as_viewer).text("/state"), "partly");
  const auto reply = act(id, "retry", "{}");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.text("/tally/delivered"), "1");
  EXPECT_EQ(reply.text("/tally/waiting"), "1");
  EXPECT_EQ(reply.text("/tally/failed"), "0");
}

TEST_F(Posts, MakeOneDeliveryPerThreadPart) {
  const auto body = fmt::format(
      R"({{"content":{{"parts":[{{"text":"one"}},{{"text":"two"}}]}},"targets":[{{"account":"{}"}}],"now":true}})",
      shop.id.text());
  const auto reply = server.post("/api/v1/posts", body, home.as_editor);
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.json().at("deliveries").as_array().size(), 2U);
  EXPECT_EQ(reply.text("/deliveries/1/part"), "1");
  EXPECT_EQ(reply.text("/deliveries/1/reason"), "after_part");
}

TEST_F(Posts, TakeOverAnAccountsOwnContent) {
  const auto body = fmt::format(
      R"({{"content":{{"parts":[{{"text":"long {}"}}]}},"targets":[{{"account":"{}","content":{{"parts":[{{"text":"short"}}]}}}},{{"account":"{}"}}],"now":true}})",
      std::string(300, 'x'), shop.id.text(), bakery.id.text());
  const auto reply = server.post("/api/v1/posts", body, home.as_editor);
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.text("/targets/0/content/parts/0/text"), "short");
}

TEST_F(Posts, WarnAboutAccountsThatCannotSpeak) {
  server.store().write_now([&](store::Unit& unit) {
    store::Accounts(unit).hold(home.id, shop.id, Hold::reconnect, "the token was withdrawn");
  });
  const auto soon = create(R"(,"now":true)");
  EXPECT_EQ(soon.text("/code"), "account_held");
  EXPECT_EQ(create(tomorrow).status, 201);  // there is time to mend it
  const auto report =
      server.post("/api/v1/posts/check", post_json({shop.id}, "hi", tomorrow), home.as_viewer);
  EXPECT_EQ(report.text("/ready"), "true");
  EXPECT_EQ(report.text("/targets/0/findings/0/id"), "account_held");
  EXPECT_EQ(report.text("/targets/0/findings/0/action"), "reconnect");
}

class Verdicts : public Posts {
 protected:
  Verdicts() {
    const auto made = create(R"(,"now":true)");
    delivery = made.text("/deliveries/0/id");
  }
  Reply say(const std::string& what, const std::string& body) {
    return server.post("/api/v1/deliveries/" + delivery + "/" + what, body, home.as_editor);
  }
  void make(DeliveryState state, const std::string& reason) {
    server.change_delivery(home.id, *DeliveryId::parse(delivery), state, reason);
  }
  std::string delivery;
};

TEST_F(Verdicts, AreTakenWhileItIsUncertain) {
  EXPECT_EQ(say("verdict", R"({"there":true})").status, 409);
  make(DeliveryState::uncertain, "unknown");
  const auto reply = say("verdict", R"({"there":true,"url":"https://x.com/shop/status/1"})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.text("/wish"), "is_there");
  EXPECT_EQ(reply.text("/url"), "https://x.com/shop/status/1");
  EXPECT_EQ(server.dispatcher.expected().back().line, Line::ask);
}

TEST_F(Verdicts, AreOneOfThree) {
  make(DeliveryState::uncertain, "unknown");
  EXPECT_EQ(say("verdict", R"({"there":"maybe"})").text("/field"), "there");
  EXPECT_EQ(say("verdict", R"({"there":true,"url":"x"})").text("/field"), "url");
  EXPECT_EQ(say("verdict", R"({"there":"ask"})").text("/wish"), "ask_again");
  EXPECT_EQ(say("verdict", R"({"there":false})").text("/wish"), "is_not_there");
}

TEST_F(Verdicts, DecideAboutWhatIsLate) {
  EXPECT_EQ(say("send-late", "{}").status, 409);
  make(DeliveryState::waiting, "late");
  EXPECT_EQ(say("send-late", R"({"then":"drop"})").text("/wish"), "cancel");
  EXPECT_EQ(say("send-late", R"({"then":"wait"})").text("/field"), "then");
  EXPECT_EQ(say("send-late", "{}").text("/wish"), "send_late");
}

TEST_F(Verdicts, ComeWithTheFlightRecord) {
  const auto reply = server.get("/api/v1/deliveries/" + delivery, home.as_viewer);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.text("/attempts"), "[]");
  EXPECT_EQ(reply.text("/network"), "x");
  EXPECT_EQ(reply.text("/sandbox"), "true");
  EXPECT_EQ(reply.text("/reason_text"), "Its time has not come.");
}

}  // namespace
}  // namespace carillon::api

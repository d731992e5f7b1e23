#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "api/testing/server.h"
#include "store/accounts.h"

namespace carillon::api {
namespace {

// It is Wednesday, 2026-11-18; the household lives in Berlin.
class Queue : public ::testing::Test {
 protected:
  Reply add(const std::vector<AccountId>& accounts, const std::string& pick = "next") {
    return server.post("/api/v1/posts", post_json(accounts, "Fresh cakes", R"(,"queue":")" + pick + "\""),
                       home.as_editor);
  }
  Reply put(const Account& account, const std::string& days) {
    return server.ask({.method = "PUT",
                       .path = "/api/v1/accounts/" + account.id.text() + "/slots",
                       .body = R"({"days":[)" + days + "]}",
                       .as = home.as_editor});
  }
  Reply view(const std::string& query = "") { return server.get("/api/v1/queue" + query, home.as_viewer); }
  Reply next(const std::string& accounts) {
    return server.get("/api/v1/queue/next?accounts=" + accounts, home.as_viewer);
  }

  TestServer server;
  Household home = server.add_household("home");
  Account shop = server.add_account(home, "x", "shop");
  Account bakery = server.add_account(home, "mastodon", "bakery");
};

TEST_F(Queue, OfAnAccountWithoutSlotsOfItsOwnHasTheUsualOnes) {
  const auto slots = server.get("/api/v1/accounts/" + shop.id.text() + "/slots", home.as_viewer);
  EXPECT_EQ(slots.text("/usual"), "true");
  EXPECT_EQ(slots.text("/zone"), "Europe/Berlin");
  EXPECT_EQ(slots.text("/days/0/weekday"), "monday");
  EXPECT_EQ(slots.text("/days/0/times"), R"(["09:00","12:30","17:30"])");
  EXPECT_EQ(slots.text("/days/6/times"), "[]");
}

TEST_F(Queue, TakesSlotsSortsThemAndForgetsThem) {
  const auto own = put(shop, R"({"weekday":"sunday","times":["18:00","09:05","18:00"]})");
  ASSERT_EQ(own.status, 200) << own.body;
  EXPECT_EQ(own.text("/usual"), "false");
  EXPECT_EQ(own.text("/days/6/times"), R"(["09:05","18:00"])");
  EXPECT_EQ(own.text("/days/0/times"), "[]");
  const auto again = server.ask(
      {.method = "DELETE", .path = "/api/v1/accounts/" + shop.id.text() + "/slots", .as = home.as_editor});
  EXPECT_EQ(again.text("/usual"), "true");
}

TEST_F(Queue, RefusesWhatIsNoTimeOrNoDay) {
  EXPECT_EQ(put(shop, R"({"weekday":"monday","times":["25:00"]})").text("/code"), "not_a_time");
  EXPECT_EQ(put(shop, R"({"weekday":"Monday","times":[]})").text("/code"), "unknown_weekday");
  EXPECT_EQ(put(shop, R"({"weekday":"monday","times":[]},{"weekday":"monday","times":[]})").text("/code"),
            "duplicate_weekday");
  EXPECT_EQ(put(shop, R"({"weekday":"monday"})").text("/code"), "missing_member");
  EXPECT_EQ(view("?days=61").status, 422);
  EXPECT_EQ(view("?accounts=shop").status, 422);
}

TEST_F(Queue, GivesEachPostTheNextSlotThatIsFree) {
  put(shop, R"({"weekday":"friday","times":["09:00","17:00"]})");
  const auto first = add({shop.id});
  ASSERT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(first.text("/state"), "scheduled");
  EXPECT_EQ(first.text("/at/local"), "2026-11-20T09:00");
  EXPECT_EQ(first.text("/at/utc"), "2026-11-20T08:00:00Z");
  EXPECT_EQ(add({shop.id}).text("/at/local"), "2026-11-20T17:00");
  EXPECT_EQ(add({shop.id}).text("/at/local"), "2026-11-27T09:00");
  server.post("/api/v1/posts/" + first.text("/id") + "/cancel", "", home.as_editor);
  EXPECT_EQ(add({shop.id}).text("/at/local"), "2026-11-20T09:00");  // free again
}

TEST_F(Queue, GivesAPostForSeveralAccountsASlotThatAllOfThemHaveFree) {
  put(shop, R"({"weekday":"friday","times":["09:00","17:00"]})");
  put(bakery, R"({"weekday":"friday","times":["11:00","17:00"]})");
  EXPECT_EQ(add({shop.id, bakery.id}).text("/at/local"), "2026-11-20T17:00");
  EXPECT_EQ(add({bakery.id}).text("/at/local"), "2026-11-20T11:00");
  EXPECT_EQ(add({bakery.id}).text("/at/local"), "2026-11-27T11:00");  // 17:00 is taken by both
  put(bakery, R"({"weekday":"monday","times":["11:00"]})");
  const auto none = add({shop.id, bakery.id});
  EXPECT_EQ(none.status, 409);
  EXPECT_EQ(none.text("/code"), "no_common_slot");
}

TEST_F(Queue, OfAnAccountThatHasNoSlotsTakesNothing) {
  put(shop, "");
  EXPECT_EQ(add({shop.id}).text("/code"), "no_slots");
  EXPECT_EQ(add({}).text("/code"), "no_target");
}

TEST_F(Queue, GivesNoSlotTwiceToPostsThatComeAtOnce) {
  put(shop, R"({"weekday":"friday","times":["09:00","17:00"]})");
  std::vector<Reply> replies(12);
  std::vector<std::thread> people;
  for (Reply& reply : replies) people.emplace_back([&] { reply = add({shop.id}); });
  for (std::thread& person : people) person.join();
  std::set<std::string> times;
  for (const Reply& reply : replies) {
    ASSERT_EQ(reply.status, 201) << reply.body;
    times.insert(reply.text("/at/utc"));
  }
  EXPECT_EQ(times.size(), replies.size());
}

TEST_F(Queue, KeepsToOneSlotWhenARequestIsRepeated) {
  const Ask ask{.method = "POST",
                .path = "/api/v1/posts",
                .body = post_json({shop.id}, "Once", R"(,"queue":"next")"),
                .headers = {{"Idempotency-Key", "k"}},
                .as = home.as_editor};
  const auto first = server.ask(ask), second = server.ask(ask);
  EXPECT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(first.body, second.body);
}

TEST_F(Queue, SchedulesDraftsAndMovesScheduledPosts) {
  put(shop, R"({"weekday":"friday","times":["09:00","17:00"]})");
  const auto draft = server.post("/api/v1/posts", post_json({shop.id}, "A draft"), home.as_editor);
  const std::string path = "/api/v1/posts/" + draft.text("/id");
  const auto queued = server.post(path + "/schedule", R"({"queue":"next"})", home.as_editor);
  EXPECT_EQ(queued.text("/at/local"), "2026-11-20T09:00");
  const auto moved = server.post(path + "/reschedule", R"({"queue":"next"})", home.as_editor);
  EXPECT_EQ(moved.text("/at/local"), "2026-11-20T17:00");
  EXPECT_EQ(server.post(path + "/reschedule", R"({"queue":"soon"})", home.as_editor).text("/code"),
            "unknown_queue");
  EXPECT_EQ(server.post(path + "/reschedule", "{}", home.as_editor).text("/code"), "missing_member");
  const auto both = R"({"queue":"next","at":{"local":"2026-12-01T09:00"}})";
  EXPECT_EQ(server.post(path + "/reschedule", both, home.as_editor).text("/code"), "two_times");
}

TEST_F(Queue, ShowsWhatIsTakenWhatIsFreeAndWhatIsBesideIt) {
  put(shop, R"({"weekday":"friday","times":["09:00","17:00"]})");
  add({shop.id});
  server.post("/api/v1/posts",
              post_json({shop.id}, "By hand", R"(,"at":{"local":"2026-11-20T12:00","zone":"Europe/Berlin"})"),
              home.as_editor);
  const auto seen = view("?days=3&accounts=" + shop.id.text());
  ASSERT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(seen.json().at("accounts").as_array().size(), 1U);
  const std::string of = "/accounts/0/entries";
  EXPECT_EQ(seen.text(of + "/0/local"), "2026-11-20T09:00");
  EXPECT_EQ(seen.text(of + "/0/posts/0/text"), "Fresh cakes");
  EXPECT_EQ(seen.text(of + "/1/slot"), "false");
  EXPECT_EQ(seen.text(of + "/1/posts/0/text"), "By hand");
  EXPECT_EQ(seen.text(of + "/2/local"), "2026-11-20T17:00");
  EXPECT_EQ(seen.text(of + "/2/posts"), "[]");
  EXPECT_EQ(view().json().at("accounts").as_array().size(), 2U);
  const auto both = view("?accounts=" + shop.id.text() + "&accounts=" + bakery.id.text());
  EXPECT_EQ(both.json().at("accounts").as_array().size(), 2U);
}

TEST_F(Queue, SaysTheNextAndTheBestSlotAndWhyWithoutTakingThem) {
  put(shop, R"({"weekday":"friday","times":["06:00","10:00"]})");
  for (int i = 0; i < 2; ++i) {
    const auto both = next(shop.id.text());
    ASSERT_EQ(both.status, 200) << both.body;
    EXPECT_EQ(both.text("/next/at/local"), "2026-11-20T06:00");
    EXPECT_EQ(both.text("/best/at/local"), "2026-11-20T10:00");
    EXPECT_EQ(both.text("/best/basis"), "usual");
  }
  EXPECT_EQ(add({shop.id}, "best").text("/at/local"), "2026-11-20T10:00");
  EXPECT_EQ(add({shop.id}, "best").text("/at/local"), "2026-11-20T06:00");  // all that is left in seven days
  EXPECT_EQ(next("").status, 422);
}

TEST_F(Queue, IsCheckedBeforeItIsTaken) {
  const auto said =
      server.post("/api/v1/posts/check", post_json({shop.id}, "Hello", R"(,"queue":"next")"), home.as_viewer);
  EXPECT_EQ(said.text("/ready"), "true") << said.body;
  EXPECT_EQ(said.text("/at/zone"), "Europe/Berlin");
  const auto too_long = server.post(
      "/api/v1/posts", post_json({shop.id}, std::string(400, 'x'), R"(,"queue":"next")"), home.as_editor);
  EXPECT_EQ(too_long.status, 422);
}

TEST_F(Queue, PostsChangePlaces) {
  put(shop, R"({"weekday":"friday","times":["09:00","17:00"]})");
  const auto one = add({shop.id}), other = add({shop.id});
  const auto body = fmt::format(R"({{"post":"{}","with":"{}"}})", one.text("/id"), other.text("/id"));
  const auto swapped = server.post("/api/v1/queue/swap", body, home.as_editor);
  ASSERT_EQ(swapped.status, 200) << swapped.body;
  EXPECT_EQ(swapped.text("/items/0/at/local"), "2026-11-20T17:00");
  EXPECT_EQ(swapped.text("/items/1/at/local"), "2026-11-20T09:00");
  EXPECT_EQ(swapped.text("/items/1/deliveries/0/due"), "2026-11-20T08:00:00Z");
  const auto self = fmt::format(R"({{"post":"{0}","with":"{0}"}})", one.text("/id"));
  EXPECT_EQ(server.post("/api/v1/queue/swap", self, home.as_editor).text("/code"), "same_post");
  const auto draft = server.post("/api/v1/posts", post_json({shop.id}, "A draft"), home.as_editor);
  const auto with_draft = fmt::format(R"({{"post":"{}","with":"{}"}})", one.text("/id"), draft.text("/id"));
  EXPECT_EQ(server.post("/api/v1/queue/swap", with_draft, home.as_editor).text("/code"), "not_scheduled");
}

TEST_F(Queue, OfOthersIsNotSeen) {
  const auto other = server.add_household("other");
  const Account theirs = server.add_account(other, "x", "theirs");
  EXPECT_EQ(next(theirs.id.text()).status, 422);
  EXPECT_EQ(view("?accounts=" + theirs.id.text()).text("/accounts"), "[]");
}

}  // namespace
}  // namespace carillon::api

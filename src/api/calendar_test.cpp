// The calendar's small shape, its exports, and one action on many posts.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "api/csv.h"
#include "api/icalendar.h"
#include "api/testing/server.h"
#include "base/text.h"

namespace carillon::api {
namespace {

constexpr const char* november = "from=2026-11-01T00:00:00Z&until=2026-12-01T00:00:00Z";

std::string at(const std::string& local, const std::string& zone = "Europe/Berlin") {
  return fmt::format(R"(,"at":{{"local":"{}","zone":"{}"}})", local, zone);
}

class Calendar : public ::testing::Test {
 protected:
  std::string create(const std::string& text, const std::string& more) {
    const auto reply =
        server.post("/api/v1/posts", post_json({shop.id, bakery.id}, text, more), home.as_editor);
    EXPECT_EQ(reply.status, 201) << reply.body;
    return reply.text("/id");
  }
  Reply calendar(const std::string& more = "") {
    return server.get(fmt::format("/api/v1/posts/calendar?{}{}", november, more), home.as_viewer);
  }
  size_t found(const std::string& more) { return calendar(more).json().at("items").as_array().size(); }
  Reply bulk(const std::string& body, const std::string& key = "") {
    wire::Headers headers;
    if (!key.empty()) headers.push_back({"Idempotency-Key", key});
    return server.ask({.method = "POST",
                       .path = "/api/v1/posts/bulk",
                       .body = body,
                       .headers = headers,
                       .as = home.as_editor});
  }
  Reply post(const std::string& id) { return server.get("/api/v1/posts/" + id, home.as_viewer); }

  TestServer server;
  Household home = server.add_household("home");
  Account shop = server.add_account(home, "x", "shop");
  Account bakery = server.add_account(home, "mastodon", "bakery");
};

TEST_F(Calendar, ShowsTheSpanInASmallShape) {
  create("Fresh cakes", at("2026-11-20T09:30") + R"(,"tags":["autumn"])");
  create("Next month", at("2026-12-02T09:30"));
  create("No time yet", "");
  const auto reply = calendar();
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.json().at("items").as_array().size(), 1U);
  EXPECT_EQ(reply.text("/items/0/text"), "Fresh cakes");
  EXPECT_EQ(reply.text("/items/0/at/local"), "2026-11-20T09:30");
  EXPECT_EQ(reply.text("/items/0/at/utc"), "2026-11-20T08:30:00Z");
  EXPECT_EQ(reply.text("/items/0/targets/1"), bakery.id.text());
  EXPECT_EQ(reply.text("/items/0/trouble"), "");
  EXPECT_EQ(reply.text("/accounts/0/sandbox"), "true");
  EXPECT_LT(reply.body.size(), 1000U);
}

TEST_F(Calendar, IsFilteredLikeTheList) {
  create("Straße", at("2026-11-20T09:30") + R"(,"tags":["autumn"])");
  const auto alone =
      server.post("/api/v1/posts", post_json({shop.id}, "Alone", at("2026-11-21T09:30")), home.as_editor);
  ASSERT_EQ(alone.status, 201);
  EXPECT_EQ(found("&text=STRASSE"), 1U);
  EXPECT_EQ(found("&tag=autumn"), 1U);
  EXPECT_EQ(found("&network=mastodon"), 1U);
  EXPECT_EQ(found("&network=x"), 2U);
  EXPECT_EQ(found("&network=telegram"), 0U);
  EXPECT_EQ(found("&account=" + bakery.id.text()), 1U);
  EXPECT_EQ(found("&account=" + bakery.id.text() + "," + shop.id.text()), 2U);
  EXPECT_EQ(found("&network=mastodon&account=" + shop.id.text()), 0U);
  EXPECT_EQ(found("&state=draft,failed"), 0U);
  EXPECT_EQ(calendar("&account=nobody").text("/field"), "account");
  EXPECT_EQ(calendar("&state=lost").text("/field"), "state");
}

TEST_F(Calendar, NeedsASpan) {
  EXPECT_EQ(server.get("/api/v1/posts/calendar", home.as_viewer).text("/field"), "from");
  EXPECT_EQ(server.get("/api/v1/posts/calendar?from=2026-11-01T00:00:00Z", home.as_viewer).text("/field"),
            "until");
}

TEST_F(Calendar, GoesOnFromPageToPage) {
  for (int day = 10; day < 15; ++day)
    create(fmt::format("Day {}", day), at(fmt::format("2026-11-{}T12:00", day + 10)));
  std::string cursor;
  std::vector<std::string> texts;
  for (int pages = 0; pages < 4; ++pages) {
    const auto reply = calendar("&limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor));
    for (const auto& item : reply.json().at("items").as_array())
      texts.emplace_back(item.at("text").as_string());
    if (reply.text("/next") == "null") break;
    cursor = reply.text("/next");
  }
  EXPECT_EQ(texts, (std::vector<std::string>{"Day 10", "Day 11", "Day 12", "Day 13", "Day 14"}));
}

TEST_F(Calendar, SaysWhyAPostFailed) {
  const auto id = create("Too bad", at("2026-11-20T09:30"));
  const auto delivery = DeliveryId::parse(post(id).text("/deliveries/0/id")).value();
  server.change_delivery(home.id, delivery, DeliveryState::failed, "too_late");
  EXPECT_NE(calendar().text("/items/0/trouble"), "");
}

TEST_F(Calendar, IsExportedAsACalendarFile) {
  const std::string text = "Cakes, tarts; and \\\\ more\\nfrom nine " + std::string(90, 'x') + " Größe";
  const auto id = create(text, at("2026-11-20T09:30") + R"(,"tags":["one, two"])");
  create("Without a time", "");
  const auto reply = server.get("/api/v1/posts/calendar.ics", home.as_viewer);
  ASSERT_EQ(reply.status, 200);
  EXPECT_TRUE(reply.header("content-type").starts_with("text/calendar"));
  EXPECT_TRUE(reply.body.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  EXPECT_TRUE(reply.body.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
  EXPECT_NE(reply.body.find("UID:" + id + "@carillon\r\n"), std::string::npos);
  EXPECT_NE(reply.body.find("DTSTART:20261120T083000Z\r\n"), std::string::npos);
  EXPECT_NE(reply.body.find("SUMMARY:Cakes\\, tarts\\; and \\\\ more\r\n"), std::string::npos) << reply.body;
  EXPECT_NE(reply.body.find("CATEGORIES:one\\, two\r\n"), std::string::npos);
  EXPECT_EQ(reply.body.find("Without a time"), std::string::npos);
  size_t begin = 0;
  for (size_t end = 0; (end = reply.body.find("\r\n", begin)) != std::string::npos; begin = end + 2)
    EXPECT_LE(end - begin, 75U) << reply.body.substr(begin, end - begin);
}

TEST_F(Calendar, IsExportedAsATable) {
  create("Say \\\"hello\\\", twice\\nor more", at("2026-11-20T09:30"));
  create("=1+1", at("2026-11-21T09:30"));
  const auto reply = server.get(fmt::format("/api/v1/posts/export.csv?{}", november), home.as_viewer);
  ASSERT_EQ(reply.status, 200);
  EXPECT_TRUE(reply.header("content-disposition").starts_with("attachment"));
  EXPECT_TRUE(reply.body.starts_with("id,state,local,zone,utc,title,text,"));
  EXPECT_NE(reply.body.find("\"Say \"\"hello\"\", twice\nor more\""), std::string::npos) << reply.body;
  EXPECT_NE(reply.body.find(",'=1+1,"), std::string::npos);
  EXPECT_EQ(server.get("/api/v1/posts/export.csv?tag=none", home.as_viewer).body.find("\r\n"),
            server.get("/api/v1/posts/export.csv?tag=none", home.as_viewer).body.size() - 2);
}

TEST_F(Calendar, ExportsGoOnBeyondOnePage) {
  for (int i = 0; i < 501; ++i) create(fmt::format("Number {}", i), at("2026-11-25T12:00"));
  const auto reply = server.get("/api/v1/posts/export.csv", home.as_viewer);
  EXPECT_EQ(std::ranges::count(reply.body, '\n'), 502);
}

TEST_F(Calendar, MovesManyByDaysAndKeepsEachClock) {
  const auto berlin = create("Berlin", at("2027-03-26T09:30"));  // the clocks go forward on the 28th
  const auto york = create("New York", at("2027-03-26T18:00", "America/New_York"));
  const auto draft = create("A draft", R"(,"state":"draft")" + at("2027-03-26T09:00"));
  const auto reply =
      bulk(fmt::format(R"({{"ids":["{}","{}","{}"],"action":"move","days":7}})", berlin, york, draft));
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.text("/done"), "3");
  EXPECT_EQ(post(berlin).text("/at/local"), "2027-04-02T09:30");
  EXPECT_EQ(post(berlin).text("/at/utc"), "2027-04-02T07:30:00Z");
  EXPECT_EQ(post(berlin).text("/deliveries/0/due"), "2027-04-02T07:30:00Z");
  EXPECT_EQ(post(york).text("/at/local"), "2027-04-02T18:00");
  EXPECT_EQ(post(draft).text("/at/local"), "2027-04-02T09:00");
  EXPECT_EQ(post(draft).text("/state"), "draft");
}

TEST_F(Calendar, GivesEachPostItsOwnOutcome) {
  const auto good = create("Good", at("2026-11-25T09:30"));
  const auto draft = create("No time", "");
  const auto gone = "0198e5a0-7c00-7000-8000-00000000000a";
  const auto reply =
      bulk(fmt::format(R"({{"ids":["{}","{}","{}"],"action":"move","days":-60}})", good, draft, gone));
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.text("/done"), "0");
  EXPECT_EQ(reply.text("/items/0/problem/code"), "time_past");
  EXPECT_EQ(reply.text("/items/1/problem/code"), "no_time");
  EXPECT_EQ(reply.text("/items/2/problem/code"), "not_found");
  EXPECT_EQ(post(good).text("/at/local"), "2026-11-25T09:30");
  EXPECT_EQ(bulk(fmt::format(R"({{"ids":["{}","{}"],"action":"cancel"}})", good, draft)).text("/done"), "1");
  EXPECT_EQ(post(good).text("/state"), "canceled");
  EXPECT_EQ(bulk(fmt::format(R"({{"ids":["{}","{}"],"action":"remove"}})", good, draft))
                .text("/items/0/problem/code"),
            "not_a_draft");
  EXPECT_EQ(post(draft).status, 404);
}

TEST_F(Calendar, TagsManyAndTakesTagsOff) {
  const auto a = create("A", at("2026-11-25T09:30") + R"(,"tags":["old"])");
  const auto b = create("B", "");
  const auto ids = fmt::format(R"("ids":["{}","{}"])", a, b);
  EXPECT_EQ(bulk("{" + ids + R"(,"action":"tag","tag":"sale"})").text("/done"), "2");
  EXPECT_EQ(post(a).text("/tags"), R"(["old","sale"])");
  EXPECT_EQ(post(a).text("/tally/waiting"), "2");
  EXPECT_EQ(bulk("{" + ids + R"(,"action":"untag","tag":"old"})").text("/done"), "2");
  EXPECT_EQ(post(a).text("/tags"), R"(["sale"])");
}

TEST_F(Calendar, DoesABulkOnceUnderOneKeyAndWritesItDown) {
  const auto id = create("Once", at("2026-11-25T09:30"));
  const auto body = fmt::format(R"({{"ids":["{}"],"action":"move","days":1}})", id);
  const auto first = bulk(body, "one");
  const auto second = bulk(body, "one");
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(second.header("idempotency-replayed"), "true");
  EXPECT_EQ(post(id).text("/at/local"), "2026-11-26T09:30");
  const auto audit = server.get("/api/v1/audit", home.as_owner);
  EXPECT_EQ(audit.text("/items/0/action"), "post.rescheduled");
  EXPECT_EQ(audit.text("/items/0/subject"), "post:" + id);
}

TEST_F(Calendar, RefusesABulkThatMakesNoSense) {
  const std::string ids = R"({"ids":["0198e5a0-7c00-7000-8000-00000000000a"],)";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {R"({"ids":[],"action":"cancel"})", "ids"}, {R"({"ids":["x"],"action":"cancel"})", "ids"},
      {ids + R"("action":"move"})", "days"},      {ids + R"("action":"move","days":0})", "days"},
      {ids + R"("action":"tag"})", "tag"},        {ids + R"("action":"publish"})", "action"}};
  for (const auto& [body, field] : cases) {
    const auto reply = bulk(body);
    EXPECT_EQ(reply.status, 422) << body;
    EXPECT_EQ(reply.text("/field"), field) << reply.body;
  }
}

TEST(Icalendar, FoldsWithoutCuttingCharacters) {
  const std::string folded = icalendar::line("X", std::string(73, 'a') + "ößü");
  EXPECT_EQ(folded, "X:" + std::string(73, 'a') + "\r\n ößü\r\n");
  EXPECT_TRUE(is_utf8(icalendar::text_line("SUMMARY", "Grüße — " + std::string(300, 'x') + "🍰🍰🍰")));
  EXPECT_EQ(icalendar::escaped("a\\b;c,d\r\ne\nf\x07g"), "a\\\\b\\;c\\,d\\ne\\nfg");
}

TEST(Csv, QuotesOnlyWhatMustBe) {
  EXPECT_EQ(csv::field("plain text"), "plain text");
  EXPECT_EQ(csv::field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv::field("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(csv::field("@handle"), "'@handle");
  EXPECT_EQ(csv::field("=1,2"), "\"'=1,2\"");
  EXPECT_EQ(csv::field("'-20 %' today"), "''-20 %' today");
  EXPECT_EQ(csv::field("'twas"), "'twas");
  EXPECT_EQ(csv::record(std::vector<std::string>{"a", "", "b"}), "a,,b\r\n");
}

}  // namespace
}  // namespace carillon::api

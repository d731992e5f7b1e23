// Health, stop switch, probes, metrics, notices, live events.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/contract.h"
#include "api/testing/server.h"
#include "media/backup_mark.h"
#include "store/people.h"
#include "store/records.h"

namespace carillon::api {
namespace {

class System : public ::testing::Test {
 protected:
  void notice(const std::string& text) {
    server.store().write_now([&](store::Unit& unit) {
      store::Notices(unit).add({.id = NoticeId::make(server.now(), server.random),
                                .workspace = home.id,
                                .kind = "delivery_failed",
                                .text = text,
                                .at = server.now()});
    });
    server.move(std::chrono::seconds(1));
  }
  // What a stream gives within a moment.
  std::string listen(const std::string& as, const std::string& last_id = "",
                     Duration patience = std::chrono::milliseconds(200)) {
    std::string bytes = fmt::format(
        "GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nCookie: carillon={}\r\n", as);
    if (!last_id.empty()) bytes += "Last-Event-ID: " + last_id + "\r\n";
    return server.raw(bytes + "\r\n", patience);
  }

  TestServer server;
  Household home = server.add_household("home");
};

TEST_F(System, SaysInWordsHowItIs) {
  const auto reply = server.get("/api/v1/system", home.as_viewer);
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.text("/ready"), "true");
  EXPECT_EQ(reply.text("/headline"), "Everything is running.");
}

TEST_F(System, KnowsItsDiskAndWhenItWasBackedUp) {
  const auto before = server.get("/api/v1/system", home.as_viewer);
  EXPECT_GT(std::stoll(before.text("/disk/total_bytes")), 0);
  EXPECT_EQ(before.text("/last_backup"), "null");
  ASSERT_TRUE(media::mark_backup(server.data(), server.now()));
  EXPECT_EQ(server.get("/api/v1/system", home.as_viewer).text("/last_backup"), to_text(server.now()));
}

TEST_F(System, StopsAndGoesOn) {
  const auto stopped = server.post("/api/v1/system/hold", R"({"why":"wrong price"})", home.as_owner);
  EXPECT_EQ(stopped.text("/held"), "true");
  EXPECT_NE(stopped.text("/headline").find("wrong price"), std::string::npos);
  EXPECT_TRUE(server.dispatcher.held);
  EXPECT_EQ(server.get("/api/v1/session", home.as_viewer).text("/held"), "true");
  const auto released = server.post("/api/v1/system/release", "", home.as_owner);
  EXPECT_EQ(released.text("/held"), "false");
  EXPECT_EQ(released.text("/ready"), "true");
  EXPECT_FALSE(server.dispatcher.held);
}

TEST_F(System, IsReadyByTheAgeOfTheOldestOverdueDelivery) {
  const Account shop = server.add_account(home, "x", "shop");
  EXPECT_EQ(server.get("/readyz", "").status, 200);
  ASSERT_EQ(server.post("/api/v1/posts", post_json({shop.id}, "hi", R"(,"now":true)"), home.as_editor).status,
            201);
  server.move(std::chrono::seconds(30));
  EXPECT_EQ(server.get("/readyz", "").status, 200);
  server.move(std::chrono::seconds(60));
  const auto late = server.get("/readyz", "");
  EXPECT_EQ(late.status, 503);
  EXPECT_EQ(late.text("/status"), "failing");
  EXPECT_EQ(server.get("/healthz", "").status, 503);
  EXPECT_EQ(server.get("/livez", "").status, 200);
  EXPECT_EQ(server.get("/api/v1/system", home.as_viewer).text("/ready"), "false");
}

TEST_F(System, ServesItsContract) {
  const auto reply = server.get("/api/openapi.json", "");
  EXPECT_EQ(reply.body, contract());
  const auto again =
      server.ask({.path = "/api/openapi.json", .headers = {{"If-None-Match", reply.header("etag")}}});
  EXPECT_EQ(again.status, 304);
}

TEST_F(System, GivesMetricsToThisMachineAndToOwnersOnly) {
  server.get("/api/v1/system", home.as_viewer);
  const auto reply = server.get("/metrics", "");
  ASSERT_EQ(reply.status, 200);
  EXPECT_NE(reply.body.find("# TYPE carillon_http_request_duration_seconds histogram\n"), std::string::npos);
  EXPECT_NE(reply.body.find("carillon_http_request_duration_seconds_count{route=\"/api/v1/"
                            "system\",method=\"GET\",code=\"200\"} 1\n"),
            std::string::npos);
  EXPECT_NE(reply.body.find("carillon_queue_oldest_due_age_seconds{queue=\"deliveries\"} 0\n"),
            std::string::npos);
  EXPECT_EQ(server.ask({.path = "/metrics", .headers = {{"X-Forwarded-For", "203.0.113.9"}}}).status, 401);
  EXPECT_EQ(server.get("/metrics", home.as_editor).status, 403);
  EXPECT_EQ(server.get("/metrics", home.as_owner).status, 200);
}

TEST_F(System, TellsPeopleNewestFirst) {
  for (int i = 0; i < 3; ++i) notice(fmt::format("note {}", i));
  const auto page = server.get("/api/v1/notices?limit=2", home.as_viewer);
  EXPECT_EQ(page.text("/items/0/text"), "note 2");
  EXPECT_EQ(page.text("/unread"), "3");
  const auto rest = server.get("/api/v1/notices?limit=2&cursor=" + page.text("/next"), home.as_viewer);
  EXPECT_EQ(rest.text("/items/0/text"), "note 0");
  EXPECT_EQ(rest.text("/next"), "null");
  const auto one = fmt::format(R"({{"id":"{}"}})", page.text("/items/0/id"));
  EXPECT_EQ(server.post("/api/v1/notices/read", one, home.as_viewer).status, 204);
  EXPECT_EQ(server.get("/api/v1/notices", home.as_viewer).text("/unread"), "2");
  EXPECT_EQ(server.post("/api/v1/notices/read", "{}", home.as_viewer).status, 204);
  EXPECT_EQ(server.get("/api/v1/session", home.as_viewer).text("/unread"), "0");
}

TEST_F(System, StreamsWhatHappensAndResumes) {
  server.events.publish(home.id, {.kind = "post", .id = "p1", .state = "scheduled"});
  server.events.publish(home.id, {.kind = "delivery", .id = "d1", .post = "p1", .state = "delivered"});
  const auto other = server.add_household("other");
  server.events.publish(other.id, {.kind = "post", .id = "secret"});
  const auto all = listen(home.as_viewer, "test-0");
  EXPECT_NE(all.find("text/event-stream"), std::string::npos);
  EXPECT_NE(
      all.find(
          "id: test-1\nevent: post\ndata: {\"kind\":\"post\",\"id\":\"p1\",\"state\":\"scheduled\"}\n\n"),
      std::string::npos);
  EXPECT_NE(all.find("event: delivery"), std::string::npos);
  EXPECT_EQ(all.find("secret"), std::string::npos);
  const auto rest = listen(home.as_viewer, "test-1");
  EXPECT_EQ(rest.find("\"p1\",\"state\":\"scheduled\""), std::string::npos);
  EXPECT_NE(rest.find("event: delivery"), std::string::npos);
  const auto fresh = listen(home.as_viewer);
  EXPECT_EQ(fresh.find("event:"), std::string::npos);
  const auto lost = listen(home.as_viewer, "earlier-77");
  EXPECT_NE(lost.find("\"id\":\"missed\""), std::string::npos);
}

TEST_F(System, StreamsToWhoIsListeningAlready) {
  std::thread later([&] {
    while (server.events.listeners() == 0) std::this_thread::yield();
    server.events.publish(home.id, {.kind = "account", .id = "a1", .state = "none"});
  });
  const auto all = listen(home.as_viewer, "", std::chrono::milliseconds(500));
  later.join();
  EXPECT_NE(all.find("event: account"), std::string::npos) << all;
}

TEST_F(System, ClosesStreamsWhoseSessionsEnd) {
  std::thread later([&] {
    while (server.events.listeners() == 0) std::this_thread::yield();
    server.store().write_now(
        [&](store::Unit& unit) { store::People(unit).close_all(home.id, home.viewer, std::nullopt); });
  });
  const auto all = listen(home.as_viewer, "", std::chrono::seconds(10));
  later.join();
  EXPECT_TRUE(all.ends_with("0\r\n\r\n")) << all;  // the last chunk: ended by the server
}

TEST(Events, ForgetTheOldestAndSaySo) {
  Events events("b");
  const WorkspaceId workspace{{1}};
  auto position = events.position(workspace, "");
  for (int i = 0; i < 3000; ++i) events.publish(workspace, {.kind = "post", .id = std::to_string(i)});
  EXPECT_NE(events.after(workspace, position).find("missed"), std::string::npos);
  EXPECT_EQ(events.after(workspace, position), "");
  EXPECT_TRUE(events.position(workspace, "b-1").missed);
  EXPECT_FALSE(events.position(workspace, "b-2999").missed);
  EXPECT_TRUE(events.position(workspace, "b-9999").missed);
  EXPECT_TRUE(events.position(workspace, "nonsense").missed);
}

}  // namespace
}  // namespace carillon::api

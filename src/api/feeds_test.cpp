#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>

#include "api/testing/server.h"
#include "net/listener.h"
#include "run/feed_posts.h"

namespace carillon::api {
namespace {

// A feed where the test's guard lets through (see TestServer).
class FeedHost {
 public:
  explicit FeedHost(std::string body)
      : body_(std::move(body)),
        listener_(io_, "127.0.0.9:0", [this](net::Exchange& exchange) { return serve(exchange); }, {}),
        thread_([this] { io_.run(); }) {}
  ~FeedHost() {
    guard_.reset();
    io_.stop();
    thread_.join();
  }
  std::string address() const { return "http://127.0.0.9:" + std::to_string(listener_.port()) + "/"; }

 private:
  boost::asio::awaitable<void> serve(net::Exchange& exchange) {
    wire::Response response{.status = 200, .headers = {}, .body = body_};
    co_await exchange.reply(std::move(response));
  }

  std::string body_;
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_ = make_work_guard(io_);
  net::Listener listener_;
  std::thread thread_;
};

class FollowedFeeds : public ::testing::Test {
 protected:
  Reply add(const std::string& body) { return server.post("/api/v1/feeds", body, home.as_editor); }
  Reply edit(const std::string& id, const std::string& body) {
    return server.ask({.method = "PATCH", .path = "/api/v1/feeds/" + id, .body = body, .as = home.as_editor});
  }
  TestServer server;
  Household home = server.add_household("home");
  Account shop = server.add_account(home, "x", "shop");
};

TEST_F(FollowedFeeds, AreKeptAndChangedAndRemoved) {
  const auto made = add(R"({"address":"https://bells.example/feed","accounts":[")" + shop.id.text() +
                        R"("],"template":"{{title}}","becomes":"queued","every_minutes":30,"newest":2})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.text("/every_minutes"), "30");
  EXPECT_EQ(server.get("/api/v1/feeds", home.as_viewer).text("/items/0/template"), "{{title}}");
  const auto edited = edit(made.text("/id"), R"({"paused":true,"becomes":"draft","accounts":[]})");
  EXPECT_EQ(edited.text("/paused"), "true");
  EXPECT_EQ(edited.text("/becomes"), "draft");
  EXPECT_EQ(edited.text("/newest"), "2");
  EXPECT_EQ(
      server.ask({.method = "DELETE", .path = "/api/v1/feeds/" + made.text("/id"), .as = home.as_editor})
          .status,
      204);
  EXPECT_EQ(edit(made.text("/id"), "{}").status, 404);
}

TEST_F(FollowedFeeds, AreRefusedWithWhatIsWrong) {
  EXPECT_EQ(add(R"({"address":"feed"})").text("/code"), "not_a_url");
  EXPECT_EQ(add(R"({"address":"https://a.example/","template":"{{tilte}}"})").text("/code"), "unknown_word");
  EXPECT_EQ(add(R"({"address":"https://a.example/","becomes":"post"})").text("/code"), "unknown_kind");
  EXPECT_EQ(add(R"({"address":"https://a.example/","becomes":"queued"})").text("/code"), "no_target");
  EXPECT_EQ(add(R"({"address":"https://a.example/","every_minutes":5})").status, 422);
  EXPECT_EQ(add(R"({"address":"https://a.example/","accounts":["01900000-0000-7000-8000-000000000009"]})")
                .text("/code"),
            "account_unknown");
  EXPECT_EQ(server.post("/api/v1/feeds", R"({"address":"https://a.example/"})", home.as_viewer).status, 403);
}

TEST_F(FollowedFeeds, OfThisMachineAreNotLookedAt) {
  const std::string address = "http://127.0.0.1:" + std::to_string(server.port()) + "/";
  const auto looked = server.post("/api/v1/feeds/look", R"({"address":")" + address + "\"}", home.as_editor);
  EXPECT_EQ(looked.status, 422);
  EXPECT_NE(looked.text("/detail").find("loopback"), std::string::npos) << looked.body;
  const auto made = add(R"({"address":")" + address + "\"}");
  const auto fetched = server.post("/api/v1/feeds/" + made.text("/id") + "/fetch", "", home.as_editor);
  EXPECT_EQ(fetched.text("/failures"), "1");
  EXPECT_NE(fetched.text("/trouble").find("loopback"), std::string::npos);
}

TEST_F(FollowedFeeds, AreLookedAtAsAnAccountWouldSayThem) {
  const FeedHost feed(
      "<rss><channel><title>News</title><item><title>Plums, not {{weekday}}</title>"
      "<link>https://a.example/1</link></item></channel></rss>");
  server.ask({.method = "PUT",
              .path = "/api/v1/variables/hours",
              .body = R"({"text":"9 to 5"})",
              .as = home.as_editor});
  const std::string order = R"({"address":")" + feed.address() +
                            R"(","template":"{{title}}: {{hours}}, {{weekday}} at {{account.name}}")";
  const auto of_nobody = server.post("/api/v1/feeds/look", order + "}", home.as_editor);
  EXPECT_EQ(of_nobody.text("/items/0/text"),
            "Plums, not {{weekday}}: 9 to 5, {{weekday}} at {{account.name}}")
      << of_nobody.body;
  const auto of_shop = server.post("/api/v1/feeds/look",
                                   order + R"(,"accounts":[")" + shop.id.text() + "\"]}", home.as_editor);
  EXPECT_EQ(of_shop.text("/items/0/text"), "Plums, not {{weekday}}: 9 to 5, Wednesday at shop");
  EXPECT_EQ(server.post("/api/v1/feeds", order + "}", home.as_editor).status, 201);
}

}  // namespace
}  // namespace carillon::api

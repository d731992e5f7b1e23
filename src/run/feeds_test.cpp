// Feeds fetched from a real server on this machine, into a real store; the guard lets it through for the
// test.
#include "run/feeds.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <map>
#include <set>
#include <thread>

#include "net/listener.h"
#include "store/accounts.h"
#include "store/people.h"
#include "store/queues.h"

namespace carillon::run {
namespace {

const Instant wednesday = Instant::from_seconds(1'795'000'000);

struct Page {
  int status = 200;
  std::string body;
  wire::Headers headers;
};

std::string item(const std::string& name) {
  return fmt::format("<item><title>{0}</title><link>https://a.example/{0}</link><guid>{0}</guid></item>",
                     name);
}
std::string rss(const std::string& items) {
  return "<rss><channel><title>News</title>" + items + "</channel></rss>";
}

class FeedsFetched : public ::testing::Test {
 protected:
  FeedsFetched()
      : listener_(io_, "127.0.0.1:0", [this](net::Exchange& exchange) { return serve(exchange); }, {}),
        client_(io_, nullptr, {.guarded = true, .permits = {*net::parse_permit("127.0.0.0/8")}}),
        strict_(io_, nullptr, {.guarded = true}),
        store_(store::Store::open({.url = "sqlite::memory:"})),
        thread_([this] { io_.run(); }) {
    shop_.id = AccountId::make(wednesday, random_);
    shop_.workspace = WorkspaceId::make(wednesday, random_);
    shop_.network = "x", shop_.external_id = "1", shop_.name = "Shop", shop_.handle = "@shop";
    store_->write_now([&](store::Unit& unit) {
      store::People(unit).add(
          Workspace{.id = shop_.workspace, .name = "Shop", .zone = "UTC", .created = wednesday});
      store::Accounts(unit).connect(shop_, "");
    });
  }
  ~FeedsFetched() override {
    guard_.reset();
    io_.stop();
    thread_.join();
    store_.reset();
  }

  boost::asio::awaitable<void> serve(net::Exchange& exchange) {
    wire::Response response{.status = 404};
    {
      const std::lock_guard lock(mutex_);
      asked_.push_back(exchange.headers());
      if (const auto page = pages_.find(std::string(exchange.target())); page != pages_.end())
        response = {page->second.status, page->second.headers, page->second.body};
    }
    co_await exchange.reply(std::move(response));
  }

  void put(const std::string& path, Page page) {
    const std::lock_guard lock(mutex_);
    pages_[path] = std::move(page);
  }
  store::Feed follow(const std::string& path, store::Feed::Becomes becomes = store::Feed::Becomes::draft) {
    store::Feed feed{.id = FeedId::make(wednesday, random_), .workspace = shop_.workspace};
    feed.address = fmt::format("http://127.0.0.1:{}{}", listener_.port(), path);
    feed.form = "{{title}} {{link}}", feed.becomes = becomes, feed.accounts = {shop_.id};
    feed.next = wednesday;
    store_->write_now([&](store::Unit& unit) { store::Feeds(unit).add(feed); });
    return feed;
  }
  // Fetches what is due, waits until it is kept, and gives the feed as it is then.
  store::Feed fetch(const store::Feed& feed, Instant now, net::Client* client = nullptr) {
    std::optional<FeedHarvest> got;
    FeedReader reader(*store_, client ? *client : client_, random_, log_,
                      [&](const store::Feed&, const FeedHarvest& came) {
                        const std::lock_guard lock(mutex_);
                        got = came;
                        kept_.notify_all();
                      });
    reader.tend(now);
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(kept_.wait_for(lock, std::chrono::seconds(20), [&] { return got.has_value(); }));
    harvest = got.value_or(FeedHarvest{});
    lock.unlock();
    std::optional<store::Feed> now_it_is;
    store_->write_now(
        [&](store::Unit& unit) { now_it_is = store::Feeds(unit).find(feed.workspace, feed.id); });
    return *now_it_is;
  }
  std::vector<Post> posts() {
    std::vector<Post> all;
    store_->write_now([&](store::Unit& unit) { all = store::Posts(unit).list(shop_.workspace, {}); });
    return all;
  }

  FeedHarvest harvest;
  SystemRandom random_;
  Log log_{"error", "human"};
  std::mutex mutex_;
  std::condition_variable kept_;
  std::map<std::string, Page> pages_;
  std::vector<wire::Headers> asked_;
  Account shop_;
  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{io_.get_executor()};
  net::Listener listener_;
  net::Client client_, strict_;
  std::unique_ptr<store::Store> store_;
  std::thread thread_;
};

TEST_F(FeedsFetched, BecomeDraftsEachItemOnce) {
  put("/feed", {.body = rss(item("old"))});
  const auto feed = follow("/feed");
  const auto first = fetch(feed, wednesday);
  EXPECT_TRUE(harvest.posts.empty());  // what was there before is not news
  EXPECT_EQ(first.title, "News");
  EXPECT_EQ(first.next, wednesday + 1h);
  put("/feed", {.body = rss(item("c") + item("b") + item("old"))});
  fetch(feed, wednesday + 1h);
  EXPECT_EQ(harvest.posts.size(), 2U);
  fetch(feed, wednesday + 2h);
  EXPECT_EQ(harvest.posts.size(), 0U);
  const auto all = posts();
  ASSERT_EQ(all.size(), 2U);
  std::set<std::string> texts;  // both were made at once: either may come first
  for (const Post& post : all) {
    EXPECT_EQ(post.state, PostState::draft);
    EXPECT_EQ(post.targets.size(), 1U);
    texts.insert(post.content.parts[0].text);
  }
  EXPECT_EQ(texts, (std::set<std::string>{"b https://a.example/b", "c https://a.example/c"}));
}

TEST_F(FeedsFetched, TakeTheNewestAtFirstAndFreeSlots) {
  put("/feed", {.body = rss(item("c") + item("b") + item("a"))});
  auto feed = follow("/feed", store::Feed::Becomes::queued);
  feed.newest = 2;
  store_->write_now([&](store::Unit& unit) { store::Feeds(unit).put(feed); });
  fetch(feed, wednesday);
  ASSERT_EQ(harvest.expected.size(), 2U);
  EXPECT_LT(harvest.expected[0].due, harvest.expected[1].due);
  const auto all = posts();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].title, "b");
  EXPECT_EQ(all[0].state, PostState::scheduled);
}

TEST_F(FeedsFetched, ThatANetworkWouldRefuseStayDrafts) {
  put("/feed", {.body = rss(item(std::string(290, 'x')))});
  auto feed = follow("/feed", store::Feed::Becomes::queued);
  feed.newest = 1;
  store_->write_now([&](store::Unit& unit) { store::Feeds(unit).put(feed); });
  fetch(feed, wednesday);
  ASSERT_EQ(posts().size(), 1U);
  EXPECT_EQ(posts()[0].state, PostState::draft);
}

TEST_F(FeedsFetched, AreAskedForOnlyWhenTheyChanged) {
  put("/feed", {.body = rss(item("a")),
                .headers = {{"ETag", "\"7\""}, {"Last-Modified", "Wed, 18 Nov 2026 00:00:00 GMT"}}});
  const auto feed = follow("/feed");
  EXPECT_EQ(fetch(feed, wednesday).etag, "\"7\"");
  put("/feed", {.status = 304});
  const auto again = fetch(feed, wednesday + 1h);
  EXPECT_EQ(wire::header(asked_.back(), "if-none-match"), "\"7\"");
  EXPECT_EQ(wire::header(asked_.back(), "if-modified-since"), "Wed, 18 Nov 2026 00:00:00 GMT");
  EXPECT_EQ(again.etag, "\"7\"");
  EXPECT_EQ(again.fetched, wednesday + 1h);
  EXPECT_EQ(again.trouble, "");
}

TEST_F(FeedsFetched, AreFollowedWhereTheyWentAndNotInCircles) {
  put("/old", {.status = 301, .headers = {{"Location", "/new"}}});
  put("/new", {.body = rss(item("a"))});
  EXPECT_EQ(fetch(follow("/old"), wednesday).title, "News");
  put("/round", {.status = 302, .headers = {{"Location", "/round"}}});
  EXPECT_NE(fetch(follow("/round"), wednesday).trouble.find("on and on"), std::string::npos);
}

TEST_F(FeedsFetched, ThatFailAreAskedLessOftenAndSayWhy) {
  auto feed = follow("/none");
  feed = fetch(feed, wednesday);
  EXPECT_NE(feed.trouble.find("404"), std::string::npos);
  EXPECT_EQ(feed.next, wednesday + 1h);
  feed = fetch(feed, wednesday + 1h);
  EXPECT_EQ(feed.next, wednesday + 3h);
  EXPECT_EQ(feed.failures, 2);
  put("/none", {.body = "<html><body>Hi</body></html>"});
  feed = fetch(feed, wednesday + 3h);
  EXPECT_NE(feed.trouble.find("web page"), std::string::npos);
  EXPECT_EQ(feed.next, wednesday + 7h);
  put("/none", {.status = 429, .headers = {{"Retry-After", "36000"}}});
  feed = fetch(feed, wednesday + 7h);
  EXPECT_EQ(feed.next, wednesday + 17h);
  put("/none", {.body = rss("")});
  feed = fetch(feed, wednesday + 17h);
  EXPECT_EQ(feed.failures, 0);
  EXPECT_EQ(feed.trouble, "");
}

TEST_F(FeedsFetched, OfThisMachineAreRefusedByTheGuard) {
  put("/feed", {.body = rss(item("a"))});
  const auto feed = fetch(follow("/feed"), wednesday, &strict_);
  EXPECT_NE(feed.trouble.find("loopback"), std::string::npos) << feed.trouble;
  EXPECT_TRUE(asked_.empty());
}

}  // namespace
}  // namespace carillon::run

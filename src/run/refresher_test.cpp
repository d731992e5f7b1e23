// Over the real store and the real client, against a small network on loopback whose refresh tokens are used
// once. What people do meanwhile happens after the network has thrown the old pair away, before its answer.
#include "run/refresher.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <future>
#include <thread>

#include "net/client.h"
#include "net/listener.h"
#include "run/testing/home.h"
#include "store/records.h"
#include "wire/url.h"

namespace carillon::run {
namespace {

namespace asio = boost::asio;

class TokenHouse {
 public:
  TokenHouse() : guard_(asio::make_work_guard(context)) {
    listener_ = std::make_unique<net::Listener>(
        context, "127.0.0.1:0", [this](net::Exchange& exchange) { return answer(exchange); },
        net::ListenLimits{});
    port_ = listener_->port();
    thread_ = std::thread([this] { context.run(); });
  }
  ~TokenHouse() { close(); }
  void close() {  // nothing comes in any more, and no answer goes out
    asio::post(context, [this] { listener_->cut(), guard_.reset(), context.stop(); });
    if (thread_.joinable()) thread_.join();
  }

  std::string url() const { return fmt::format("http://127.0.0.1:{}", port_); }
  // Instead of what it would say; an answer without a status: it hangs up.
  void say(wire::Response response) {
    const std::lock_guard lock(mutex_);
    said_ = std::move(response);
  }
  void work_again() {
    const std::lock_guard lock(mutex_);
    said_.reset();
  }
  void meanwhile(std::function<void()> what) {
    const std::lock_guard lock(mutex_);
    meanwhile_ = std::move(what);
  }
  int asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

  asio::io_context context{1};

 private:
  asio::awaitable<void> answer(net::Exchange& exchange) {
    const auto body = co_await exchange.body(10'000);
    const wire::Response response = judged(body.value_or(""));
    if (response.status == 0) co_return co_await exchange.cut("");
    co_await exchange.reply(response);
  }
  // The pair of this round for that of the next.
  wire::Response exchanged(const std::string& form) {
    if (wire::field(wire::parse_form(form), "refresh_token") != fmt::format("r{}", round_))
      return {.status = 400, .body = R"({"error":"invalid_grant"})"};
    ++round_;
    return {
        .status = 200,
        .body = fmt::format(R"({{"access_token":"a{0}","refresh_token":"r{0}","expires_in":7200}})", round_)};
  }
  wire::Response judged(const std::string& form) {
    std::unique_lock lock(mutex_);
    ++asked_;
    const wire::Response response = said_ ? *said_ : exchanged(form);
    const auto meanwhile = std::exchange(meanwhile_, nullptr);
    lock.unlock();
    if (meanwhile) meanwhile();
    return response;
  }

  std::mutex mutex_;
  std::optional<wire::Response> said_;
  std::function<void()> meanwhile_;
  int asked_ = 0, round_ = 1;
  asio::executor_work_guard<asio::io_context::executor_type> guard_;
  std::unique_ptr<net::Listener> listener_;
  uint16_t port_ = 0;
  std::thread thread_;
};

class RefresherTest : public testing::Home {
 protected:
  RefresherTest() {
    account.api_base = house.url();
    connect(pair("1"));
  }
  ~RefresherTest() override {
    house.close();
    store.reset();  // what it still has to do tells the refresher
  }

  static Credential pair(const std::string& round) {
    return {{"access", Secret("a" + round)},
            {"refresh", Secret("r" + round)},
            {"client_id", Secret("app")},
            {"client_secret", Secret("hush")}};
  }
  Result<void> refreshed() {
    std::promise<Result<void>> promise;
    refresher.refresh(account.workspace, account.id,
                      [&](Result<void> result) { promise.set_value(std::move(result)); });
    return promise.get_future().get();
  }
  void tend() {
    refresher.tend(now);
    store->write_now([](store::Unit&) {});  // what was not stored has been tried
    store->read_now([](store::Unit&) {});   // and it has looked for more
  }
  void hold(Hold hold) {
    write([&](store::Accounts& accounts) { accounts.hold(account.workspace, account.id, hold, "told"); });
  }
  void disconnect() {
    write([&](store::Accounts& accounts) { accounts.disconnect(account.workspace, account.id, now); });
  }
  int64_t notices() {
    int64_t count = 0;
    store->read_now([&](store::Unit& unit) {
      count = store::Notices(unit).unread({.workspace = account.workspace, .person = {}});
    });
    return count;
  }

  TokenHouse house;
  net::Client client{house.context, nullptr, {}};
  Log log{"error", "human"};
  std::atomic<int> told = 0;
  Instant now = wall_clock();
  Refresher refresher{{*store, channels::shipped(), keyring, log,
                       [this](wire::Request request, net::Credential credential, auto done) {
                         client.send(std::move(request), std::move(credential), std::move(done));
                       },
                       [this](const Account&) { ++told; }, [this] { return now; }}};
};

TEST_F(RefresherTest, TheNewPairIsStoredBeforeAnybodyHearsOfIt) {
  hold(Hold::refreshing);
  ASSERT_TRUE(refreshed());
  EXPECT_EQ(stored("access"), "a2");
  EXPECT_EQ(stored("refresh"), "r2");
  EXPECT_EQ(stored("client_secret"), "hush");
  EXPECT_EQ(now_is().hold, Hold::none);
  EXPECT_EQ(now_is().expires, now + 2h);
  EXPECT_EQ(told, 1);
  ASSERT_TRUE(refreshed());
  EXPECT_EQ(stored("refresh"), "r3");
}

TEST_F(RefresherTest, WhoeverAsksMeanwhileJoins) {
  std::promise<Result<void>> other;
  house.meanwhile([&] {
    refresher.refresh(account.workspace, account.id,
                      [&](Result<void> result) { other.set_value(std::move(result)); });
  });
  EXPECT_TRUE(refreshed());
  EXPECT_TRUE(other.get_future().get());
  EXPECT_EQ(house.asked(), 1);
}

TEST_F(RefresherTest, ADefiniteRefusalHoldsTheAccountAndTellsAPerson) {
  connect(pair("0"));
  EXPECT_EQ(refreshed().error().kind, FaultKind::unauthorized);
  EXPECT_EQ(now_is().hold, Hold::reconnect);
  EXPECT_EQ(stored("access"), "a0");
  EXPECT_EQ(notices(), 1);
  EXPECT_EQ(told, 1);
}

TEST_F(RefresherTest, NoAnswerAndNoSensibleAnswerChangeNothing) {
  for (const int status : {0, 200, 429, 500}) {
    house.say({.status = status, .body = "<html>"});
    EXPECT_FALSE(refreshed()) << status;
    EXPECT_EQ(now_is().hold, Hold::none) << status;
    EXPECT_EQ(stored("access"), "a1");
  }
  EXPECT_EQ(notices() + told, 0);
}

TEST_F(RefresherTest, ADisconnectionMeanwhileStays) {
  house.meanwhile([&] { disconnect(); });
  EXPECT_EQ(refreshed().error().code, "account_changed");
  EXPECT_EQ(now_is().hold, Hold::disconnected);
  EXPECT_EQ(stored("access"), "");
  EXPECT_EQ(told, 0);
}

TEST_F(RefresherTest, ADisconnectionMeanwhileStaysWhenTheNetworkRefuses) {
  connect(pair("0"));
  house.meanwhile([&] { disconnect(); });
  EXPECT_EQ(refreshed().error().kind, FaultKind::unauthorized);
  EXPECT_EQ(now_is().hold, Hold::disconnected);
  EXPECT_EQ(notices(), 0);
}

TEST_F(RefresherTest, SwitchedOffMeanwhileItStaysOffAndHasTheNewPair) {
  house.meanwhile([&] { hold(Hold::disabled); });
  EXPECT_TRUE(refreshed());
  EXPECT_EQ(now_is().hold, Hold::disabled);
  EXPECT_EQ(now_is().hold_text, "told");
  EXPECT_EQ(stored("refresh"), "r2");
}

TEST_F(RefresherTest, AReconnectionMeanwhileIsNotOverwritten) {
  for (const char* old : {"1", "0"}) {  // one that is refreshed, one that is refused
    connect(pair(old));
    house.meanwhile([&] { connect(pair("9")); });
    EXPECT_FALSE(refreshed());
    EXPECT_EQ(now_is().hold, Hold::none) << old;
    EXPECT_EQ(stored("access"), "a9");
  }
  EXPECT_EQ(notices(), 0);
}

TEST_F(RefresherTest, ANewPairThatCannotBeStoredIsKeptUntilItCan) {
  hold(Hold::refreshing);
  house.meanwhile([&] { store->broken_writes = 2; });
  EXPECT_EQ(refreshed().error().kind, FaultKind::unavailable);
  EXPECT_EQ(stored("access"), "a1");
  EXPECT_EQ(now_is().hold, Hold::refreshing);
  tend();
  EXPECT_EQ(stored("access"), "a1") << "once more it could not";
  tend();
  EXPECT_EQ(stored("access"), "a2");
  EXPECT_EQ(now_is().hold, Hold::none);
  EXPECT_EQ(house.asked(), 1) << "nobody asked with the old pair again";
  EXPECT_TRUE(refreshed()) << "and it is over";
}

TEST_F(RefresherTest, ANewPairInHandIsLetGoWhenTheAccountWasDisconnected) {
  house.meanwhile([&] { store->broken_writes = 1; });
  EXPECT_FALSE(refreshed());
  disconnect();
  tend();
  EXPECT_EQ(now_is().hold, Hold::disconnected);
  EXPECT_EQ(stored("access"), "");
}

TEST_F(RefresherTest, WhatWasUnclearIsTriedAgainWhenTheNetworkSaid) {
  hold(Hold::refreshing);
  house.say({.status = 429, .headers = {{"Retry-After", "3600"}}, .body = "{}"});
  EXPECT_FALSE(refreshed());
  house.work_again();
  const Instant begun = now;
  for (now = begun + 10s; now < begun + 1h; now = now + 5min) tend();
  refresher.refresh(account.workspace, account.id, nullptr);  // as the pump asks
  EXPECT_EQ(house.asked(), 1);
  now = begun + 1h;
  tend();
  EXPECT_TRUE(refreshed()) << "joins, or comes after it";
  EXPECT_GE(house.asked(), 2);
}

TEST_F(RefresherTest, WhatExpiresSoonIsRefreshedInTime) {
  account.expires = now + 23min;
  connect(pair("1"));
  std::promise<void> asked;
  house.meanwhile([&] { asked.set_value(); });
  tend();
  asked.get_future().get();
  EXPECT_TRUE(refreshed()) << "joins, or comes after it";
  EXPECT_NE(stored("access"), "a1");
}

TEST_F(RefresherTest, NobodyIsAskedWithoutACredential) {
  disconnect();
  EXPECT_EQ(refreshed().error().code, "not_refreshable");
  EXPECT_EQ(house.asked(), 0);
}

}  // namespace
}  // namespace carillon::run

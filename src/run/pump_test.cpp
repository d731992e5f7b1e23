// The pump with the real engine and the real store; the network is a function of the test.
#include "run/pump.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "base/digest.h"
#include "delivery/reasons.h"
#include "delivery/testing/bell.h"
#include "media/stored_name.h"
#include "net/testing/bucket_house.h"
#include "run/clock.h"
#include "store/accounts.h"
#include "store/posts.h"

namespace carillon::run {
namespace {

using Answering = std::function<net::Outcome(const wire::Request&, const net::Credential&)>;

class PumpTest : public ::testing::Test {
 protected:
  PumpTest()
      : keyring_({{"k1", Secret(std::string(32, 'k'))}}, "k1"),
        tower_(channel_),
        store_(store::Store::open({.url = "sqlite:" + (folder_ / "carillon.db").string()})),
        vault_(*store_, keyring_) {
    channel_.mutable_traits().lanes[0].limit = 0;
    account_.id = AccountId::make(now_, random_);
    account_.workspace = WorkspaceId::make(now_, random_);
    account_.network = "bell";
    account_.external_id = "tower";
    const Credential secrets{{"access", Secret("ding")}};
    const std::string sealed = seal_credential(secrets, account_, keyring_, random_);
    store_->write_now([&](store::Unit& unit) { store::Accounts(unit).connect(account_, sealed); });
  }
  ~PumpTest() override {
    if (pump_) pump_->stop(5s);
    store_.reset();  // what it still has to do may tell the pump
    pump_.reset();
    std::filesystem::remove_all(folder_);
  }

  void start(Answering answer, Depot* depot = nullptr, delivery::Policy policy = {}) {
    const Transport transport = [answer](wire::Request request, net::Credential credential, auto done) {
      done(answer(request, credential));
    };
    PumpWiring wiring{*store_,
                      tower_,
                      vault_,
                      log_,
                      transport,
                      [this](const delivery::Save& save) { changed(save); },
                      [](WorkspaceId, AccountId) {},
                      [this] { out_of_office_ = true; },
                      depot};
    pump_ = std::make_unique<Pump>(std::move(wiring), std::move(policy));
    ASSERT_TRUE(pump_->start("home"));
    pump_->know(account_);
  }

  PostId schedule() {
    Post post{.id = PostId::make(now_, random_),
              .workspace = account_.workspace,
              .state = PostState::scheduled,
              .content = {.parts = {{.text = "ding dong"}}},
              .targets = {{account_.id, std::nullopt}},
              .zone = "UTC",
              .due = wall_clock(),
              .created = now_,
              .updated = now_};
    store_->write_now([&](store::Unit& unit) {
      store::Minter mint(wall_clock(), random_);
      store::Posts posts(unit);
      posts.add(post);
      posts.schedule(post, wall_clock(), mint);
    });
    if (pump_) pump_->expect(account_.workspace, account_.id, Line::bulk, *post.due);
    return post.id;
  }

  Delivery row(PostId post) {
    Delivery row;
    store_->read_now(
        [&](store::Unit& unit) { row = store::Posts(unit).deliveries(account_.workspace, post).at(0); });
    return row;
  }

  void changed(const delivery::Save& save) {
    const std::lock_guard lock(mutex_);
    states_.push_back(save.delivery.state);
    heard_.notify_all();
  }

  // Waits until as many decisions of that kind became durable.
  bool await(DeliveryState state, ptrdiff_t times = 1) {
    std::unique_lock lock(mutex_);
    return heard_.wait_for(lock, 20s, [&] { return std::ranges::count(states_, state) >= times; });
  }

  SystemRandom random_;
  Instant now_ = wall_clock();
  std::filesystem::path folder_ = made();
  Log log_{"error", "human"};
  Keyring keyring_;
  delivery::testing::BellChannel channel_{channels::Repeat::probe};
  delivery::testing::BellTower tower_;
  std::unique_ptr<store::Store> store_;
  Vault vault_;
  Account account_;
  std::unique_ptr<Pump> pump_;
  std::atomic<bool> out_of_office_ = false;

 private:
  static std::filesystem::path made() {
    std::string name = (std::filesystem::temp_directory_path() / "carillon-pump-XXXXXX").string();
    return ::mkdtemp(name.data());
  }
  std::mutex mutex_;
  std::condition_variable heard_;
  std::vector<DeliveryState> states_;
};

net::Outcome rung(const wire::Request&, const net::Credential&) {
  return wire::Response{.status = 200, .body = "{}"};
}

TEST_F(PumpTest, DeliversWhatIsDueAndGivesTheSecretToTheTransport) {
  std::atomic<bool> with_secret = false;
  start([&](const wire::Request& request, const net::Credential& credential) {
    with_secret = credential.contains("access");
    return rung(request, credential);
  });
  const PostId post = schedule();
  ASSERT_TRUE(await(DeliveryState::delivered));
  EXPECT_EQ(row(post).state, DeliveryState::delivered);
  EXPECT_TRUE(with_secret);
}

TEST_F(PumpTest, ManyPostsGoOutEachOnce) {
  std::atomic<int> sent = 0;
  channel_.mutable_traits().parallel = 50;
  start([&](const wire::Request& request, const net::Credential& credential) {
    ++sent;
    return rung(request, credential);
  });
  for (int i = 0; i < 200; ++i) schedule();
  ASSERT_TRUE(await(DeliveryState::delivered, 200));
  EXPECT_EQ(sent, 200);
}

TEST_F(PumpTest, FindsAtTheStartWhatWasScheduledWhileNobodyWasThere) {
  const PostId post = schedule();
  start(rung);
  ASSERT_TRUE(await(DeliveryState::delivered));
  EXPECT_EQ(row(post).state, DeliveryState::delivered);
}

TEST_F(PumpTest, ALostAnswerIsAQuestionAndARefusedConnectionIsNot) {
  start([](const wire::Request&, const net::Credential&) { return net::Lost{"timeout"}; });
  const PostId lost = schedule();
  ASSERT_TRUE(await(DeliveryState::uncertain));
  EXPECT_EQ(row(lost).state, DeliveryState::uncertain);
}

TEST_F(PumpTest, WhatWasNotSentWaitsForItsNextTry) {
  start([](const wire::Request&, const net::Credential&) { return net::NotSent{"connection refused"}; });
  const PostId post = schedule();
  ASSERT_TRUE(await(DeliveryState::waiting));
  EXPECT_EQ(row(post).tries, 1U);
  EXPECT_GT(row(post).due, now_);
}

TEST_F(PumpTest, ARequestWaitsForItsFilesBeforeItLeaves) {
  net::testing::BucketHouse house;
  media::MediaFolder media(folder_ / "media", media::Pictures(PICTURE_CHILD));
  Depot depot({media, random_, log_, wall_clock}, house.place(), 1'000'000, {.pause = Duration(1000)});
  const MediaId picture = MediaId::make(now_, random_);
  const std::string name = media::stored_name(picture);
  house.put("media/" + name, "ding dong", to_hex(sha256("ding dong")));
  house.be(net::testing::BucketHouse::Mood::is_down);
  channel_.carry(wire::MediaSlice{picture, 0, 9});
  std::atomic<int> sent = 0, there = 0;
  start(
      [&](const wire::Request& request, const net::Credential& credential) {
        ++sent;
        there += media.has(name) ? 1 : 0;
        return rung(request, credential);
      },
      &depot, {.max_tries = 1000, .backoff_base = std::chrono::milliseconds(50)});
  const PostId post = schedule();
  ASSERT_TRUE(await(DeliveryState::waiting));
  EXPECT_EQ(sent, 0);
  EXPECT_EQ(row(post).fault->code, "storage_unreachable");
  house.be(net::testing::BucketHouse::Mood::works);
  ASSERT_TRUE(await(DeliveryState::delivered));
  EXPECT_EQ(sent, 1);
  EXPECT_EQ(there, 1);
  pump_->stop(5s);
}

TEST_F(PumpTest, AHeldInstallationSendsNothingUntilItIsReleased) {
  std::atomic<int> sent = 0;
  start([&](const wire::Request& request, const net::Credential& credential) {
    ++sent;
    return rung(request, credential);
  });
  pump_->hold_all(true);
  const PostId post = schedule();
  for (int i = 0; i < 2'000; ++i) store_->read_now([](store::Unit&) {});  // time enough to begin, if it would
  EXPECT_EQ(sent, 0);
  EXPECT_EQ(row(post).state, DeliveryState::waiting);
  pump_->hold_all(false);
  ASSERT_TRUE(await(DeliveryState::delivered));
  EXPECT_EQ(sent, 1);
}

TEST_F(PumpTest, ACredentialThatDoesNotOpenHoldsTheAccountAndFailsNoPost) {
  store_->write_now(
      [&](store::Unit& unit) { store::Accounts(unit).connect(account_, "what nobody sealed"); });
  std::atomic<int> sent = 0;
  start([&](const wire::Request& request, const net::Credential& credential) {
    ++sent;
    return rung(request, credential);
  });
  const PostId post = schedule();
  ASSERT_TRUE(await(DeliveryState::waiting));
  EXPECT_EQ(sent, 0);
  EXPECT_EQ(row(post).reason, delivery::reason::account_held);
  EXPECT_EQ(row(post).tries, 0U);
}

TEST_F(PumpTest, AnotherHolderMustWaitForTheLease) {
  start(rung);
  PumpWiring wiring{*store_,
                    tower_,
                    vault_,
                    log_,
                    [](wire::Request, net::Credential, auto) {},
                    [](const delivery::Save&) {},
                    [](WorkspaceId, AccountId) {},
                    [] {}};
  Pump other(std::move(wiring), delivery::Policy{});
  const auto refused = other.start("somebody else");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, FaultKind::unavailable);
}

TEST_F(PumpTest, WhoLostTheOfficeIsToldWithTheNextDecision) {
  start(rung);
  store_->write_now([](store::Unit& unit) {
    ASSERT_TRUE(
        store::Journal(unit).take_office("home", 15s, wall_clock()));  // the same installation, a later life
  });
  schedule();
  for (int i = 0; i < 20'000 && !out_of_office_; ++i) store_->read_now([](store::Unit&) {});
  EXPECT_TRUE(out_of_office_);
}

}  // namespace
}  // namespace carillon::run

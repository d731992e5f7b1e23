#include "api/local_key.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "api/tokens.h"
#include "run/local_key.h"
#include "store/people.h"
#include "store/records.h"
#include "store/store.h"

namespace carillon::api {
namespace {

namespace fs = std::filesystem;

constexpr Instant now = Instant::from_seconds(1'795'080'600);

class LocalKeyTest : public testing::Test {
 protected:
  LocalKeyTest() {
    config_.data = fs::path(testing::TempDir()) / "local_key_test" /
                   testing::UnitTest::GetInstance()->current_test_info()->name();
    config_.listen = "0.0.0.0:8070";
    fs::remove_all(config_.data);
  }
  ~LocalKeyTest() override { fs::remove_all(config_.data); }

  void add_owner() {
    store_->write_now([this](store::Unit& unit) {
      const Workspace workspace{.id = WorkspaceId::make(now, random_), .name = "Shop", .created = now};
      store::People(unit).add(workspace);
      store::People(unit).add(User{.id = UserId::make(now, random_),
                                   .workspace = workspace.id,
                                   .email = "a@example.com",
                                   .role = Role::owner,
                                   .created = now});
    });
  }
  void keep() {
    store_->write_now(
        [this](store::Unit& unit) { ASSERT_TRUE(keep_local_key(unit, config_, random_, now)); });
  }
  std::optional<run::LocalKey> kept() const { return run::read_local_key(config_).value(); }
  std::optional<store::Caller> caller() {
    std::optional<store::Caller> found;
    store_->read_now([&](store::Unit& unit) {
      found = store::People(unit).caller_by_key(hash_token(kept()->key.reveal()), now);
    });
    return found;
  }

  run::Config config_;
  SeededRandom random_{3};
  std::unique_ptr<store::Store> store_ = store::Store::open({.url = "sqlite::memory:"});
};

TEST_F(LocalKeyTest, ThereIsNoneWhileThereIsNoOwner) {
  keep();
  EXPECT_FALSE(kept());
}

TEST_F(LocalKeyTest, OwnersKeyIsWrittenForThisMachineAndStaysTheSame) {
  add_owner();
  keep();
  ASSERT_TRUE(kept());
  EXPECT_EQ(kept()->server, "http://127.0.0.1:8070");
  ASSERT_TRUE(caller());
  EXPECT_EQ(caller()->role, Role::owner);
  const std::string first(kept()->key.reveal());
  config_.listen = "127.0.0.1:9000";
  keep();
  EXPECT_EQ(kept()->key.reveal(), first);
  EXPECT_EQ(kept()->server, "http://127.0.0.1:9000");
}

TEST_F(LocalKeyTest, ALostFileIsMadeAnewAndWrittenDownForTheAudit) {
  add_owner();
  keep();
  const std::string first(kept()->key.reveal());
  fs::remove(run::local_key_file(config_));
  keep();
  EXPECT_NE(kept()->key.reveal(), first);
  const auto who = caller().value();
  store_->read_now([&](store::Unit& unit) {
    const auto entries = store::Audit(unit).list(who.workspace, std::nullopt, 10);
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].action, "key.made");
    EXPECT_EQ(entries[0].actor, "system");
    EXPECT_EQ(entries[0].subject, "key:" + who.key->text());
  });
}

TEST_F(LocalKeyTest, RemovedByAPersonItStaysAwayUntilItsFileIsRemovedToo) {
  add_owner();
  keep();
  const auto who = caller().value();
  store_->write_now([&](store::Unit& unit) { store::People(unit).remove_key(who.workspace, *who.key); });
  keep();
  EXPECT_FALSE(caller());
  fs::remove(run::local_key_file(config_));
  keep();
  EXPECT_TRUE(caller());
}

TEST_F(LocalKeyTest, AFileOfAnotherDatabaseIsMadeAnew) {
  add_owner();
  keep();
  store_ = store::Store::open({.url = "sqlite::memory:"});
  add_owner();
  keep();
  EXPECT_TRUE(caller());
}

}  // namespace
}  // namespace carillon::api

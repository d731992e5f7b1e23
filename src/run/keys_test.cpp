#include "run/keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "run/private_file.h"
#include "store/people.h"

namespace carillon::run {
namespace {

namespace fs = std::filesystem;

class KeysTest : public testing::Test {
 protected:
  KeysTest() {
    config_.data = fs::path(testing::TempDir()) / "keys_test" /
                   testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(config_.data);
    config_.master_key_file = config_.data / "keys" / "master.key";
    fs::create_directories(config_.data);
    store_ = store::Store::open({.url = "sqlite:" + (config_.data / "carillon.db").string(), .readers = 1});
  }
  ~KeysTest() override {
    store_.reset();
    fs::remove_all(config_.data);
  }

  mode_t mode(const fs::path& path) const {
    struct stat facts = {};
    stat(path.c_str(), &facts);
    return facts.st_mode & 0777;
  }

  Result<Keyring> load() { return load_keyring(config_, *store_, random_); }
  void write_keys(std::string_view text) {
    ASSERT_TRUE(make_private_folder(config_.master_key_file.parent_path()));
    ASSERT_TRUE(write_private_file(config_.master_key_file, text, true));
  }

  Config config_;
  std::unique_ptr<store::Store> store_;
  SeededRandom random_{7};
};

TEST_F(KeysTest, FirstStartMakesAPrivateKeyThatTheSecondStartFinds) {
  const auto first = load();
  ASSERT_TRUE(first) << first.error().text;
  EXPECT_EQ(mode(config_.master_key_file), 0600U);
  EXPECT_EQ(mode(config_.master_key_file.parent_path()), 0700U);
  const auto second = load();
  ASSERT_TRUE(second);
  const auto opened = second->open(first->seal("token", "here", random_), "here");
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->reveal(), "token");
}

TEST_F(KeysTest, LastKeySealsAndOlderOnesStillOpen) {
  const auto old = load();
  ASSERT_TRUE(old);
  const std::string sealed = old->seal("token", "here", random_);
  std::ofstream(config_.master_key_file, std::ios::app) << "new " << std::string(43, 'A') << "=\n";
  const auto both = load();
  ASSERT_TRUE(both) << both.error().text;
  EXPECT_TRUE(both->open(sealed, "here"));
  EXPECT_FALSE(old->open(both->seal("token", "here", random_), "here"));
}

const std::string other_key = "other " + std::string(43, 'A') + "=\n";

TEST_F(KeysTest, ADatabaseWithoutItsKeyFileIsRefusedInsteadOfAFreshKey) {
  ASSERT_TRUE(load());
  fs::remove(config_.master_key_file);
  const auto keys = load();
  ASSERT_FALSE(keys);
  EXPECT_EQ(keys.error().code, "key_file_missing");
  EXPECT_THAT(keys.error().remedy, testing::HasSubstr("new-keys"));
  EXPECT_FALSE(fs::exists(config_.master_key_file));
}

TEST_F(KeysTest, SoIsOneInUseThatNeverKeptAWord) {
  store_->write_now([&](store::Unit& unit) {
    store::People people(unit);
    const Workspace home{.id = WorkspaceId::make(Instant{1}, random_), .name = "Home", .zone = "UTC"};
    people.add(home);
    people.add(User{.id = UserId::make(Instant{1}, random_), .workspace = home.id, .email = "a@b.test"});
  });
  EXPECT_EQ(load().error().code, "key_file_missing");
  write_keys(other_key);
  EXPECT_TRUE(load()) << "it goes with the first file that it meets";
}

TEST_F(KeysTest, TheKeyFileOfAnotherDatabaseIsRefused) {
  const auto own = load();
  ASSERT_TRUE(own);
  const std::string right = read_private_file(config_.master_key_file).value().value();
  write_keys(other_key);
  const auto keys = load();
  ASSERT_FALSE(keys);
  EXPECT_EQ(keys.error().code, "key_file_wrong");
  EXPECT_EQ(read_private_file(config_.master_key_file).value(), other_key) << "it is not replaced";
  write_keys(right);
  EXPECT_TRUE(load());
}

TEST_F(KeysTest, LostKeysAreReplacedOnlyWhenAskedFor) {
  const auto lost = load();
  ASSERT_TRUE(lost);
  const std::string sealed = lost->seal("token", "here", random_);
  fs::remove(config_.master_key_file);
  ASSERT_TRUE(replace_keyring(config_, *store_, random_));
  const auto fresh = load();
  ASSERT_TRUE(fresh) << fresh.error().text;
  EXPECT_FALSE(fresh->open(sealed, "here"));
  write_keys(other_key);
  ASSERT_TRUE(replace_keyring(config_, *store_, random_));
  EXPECT_EQ(read_private_file(config_.master_key_file).value(), other_key) << "a file that is there is kept";
  EXPECT_TRUE(load());
}

TEST_F(KeysTest, KeyThatEverybodyMayReadIsRefused) {
  ASSERT_TRUE(load());
  chmod(config_.master_key_file.c_str(), 0644);
  const auto keys = load();
  ASSERT_FALSE(keys);
  EXPECT_THAT(keys.error().remedy, testing::StartsWith("chmod 600"));
}

TEST_F(KeysTest, DamagedFileIsRefused) {
  fs::create_directories(config_.master_key_file.parent_path());
  for (const char* text : {"", "id c2hvcnQ=\n", "one-word\n"}) {
    ASSERT_TRUE(write_private_file(config_.master_key_file, text, true));
    const auto keys = load();
    ASSERT_FALSE(keys);
    EXPECT_EQ(keys.error().code, "key_file");
  }
}

TEST_F(KeysTest, PrivateFileIsNotReplacedUnlessAsked) {
  ASSERT_TRUE(make_private_folder(config_.data / "own"));
  const fs::path file = config_.data / "own" / "f";
  ASSERT_TRUE(write_private_file(file, "one", false));
  const auto again = write_private_file(file, "two", false);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "exists");
  EXPECT_EQ(read_private_file(file).value(), "one");
  ASSERT_TRUE(write_private_file(file, "two", true));
  EXPECT_EQ(read_private_file(file).value(), "two");
  EXPECT_EQ(std::distance(fs::directory_iterator(file.parent_path()), {}), 1);
}

}  // namespace
}  // namespace carillon::run

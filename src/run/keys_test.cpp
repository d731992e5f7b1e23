#include "run/keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "run/private_file.h"

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
    config_.database = "sqlite:" + (config_.data / "carillon.db").string();
  }
  ~KeysTest() override { fs::remove_all(config_.data); }

  mode_t mode(const fs::path& path) const {
    struct stat facts = {};
    stat(path.c_str(), &facts);
    return facts.st_mode & 0777;
  }

  Config config_;
  SeededRandom random_{7};
};

TEST_F(KeysTest, FirstStartMakesAPrivateKeyThatTheSecondStartFinds) {
  const auto first = load_keyring(config_, random_);
  ASSERT_TRUE(first) << first.error().text;
  EXPECT_EQ(mode(config_.master_key_file), 0600U);
  EXPECT_EQ(mode(config_.data), 0700U);
  const auto second = load_keyring(config_, random_);
  ASSERT_TRUE(second);
  const auto opened = second->open(first->seal("token", "here", random_), "here");
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->reveal(), "token");
}

TEST_F(KeysTest, LastKeySealsAndOlderOnesStillOpen) {
  const auto old = load_keyring(config_, random_);
  ASSERT_TRUE(old);
  const std::string sealed = old->seal("token", "here", random_);
  std::ofstream(config_.master_key_file, std::ios::app) << "new " << std::string(43, 'A') << "=\n";
  const auto both = load_keyring(config_, random_);
  ASSERT_TRUE(both) << both.error().text;
  EXPECT_TRUE(both->open(sealed, "here"));
  EXPECT_FALSE(old->open(both->seal("token", "here", random_), "here"));
}

TEST_F(KeysTest, DatabaseWithoutItsKeyIsRefusedInsteadOfAFreshKey) {
  fs::create_directories(config_.data);
  std::ofstream(config_.data / "carillon.db") << "x";
  const auto keys = load_keyring(config_, random_);
  ASSERT_FALSE(keys);
  EXPECT_EQ(keys.error().code, "key_file_missing");
  EXPECT_FALSE(fs::exists(config_.master_key_file));
}

TEST_F(KeysTest, KeyThatEverybodyMayReadIsRefused) {
  ASSERT_TRUE(load_keyring(config_, random_));
  chmod(config_.master_key_file.c_str(), 0644);
  const auto keys = load_keyring(config_, random_);
  ASSERT_FALSE(keys);
  EXPECT_THAT(keys.error().remedy, testing::StartsWith("chmod 600"));
}

TEST_F(KeysTest, DamagedFileIsRefused) {
  fs::create_directories(config_.master_key_file.parent_path());
  for (const char* text : {"", "id c2hvcnQ=\n", "one-word\n"}) {
    ASSERT_TRUE(write_private_file(config_.master_key_file, text, true));
    const auto keys = load_keyring(config_, random_);
    ASSERT_FALSE(keys);
    EXPECT_EQ(keys.error().code, "key_file");
  }
}

TEST_F(KeysTest, PrivateFileIsNotReplacedUnlessAsked) {
  ASSERT_TRUE(make_private_folder(config_.data));
  const fs::path file = config_.data / "f";
  ASSERT_TRUE(write_private_file(file, "one", false));
  const auto again = write_private_file(file, "two", false);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "exists");
  EXPECT_EQ(read_private_file(file).value(), "one");
  ASSERT_TRUE(write_private_file(file, "two", true));
  EXPECT_EQ(read_private_file(file).value(), "two");
  EXPECT_EQ(std::distance(fs::directory_iterator(config_.data), {}), 1);
}

}  // namespace
}  // namespace carillon::run

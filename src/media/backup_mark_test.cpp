#include "media/backup_mark.h"

#include <gtest/gtest.h>

#include <fstream>

namespace carillon::media {
namespace {

class BackupMark : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder); }
  void TearDown() override { std::filesystem::remove_all(folder); }
  std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "backup_mark_test";
};

TEST_F(BackupMark, SaysWhenTheLastOneWas) {
  EXPECT_FALSE(last_backup(folder));
  const Instant first = Instant::from_seconds(1'800'000'000);
  ASSERT_TRUE(mark_backup(folder, first));
  EXPECT_EQ(last_backup(folder), first);
  ASSERT_TRUE(mark_backup(folder, first + std::chrono::hours(24)));
  EXPECT_EQ(last_backup(folder), first + std::chrono::hours(24));
}

TEST_F(BackupMark, ThatIsDamagedSaysNothing) {
  std::ofstream(folder / "last_backup") << "yesterday\n";
  EXPECT_FALSE(last_backup(folder));
  EXPECT_FALSE(mark_backup(folder / "missing", Instant::from_seconds(1)));
}

}  // namespace
}  // namespace carillon::media

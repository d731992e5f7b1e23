// Two connections to one file: ours, whose log is gathered, and another that sees what the system sees.
#include "store/sqlite_log.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <filesystem>
#include <string>

#include "store/sqlite.h"
#include "store/testing/stage.h"

namespace carillon::store {
namespace {

// While it lives, files of this process cannot grow beyond so many bytes: the system's writes fail in the
// middle.
class FileLimit {
 public:
  explicit FileLimit(rlim_t bytes) : before_(signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &limit_);
    const rlimit small{bytes, limit_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~FileLimit() {
    setrlimit(RLIMIT_FSIZE, &limit_);
    signal(SIGXFSZ, before_);
  }

 private:
  rlimit limit_{};
  void (*before_)(int);
};

class GatheredLog : public ::testing::Test {
 protected:
  GatheredLog() { ours->script("CREATE TABLE lines (id INTEGER PRIMARY KEY, text BLOB)"); }

  void fill(int rows) { ours->script("INSERT INTO lines (text) " + series(rows)); }
  static std::string series(int rows) {
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
           std::to_string(rows) + ") SELECT randomblob(3000) FROM n";
  }
  int64_t seen(const std::string& sql) {
    const auto reader = connect_sqlite(file.string(), Access::read);
    return (*reader)(sql)[0].integer(0);
  }
  int64_t lines() { return seen("SELECT count(*) FROM lines"); }
  bool sound() {
    return (*connect_sqlite(file.string(), Access::read))("PRAGMA integrity_check")[0].text(0) == "ok";
  }

  Folder folder;
  const std::filesystem::path file = folder / "test.db";
  std::unique_ptr<Connection> ours = connect_sqlite(file.string(), Access::write);
};

TEST_F(GatheredLog, IsUsedByConnectionsThatWrite) {
  EXPECT_NE(sqlite3_vfs_find(gathering_file_system()), nullptr);
  EXPECT_STREQ(sqlite3_vfs_find(gathering_file_system())->zName, "gathering");
  EXPECT_NE(sqlite3_vfs_find(nullptr), sqlite3_vfs_find(gathering_file_system()));
}

TEST_F(GatheredLog, ShowsOthersACommittedTransactionAndNothingBefore) {
  ours->script("BEGIN IMMEDIATE");
  fill(10);
  EXPECT_EQ(lines(), 0);
  ours->script("COMMIT");
  EXPECT_EQ(lines(), 10);
}

TEST_F(GatheredLog, HoldsATransactionThatIsLargerThanTheCacheAndTheGathering) {
  ours->script("PRAGMA cache_size=20");
  ours->script("BEGIN IMMEDIATE");
  fill(2000);  // 6 MB: pages leave the cache and are read back from the log
  EXPECT_EQ((*ours)("SELECT count(*) FROM lines")[0].integer(0), 2000);
  ours->script("ROLLBACK");
  fill(500);
  EXPECT_EQ(lines(), 500);
  EXPECT_TRUE(sound());
}

TEST_F(GatheredLog, SurvivesADiskThatIsFull) {
  fill(50);
  {
    const FileLimit limit(400'000);
    EXPECT_THROW(fill(200), StoreError);
  }
  EXPECT_EQ(lines(), 50);
  fill(100);
  EXPECT_EQ(lines(), 150);
  EXPECT_TRUE(sound());
}

TEST_F(GatheredLog, IsInTheFileAfterACheckpoint) {
  fill(300);
  ours->upkeep(true);
  EXPECT_EQ(std::filesystem::file_size(file.string() + "-wal"), 0u);
  EXPECT_EQ(lines(), 300);
  EXPECT_TRUE(sound());
}

}  // namespace
}  // namespace carillon::store

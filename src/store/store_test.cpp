// The store as a whole: threads, groups, files.
#include "store/store.h"

#include <fmt/format.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <future>
#include <mutex>

#include "postgres/cluster.h"
#include "store/feeds.h"
#include "store/migrations.h"
#include "store/people.h"
#include "store/planned.h"
#include "store/schema.h"
#include "store/sqlite.h"
#include "store/testing/stage.h"

namespace carillon::store {
namespace {

class StoreTest : public ::testing::TestWithParam<Place> {
 protected:
  void SetUp() override {
    if (left_out(GetParam())) GTEST_SKIP() << "CARILLON_TEST_POSTGRES=0";
    if (GetParam() == Place::memory) url = "sqlite::memory:";
    if (GetParam() == Place::file) url = "sqlite:" + (folder / "test.db").string();
    if (GetParam() == Place::postgres) url = testing::Cluster::shared().new_database();
    store = Store::open({.url = url});
  }
  std::optional<std::string> setting(const std::string& name) {
    std::optional<std::string> value;
    store->read_now([&](Unit& unit) { value = Settings(unit).get(name); });
    return value;
  }

  Folder folder;
  std::string url;
  std::unique_ptr<Store> store;
};
INSTANTIATE_TEST_SUITE_P(Store, StoreTest, ::testing::Values(Place::memory, Place::file, Place::postgres),
                         place_name);

// A database in memory ends with its store and has one connection: this is for the others.
class DurableStoreTest : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Store, DurableStoreTest, ::testing::Values(Place::file, Place::postgres),
                         place_name);

// Stops the writer until told, so that what is queued meanwhile becomes one group.
class Gate {
 public:
  explicit Gate(Store& store) {
    std::promise<void> reached;
    auto here = reached.get_future();
    store.write([this, &reached](Unit&) { reached.set_value(), open_.get_future().wait(); }, {});
    here.wait();
  }
  void open() { open_.set_value(); }

 private:
  std::promise<void> open_;
};

struct Outcomes {
  std::mutex mutex;
  std::vector<std::string> all;
  std::promise<void> complete;
  size_t expected;
  explicit Outcomes(size_t n) : expected(n) {}
  Store::After note(const std::string& name) {
    return [this, name](std::exception_ptr error) {
      const std::lock_guard lock(mutex);
      all.push_back(name + (error ? " failed" : " done"));
      if (all.size() == expected) complete.set_value();
    };
  }
};

TEST_P(StoreTest, WhatIsWrittenIsReadAfterwards) {
  store->write_now([](Unit& unit) { Settings(unit).set("a", "1"); });
  EXPECT_EQ(setting("a"), "1");
  EXPECT_FALSE(store->describe().empty());
}

TEST_P(StoreTest, AFailingWorkOfAGroupTakesBackOnlyItself) {
  Outcomes outcomes(4);
  Gate gate(*store);
  const auto set = [](const char* name) { return [name](Unit& unit) { Settings(unit).set(name, "1"); }; };
  store->write(set("a"), outcomes.note("a"));
  store->write([](Unit& unit) { Settings(unit).set("b", "1"), throw std::runtime_error("changed my mind"); },
               outcomes.note("b"));
  store->write([](Unit& unit) { unit.connection()("INSERT INTO settings (name, value) VALUES ('a', '2')"); },
               outcomes.note("c"));
  store->write(set("d"), outcomes.note("d"));
  gate.open();
  outcomes.complete.get_future().wait();
  EXPECT_EQ(outcomes.all, (std::vector<std::string>{"a done", "b failed", "c failed", "d done"}));
  EXPECT_EQ(setting("a"), "1");
  EXPECT_FALSE(setting("b"));
  EXPECT_EQ(setting("d"), "1");
}

TEST_P(StoreTest, AFailingWorkThatSharesTheFateOfItsGroupTakesItBack) {
  Outcomes outcomes(3);
  Gate gate(*store);
  const auto set = [](const char* name) { return [name](Unit& unit) { Settings(unit).set(name, "1"); }; };
  store->write(set("a"), outcomes.note("a"));
  store->write([](Unit& unit) { Settings(unit).set("b", "1"), throw std::runtime_error("a broken world"); },
               outcomes.note("b"), Store::Fate::shared);
  store->write(set("c"), outcomes.note("c"), Store::Fate::shared);
  gate.open();
  outcomes.complete.get_future().wait();
  EXPECT_EQ(outcomes.all, (std::vector<std::string>{"a failed", "b failed", "c failed"}));
  EXPECT_FALSE(setting("a"));
  store->write_now(set("c"));
  EXPECT_EQ(setting("c"), "1");
}

TEST_P(StoreTest, AFailingWorkAloneIsTakenBack) {
  EXPECT_THROW(
      store->write_now([](Unit& unit) { Settings(unit).set("a", "1"), throw std::runtime_error("no"); }),
      std::runtime_error);
  EXPECT_FALSE(setting("a"));
  try {
    store->write_now(
        [](Unit& unit) { unit.connection()("INSERT INTO settings (name, value) VALUES (NULL, '')"); });
    FAIL() << "NULL was taken";
  } catch (const StoreError& error) {
    EXPECT_EQ(error.kind, StoreError::Kind::constraint);
  }
  store->write_now([](Unit& unit) { Settings(unit).set("a", "2"); });
  EXPECT_EQ(setting("a"), "2");
}

TEST_P(StoreTest, WorksOfAGroupSeeEachOtherInOrder) {
  Outcomes outcomes(40);
  Gate gate(*store);
  for (int i = 0; i < 40; ++i) {
    store->write(
        [](Unit& unit) {
          Settings settings(unit);
          settings.set("n", std::to_string(std::stoi(settings.get("n").value_or("0")) + 1));
        },
        outcomes.note("+"));
  }
  gate.open();
  outcomes.complete.get_future().wait();
  EXPECT_EQ(setting("n"), "40");
}

TEST_P(DurableStoreTest, EverythingQueuedIsWrittenBeforeTheStoreCloses) {
  for (int i = 0; i < 1000; ++i) {
    store->write([i](Unit& unit) { Settings(unit).set("k" + std::to_string(i), "1"); }, {});
  }
  store.reset();
  store = Store::open({.url = url});
  EXPECT_EQ(setting("k999"), "1");
  EXPECT_EQ(setting("k0"), "1");
}

TEST_P(DurableStoreTest, AReaderCannotWrite) {
  EXPECT_THROW(store->read_now([](Unit& unit) { Settings(unit).set("a", "1"); }), StoreError);
  EXPECT_FALSE(setting("a"));
}

TEST_P(DurableStoreTest, AReaderSeesASnapshot) {
  store->write_now([](Unit& unit) { Settings(unit).set("a", "1"); });
  store->read_now([&](Unit& unit) {
    EXPECT_EQ(Settings(unit).get("a"), "1");
    store->write_now([](Unit& other) { Settings(other).set("a", "2"); });
    EXPECT_EQ(Settings(unit).get("a"), "1");
  });
  EXPECT_EQ(setting("a"), "2");
}

TEST_P(DurableStoreTest, ANewerSchemaIsRefusedWithASentence) {
  store->write_now([](Unit& unit) { unit.connection()("UPDATE schema_version SET version = 999"); });
  store.reset();
  try {
    Store::open({.url = url});
    FAIL() << "a newer schema was opened";
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("newer Carillon"), std::string::npos) << error.what();
  }
}

class FilesTest : public ::testing::Test {
 protected:
  std::string url() { return "sqlite:" + (folder / "test.db").string(); }
  Folder folder;
};

TEST_F(FilesTest, TwoServersCannotShareOneFile) {
  const auto store = Store::open({.url = url()});
  try {
    Store::open({.url = url()});
    FAIL() << "the file was opened twice";
  } catch (const StoreError& error) {
    EXPECT_EQ(error.kind, StoreError::Kind::busy);
    EXPECT_NE(std::string(error.what()).find("in use by process " + std::to_string(getpid())),
              std::string::npos)
        << error.what();
  }
}

TEST_F(FilesTest, AFileIsFreeAgainWhenItsStoreIsGone) {
  Store::open({.url = url()}).reset();
  EXPECT_NO_THROW(Store::open({.url = url()}));
}

TEST_F(FilesTest, AnUnknownAddressIsRefusedWithASentence) {
  EXPECT_THROW(Store::open({.url = "mysql://x"}), StoreError);
  EXPECT_THROW(Store::open({.url = "sqlite:"}), StoreError);
  EXPECT_THROW(Store::open({.url = "sqlite:" + (folder / "missing" / "").string() + "test.db"}), StoreError);
}

TEST_F(FilesTest, AFileIsCopiedBeforeItsShapeChanges) {
  Store::open({.url = url()})->write_now([](Unit& unit) { Settings(unit).set("a", "kept"); });
  const auto file = folder / "test.db";
  const auto connection = connect_sqlite(file.string());
  const auto version = static_cast<int64_t>(migrations().size());
  std::vector<const char*> next(migrations().begin(), migrations().end());
  next.push_back("DROP TABLE settings");
  const auto copy = folder / fmt::format("test.db.before-{}.backup", version + 1);
  ASSERT_FALSE(std::filesystem::exists(copy));
  migrate_file(*connection, file, next);
  EXPECT_EQ(stored_version(*connection), version + 1);
  const auto kept = connect_sqlite(copy.string(), Access::read);
  EXPECT_EQ(stored_version(*kept), version);
  Unit unit(*kept);
  EXPECT_EQ(Settings(unit).get("a"), "kept");
}

TEST_F(FilesTest, AMigrationThatFailsChangesNothing) {
  Store::open({.url = url()})->write_now([](Unit& unit) { Settings(unit).set("a", "kept"); });
  const auto file = folder / "test.db";
  const auto connection = connect_sqlite(file.string());
  const auto version = static_cast<int64_t>(migrations().size());
  std::vector<const char*> next(migrations().begin(), migrations().end());
  next.push_back("DROP TABLE settings; DROP TABLE nothing_of_that_name");
  EXPECT_THROW(migrate_file(*connection, file, next), StoreError);
  EXPECT_TRUE(std::filesystem::exists(folder / fmt::format("test.db.before-{}.backup", version + 1)));
  EXPECT_EQ(stored_version(*connection), version);
  Unit unit(*connection);
  EXPECT_EQ(Settings(unit).get("a"), "kept");
}

TEST_F(FilesTest, AnEmptyFileIsNotCopied) {
  Store::open({.url = url()}).reset();
  EXPECT_FALSE(std::filesystem::exists(folder / "test.db.before-1.backup"));
}

TEST_F(FilesTest, ABackupIsAWholeDatabaseWhileTheServerWorks) {
  const auto store = Store::open({.url = url()});
  store->write_now([](Unit& unit) { Settings(unit).set("a", "1"); });
  store->backup_to(folder / "copy.db");
  store->write_now([](Unit& unit) { Settings(unit).set("a", "2"); });
  EXPECT_EQ(quick_check(folder / "copy.db"), "");
  const auto copy = connect_sqlite((folder / "copy.db").string(), Access::read);
  Unit unit(*copy);
  EXPECT_EQ(Settings(unit).get("a"), "1");
  EXPECT_THROW(store->backup_to(folder / "copy.db"), StoreError) << "nothing is overwritten";
}

TEST_F(FilesTest, DamageIsFound) {
  {
    auto store = Store::open({.url = url()});
    for (int i = 0; i < 2000; ++i) {
      store->write(
          [i](Unit& unit) { Settings(unit).set("name-" + std::to_string(i), std::string(100, 'x')); }, {});
    }
  }
  EXPECT_EQ(quick_check(folder / "test.db"), "");
  FILE* file = fopen((folder / "test.db").c_str(), "r+");
  fseek(file, 4096L * 40, SEEK_SET);
  const std::string rubbish(4096L * 20, '\x5a');
  fwrite(rubbish.data(), 1, rubbish.size(), file);
  fclose(file);
  EXPECT_NE(quick_check(folder / "test.db"), "");
}

// Writes one number after the other and says so once each is durable, until it is killed.
[[noreturn]] void write_until_killed(const std::string& url, int acknowledged) {
  auto store = Store::open({.url = url});
  for (int i = 0;; ++i) {
    store->write(
        [i](Unit& unit) {
          Settings(unit).set("n" + std::to_string(i), "1");
          Audit(unit).add({.workspace = WorkspaceId{{1}}, .action = "count", .detail = std::to_string(i)});
        },
        [i, acknowledged](std::exception_ptr error) {
          if (error || write(acknowledged, &i, sizeof i) != sizeof i) _exit(1);
        });
    if (i % 50 == 49) store->write_now([](Unit&) {});
  }
}

TEST_F(FilesTest, WhatWasAcknowledgedSurvivesAKill) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) write_until_killed(url(), ends[1]);
  close(ends[1]);
  int last = -1;
  while (last < 400) ASSERT_EQ(read(ends[0], &last, sizeof last), static_cast<ssize_t>(sizeof last));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  for (int more; read(ends[0], &more, sizeof more) == sizeof more;) last = more;
  close(ends[0]);
  const auto store = Store::open({.url = url()});
  store->read_now([&](Unit& unit) {
    for (int i = 0; i <= last; ++i) EXPECT_TRUE(Settings(unit).get("n" + std::to_string(i))) << i;
    EXPECT_FALSE(Audit(unit).broken_at(WorkspaceId{{1}}));
    const auto newest = Audit(unit).list(WorkspaceId{{1}}, std::nullopt, 1);
    ASSERT_EQ(newest.size(), 1U);
    EXPECT_TRUE(Settings(unit).get("n" + newest[0].detail)) << "a work is whole or not there";
    EXPECT_GT(newest[0].number, last);
  });
  EXPECT_EQ(quick_check(folder / "test.db"), "");
}

TEST_F(FilesTest, NobodyElseMayReadTheDatabase) {
  const auto store = Store::open({.url = url()});
  store->write_now([](Unit& unit) { Settings(unit).set("a", "1"); });
  for (const char* name : {"test.db", "test.db-wal"}) {
    const auto allowed = std::filesystem::status(folder / name).permissions();
    EXPECT_EQ(allowed & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
              std::filesystem::perms::none)
        << name;
  }
}

TEST_F(FilesTest, TheLogIsEmptiedWhenTheStoreCloses) {
  auto store = Store::open({.url = url()});
  for (int i = 0; i < 3000; ++i) {
    store->write([i](Unit& unit) { Settings(unit).set("name-" + std::to_string(i), std::string(1000, 'x')); },
                 {});
  }
  store.reset();
  const auto log = folder / "test.db-wal";
  EXPECT_TRUE(!std::filesystem::exists(log) || std::filesystem::file_size(log) == 0);
}

TEST(MemoryTest, AWipedWorldHasNoRowInAnyTable) {
  const auto connection = connect_sqlite(":memory:");
  migrate(*connection);
  SeededRandom dice(1);
  Minter mint(noon, dice);
  {
    Transaction transaction(*connection);
    Unit unit(*connection);
    const Feed feed{.id = mint.make<FeedId>(), .workspace = mint.make<WorkspaceId>()};
    Feeds(unit).add(feed);
    EXPECT_TRUE(Feeds(unit).see(feed, {.name = "1"}));
    PlannedPosts(unit).keep(feed.workspace, {"plan", "key", mint.make<PostId>(), ""});
    transaction.commit();
  }
  wipe(*connection);
  const Rows tables = (*connection)(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_version' AND name NOT LIKE "
      "'sqlite_%'");
  EXPECT_GT(tables.size(), 40U);
  for (size_t i = 0; i < tables.size(); ++i) {
    const std::string count = "SELECT count(*) FROM " + tables[i].text(0);
    EXPECT_EQ((*connection)(count)[0].integer(0), 0) << tables[i].text(0);
  }
}

TEST(MemoryTest, AWipedWorldIsEmptyAndUsable) {
  const auto connection = connect_sqlite(":memory:");
  migrate(*connection);
  for (int world = 0; world < 3; ++world) {
    Transaction transaction(*connection);
    Unit unit(*connection);
    EXPECT_FALSE(People(unit).anyone());
    SeededRandom dice(1);
    People(unit).add(User{.id = UserId::make(noon, dice), .email = "a"});
    transaction.commit();
    wipe(*connection);
  }
}

}  // namespace
}  // namespace carillon::store

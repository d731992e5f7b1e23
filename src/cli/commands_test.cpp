#include "cli/commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>

#include "base/version.h"
#include "cli/remote.h"
#include "media/backup_mark.h"
#include "run/keys.h"
#include "store/journal.h"
#include "store/records.h"
#include "store/store.h"

namespace carillon::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct Heard {
  int code = 0;
  std::string out, err;
  boost::json::value json() const { return boost::json::parse(out); }
};

Heard carillon(std::vector<std::string> words) {
  words.insert(words.begin(), "carillon");
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int code = run(static_cast<int>(arguments.size()), arguments.data());
  return {code, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
}

class CommandsTest : public testing::Test {
 protected:
  CommandsTest()
      : folder_(fs::path(testing::TempDir()) / "commands_test" /
                testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~CommandsTest() override { fs::remove_all(folder_); }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  fs::path folder_;
};

TEST_F(CommandsTest, VersionIsSaidForPeopleAndForPrograms) {
  EXPECT_EQ(carillon({"version"}).out, "carillon " + std::string(version) + "\n");
  EXPECT_EQ(text_of(carillon({"version", "--json"}).json(), "version"), version);
}

TEST_F(CommandsTest, WrongCommandLineIsTwo) {
  EXPECT_EQ(carillon({}).code, 2);
  EXPECT_EQ(carillon({"sing"}).code, 2);
  EXPECT_EQ(carillon({"version", "--loud"}).code, 2);
  EXPECT_EQ(carillon({"simulate", "--worlds", "none"}).code, 2);
  EXPECT_EQ(carillon({"restore", path("missing.tar")}).code, 2);
}

TEST_F(CommandsTest, HelpTeachesWithExamplesAndExitCodes) {
  const Heard heard = carillon({"--help"});
  EXPECT_EQ(heard.code, 0);
  EXPECT_THAT(heard.out, HasSubstr("carillon serve --sandbox"));
  EXPECT_THAT(heard.out, HasSubstr("78 wrong configuration"));
  for (const char* command : {"serve", "sandbox", "post", "posts", "queue", "import", "accounts", "simulate",
                              "drill", "backup", "restore", "new-keys", "verify", "release", "openapi"}) {
    const Heard help = carillon({command, "--help"});
    EXPECT_EQ(help.code, 0) << command;
    EXPECT_THAT(help.out, HasSubstr(std::string("carillon ") + command)) << command;
    EXPECT_THAT(help.out, HasSubstr("--json")) << command;
  }
}

TEST_F(CommandsTest, PrintedConfigurationSaysWhatWonAndWhy) {
  const Heard heard =
      carillon({"serve", "--print-config", "--json", "--data", path("d"), "--listen", "127.0.0.1:1"});
  ASSERT_EQ(heard.code, 0) << heard.err;
  const auto lines = heard.json().as_array();
  const auto listen =
      std::ranges::find_if(lines, [](const auto& line) { return text_of(line, "name") == "listen"; });
  ASSERT_NE(listen, lines.end());
  EXPECT_EQ(text_of(*listen, "value"), "127.0.0.1:1");
  EXPECT_EQ(text_of(*listen, "source"), "flag");
  EXPECT_EQ(text_of(*listen, "why"), "flag --listen");
}

TEST_F(CommandsTest, WrongConfigurationIsSeventyEight) {
  EXPECT_EQ(carillon({"serve", "--print-config", "--listen", "nowhere"}).code, 78);
  std::ofstream(folder_ / "c.conf") << "lissten = 127.0.0.1:1\n";
  const Heard heard = carillon({"serve", "--print-config", "--config", path("c.conf")});
  EXPECT_EQ(heard.code, 78);
  EXPECT_THAT(heard.err, HasSubstr("Did you mean \"listen\"?"));
}

TEST_F(CommandsTest, ServerThatIsNotThereIsSixtyNine) {
  const Heard heard = carillon({"posts", "--server", "http://127.0.0.1:1", "--key", "k", "--json"});
  EXPECT_EQ(heard.code, 69);
  const auto answer = heard.json();
  EXPECT_EQ(text_of(answer.at("error"), "code"), "not_sent");
}

TEST_F(CommandsTest, KeyOfThisMachineIsNotGivenToAnotherServer) {
  fs::create_directories(folder_ / "keys");
  std::ofstream(folder_ / "keys/cli.key") << "server = http://127.0.0.1:1\nkey = cari_secret\n";
  fs::permissions(folder_ / "keys/cli.key", fs::perms::owner_read);
  EXPECT_EQ(carillon({"posts", "--data", path("")}).code, 69);
  const Heard elsewhere = carillon({"posts", "--data", path(""), "--server", "http://127.0.0.1:2"});
  EXPECT_EQ(elsewhere.code, 78);
  EXPECT_THAT(elsewhere.err, HasSubstr("no key"));
}

// An installation without a server: a database with a workspace, and a media file.
class DataTest : public CommandsTest {
 protected:
  DataTest() {
    fs::create_directories(folder_ / "data/media/aa");
    fs::create_directories(folder_ / "data/keys");
    std::ofstream(folder_ / "data/media/aa/bell.png") << "picture";
    std::ofstream(folder_ / "data/keys/master.key") << "k1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
    open("data")->write_now([](store::Unit& unit) { store::Settings(unit).set("note", "before"); });
  }
  std::unique_ptr<store::Store> open(const std::string& data) const {
    return store::Store::open({.url = "sqlite:" + path(data) + "/carillon.db", .readers = 1});
  }
  std::string setting(const std::string& data, const std::string& name) const {
    std::string value;
    open(data)->read_now([&](store::Unit& unit) { value = store::Settings(unit).get(name).value_or(""); });
    return value;
  }
  bool held(const std::string& data) const {
    bool is = false;
    open(data)->read_now([&](store::Unit& unit) { is = store::Journal(unit).held(); });
    return is;
  }
};

TEST_F(DataTest, BackupOfALivingDatabaseIsRestoredHeldAndReleased) {
  const auto living = open("data");
  EXPECT_FALSE(media::last_backup(path("data")));
  ASSERT_EQ(carillon({"backup", path("b.tar"), "--data", path("data")}).code, 0);
  EXPECT_TRUE(media::last_backup(path("data"))) << "the system page says when";
  const Heard restored = carillon({"restore", path("b.tar"), "--data", path("new")});
  ASSERT_EQ(restored.code, 0) << restored.err;
  EXPECT_THAT(restored.out, HasSubstr("It is held"));
  EXPECT_THAT(restored.out, HasSubstr("keys are not here"));
  EXPECT_EQ(setting("new", "note"), "before");
  EXPECT_TRUE(fs::exists(folder_ / "new/media/aa/bell.png"));
  EXPECT_FALSE(fs::exists(folder_ / "new/.restoring"));
  EXPECT_TRUE(held("new"));
  EXPECT_EQ(carillon({"release", "--data", path("new")}).code, 0);
  EXPECT_FALSE(held("new"));
}

TEST_F(DataTest, RestoreRefusesAFolderThatIsNotEmptyAndWithForceKeepsWhatWasThere) {
  ASSERT_EQ(carillon({"backup", path("b.tar"), "--data", path("data")}).code, 0);
  open("data")->write_now([](store::Unit& unit) { store::Settings(unit).set("note", "after"); });
  EXPECT_EQ(carillon({"restore", path("b.tar"), "--data", path("data")}).code, 1);
  EXPECT_EQ(setting("data", "note"), "after");
  ASSERT_EQ(carillon({"restore", path("b.tar"), "--data", path("data"), "--force"}).code, 0);
  EXPECT_EQ(setting("data", "note"), "before");
  EXPECT_TRUE(fs::exists(folder_ / "data/keys/master.key"));
  size_t aside = 0;
  for (const auto& entry : fs::directory_iterator(folder_ / "data")) {
    if (!entry.path().filename().string().starts_with("before-restore-")) continue;
    ++aside;
    EXPECT_TRUE(fs::exists(entry.path() / "carillon.db"));
  }
  EXPECT_EQ(aside, 1U);
}

TEST_F(DataTest, RestoreIntoARunningInstallationIsRefused) {
  ASSERT_EQ(carillon({"backup", path("b.tar"), "--data", path("data")}).code, 0);
  const auto running = open("data");
  const Heard heard = carillon({"restore", path("b.tar"), "--data", path("data"), "--force"});
  EXPECT_NE(heard.code, 0);
  EXPECT_THAT(heard.err, HasSubstr("in use"));
  EXPECT_TRUE(fs::exists(folder_ / "data/carillon.db"));
}

TEST_F(DataTest, KeysTravelOnlyWhenAskedFor) {
  ASSERT_EQ(carillon({"backup", path("b.tar"), "--with-keys", "--data", path("data")}).code, 0);
  ASSERT_EQ(carillon({"restore", path("b.tar"), "--data", path("new")}).code, 0);
  EXPECT_TRUE(fs::exists(folder_ / "new/keys/master.key"));
  EXPECT_EQ(fs::status(folder_ / "new/keys/master.key").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

// As a server looks at it when it starts.
Result<Keyring> keys_of(const run::Config& config, store::Store& store) {
  SystemRandom random;
  return run::load_keyring(config, store, random);
}

TEST_F(DataTest, LostKeysAreReplacedWithAWordOnTheCommandLine) {
  run::Config config;
  config.data = path("data");
  config.master_key_file = path("data/keys/master.key");
  fs::permissions(config.master_key_file, fs::perms::owner_read | fs::perms::owner_write);
  ASSERT_TRUE(keys_of(config, *open("data")));
  ASSERT_EQ(carillon({"backup", path("b.tar"), "--data", path("data")}).code, 0);
  fs::remove(config.master_key_file);
  EXPECT_EQ(keys_of(config, *open("data")).error().code, "key_file_missing");
  const Heard heard = carillon({"new-keys", "--data", path("data")});
  ASSERT_EQ(heard.code, 0) << heard.err;
  EXPECT_THAT(heard.out, HasSubstr("connect the accounts again"));
  EXPECT_TRUE(keys_of(config, *open("data")));
  EXPECT_EQ(carillon({"new-keys", "--data", path("nowhere")}).code, 1);

  ASSERT_EQ(carillon({"restore", path("b.tar"), "--data", path("data"), "--force"}).code, 0);
  EXPECT_EQ(keys_of(config, *open("data")).error().code, "key_file_wrong")
      << "it was sealed by the lost ones";
  ASSERT_EQ(carillon({"restore", path("b.tar"), "--data", path("new"), "--new-keys"}).code, 0);
  config.data = path("new");
  config.master_key_file = path("new/keys/master.key");
  EXPECT_TRUE(keys_of(config, *open("new")));
}

TEST_F(DataTest, VerifyLooksWhileAServerRunsAndFindsNothingWrong) {
  const auto running = open("data");
  const Heard heard = carillon({"verify", "--data", path("data")});
  EXPECT_EQ(heard.code, 0) << heard.err;
  EXPECT_THAT(heard.out, HasSubstr("0 findings"));
  EXPECT_FALSE(fs::exists(folder_ / "data/carillon.db.verify"));
}

TEST_F(DataTest, DatabaseThatIsNotThereIsSaid) {
  for (const char* command : {"verify", "release"}) {
    const Heard heard = carillon({command, "--data", path("nothing")});
    EXPECT_EQ(heard.code, 1) << command;
    EXPECT_THAT(heard.err, HasSubstr("There is no database")) << command;
    EXPECT_FALSE(fs::exists(folder_ / "nothing")) << command;
  }
}

}  // namespace
}  // namespace carillon::cli

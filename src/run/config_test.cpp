#include "run/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "run/config_text.h"

namespace carillon::run {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// A folder of its own for each test, gone afterwards.
class ConfigTest : public testing::Test {
 protected:
  ConfigTest()
      : folder_(fs::path(testing::TempDir()) / "config_test" /
                testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~ConfigTest() override { fs::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }

  fs::path folder_;
};

const Origin& origin(const Config& config, std::string_view name) {
  return *std::ranges::find(config.origins, name, &Origin::name);
}

TEST_F(ConfigTest, FlagsWinOverEnvironmentOverFileOverDefault) {
  const std::string conf =
      file("c.conf", "listen = 1.1.1.1:1\nsandbox-listen = 1.1.1.1:2\nlog-level = error\n");
  const auto config = load_config(
      {.flags = {{"listen", "3.3.3.3:3"}},
       .environment = {{"CARILLON_LISTEN", "2.2.2.2:2"}, {"CARILLON_SANDBOX_LISTEN", "2.2.2.2:3"}},
       .file = conf});
  ASSERT_TRUE(config) << config.error().text;
  EXPECT_EQ(config->listen, "3.3.3.3:3");
  EXPECT_EQ(config->sandbox_listen, "2.2.2.2:3");
  EXPECT_EQ(config->log_level, "error");
  EXPECT_EQ(config->log_format, "auto");
  EXPECT_EQ(origin(*config, "listen").source, Source::flag);
  EXPECT_EQ(origin(*config, "listen").why, "flag --listen, over CARILLON_LISTEN and " + conf + ", line 1");
  EXPECT_EQ(origin(*config, "sandbox-listen").source, Source::environment);
  EXPECT_EQ(origin(*config, "log-level").source, Source::file);
  EXPECT_EQ(origin(*config, "log-format").source, Source::initial);
}

TEST_F(ConfigTest, ABucketIsNamedByAddressAndKeysThatNobodySees) {
  const auto config = load_config(
      {.flags = {{"media", "s3://bells/shop"}, {"s3-region", "eu-central-1"}, {"media-cache", "500MB"}},
       .environment = {{"CARILLON_S3_ACCESS_KEY", "AKIDBELL"}, {"CARILLON_S3_SECRET_KEY", "ding-dong"}}});
  ASSERT_TRUE(config) << config.error().text;
  EXPECT_EQ(config->bucket.name, "bells");
  EXPECT_EQ(config->bucket.prefix, "shop/");
  EXPECT_EQ(config->bucket.endpoint, "https://s3.eu-central-1.amazonaws.com");
  EXPECT_FALSE(config->bucket.in_path);
  EXPECT_EQ(config->bucket.secret_key.reveal(), "ding-dong");
  EXPECT_EQ(config->media_cache, 500'000'000U);
  EXPECT_EQ(origin(*config, "s3-access-key").shown, "(set)");
  EXPECT_EQ(origin(*config, "s3-secret-key").shown, "(set)");
  for (const Origin& one : config->origins) {
    EXPECT_EQ(one.shown.find("ding-dong"), std::string::npos) << one.name;
    EXPECT_EQ(one.shown.find("AKIDBELL"), std::string::npos) << one.name;
  }
}

TEST_F(ConfigTest, OtherServicesHaveTheBucketInThePathUnlessTold) {
  std::map<std::string, std::string> flags = {{"media", "s3://bells"}, {"s3-endpoint", "https://fsn1.example.com"}};
  const auto in_path = [&] {
    const auto config = load_config(
        {.flags = flags, .environment = {{"CARILLON_S3_ACCESS_KEY", "a"}, {"CARILLON_S3_SECRET_KEY", "b"}}});
    EXPECT_TRUE(config) << config.error().text;
    return config && config->bucket.in_path;
  };
  EXPECT_TRUE(in_path());
  flags["s3-addressing"] = "host";
  EXPECT_FALSE(in_path());
  flags["s3-addressing"] = "auto";
  flags["s3-endpoint"] = "https://s3.eu-west-1.amazonaws.com";
  EXPECT_FALSE(in_path());
  flags["media"] = "s3://bells.of.the.tower";  // no certificate is for such a name
  EXPECT_TRUE(in_path());
}

TEST_F(ConfigTest, ABucketWithoutWhatItNeedsIsRefusedInWords) {
  const auto refusal = [](std::map<std::string, std::string> flags, const std::string& secret = "b") {
    const auto config = load_config({.flags = std::move(flags),
                                     .environment = {{"CARILLON_S3_ACCESS_KEY", "a"}, {"CARILLON_S3_SECRET_KEY", secret}}});
    return config ? Fault{} : config.error();
  };
  EXPECT_EQ(refusal({{"media", "s3://bells"}}, "").field, "s3-secret-key");
  EXPECT_THAT(refusal({{"media", "s3://bells"}}, "").remedy, HasSubstr("CARILLON_S3_SECRET_KEY"));
  EXPECT_EQ(refusal({{"media", "bells:media"}}).field, "media");
  EXPECT_EQ(refusal({{"media", "s3://x"}}).field, "media");
  EXPECT_EQ(refusal({{"media", "s3://bells"}, {"s3-endpoint", "https://host/path"}}).field, "s3-endpoint");
  EXPECT_EQ(refusal({{"media", "s3://bells"}, {"media-cache", "many"}}).field, "media-cache");
}

TEST_F(ConfigTest, PrivateNetworksAreOpenedByName) {
  const auto config = load_config({.flags = {{"allow-networks", "10.1.0.0/16:443, [fd00::/8]"}}});
  ASSERT_TRUE(config);
  ASSERT_EQ(config->open_networks.size(), 2U);
  EXPECT_EQ(config->open_networks[0].port, 443);
  EXPECT_TRUE(load_config({})->open_networks.empty());
  for (const char* wrong : {"everything", "10.1.0.0/16,,", "169.254.0.0/16"})
    EXPECT_EQ(load_config({.flags = {{"allow-networks", wrong}}}).error().field, "allow-networks") << wrong;
}

TEST_F(ConfigTest, FilesThatTravelUnencryptedAreWarnedOf) {
  const auto warnings = [](const std::string& endpoint) {
    const auto config =
        load_config({.flags = {{"media", "s3://bells"}, {"s3-endpoint", endpoint}},
                     .environment = {{"CARILLON_S3_ACCESS_KEY", "a"}, {"CARILLON_S3_SECRET_KEY", "b"}}});
    EXPECT_TRUE(config) << config.error().text;
    return config ? config->warnings.size() : 99;
  };
  EXPECT_EQ(warnings("http://127.0.0.1:9000"), 0U);
  EXPECT_EQ(warnings("https://bells.example"), 0U);
  EXPECT_EQ(warnings("http://10.0.0.7:9000"), 1U);
}

TEST_F(ConfigTest, EverySettingHasAnOriginAndAcceptsItsDefault) {
  const auto config = load_config({.flags = {{"data", folder_.string()}}});
  ASSERT_TRUE(config) << config.error().text;
  EXPECT_EQ(config->origins.size(), settings().size());
  EXPECT_EQ(config->late_grace, 15min);
}

TEST_F(ConfigTest, DefaultsFollowTheDataFolderAndTheListenAddress) {
  const auto config = load_config({.flags = {{"data", "/srv/bells"}, {"listen", "[::1]:80"}}});
  ASSERT_TRUE(config);
  EXPECT_EQ(config->database, "sqlite:/srv/bells/carillon.db");
  EXPECT_EQ(config->master_key_file, "/srv/bells/keys/master.key");
  EXPECT_EQ(config->public_url, "http://[::1]:80");
}

TEST_F(ConfigTest, SandboxIsWhereItListensOrWhereItIsSaidToBeOrNowhere) {
  EXPECT_EQ(load_config({})->sandbox_url, "");
  EXPECT_EQ(load_config({.flags = {{"listen", "0.0.0.0:4000"}, {"sandbox", "true"}}})->sandbox_url,
            "http://127.0.0.1:4001");
  EXPECT_EQ(load_config({.flags = {{"sandbox", "true"}, {"sandbox-listen", "127.0.0.1:9"}}})->sandbox_url,
            "http://127.0.0.1:9");
  const auto elsewhere = load_config({.flags = {{"sandbox-url", "http://play.example/"}}});
  EXPECT_EQ(elsewhere->sandbox_url, "http://play.example");
  EXPECT_FALSE(elsewhere->sandbox);
}

TEST_F(ConfigTest, UnknownKeyInTheFileIsRefusedAndTheNearestIsNamed) {
  const auto config = load_config({.file = file("c.conf", "# mine\n\nlissten = 127.0.0.1:1\n")});
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error().text, HasSubstr("c.conf, line 3 says \"lissten\""));
  EXPECT_EQ(config.error().remedy, "Did you mean \"listen\"?");
}

TEST_F(ConfigTest, UnknownVariableIsAWarningBecauseTheEnvironmentBelongsToOthersToo) {
  const auto config =
      load_config({.environment = {{"CARILLON_LISSTEN", "x"}, {"CARILLON_SERVER", "http://a"}}});
  ASSERT_TRUE(config);
  EXPECT_THAT(config->warnings, testing::ElementsAre(HasSubstr("CARILLON_LISSTEN")));
}

TEST_F(ConfigTest, SecretsAreNeverShown) {
  const auto config = load_config({.environment = {{"CARILLON_X_CLIENT_ID", "id-of-app"},
                                                   {"CARILLON_X_CLIENT_SECRET", "hush"},
                                                   {"CARILLON_DATABASE", "postgres://me:hush@db/carillon"}}});
  ASSERT_TRUE(config);
  for (const Origin& one : config->origins) {
    EXPECT_THAT(one.shown, testing::Not(HasSubstr("hush"))) << one.name;
    EXPECT_THAT(one.why, testing::Not(HasSubstr("hush"))) << one.name;
  }
  EXPECT_EQ(origin(*config, "x-client-secret").shown, "(set)");
  EXPECT_EQ(origin(*config, "database").shown, "postgres://me:…@db/carillon");
  ASSERT_EQ(config->apps.size(), 1U);
  EXPECT_EQ(config->apps[0].client_secret.reveal(), "hush");
}

TEST_F(ConfigTest, SecretsComeFromFilesToo) {
  const std::string secret = file("secret", "hush\n");
  const auto config = load_config(
      {.flags = {{"facebook-app-secret-file", secret}}, .environment = {{"CARILLON_FACEBOOK_APP_ID", "42"}}});
  ASSERT_TRUE(config) << config.error().text;
  ASSERT_EQ(config->apps.size(), 1U);
  EXPECT_EQ(config->apps[0].network, "facebook");
  EXPECT_EQ(config->apps[0].client_secret.reveal(), "hush");
}

TEST_F(ConfigTest, SecretGivenTwiceInOnePlaceIsRefused) {
  const std::string secret = file("secret", "hush");
  const auto config = load_config(
      {.environment = {{"CARILLON_X_CLIENT_SECRET", "a"}, {"CARILLON_X_CLIENT_SECRET_FILE", secret}}});
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error().text, HasSubstr("set twice"));
}

TEST_F(ConfigTest, HalfAnAppIsRefused) {
  const auto config = load_config({.environment = {{"CARILLON_X_CLIENT_ID", "id"}}});
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error().text, HasSubstr("an id but no secret"));
}

TEST_F(ConfigTest, MissingSecretFileSaysWhichAndWhy) {
  const auto config = load_config({.environment = {{"CARILLON_DATABASE_FILE", "/nowhere/db"}}});
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error().text, HasSubstr("/nowhere/db"));
  EXPECT_THAT(config.error().text, HasSubstr("CARILLON_DATABASE_FILE"));
}

TEST_F(ConfigTest, FileInTheDataFolderIsReadByItselfButCannotMoveTheFolder) {
  file("carillon.conf", "log-level = debug\n");
  const auto config = load_config({.flags = {{"data", folder_.string()}}});
  ASSERT_TRUE(config);
  EXPECT_EQ(config->log_level, "debug");
  file("carillon.conf", "data = /elsewhere\n");
  EXPECT_FALSE(load_config({.flags = {{"data", folder_.string()}}}));
}

struct Bad {
  const char *name, *value, *expected;
};
class BadValue : public testing::TestWithParam<Bad> {};

TEST_P(BadValue, IsRefusedWithWhatIsExpected) {
  const auto config = load_config({.flags = {{GetParam().name, GetParam().value}}});
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().field, GetParam().name);
  EXPECT_THAT(config.error().remedy, HasSubstr(GetParam().expected));
}

INSTANTIATE_TEST_SUITE_P(Config, BadValue,
                         testing::Values(Bad{"listen", "8070", "an address and a port"},
                                         Bad{"listen", "", "an address and a port"},
                                         Bad{"listen", "::1:8070", "an address and a port"},
                                         Bad{"listen", "host:70000", "an address and a port"},
                                         Bad{"sandbox", "yes", "true or false"},
                                         Bad{"late-grace", "15", "a span of time"},
                                         Bad{"late-grace", "-1s", "a span of time"},
                                         Bad{"log-level", "loud", "debug|info|warning|error"},
                                         Bad{"log-level", "", "debug|info|warning|error"}));

TEST_F(ConfigTest, EnvironmentIsTakenAndItsSecretsAreWiped) {
  setenv("CARILLON_X_CLIENT_SECRET", "hush", 1);
  setenv("CARILLON_LISTEN", "127.0.0.1:9", 1);
  const auto taken = take_environment();
  EXPECT_EQ(taken.at("CARILLON_X_CLIENT_SECRET"), "hush");
  EXPECT_EQ(taken.at("CARILLON_LISTEN"), "127.0.0.1:9");
  EXPECT_EQ(getenv("CARILLON_X_CLIENT_SECRET"), nullptr);
  EXPECT_STREQ(getenv("CARILLON_LISTEN"), "127.0.0.1:9");
  unsetenv("CARILLON_LISTEN");
}

TEST(ConfigText, LinesMayBeQuotedCommentedAndSpaced) {
  const auto lines = parse_config_lines("\n # note\n a=1\nb = \" two \"\r\nc = x=y", "f");
  ASSERT_TRUE(lines);
  ASSERT_EQ(lines->size(), 3U);
  EXPECT_EQ((*lines)[0].value, "1");
  EXPECT_EQ((*lines)[1].value, " two ");
  EXPECT_EQ((*lines)[2].value, "x=y");
  EXPECT_EQ((*lines)[2].number, 5);
}

TEST(ConfigText, LineThatIsNoSettingIsRefusedWithItsNumber) {
  const auto lines = parse_config_lines("a = 1\nhello\n", "f");
  ASSERT_FALSE(lines);
  EXPECT_THAT(lines.error().text, HasSubstr("f, line 2"));
}

TEST(ConfigText, PasswordsAreHiddenWhereverTheyStandInAnAddress) {
  EXPECT_EQ(without_password("postgres://u:p@h/d"), "postgres://u:…@h/d");
  EXPECT_EQ(without_password("postgres://u@h:5432/d"), "postgres://u@h:5432/d");
  EXPECT_EQ(without_password("postgres:///d?password=p&user=u"), "postgres:///d?password=…&user=u");
  EXPECT_EQ(without_password("sqlite:/a/b.db"), "sqlite:/a/b.db");
}

TEST(ConfigText, NothingIsNearToAStrangeWord) {
  EXPECT_EQ(nearest("lisen", {"data", "listen"}), "listen");
  EXPECT_EQ(nearest("zebra-crossing", {"data", "listen"}), "");
}

}  // namespace
}  // namespace carillon::run

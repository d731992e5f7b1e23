#include "run/log_ring.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "run/log.h"

namespace carillon::run {
namespace {

LogRecord record(std::string text, Level level = Level::info) {
  return {.level = level, .event = "post.sent", .text = std::move(text)};
}

TEST(LogRing, KeepsTheLastOnesNewestFirst) {
  LogRing ring;
  for (size_t i = 0; i < LogRing::most + 5; ++i) ring.keep(record(fmt::format("line {}", i)));
  const auto all = ring.list(std::nullopt, LogRing::most + 100, {});
  ASSERT_EQ(all.size(), LogRing::most);
  EXPECT_EQ(all.front().text, fmt::format("line {}", LogRing::most + 4));
  EXPECT_EQ(all.back().text, "line 5");
  const auto page = ring.list(all[2].number, 2, {});
  ASSERT_EQ(page.size(), 3U);  // one more: there is a next page
  EXPECT_EQ(page[0].number, all[2].number - 1);
}

TEST(LogRing, FindsByLevelAndByTextAnywhere) {
  LogRing ring;
  ring.keep(record("Straße is closed", Level::warning));
  ring.keep(record("All is well"));
  LogRecord other = record("Nothing");
  other.fields = {{"network", "Mastodon"}};
  ring.keep(other);
  EXPECT_EQ(ring.list({}, 9, {.least = Level::warning}).size(), 1U);
  EXPECT_EQ(ring.list({}, 9, {.text = "STRASSE"}).size(), 1U);
  EXPECT_EQ(ring.list({}, 9, {.text = "straße"}).size(), 1U);
  EXPECT_EQ(ring.list({}, 9, {.text = "mastodon"}).size(), 1U);
  EXPECT_EQ(ring.list({}, 9, {.text = "post.sent"}).size(), 3U);
}

TEST(LogRing, BlotsOutWhatLooksLikeASecret) {
  for (const char* leak : {"postgres://ana:S3CR3Tvalue@db/x", "Authorization: Bearer S3CR3Tvalue",
                           "GET /x?access_token=S3CR3Tvalue&y=1", R"({"client_secret":"S3CR3Tvalue"})",
                           "password=S3CR3Tvalue", "Set-Cookie: S3CR3Tvalue", "the key cari_S3CR3Tvalue",
                           "https://api.telegram.org/bot123456:S3CR3Tvalue-S3CR3Tvalue/sendMessage",
                           "refresh_token: S3CR3Tvalue"}) {
    EXPECT_EQ(blotted(leak).find("S3CR3Tvalue"), std::string::npos) << blotted(leak);
    for (const auto line : {log_line_json, log_line_human}) {
      const std::string text =
          line({}, Level::info, "leak", leak, {{"detail", leak}, {"access_token", "S3CR3Tvalue"}});
      EXPECT_EQ(text.find("S3CR3Tvalue"), std::string::npos) << text;
    }
  }
  EXPECT_EQ(blotted("The token of Ana expires at 09:30."), "The token of Ana expires at 09:30.");
}

TEST(LogRing, ALogKeepsWhatItWrites) {
  Log log("warning", "json");
  log.info("quiet", "not written");
  log.warning("loud", "written with password=bell", {{"status", 503}, {"again", true}, {"secret", "bell"}});
  const auto kept = log.recent().list({}, 9, {});
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].event, "loud");
  EXPECT_EQ(kept[0].fields[0], (std::pair<std::string, std::string>("status", "503")));
  EXPECT_EQ(kept[0].fields[1].second, "true");
  EXPECT_EQ(kept[0].fields[2].second, "•••");
  EXPECT_EQ(kept[0].text, "written with password=•••");
  EXPECT_GT(kept[0].at.us, 0);
}

}  // namespace
}  // namespace carillon::run

#include "run/log.h"

#include <gtest/gtest.h>

namespace carillon::run {
namespace {

constexpr Instant at = Instant::from_seconds(1'795'080'600);

TEST(Log, JsonLineHasTheFixedFieldsFirstAndKeepsNumbersAsNumbers) {
  EXPECT_EQ(
      log_line_json(at, Level::warning, "delivery.failed", "It was refused.",
                    {{"status", 403}, {"network", "x"}, {"again", false}}),
      R"({"ts":"2026-11-19T09:30:00Z","level":"warning","event":"delivery.failed","msg":"It was refused.",)"
      R"("status":403,"network":"x","again":false})");
}

TEST(Log, LineIsOneLineWhateverIsInTheTexts) {
  const std::string evil = "a\nb\x1b[2J";
  for (const auto& line : {log_line_json(at, Level::info, "e", evil, {{"f", evil}}),
                           log_line_human(at, Level::info, "e", evil, {{"f", evil}})}) {
    EXPECT_EQ(line.find('\n'), std::string::npos);
    EXPECT_EQ(line.find('\x1b'), std::string::npos);
  }
}

TEST(Log, HumanLineReadsFromLeftToRight) {
  EXPECT_EQ(log_line_human(at, Level::error, "store.full", "The disk is full.", {{"free", 12}}),
            "2026-11-19T09:30:00Z error   The disk is full.  [store.full] free=12");
}

TEST(Log, LevelsAreReadByName) {
  EXPECT_EQ(level_from("warning"), Level::warning);
  EXPECT_EQ(level_from("warn"), std::nullopt);
}

}  // namespace
}  // namespace carillon::run

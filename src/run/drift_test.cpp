#include "run/drift.h"

#include <gtest/gtest.h>

namespace carillon::run {
namespace {

const Instant noon = *parse_instant("2026-11-20T12:00:00Z");

wire::Response dated(const std::string& date) {
  wire::Response response{.status = 200};
  response.headers.push_back({"Date", date});
  return response;
}

TEST(Drift, SaysNothingFromTooFewAnswers) {
  Drift drift;
  for (int i = 0; i < 2; ++i) drift.hear(dated("Fri, 20 Nov 2026 12:00:00 GMT"), noon, noon);
  EXPECT_FALSE(drift.ahead(noon));
}

TEST(Drift, BelievesTheMiddleOneOfTheLastAnswers) {
  Drift drift;
  drift.hear(dated("Fri, 20 Nov 2020 12:00:00 GMT"), noon, noon);  // a network whose own clock is wrong
  for (int i = 0; i < 4; ++i) drift.hear(dated("Fri, 20 Nov 2026 11:54:00 GMT"), noon, noon + 1s);
  EXPECT_EQ(drift.ahead(noon), 6min);
}

TEST(Drift, DoesNotLearnFromSlowAnswersOrFromNone) {
  Drift drift;
  for (int i = 0; i < 5; ++i) {
    drift.hear(dated("Fri, 20 Nov 2026 11:00:00 GMT"), noon, noon + 11s);
    drift.hear(dated("yesterday"), noon, noon);
    drift.hear({.status = 200}, noon, noon);
  }
  EXPECT_FALSE(drift.ahead(noon));
}

TEST(Drift, ForgetsWhatItHeardLongAgo) {
  Drift drift;
  for (int i = 0; i < 5; ++i) drift.hear(dated("Fri, 20 Nov 2026 12:00:00 GMT"), noon, noon + 1s);
  EXPECT_EQ(drift.ahead(noon + 1h), Duration(0));
  EXPECT_FALSE(drift.ahead(noon + 7h));
}

}  // namespace
}  // namespace carillon::run

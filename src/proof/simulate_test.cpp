#include "proof/simulate.h"

#include <gtest/gtest.h>

namespace carillon::proof {
namespace {

std::string told(const SimulateReport& report) {
  std::string text;
  for (const Violation& v : report.violations)
    text += "seed " + std::to_string(v.seed) + " " + v.invariant + ": " + v.text + "\n";
  return text;
}

TEST(Simulate, TheEngineKeepsItsPromisesInHundredsOfWorlds) {
  const SimulateReport report = simulate({.seed = 1, .worlds = 100, .threads = 2});
  EXPECT_TRUE(report.violations.empty()) << told(report);
  EXPECT_EQ(report.worlds, 100);
  // Worlds in which nothing happens would prove nothing.
  EXPECT_GT(report.delivered, 500);
  EXPECT_GT(report.crashes, 50);
  EXPECT_GT(report.lost_answers, 50);
  EXPECT_GT(report.person_verdicts, 5);
  EXPECT_GT(report.take_overs, 10);
}

TEST(Simulate, TheSameSeedIsTheSameStory) {
  for (uint64_t seed = 40; seed < 50; ++seed) {
    const auto nobody = [](const std::string&) {};
    EXPECT_EQ(replay(seed, nobody).trace, replay(seed, nobody).trace) << seed;
  }
}

TEST(Simulate, DifferentSeedsAreDifferentStories) {
  const auto nobody = [](const std::string&) {};
  EXPECT_NE(replay(1, nobody).trace, replay(2, nobody).trace);
}

#ifdef CARILLON_MUTANTS
TEST(Simulate, EveryMutantIsCaught) {
  const std::vector<Hunt> hunts = hunt_mutants(1, 200);
  EXPECT_GE(hunts.size(), 10U);
  for (const Hunt& hunt : hunts) EXPECT_TRUE(hunt.caught) << hunt.mutant << ": " << hunt.what;
}
#endif

}  // namespace
}  // namespace carillon::proof

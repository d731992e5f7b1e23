#include "base/check.h"

#include <gtest/gtest.h>

namespace carillon {
namespace {

TEST(Check, PassesWhenTheConditionHolds) {
  int evaluated = 0;
  CHECK(++evaluated == 1);
  EXPECT_EQ(evaluated, 1);
}

TEST(CheckDeathTest, PrintsTheConditionAndItsPlaceAndAborts) {
  const int answer = 41;
  EXPECT_EXIT(CHECK(answer == 42), testing::KilledBySignal(SIGABRT),
              "check_test\\.cpp:[0-9]+: CHECK failed: answer == 42");
}

}  // namespace
}  // namespace carillon

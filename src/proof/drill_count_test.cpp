#include "proof/drill_count.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace carillon::proof {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Expected wanted(const std::string& state, const std::string& id = "") {
  return {.network = "x",
          .account = "1",
          .mark = "#m7.",
          .state = state,
          .external_id = id,
          .where = "post 7 on x"};
}
const Accepted there{.network = "x", .account = "1", .external_id = "99", .text = "Bells #m7. ring"};
const Accepted other_post{.network = "x", .account = "1", .external_id = "98", .text = "Bells #m77. ring"};
const Accepted other_account{.network = "x", .account = "2", .external_id = "97", .text = "Bells #m7. ring"};
const Accepted other_network{
    .network = "telegram", .account = "1", .external_id = "96", .text = "Bells #m7. ring"};

TEST(DrillCount, OnceOnTheNetworkAndDeliveredIsRight) {
  const Count sum = count({wanted("delivered", "99")}, {other_post, there, other_account, other_network});
  EXPECT_EQ(sum.delivered, 1);
  EXPECT_THAT(sum.findings, ElementsAre());
}

TEST(DrillCount, TwiceOnTheNetworkIsADoubleWhateverTheServerSays) {
  for (const char* state : {"delivered", "uncertain", "failed", "waiting"}) {
    Expected one = wanted(state, "99");
    one.can_be_asked = false;
    const Count sum = count({one}, {there, there});
    EXPECT_EQ(sum.doubles, 1) << state;
    EXPECT_EQ(sum.losses, 0) << state;
  }
}

TEST(DrillCount, DeliveredButNotOnTheNetworkIsALoss) {
  const Count sum = count({wanted("delivered", "99")}, {other_post, other_account, other_network});
  EXPECT_EQ(sum.losses, 1);
  EXPECT_THAT(sum.findings, ElementsAre(HasSubstr("post 7 on x")));
}

TEST(DrillCount, DeliveredUnderAnotherIdIsALossOfTheRecord) {
  EXPECT_EQ(count({wanted("delivered", "1")}, {there}).losses, 1);
}

TEST(DrillCount, APersonWhoSaysThatItIsThereNeedNotKnowItsId) {
  Expected one = wanted("delivered", "");
  EXPECT_EQ(count({one}, {there}).losses, 1);
  one.told = true;
  EXPECT_EQ(count({one}, {there}).losses, 0);
  EXPECT_EQ(count({one}, {}).losses, 1);
}

TEST(DrillCount, FailedOrUnsettledAfterHealingIsALoss) {
  EXPECT_EQ(count({wanted("failed")}, {}).losses, 1);
  EXPECT_EQ(count({wanted("waiting")}, {}).losses, 1);
  EXPECT_EQ(count({wanted("failed")}, {there}).losses, 1);
}

TEST(DrillCount, UncertainIsAllowedOnlyWhereTheNetworkCannotBeAsked) {
  Expected one = wanted("uncertain");
  EXPECT_EQ(count({one}, {there}).losses, 1);
  one.can_be_asked = false;
  EXPECT_EQ(count({one}, {there}).losses, 0);
  const Count sum = count({one}, {});
  EXPECT_EQ(sum.losses, 0);
  EXPECT_EQ(sum.uncertain, 1);
}

}  // namespace
}  // namespace carillon::proof

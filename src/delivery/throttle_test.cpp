// "Come back later", and who waits for it.
#include <gtest/gtest.h>

#include "delivery/testing/bell.h"

namespace carillon::delivery {
namespace {

using channels::Repeat;
using testing::Stage;

TEST(Throttle, ClosesTheLaneAndIsNotATry) {
  Stage stage;
  const auto first = stage.add();
  stage.run();
  stage.answer(429);
  EXPECT_EQ(stage.row(first).tries, 0U);
  const auto second = stage.add();
  stage.pass(119s);
  EXPECT_TRUE(stage.sent.empty());
  stage.pass(1s);
  ASSERT_EQ(stage.sent.size(), 1U);
  stage.answer(200);
  stage.answer(200);
  EXPECT_EQ(stage.row(first).state, DeliveryState::delivered);
  EXPECT_EQ(stage.row(second).state, DeliveryState::delivered);
}

TEST(Throttle, OfWhatTakesNoLaneOfTheAccountHoldsEveryRequestOfIt) {
  Stage stage(Repeat::probe);
  stage.channel.mutable_traits().lanes[1].scope = channels::LaneRule::Scope::app;
  stage.engine.know(stage.account);
  const auto lost = stage.add();
  stage.run();
  stage.lose();
  stage.pass(10s);
  ASSERT_EQ(stage.sent.size(), 1U);
  stage.answer(429);  // to the question, which takes the lane of the app
  const auto fresh = stage.add();
  stage.pass(119s);
  EXPECT_TRUE(stage.sent.empty());
  stage.pass(1s);
  ASSERT_EQ(stage.sent.size(), 1U) << "the question first";
  stage.answer(200);
  stage.run();
  stage.answer(200);
  EXPECT_EQ(stage.row(lost).state, DeliveryState::delivered);
  EXPECT_EQ(stage.row(fresh).state, DeliveryState::delivered);
}

}  // namespace
}  // namespace carillon::delivery

// Answers that say that a post was taken, but not all of what was wanted of it.
#include <gtest/gtest.h>

#include "delivery/reasons.h"
#include "delivery/testing/bell.h"

namespace carillon::delivery {
namespace {

using channels::Repeat;
using testing::Stage;

TEST(Taken, WhatIsTakenButMayNotBeOutIsAskedAbout) {
  Stage stage(Repeat::never);
  const auto id = stage.add();
  stage.run();
  stage.answer(204);
  EXPECT_EQ(stage.row(id).state, DeliveryState::uncertain);
  EXPECT_EQ(stage.row(id).progress.step, "look_up");
  EXPECT_EQ(stage.attempts.at(0).outcome, Attempt::Outcome::accepted);
  stage.pass(10s);
  ASSERT_EQ(stage.sent.size(), 1U);
  EXPECT_EQ(stage.sent[0].request.method, "GET");
  stage.answer(200);
  EXPECT_EQ(stage.row(id).state, DeliveryState::delivered);
  EXPECT_EQ(stage.published(), 1U);
}

TEST(Taken, TellsAPersonWhatAPublishedPostLacks) {
  Stage stage(Repeat::probe);
  const auto id = stage.add();
  stage.run();
  stage.answer(203);
  EXPECT_EQ(stage.row(id).state, DeliveryState::delivered);
  ASSERT_EQ(stage.notices.size(), 1U);
  EXPECT_EQ(stage.notices[0].kind, "delivered_lacking");
  EXPECT_EQ(stage.notices[0].text, "It rang, but softly.");
}

}  // namespace
}  // namespace carillon::delivery

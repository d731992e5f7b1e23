#include "delivery/engine.h"

#include <gtest/gtest.h>

#include "delivery/gate.h"
#include "delivery/reasons.h"
#include "delivery/testing/bell.h"

namespace carillon::delivery {
namespace {

using channels::Repeat;
using testing::Stage;

TEST(Engine, DeliversWhatIsDue) {
  Stage stage;
  const auto id = stage.add();
  stage.run();
  ASSERT_EQ(stage.sent.size(), 1U);
  EXPECT_EQ(stage.row(id).state, DeliveryState::in_flight);
  stage.answer(200);
  EXPECT_EQ(stage.row(id).state, DeliveryState::delivered);
  EXPECT_EQ(stage.row(id).external_id, "ring-1");
  EXPECT_EQ(stage.attempts.at(0).outcome, Attempt::Outcome::accepted);
  EXPECT_EQ(stage.attempts.at(0).next, "Published.");
  EXPECT_EQ(stage.engine.in_hand(), 0U);
}

TEST(Engine, SendsNothingWhoseIntentIsNotStored) {
  Stage stage;
  stage.add();
  stage.next_save = Saved::stale;
  stage.run();
  EXPECT_TRUE(stage.sent.empty());
  EXPECT_EQ(stage.engine.in_hand(), 0U);
}

TEST(Engine, LooksAgainAfterARefusedIntent) {
  Stage stage;
  const auto id = stage.add();
  stage.next_save = Saved::intent_refused;
  stage.run();
  EXPECT_TRUE(stage.sent.empty());
  stage.pass(2s);
  ASSERT_EQ(stage.sent.size(), 1U);
  stage.answer(200);
  EXPECT_EQ(stage.row(id).state, DeliveryState::delivered);
}

TEST(Engine, NeverSendsAProbeAgainBlindly) {
  Stage stage(Repeat::probe);
  const auto id = stage.add();
  stage.run();
  stage.lose();
  EXPECT_EQ(stage.row(id).state, DeliveryState::uncertain);
  EXPECT_EQ(stage.row(id).reason, reason::checking);
  EXPECT_TRUE(stage.sent.empty());
  stage.pass(10s);
  ASSERT_EQ(stage.sent.size(), 1U);
  EXPECT_EQ(stage.sent[0].request.method, "GET");
  stage.answer(200);
  EXPECT_EQ(stage.row(id).state, DeliveryState::delivered);
  EXPECT_EQ(stage.published(), 1U);
}

TEST(Engine, SendsOnceMoreAfterProvenAbsenceAndThenAsksAPerson) {
  Stage stage(Repeat::probe);
  const auto id = stage.add();
  stage.run();
  stage.lose();
  stage.pass(10s);
  stage.answer(404);
  EXPECT_EQ(stage.published(), 2U);
  stage.lose();
  stage.pass(10s);
  stage.answer(404);
  EXPECT_EQ(stage.published(), 2U);
  EXPECT_EQ(stage.row(id).state, DeliveryState::uncertain);
  EXPECT_EQ(stage.row(id).reason, reason::unknown);
}

TEST(Engine, AsksByTheConfirmPlanAndThenTellsAPerson) {
  Stage stage(Repeat::probe);
  const auto id = stage.add();
  stage.run();
  stage.lose();
  for (const Duration wait : stage.policy.confirm) {
    stage.pass(wait);
    ASSERT_EQ(stage.sent.size(), 1U);
    stage.answer(206);
  }
  EXPECT_EQ(stage.row(id).reason, reason::unknown);
  ASSERT_FALSE(stage.notices.empty());
  EXPECT_EQ(stage.notices.back().kind, "delivery_uncertain");
  EXPECT_EQ(stage.published(), 1U);
}

TEST(Engine, TreatsAServerErrorOnPublishingAsUnknown) {
  Stage stage(Repeat::probe);
  const auto id = stage.add();
  stage.run();
  stage.answer(500);
  EXPECT_EQ(stage.row(id).state, DeliveryState::uncertain);
  EXPECT_EQ(stage.attempts.at(0).outcome, Attempt::Outcome::unknown);
}

TEST(Engine, LeavesWhatNobodyCanAskToAPerson) {
  Stage stage(Repeat::never);
  const auto id = stage.add();
  stage.run();
  stage.lose();
  EXPECT_EQ(stage.row(id).state, DeliveryState::uncertain);
  stage.pass(48h);
  EXPECT_TRUE(stage.sent.empty());
  EXPECT_EQ(stage.published(), 1U);
  stage.row(id).wish = Wish::is_not_there;
  stage.row(id).due = stage.now;
  stage.engine.expect(stage.account.workspace, stage.account.id, Line::ask, stage.now);
  stage.run();
  ASSERT_EQ(stage.sent.size(), 1U);
  stage.answer(200);
  EXPECT_EQ(stage.row(id).state, DeliveryState::delivered);
}

TEST(Engine, AfterADisconnectionAPersonIsAskedAndObeyed) {
  Stage stage(Repeat::probe);
  const auto id = stage.add();
  stage.run();
  stage.lose();
  stage.account.hold = Hold::disconnected;
  stage.engine.know(stage.account);
  stage.row(id).wish = Wish::cancel;  // as the store does with whatever is out of reach
  stage.pass(10s);
  EXPECT_TRUE(stage.sent.empty());
  EXPECT_EQ(stage.row(id).reason, reason::unknown);
  EXPECT_EQ(stage.notices.back().kind, "delivery_uncertain");
  stage.row(id).state = DeliveryState::waiting;  // "it is not there", of what was canceled
  stage.row(id).line = Line::bulk;
  stage.row(id).due = stage.now;
  stage.engine.expect(stage.account.workspace, stage.account.id, Line::bulk, stage.now);
  stage.run();
  EXPECT_EQ(stage.row(id).state, DeliveryState::canceled);
}

TEST(Engine, WhatWaitsForADisconnectedAccountIsCanceled) {
  Stage stage;
  const auto id = stage.add();
  stage.account.hold = Hold::disconnected;
  stage.engine.know(stage.account);
  stage.run();
  EXPECT_TRUE(stage.sent.empty());
  EXPECT_EQ(stage.row(id).state, DeliveryState::canceled);
}

TEST(Engine, TakesAPersonsWordThatItIsThere) {
  Stage stage(Repeat::never);
  const auto id = stage.add();
  stage.run();
  stage.lose();
  stage.row(id).wish = Wish::is_there;
  stage.row(id).url = "https://bell.test/seen";
  stage.engine.expect(stage.account.workspace, stage.account.id, Line::ask, stage.now);
  stage.pass(stage.policy.remind);
  EXPECT_EQ(stage.row(id).state, DeliveryState::delivered);
  EXPECT_EQ(stage.row(id).url, "https://bell.test/seen");
}

TEST(Engine, RepeatsASafeRequestByItselfButKnowsThatItMayBeOut) {
  Stage stage(Repeat::safe);
  const auto id = stage.add();
  stage.run();
  stage.lose();
  EXPECT_EQ(stage.row(id).state, DeliveryState::uncertain);
  stage.pass(1min);
  EXPECT_EQ(stage.published(), 2U);
  stage.answer(200);
  EXPECT_EQ(stage.row(id).state, DeliveryState::delivered);
}

TEST(Engine, DoesNotRepeatASafeRequestThatWasCanceledMeanwhile) {
  Stage stage(Repeat::safe);
  const auto id = stage.add();
  stage.run();
  stage.lose();
  stage.row(id).wish = Wish::cancel;
  stage.pass(1min);
  EXPECT_EQ(stage.published(), 1U);
  EXPECT_EQ(stage.row(id).state, DeliveryState::uncertain);
}

TEST(Engine, NeverCallsASafeRequestFailedThatMayBeOutThere) {
  Stage stage(Repeat::safe);
  const auto id = stage.add({.then = LatePolicy::Then::ask, .within = 100h});
  stage.run();
  for (int i = 0; i < 20 && !stage.sent.empty(); ++i) {
    stage.lose();
    stage.pass(1h);
  }
  EXPECT_EQ(stage.row(id).state, DeliveryState::uncertain);
}

TEST(Engine, BacksOffWhenNothingWasSentAndTellsAfterThreeFailures) {
  Stage stage(Repeat::probe);
  const auto id = stage.add();
  stage.run();
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(stage.sent.size(), 1U);
    stage.refuse();
    EXPECT_EQ(stage.row(id).state, DeliveryState::waiting);
    EXPECT_GT(stage.row(id).due, stage.now);
    stage.pass(stage.row(id).due - stage.now);
  }
  ASSERT_EQ(stage.notices.size(), 1U);
  EXPECT_EQ(stage.notices[0].kind, "trying_again");
  EXPECT_EQ(stage.row(id).tries, 3U);
}

TEST(Engine, FailsAfterThePolicysLastTry) {
  Stage stage(Repeat::probe);
  const auto id = stage.add({.within = 100h});
  stage.run();
  for (uint32_t i = 0; i < stage.policy.max_tries; ++i) {
    stage.refuse();
    stage.pass(1h);
  }
  EXPECT_EQ(stage.row(id).state, DeliveryState::failed);
  EXPECT_EQ(stage.published(), stage.policy.max_tries);
}

TEST(Engine, AnExpiredTokenHoldsTheAccountNotTheDelivery) {
  Stage stage;
  stage.account.refreshable = true;
  stage.engine.know(stage.account);
  const auto id = stage.add({.within = 2h});
  stage.run();
  stage.answer(401);
  EXPECT_EQ(stage.row(id).state, DeliveryState::waiting);
  ASSERT_EQ(stage.refreshes.size(), 1U);
  stage.pass(1h);
  EXPECT_TRUE(stage.sent.empty());
  stage.engine.know(stage.account);  // refreshed
  stage.run();
  ASSERT_EQ(stage.sent.size(), 1U);
  stage.answer(200);
  EXPECT_EQ(stage.row(id).state, DeliveryState::delivered);
}

TEST(Engine, AMissingPermissionTellsAPerson) {
  Stage stage;
  stage.add();
  stage.run();
  stage.answer(403);
  EXPECT_TRUE(stage.refreshes.empty());
  ASSERT_EQ(stage.notices.size(), 1U);
  EXPECT_EQ(stage.notices[0].kind, "account_held");
}

TEST(Engine, OnlyOneAtATimeOnASerialAccount) {
  Stage stage;
  stage.add();
  stage.add();
  stage.run();
  EXPECT_EQ(stage.sent.size(), 1U);
  stage.answer(200);
  EXPECT_EQ(stage.sent.size(), 1U);
}

TEST(Engine, ALostPublishKeepsTheSerialLaneUntilItIsCleared) {
  Stage stage;
  stage.add();
  const auto second = stage.add();
  stage.run();
  stage.lose();
  EXPECT_TRUE(stage.sent.empty());
  EXPECT_EQ(stage.row(second).state, DeliveryState::waiting);
  stage.pass(10s);
  stage.answer(200);  // the look-up finds it
  ASSERT_EQ(stage.sent.size(), 1U);
  EXPECT_EQ(stage.sent[0].delivery, second);
}

TEST(Engine, WhatOnlyAPersonCanSayKeepsNoLane) {
  Stage stage;
  stage.add();
  stage.run();
  stage.lose();
  stage.pass(10s);
  stage.answer(404);  // absent: sent once more
  stage.lose();
  const auto second = stage.add();
  stage.pass(10s);
  stage.answer(404);  // absent again: a person
  ASSERT_EQ(stage.sent.size(), 1U);
  EXPECT_EQ(stage.sent[0].delivery, second);
}

TEST(Engine, ALaneIsNeverOverItsLimit) {
  Stage stage;
  for (int i = 0; i < 5; ++i) stage.add();
  stage.run();
  for (int i = 0; i < 3; ++i) stage.answer(200);
  EXPECT_TRUE(stage.sent.empty());
  EXPECT_EQ(stage.published(), 3U);
  stage.pass(61s);
  EXPECT_EQ(stage.sent.size(), 1U);
}

TEST(Engine, ABacklogIsReadAheadAndNotOneByOne) {
  Stage stage;
  for (int i = 0; i < 3; ++i) stage.add();
  stage.run();
  const size_t reads = stage.reads();
  for (int i = 0; i < 2; ++i) stage.answer(200);
  EXPECT_EQ(stage.published(), 3U);
  EXPECT_EQ(stage.reads(), reads);
}

TEST(Engine, WhatWasReadAheadIsReadAgainAfterTheClockWentBack) {
  Stage stage;
  stage.add();
  const auto second = stage.add();
  stage.run();
  stage.now = stage.now - 1h;
  stage.engine.clock_moved(-1h);
  stage.answer(200);
  EXPECT_TRUE(stage.sent.empty());
  EXPECT_EQ(stage.row(second).state, DeliveryState::waiting);
  stage.pass(1h);
  EXPECT_EQ(stage.sent.size(), 1U);
}

TEST(Engine, WhatWasReadAheadWaitsForAnAccountThatIsHeld) {
  Stage stage;
  stage.add();
  stage.add();
  stage.run();
  stage.account.hold = Hold::disabled;
  stage.engine.know(stage.account);
  stage.answer(200);
  EXPECT_TRUE(stage.sent.empty());
  stage.account.hold = Hold::none;
  stage.engine.know(stage.account);
  stage.run();
  EXPECT_EQ(stage.sent.size(), 1U);
}

TEST(Engine, InboxGoesBeforeBulk) {
  Stage stage;
  stage.add();
  const auto urgent = stage.add();
  stage.row(urgent).line = Line::inbox;
  stage.engine.expect(stage.account.workspace, stage.account.id, Line::inbox, stage.now - 1s);
  stage.run();
  ASSERT_EQ(stage.sent.size(), 1U);
  EXPECT_EQ(stage.sent[0].delivery, urgent);
}

TEST(Engine, APlatformThatProcessesIsLookedAtLater) {
  Stage stage;
  const auto id = stage.add();
  stage.run();
  stage.answer(202);
  EXPECT_EQ(stage.row(id).reason, reason::processing);
  stage.pass(5s);
  stage.answer(200);
  EXPECT_EQ(stage.row(id).state, DeliveryState::delivered);
}

TEST(Engine, ADuplicateIsEvidenceAndLeadsToALookUp) {
  Stage stage;
  const auto id = stage.add();
  stage.run();
  stage.answer(409);
  EXPECT_EQ(stage.row(id).state, DeliveryState::uncertain);
  stage.pass(10s);
  stage.answer(200);
  EXPECT_EQ(stage.row(id).state, DeliveryState::delivered);
}

TEST(Engine, AClosedWindowSkips) {
  Stage stage;
  const auto id = stage.add();
  stage.run();
  stage.answer(423);
  EXPECT_EQ(stage.row(id).state, DeliveryState::skipped);
}

TEST(Engine, ACanceledDeliveryIsNotSent) {
  Stage stage;
  const auto id = stage.add();
  stage.row(id).wish = Wish::cancel;
  stage.run();
  EXPECT_TRUE(stage.sent.empty());
  EXPECT_EQ(stage.row(id).state, DeliveryState::canceled);
}

TEST(Engine, WhatIsTooLateAsksSkipsOrMovesByItsPolicy) {
  Stage stage;
  const auto ask = stage.add();
  const auto skip = stage.add({.then = LatePolicy::Then::skip, .within = 1min});
  const auto move = stage.add({.then = LatePolicy::Then::next_slot, .within = 1min});
  stage.pass(1h);
  EXPECT_TRUE(stage.sent.empty());
  EXPECT_EQ(stage.row(ask).reason, reason::late);
  EXPECT_EQ(stage.row(skip).state, DeliveryState::skipped);
  EXPECT_EQ(stage.row(move).planned, stage.row(ask).planned + 24h);
}

TEST(Engine, RecoversAnOpenAttemptAsALostAnswer) {
  Stage stage(Repeat::never);
  const auto id = stage.add();
  Ticket ticket{.delivery = stage.row(id),
                .content = std::make_shared<const Content>(Content{.parts = {{}}})};
  ticket.delivery.state = DeliveryState::in_flight;
  ticket.delivery.progress.step = "publish";
  ticket.open = Attempt{.id = AttemptId::make(stage.now, stage.random), .repeat = "never", .publishes = true};
  ticket.delivery.attempt = ticket.open->id;
  const Effects effects = stage.engine.recover({ticket}, stage.now);
  ASSERT_EQ(effects.size(), 1U);
  const Save& save = std::get<Save>(effects[0]);
  EXPECT_EQ(save.delivery.state, DeliveryState::uncertain);
  EXPECT_EQ(save.close->outcome, Attempt::Outcome::unknown);
  EXPECT_EQ(save.expected, ticket.delivery.attempt);
}

TEST(Engine, AHeldInstallationClaimsNothing) {
  Stage stage;
  stage.add();
  stage.engine.hold_all(true);
  EXPECT_TRUE(stage.look().empty());
  EXPECT_FALSE(stage.engine.wake_at());
  stage.engine.hold_all(false);
  EXPECT_EQ(stage.look().size(), 1U);
}

TEST(Gate, APartIsSkippedWhenNobodyKnowsWhatThePartBeforeIsCalled) {
  const Instant now = Instant::from_seconds(1'800'000'000);
  Ticket ticket;
  ticket.delivery.planned = ticket.delivery.due = now;
  ticket.delivery.follows = DeliveryId{};
  ticket.before = DeliveryState::delivered;
  EXPECT_EQ(gate(ticket, {}, 1h, now).state, DeliveryState::skipped);
  EXPECT_EQ(gate(ticket, {}, 1h, now).reason, reason::part_before_unknown);
  ticket.reply_to = "7";
  EXPECT_EQ(gate(ticket, {}, 1h, now).kind, Verdict::Kind::go);
}

TEST(Gate, AStoppedCampaignKeepsItBackAsAPauseDoes) {
  const Instant now = Instant::from_seconds(1'800'000'000);
  Ticket ticket;
  ticket.delivery.planned = ticket.delivery.due = now;
  EXPECT_EQ(gate(ticket, {}, 1h, now).kind, Verdict::Kind::go);
  ticket.stopped = true;
  EXPECT_EQ(gate(ticket, {}, 1h, now).reason, reason::stopped);
  ticket.paused = true;
  EXPECT_EQ(gate(ticket, {}, 1h, now).reason, reason::paused);
  ticket.delivery.wish = Wish::cancel;
  EXPECT_EQ(gate(ticket, {}, 1h, now).state, DeliveryState::canceled);
  ticket.delivery.state = DeliveryState::uncertain;  // a question is always allowed
  EXPECT_EQ(gate(ticket, {}, 1h, now).kind, Verdict::Kind::go);
}

}  // namespace
}  // namespace carillon::delivery

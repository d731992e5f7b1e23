// What keeps a request from leaving, case by case; and what happens to the row then.
#include "store/journal.h"
#include "store/testing/stage.h"

namespace carillon::store {
namespace {

using delivery::Saved;

ON_EVERY_ENGINE(JournalGuardTest);

TEST_P(JournalGuardTest, ASaveAboutAnotherAttemptIsStale) {
  const auto rows = scheduled_to(first.id);
  ASSERT_EQ(apply(opening(rows[0])), Saved::applied);
  const Delivery open = row(rows[0].id);
  delivery::Save late = closing(open, DeliveryState::delivered);
  late.expected = mint.make<AttemptId>();
  EXPECT_EQ(apply(late), Saved::stale);
  delivery::Save none = closing(open, DeliveryState::delivered);
  none.expected.reset();
  EXPECT_EQ(apply(none), Saved::stale);
  EXPECT_EQ(row(rows[0].id), open);
}

TEST_P(JournalGuardTest, ASettledRowNeverChanges) {
  const auto rows = scheduled_to(first.id);
  ASSERT_EQ(apply(opening(rows[0])), Saved::applied);
  const Delivery open = row(rows[0].id);
  ASSERT_EQ(apply(closing(open, DeliveryState::delivered)), Saved::applied);
  const Delivery settled = row(rows[0].id);
  EXPECT_EQ(apply(closing(open, DeliveryState::failed)), Saved::stale);
  EXPECT_EQ(apply(opening(rows[0])), Saved::stale);
  EXPECT_EQ(apply(opening(settled)), Saved::stale);
  EXPECT_EQ(row(rows[0].id), settled);
}

TEST_P(JournalGuardTest, ARowThatIsNotThereIsStale) {
  const auto rows = scheduled_to(first.id);
  delivery::Save save = opening(rows[0]);
  save.delivery.id = mint.make<DeliveryId>();
  EXPECT_EQ(apply(save), Saved::stale);
}

TEST_P(JournalGuardTest, AStaleSaveWritesNothingBesideEither) {
  const auto rows = scheduled_to(first.id);
  delivery::Save save = opening(rows[0]);
  save.expected = mint.make<AttemptId>();
  save.lanes = {{.key = "account:1:post", .workspace = workspace}};
  save.hold = {first.id, Hold::reconnect, "expired"};
  save.notices.push_back({.id = mint.make<NoticeId>(), .workspace = workspace, .kind = "late", .at = noon});
  ASSERT_EQ(apply(save), Saved::stale);
  work([&](Unit& unit) {
    EXPECT_TRUE(Journal(unit).lanes().empty());
    EXPECT_EQ(Notices(unit).unread({workspace, {}}), 0);
    EXPECT_EQ(Accounts(unit).find(workspace, first.id)->hold, Hold::none);
  });
}

TEST_P(JournalGuardTest, ARefusedCredentialDoesNotHoldWhatIsHeldAlready) {
  for (const Hold hold : {Hold::disabled, Hold::disconnected}) {
    const auto rows = scheduled_to(first.id);
    ASSERT_EQ(apply(opening(rows[0])), Saved::applied);
    work([&](Unit& unit) { Accounts(unit).hold(workspace, first.id, hold, "by a person"); });
    delivery::Save save = closing(row(rows[0].id), DeliveryState::waiting);
    save.hold = {first.id, Hold::refreshing, "401"};
    ASSERT_EQ(apply(save), Saved::applied);
    work([&](Unit& unit) {
      const Account account = Accounts(unit).find(workspace, first.id).value();
      EXPECT_EQ(account.hold, hold);
      EXPECT_EQ(account.hold_text, "by a person");
      Accounts(unit).hold(workspace, first.id, Hold::none, "");
    });
  }
}

TEST_P(JournalGuardTest, ADecisionMadeBeforeARescheduleIsStale) {
  const Post p = post({first.id});
  const auto rows = scheduled(p);
  work([&](Unit& unit) { EXPECT_EQ(Posts(unit).reschedule(p, noon + 24h), 1); });
  EXPECT_EQ(apply(opening(rows[0])), Saved::stale);
  EXPECT_EQ(apply(closing(rows[0], DeliveryState::waiting)), Saved::stale);
  EXPECT_EQ(row(rows[0].id).due, noon + 24h);
  EXPECT_EQ(apply(opening(row(rows[0].id))), Saved::applied);
}

TEST_P(JournalGuardTest, ADecisionMadeBeforeAnEditIsStale) {
  Post p = post({first.id});
  const auto rows = scheduled(p);
  p.content.parts[0].text = "Corrected";
  work([&](Unit& unit) { ASSERT_TRUE(Posts(unit).edit(p, 1)); });
  EXPECT_EQ(apply(opening(rows[0])), Saved::stale);
  EXPECT_EQ(apply(opening(row(rows[0].id))), Saved::applied);
}

TEST_P(JournalGuardTest, ADecisionMadeBeforeACancelIsStale) {
  const Post p = post({first.id});
  const auto rows = scheduled(p);
  work([&](Unit& unit) { EXPECT_EQ(Posts(unit).cancel(workspace, p.id, noon), 1); });
  EXPECT_EQ(apply(opening(rows[0])), Saved::stale);
  EXPECT_EQ(row(rows[0].id).state, DeliveryState::canceled);
  expect_true_tallies();
}

// A two-step delivery whose first step is answered; the save closes it and wants to open the second.
class Between {
 public:
  Between(delivery::Save next, const Delivery& open) : save(std::move(next)) {
    save.close = Attempt{.outcome = Attempt::Outcome::accepted,
                         .id = *open.attempt,
                         .delivery = open.id,
                         .workspace = open.workspace,
                         .closed = noon,
                         .status = 200};
  }
  delivery::Save save;
};

#define EXPECT_HELD_BACK(id)                                                           \
  do {                                                                                 \
    const Delivery held = row(id);                                                     \
    EXPECT_EQ(held.state, DeliveryState::waiting);                                     \
    EXPECT_EQ(held.reason, "recheck");                                                 \
    EXPECT_EQ(held.due, noon + 5s);                                                    \
    EXPECT_EQ(held.progress.step, "publish");                                          \
    EXPECT_FALSE(held.attempt);                                                        \
    const auto kept = work([&](Unit& u) { return Posts(u).attempts(workspace, id); }); \
    ASSERT_EQ(kept.size(), 1U);                                                        \
    EXPECT_EQ(kept[0].outcome, Attempt::Outcome::accepted);                            \
    expect_true_tallies();                                                             \
  } while (false)

TEST_P(JournalGuardTest, APausedPostOpensNoFurtherAttemptButTheAnswerIsKept) {
  const auto rows = scheduled_to(first.id);
  ASSERT_EQ(apply(opening(rows[0], false)), Saved::applied);
  const Delivery open = row(rows[0].id);
  work([&](Unit& unit) { Posts(unit).pause(workspace, open.post, true); });
  EXPECT_EQ(apply(Between(opening(open), open).save, noon + 5s), Saved::intent_refused);
  EXPECT_HELD_BACK(open.id);
  work([&](Unit& unit) { Posts(unit).pause(workspace, open.post, false); });
  EXPECT_EQ(apply(opening(row(open.id))), Saved::applied);
}

TEST_P(JournalGuardTest, AHeldAccountOpensNoAttempt) {
  const auto rows = scheduled_to(first.id);
  ASSERT_EQ(apply(opening(rows[0], false)), Saved::applied);
  const Delivery open = row(rows[0].id);
  work([&](Unit& unit) { Accounts(unit).hold(workspace, first.id, Hold::reconnect, "expired"); });
  EXPECT_EQ(apply(Between(opening(open), open).save, noon + 5s), Saved::intent_refused);
  EXPECT_HELD_BACK(open.id);
}

TEST_P(JournalGuardTest, AHeldInstallationOpensNoAttempt) {
  const auto rows = scheduled_to(first.id);
  ASSERT_EQ(apply(opening(rows[0], false)), Saved::applied);
  const Delivery open = row(rows[0].id);
  work([&](Unit& unit) { mark_restored(unit, noon); });
  EXPECT_EQ(apply(Between(opening(open), open).save, noon + 5s), Saved::intent_refused);
  EXPECT_HELD_BACK(open.id);
}

TEST_P(JournalGuardTest, ACancelDuringFlightIsKeptAndOpensNoFurtherAttempt) {
  const auto rows = scheduled_to(first.id);
  ASSERT_EQ(apply(opening(rows[0], false)), Saved::applied);
  const Delivery open = row(rows[0].id);
  work([&](Unit& unit) { EXPECT_EQ(Posts(unit).cancel(workspace, open.post, noon), 0); });
  EXPECT_EQ(apply(Between(opening(open), open).save, noon + 5s), Saved::intent_refused);
  EXPECT_HELD_BACK(open.id);
  EXPECT_EQ(row(open.id).wish, Wish::cancel);
}

TEST_P(JournalGuardTest, ACancelDuringFlightDoesNotHideThatItWentOut) {
  const auto rows = scheduled_to(first.id);
  ASSERT_EQ(apply(opening(rows[0])), Saved::applied);
  const Delivery open = row(rows[0].id);
  work([&](Unit& unit) { Posts(unit).cancel(workspace, open.post, noon); });
  EXPECT_EQ(apply(closing(open, DeliveryState::delivered)), Saved::applied);
  EXPECT_EQ(row(open.id).state, DeliveryState::delivered);
  EXPECT_EQ(row(open.id).wish, Wish::none);
  expect_true_tallies();
}

TEST_P(JournalGuardTest, AWishThatTheEngineObeyedIsGoneAndOneThatItDidNotSeeStays) {
  const auto rows = scheduled_to(first.id);
  settle(rows[0].id, DeliveryState::uncertain);
  const Delivery unseen = row(rows[0].id);
  work([&](Unit& unit) { ASSERT_TRUE(Posts(unit).wish(workspace, unseen.id, Wish::ask_again, "", noon)); });
  EXPECT_EQ(apply(closing(unseen, DeliveryState::uncertain)), Saved::applied);
  EXPECT_EQ(row(unseen.id).wish, Wish::ask_again);
  delivery::Save obeyed = opening(row(unseen.id), false);
  obeyed.delivery.wish = Wish::none;
  EXPECT_EQ(apply(obeyed), Saved::applied);
  EXPECT_EQ(row(unseen.id).wish, Wish::none);
}

TEST_P(JournalGuardTest, AQuestionThatMayNotBeAskedStaysAQuestion) {
  const auto rows = scheduled_to(first.id);
  settle(rows[0].id, DeliveryState::uncertain);
  const Delivery open = row(rows[0].id);
  work([&](Unit& unit) {
    ASSERT_TRUE(Posts(unit).wish(workspace, open.id, Wish::is_there, "https://x.test/9", noon));
  });
  EXPECT_EQ(apply(opening(open, false), noon + 5s), Saved::intent_refused);
  const Delivery held = row(open.id);
  EXPECT_EQ(held.state, DeliveryState::uncertain);
  EXPECT_EQ(held.line, Line::ask);
  EXPECT_EQ(held.wish, Wish::is_there);
  EXPECT_EQ(held.url, "https://x.test/9");
  EXPECT_EQ(held.due, noon + 5s);
  expect_true_tallies();
}

TEST_P(JournalGuardTest, AProvenAbsenceThatMayNotBeSentAgainWaits) {
  const auto rows = scheduled_to(first.id);
  settle(rows[0].id, DeliveryState::uncertain);
  ASSERT_EQ(apply(opening(row(rows[0].id), false)), Saved::applied);
  const Delivery asking = row(rows[0].id);
  work([&](Unit& unit) { Posts(unit).pause(workspace, asking.post, true); });
  delivery::Save again = Between(opening(asking), asking).save;
  again.delivery.line = Line::bulk;
  EXPECT_EQ(apply(again), Saved::intent_refused);
  EXPECT_EQ(row(asking.id).state, DeliveryState::waiting);
  EXPECT_EQ(row(asking.id).line, Line::bulk);
}

TEST_P(JournalGuardTest, APauseDoesNotStopQuestions) {
  const auto rows = scheduled_to(first.id);
  settle(rows[0].id, DeliveryState::uncertain);
  work([&](Unit& unit) { Posts(unit).pause(workspace, rows[0].post, true); });
  EXPECT_EQ(apply(opening(row(rows[0].id), false)), Saved::applied);
}

TEST_P(JournalGuardTest, AnAddressGivenByAPersonIsNotWipedByAnAnswerWithoutOne) {
  const auto rows = scheduled_to(first.id);
  settle(rows[0].id, DeliveryState::uncertain);
  work([&](Unit& unit) {
    ASSERT_TRUE(Posts(unit).wish(workspace, rows[0].id, Wish::is_there, "https://x.test/9", noon));
  });
  delivery::Save save = closing(row(rows[0].id), DeliveryState::delivered);
  save.delivery.url.clear();
  ASSERT_EQ(apply(save), Saved::applied);
  EXPECT_EQ(row(rows[0].id).url, "https://x.test/9");
}

}  // namespace
}  // namespace carillon::store

#include "store/proposals.h"

#include "plan/standing.h"
#include "store/people.h"
#include "store/queues.h"
#include "store/records.h"
#include "store/testing/stage.h"

namespace carillon::store {
namespace {

using delivery::Saved;

class ProposalsTest : public OnEveryEngine {
 protected:
  void SetUp() override {
    OnEveryEngine::SetUp();
    if (!db) return;  // that engine is left out
    work([&](Unit& unit) {
      People people(unit);
      Workspace wanting = people.workspace(workspace).value();
      wanting.approval = true;
      people.update(wanting);
      people.add(User{.id = owner, .workspace = workspace, .email = "ana@x.test", .role = Role::owner});
      people.add(User{.id = editor, .workspace = workspace, .email = "ben@x.test", .role = Role::editor});
    });
  }
  Post by(UserId author) {
    Post p = post({first.id, second.id});
    p.author = author;
    p.updated = noon;
    return p;
  }
  std::vector<Delivery> schedule(const Post& p, const Leave& leave) {
    return work([&](Unit& unit) {
      Posts(unit).add(p);
      return Posts(unit).schedule(p, noon, mint, leave);
    });
  }
  size_t to_come() {
    return work([&](Unit& unit) {
      size_t count = 0;
      for (const AccountId account : {first.id, second.id})
        count += Journal(unit).due({workspace, account, Line::bulk, 9}, noon + 240h).tickets.size();
      return count;
    });
  }
  Proposal proposal(PostId id) {
    return work([&](Unit& unit) { return Proposals(unit).find(workspace, id).value(); });
  }

  UserId owner = mint.make<UserId>(), editor = mint.make<UserId>();
};
INSTANTIATE_TEST_SUITE_P(Store, ProposalsTest, ::testing::Values(Place::memory, Place::file, Place::postgres),
                         place_name);

TEST_P(ProposalsTest, WhatAsksHasNothingThatCouldGoOut) {
  const Post p = by(editor);
  EXPECT_TRUE(schedule(p, Leave::ask_for(editor)).empty());
  EXPECT_EQ(stored(p.id)->state, PostState::proposed);
  EXPECT_EQ(plan::standing(*stored(p.id)), "proposed");
  EXPECT_EQ(to_come(), 0U);
  EXPECT_EQ(proposal(p.id).asked_by, editor);
  EXPECT_EQ(proposal(p.id).answer, Proposal::Answer::none);
  expect_true_tallies();
}

TEST_P(ProposalsTest, OfACanceledPostNobodyIsAskedAnyMore) {
  const Post p = by(editor), approved = by(editor);
  schedule(p, Leave::ask_for(editor));
  schedule(approved, Leave::ask_for(editor));
  work([&](Unit& unit) {
    Proposals proposals(unit);
    proposals.approve(approved, owner, noon);
    for (const Post& each : {p, approved}) Posts(unit).cancel(workspace, each.id, noon + 1s);
    EXPECT_TRUE(proposals.untold().empty());
  });
  EXPECT_EQ(stored(p.id)->state, PostState::canceled);
  EXPECT_EQ(proposal(p.id).answer, Proposal::Answer::withdrawn);
  EXPECT_EQ(proposal(p.id).answered, noon + 1s);
  EXPECT_EQ(proposal(approved.id).answer, Proposal::Answer::approved);
}

TEST_P(ProposalsTest, WithoutAWordTheAuthorsRightCounts) {
  EXPECT_TRUE(schedule(by(editor), {}).empty());
  EXPECT_EQ(schedule(by(owner), {}).size(), 2U);
  EXPECT_TRUE(schedule(by(mint.make<UserId>()), {}).empty());  // nobody we know
  work([&](Unit& unit) {
    User trusted = People(unit).user(workspace, editor).value();
    trusted.approves = true;
    People(unit).update(trusted);
  });
  EXPECT_EQ(schedule(by(editor), {}).size(), 2U);
}

TEST_P(ProposalsTest, ApprovedItGoesOutAsItWasAskedFor) {
  Post p = by(editor);
  schedule(p, Leave::ask_for(editor));
  const auto made = work([&](Unit& unit) {
    Proposals(unit).approve(p, owner, noon + 1h);
    return Posts(unit).schedule(p, noon + 1h, mint, Leave::given_by(owner));
  });
  EXPECT_EQ(made.size(), 2U);
  EXPECT_EQ(to_come(), 2U);
  EXPECT_EQ(stored(p.id)->state, PostState::scheduled);
  EXPECT_EQ(proposal(p.id).answer, Proposal::Answer::approved);
  EXPECT_EQ(proposal(p.id).answered_by, owner);
  expect_true_tallies();
}

TEST_P(ProposalsTest, AnEditWithoutLeaveTakesAnApprovedPostOffTheSchedule) {
  Post p = by(editor);
  schedule(p, Leave::given_by(owner));
  p.title = "Only a note";
  work([&](Unit& unit) { ASSERT_TRUE(Posts(unit).edit(p, 1, Leave::ask_for(editor))); });
  EXPECT_EQ(stored(p.id)->state, PostState::scheduled);
  p.content.parts[0].text = "Something else";
  work([&](Unit& unit) { ASSERT_TRUE(Posts(unit).edit(p, 2, Leave::ask_for(editor))); });
  EXPECT_EQ(stored(p.id)->state, PostState::proposed);
  EXPECT_EQ(to_come(), 0U);
  expect_true_tallies();
}

TEST_P(ProposalsTest, AMoveWithoutLeaveDoesTheSame) {
  Post p = by(editor);
  schedule(p, Leave::given_by(owner));
  work([&](Unit& unit) { EXPECT_EQ(Posts(unit).reschedule(p, noon + 24h, Leave::ask_for(editor)), 0); });
  EXPECT_EQ(stored(p.id)->state, PostState::proposed);
  EXPECT_EQ(stored(p.id)->due, noon + 24h);
  EXPECT_EQ(to_come(), 0U);
}

TEST_P(ProposalsTest, WhatIsOnItsWayIsNotTakenBack) {
  Post p = by(editor);
  const auto rows = schedule(p, Leave::given_by(owner));
  ASSERT_EQ(apply(opening(rows[0])), Saved::applied);
  p.content.parts[0].text = "Something else";
  work([&](Unit& unit) {
    const auto refused = Posts(unit).edit(p, 1, Leave::ask_for(editor));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "on_its_way");
  });
  EXPECT_EQ(row(rows[0].id).state, DeliveryState::in_flight);
}

TEST_P(ProposalsTest, ARetryWithoutLeaveWaits) {
  Post p = by(editor);
  const auto rows = schedule(p, Leave::given_by(owner));
  settle(rows[0].id, DeliveryState::failed);
  settle(rows[1].id, DeliveryState::delivered);
  work([&](Unit& unit) {
    EXPECT_TRUE(Posts(unit).retry(workspace, p.id, {rows[0].id}, noon, mint, Leave::ask_for(editor)).empty());
  });
  EXPECT_EQ(proposal(p.id).wants, Proposal::Wants::retry);
  EXPECT_EQ(proposal(p.id).retries, std::vector{rows[0].id});
  EXPECT_EQ(to_come(), 0U);
  const auto which = proposal(p.id).retries;
  const auto made = work([&](Unit& unit) {
    return Posts(unit).retry(workspace, p.id, which, noon, mint, Leave::given_by(owner));
  });
  EXPECT_EQ(made.size(), 1U);
  EXPECT_EQ(stored(p.id)->state, PostState::scheduled);
  expect_true_tallies();
}

TEST_P(ProposalsTest, SentBackItIsADraftUnlessItHasARecord) {
  Post fresh = by(editor), old = by(editor);
  schedule(fresh, Leave::ask_for(editor));
  const auto rows = schedule(old, Leave::given_by(owner));
  settle(rows[0].id, DeliveryState::delivered);
  work([&](Unit& unit) { EXPECT_EQ(Posts(unit).reschedule(old, noon + 1h, Leave::ask_for(editor)), 0); });
  for (const PostId id : {fresh.id, old.id}) {
    Proposal back = proposal(id);
    back.answer = Proposal::Answer::sent_back;
    back.note = "Shorter, please.";
    work([&](Unit& unit) { Proposals(unit).put_back(*Posts(unit).find(workspace, id), back, noon); });
    EXPECT_EQ(proposal(id), back);
  }
  EXPECT_EQ(stored(fresh.id)->state, PostState::draft);
  EXPECT_EQ(stored(old.id)->state, PostState::canceled);
  EXPECT_EQ(to_come(), 0U);
}

TEST_P(ProposalsTest, ItKeepsItsPlaceInTheQueue) {
  const Post p = by(editor);
  schedule(p, Leave::ask_for(editor));
  work([&](Unit& unit) {
    const auto placed = Queues(unit).placed(workspace, first.id, noon - 1h, noon + 1h);
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_EQ(placed[0].post, p.id);
    EXPECT_TRUE(Queues(unit).placed(workspace, mint.make<AccountId>(), noon - 1h, noon + 1h).empty());
  });
}

TEST_P(ProposalsTest, ItExpiresWhenItsTimeIsOverAndIsToldOnce) {
  Post p = by(editor);
  p.due = noon + 1h;
  schedule(p, Leave::ask_for(editor));
  work([&](Unit& unit) {
    ASSERT_EQ(Proposals(unit).untold().size(), 1U);
    EXPECT_TRUE(Proposals(unit).untold().empty());
    EXPECT_TRUE(Proposals(unit).expire(noon + 59min).empty());
    ASSERT_EQ(Proposals(unit).expire(noon + 1h).size(), 1U);
    EXPECT_TRUE(Proposals(unit).expire(noon + 1h).empty());
    const auto expired = Posts(unit).list(workspace, {.states = {"expired"}});
    ASSERT_EQ(expired.size(), 1U);
    EXPECT_EQ(expired[0].state, PostState::expired);
    EXPECT_TRUE(Posts(unit).list(workspace, {.states = {"proposed", "scheduled"}}).empty());
  });
}

TEST_P(ProposalsTest, NoticesReachThoseTheyAreFor) {
  work([&](Unit& unit) {
    Notices notices(unit);
    notices.add({.id = mint.make<NoticeId>(), .workspace = workspace, .kind = approval_asked, .at = noon});
    notices.add({.id = mint.make<NoticeId>(),
                 .workspace = workspace,
                 .kind = "post_approved",
                 .at = noon,
                 .person = editor});
    EXPECT_EQ(notices.unread({workspace, owner, true}), 1);
    EXPECT_EQ(notices.unread({workspace, editor, false}), 1);
    EXPECT_EQ(notices.list({workspace, owner, true}, std::nullopt, 9)[0].kind, approval_asked);
    EXPECT_EQ(notices.list({workspace, editor, false}, std::nullopt, 9)[0].kind, "post_approved");
    notices.read({workspace, owner, true}, std::nullopt);
    EXPECT_EQ(notices.unread({workspace, editor, false}), 1);
  });
}

}  // namespace
}  // namespace carillon::store

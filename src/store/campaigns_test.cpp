#include "store/campaigns.h"

#include "store/findings.h"
#include "store/tasks.h"
#include "store/testing/stage.h"

namespace carillon::store {
namespace {

using delivery::Saved;

class CampaignsTest : public OnEveryEngine {
 protected:
  Campaign campaign(const std::string& name = "Spring") {
    Campaign made{.id = mint.make<CampaignId>(),
                  .workspace = workspace,
                  .name = name,
                  .notes = "Open \"days\"",
                  .colour = "#2f6fde",
                  .from_day = "2027-01-01",
                  .to_day = "2027-01-31",
                  .created = noon,
                  .updated = noon};
    work([&](Unit& unit) { Campaigns(unit).add(made); });
    return made;
  }
  Post post_of(const Campaign& campaign, std::vector<AccountId> accounts, size_t parts = 1) {
    Post p = post(std::move(accounts), parts);
    p.campaign = campaign.id;
    return p;
  }
  void turn(const Campaign& campaign, CampaignState state) {
    work([&](Unit& unit) { Campaigns(unit).turn(workspace, campaign.id, state, noon); });
  }
};
INSTANTIATE_TEST_SUITE_P(Store, CampaignsTest, ::testing::Values(Place::memory, Place::file, Place::postgres),
                         place_name);

TEST_P(CampaignsTest, ACampaignComesBackAsItWasStored) {
  Campaign c = campaign();
  EXPECT_EQ(work([&](Unit& unit) { return Campaigns(unit).find(workspace, c.id); }), c);
  c.name = "Summer";
  c.to_day.clear();
  work([&](Unit& unit) { Campaigns(unit).edit(c); });
  EXPECT_EQ(work([&](Unit& unit) { return Campaigns(unit).list(workspace); }), std::vector<Campaign>{c});
  EXPECT_TRUE(work([&](Unit& unit) { return Campaigns(unit).list(mint.make<WorkspaceId>()); }).empty());
}

TEST_P(CampaignsTest, APostKeepsItsCampaignAndIsFoundByIt) {
  const Campaign c = campaign(), other = campaign("Other");
  const Post p = post_of(c, {first.id});
  scheduled(p);
  scheduled(post({first.id}));
  EXPECT_EQ(stored(p.id)->campaign, c.id);
  const auto found = work([&](Unit& unit) { return Posts(unit).list(workspace, {.campaign = c.id}); });
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, p.id);
  const auto newest =
      work([&](Unit& unit) { return Posts(unit).list(workspace, {.campaign = c.id, .newest_first = true}); });
  EXPECT_EQ(newest.size(), 1U);
  EXPECT_TRUE(work([&](Unit& unit) { return Posts(unit).list(workspace, {.campaign = other.id}); }).empty());
}

TEST_P(CampaignsTest, StoppingRefusesNewIntentsAndLetsWhatIsInFlightSettle) {
  const Campaign c = campaign();
  const auto flying = scheduled(post_of(c, {first.id}));
  const auto waiting = scheduled(post_of(c, {second.id}));
  const auto free = scheduled(post({first.id}));
  ASSERT_EQ(apply(opening(flying[0])), Saved::applied);
  turn(c, CampaignState::stopped);
  EXPECT_TRUE(stored(waiting[0].post)->stopped);
  EXPECT_FALSE(stored(waiting[0].post)->paused);
  EXPECT_FALSE(stored(free[0].post)->stopped);
  EXPECT_EQ(apply(opening(waiting[0])), Saved::intent_refused);
  EXPECT_EQ(apply(opening(free[0])), Saved::applied);
  EXPECT_EQ(apply(closing(row(flying[0].id), DeliveryState::delivered)), Saved::applied);
  EXPECT_EQ(row(flying[0].id).state, DeliveryState::delivered);
  expect_true_tallies();
}

TEST_P(CampaignsTest, ResumingGivesWaitingDeliveriesTheirTimeBackButNotToPausedPosts) {
  const Campaign c = campaign();
  const auto one = scheduled(post_of(c, {first.id}));
  const auto two = scheduled(post_of(c, {second.id}));
  turn(c, CampaignState::stopped);
  work([&](Unit& unit) {
    Posts(unit).pause(workspace, two[0].post, true);
    unit.connection()("UPDATE deliveries SET reason = 'stopped', due = $2 WHERE workspace = $1", workspace,
                      noon + 10min);
  });
  turn(c, CampaignState::active);
  EXPECT_EQ(row(one[0].id).due, noon);
  EXPECT_EQ(apply(opening(row(one[0].id))), Saved::applied);
  EXPECT_TRUE(stored(two[0].post)->paused);
  EXPECT_EQ(apply(opening(row(two[0].id))), Saved::intent_refused);
}

TEST_P(CampaignsTest, PausingAndResumingAPostDoesNotLiftTheStopOfItsCampaign) {
  const Campaign c = campaign();
  const auto rows = scheduled(post_of(c, {first.id}));
  turn(c, CampaignState::stopped);
  work([&](Unit& unit) {
    Posts(unit).pause(workspace, rows[0].post, true);
    Posts(unit).pause(workspace, rows[0].post, false);
  });
  EXPECT_TRUE(stored(rows[0].post)->stopped);
  EXPECT_EQ(apply(opening(rows[0])), Saved::intent_refused);
}

TEST_P(CampaignsTest, APostThatJoinsAStoppedCampaignIsStoppedAndOneThatLeavesIsNot) {
  const Campaign c = campaign();
  turn(c, CampaignState::stopped);
  const auto born = scheduled(post_of(c, {first.id}));
  EXPECT_TRUE(stored(born[0].post)->stopped);
  const auto other = scheduled(post({first.id}));
  const auto change = [&](PostId id, std::optional<CampaignId> to) {
    Post p = *stored(id);
    p.campaign = to;
    work([&](Unit& unit) { EXPECT_TRUE(Posts(unit).edit(p, p.revision)); });
  };
  change(other[0].post, c.id);
  EXPECT_TRUE(stored(other[0].post)->stopped);
  change(born[0].post, std::nullopt);
  EXPECT_FALSE(stored(born[0].post)->stopped);
  EXPECT_EQ(apply(opening(row(born[0].id))), Saved::applied);
  EXPECT_EQ(apply(opening(row(other[0].id))), Saved::intent_refused);
}

TEST_P(CampaignsTest, SaysWhatWouldBecomeOfWhatWaits) {
  const Campaign c = campaign();
  const auto with = [&](LatePolicy::Then then) {
    Post p = post_of(c, {first.id});
    p.late = {.then = then, .within = 5min};
    return scheduled(p);
  };
  with(LatePolicy::Then::ask), with(LatePolicy::Then::skip), with(LatePolicy::Then::skip);
  with(LatePolicy::Then::next_slot);
  scheduled(post({first.id}));  // of none
  const auto at = [&](Instant now) {
    return work([&](Unit& unit) { return Campaigns(unit).resumption(workspace, c.id, now); });
  };
  EXPECT_EQ(at(noon + 5min), (Resumption{.on_time = 4}));
  EXPECT_EQ(at(noon + 5min + 1s), (Resumption{.on_time = 0, .late = {1, 2, 1}}));
}

TEST_P(CampaignsTest, CountsItsPostsAndDeliveries) {
  const Campaign c = campaign();
  const auto failed = scheduled(post_of(c, {first.id, second.id}));
  scheduled(post_of(c, {first.id}));
  Post draft = post_of(c, {first.id});
  draft.state = PostState::draft;
  draft.due.reset();
  work([&](Unit& unit) { Posts(unit).add(draft); });
  settle(failed[0].id, DeliveryState::failed);
  const auto sums = work([&](Unit& unit) { return Campaigns(unit).sums(workspace, c.id); });
  EXPECT_EQ(sums.posts[0], 1);  // draft
  EXPECT_EQ(sums.posts[1], 1);  // scheduled
  EXPECT_EQ(sums.posts[2], 1);  // publishing
  EXPECT_EQ(sums.deliveries.at(first.id)[DeliveryState::failed], 1);
  EXPECT_EQ(sums.deliveries.at(first.id)[DeliveryState::waiting], 1);
  EXPECT_EQ(sums.deliveries.at(second.id)[DeliveryState::waiting], 1);
  EXPECT_EQ(work([&](Unit& unit) { return Campaigns(unit).posts_of_all(workspace); }).at(c.id), sums.posts);
  const auto failures = work([&](Unit& unit) { return Campaigns(unit).failures(workspace, c.id, 5); });
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_EQ(failures[0].id, failed[0].id);
  const auto line = work([&](Unit& unit) { return Campaigns(unit).timeline(workspace, c.id); });
  ASSERT_EQ(line.size(), 1U);
  EXPECT_EQ(line[0].from, noon);
  EXPECT_EQ(line[0].posts[1] + line[0].posts[2], 2);
  const auto waiting = work([&](Unit& unit) { return Campaigns(unit).waiting(workspace, c.id); });
  EXPECT_EQ(waiting.size(), 2U);
}

TEST_P(CampaignsTest, AnAccountIsTakenOutOnlyWhenNothingOfItIsOnItsWay) {
  const Campaign c = campaign();
  const auto enabled = [&] {
    return work([&](Unit& unit) { return Campaigns(unit).accounts(workspace, c.id); });
  };
  work([&](Unit& unit) {
    Campaigns(unit).enable(workspace, c.id, first.id);
    Campaigns(unit).enable(workspace, c.id, first.id);
  });
  EXPECT_EQ(enabled(), std::vector<AccountId>{first.id});
  const auto rows = scheduled(post_of(c, {first.id}));
  const auto disable = [&] {
    return work([&](Unit& unit) { return Campaigns(unit).disable(workspace, c.id, first.id); });
  };
  EXPECT_EQ(disable(), 1);
  EXPECT_EQ(enabled().size(), 1U);
  settle(rows[0].id, DeliveryState::delivered);
  EXPECT_EQ(disable(), 0);
  EXPECT_TRUE(enabled().empty());
}

TEST_P(CampaignsTest, ACampaignWithPostsIsNotRemoved) {
  const Campaign c = campaign();
  const Post p = post_of(c, {first.id});
  work([&](Unit& unit) { Posts(unit).add(p); });
  const auto remove = [&] {
    return work([&](Unit& unit) { return Campaigns(unit).remove(workspace, c.id); });
  };
  EXPECT_EQ(remove(), 1);
  work([&](Unit& unit) { Posts(unit).remove(workspace, p.id); });
  EXPECT_EQ(remove(), 0);
  EXPECT_FALSE(work([&](Unit& unit) { return Campaigns(unit).find(workspace, c.id); }));
}

int64_t notices(Connection& db) {
  return db("SELECT count(*) FROM notices")[0].integer(0);
}

TEST_P(CampaignsTest, AFindingIsToldOnceAndItsNoticeGoesWithIt) {
  const auto rows = scheduled(post({first.id}));
  const PostId id = rows[0].post;
  const FindingKey key{first.id, "account_held"};
  const auto told = [&] {
    return Notice{.id = mint.make<NoticeId>(),
                  .workspace = workspace,
                  .kind = "not_ready",
                  .text = "Held",
                  .post = id,
                  .at = noon};
  };
  work([&](Unit& unit) {
    Findings(unit).add(workspace, id, key, told());
    Findings(unit).add(workspace, id, key, told());
  });
  EXPECT_EQ(notices(*db), 1);
  EXPECT_EQ(work([&](Unit& unit) { return Findings(unit).of_post(workspace, id); }),
            std::vector<FindingKey>{key});
  EXPECT_EQ(work([&](Unit& unit) { return Findings(unit).posts(10).size(); }), 1U);
  work([&](Unit& unit) { Findings(unit).withdraw(workspace, id, key); });
  EXPECT_EQ(notices(*db), 0);
  EXPECT_TRUE(work([&](Unit& unit) { return Findings(unit).of_post(workspace, id); }).empty());
}

TEST_P(CampaignsTest, FindsTheScheduledPostsOfAWindow) {
  const auto rows = scheduled(post({first.id}));
  const auto coming = [&](Instant after, Instant until) {
    return work([&](Unit& unit) { return Findings(unit).coming(workspace, after, until, 10).size(); });
  };
  EXPECT_EQ(coming(noon - 1s, noon), 1U);
  EXPECT_EQ(coming(noon, noon + 1h), 0U);
  settle(rows[0].id, DeliveryState::delivered);
  EXPECT_EQ(coming(noon - 1s, noon), 0U);
}

TEST_P(CampaignsTest, ATaskComesBackIsToldOnceAndIsTickedOff) {
  const Campaign c = campaign();
  const UserId person = mint.make<UserId>();
  Task task{.id = mint.make<TaskId>(),
            .workspace = workspace,
            .kind = TaskKind::connect,
            .person = "Ana",
            .link = "https://example.test/in/ana",
            .note = "Hello \"Ana\"",
            .local_time = "2027-01-15T12:00",
            .zone = "UTC",
            .due = noon,
            .campaign = c.id,
            .created = noon};
  const auto found = [&] { return work([&](Unit& unit) { return Tasks(unit).find(workspace, task.id); }); };
  work([&](Unit& unit) { Tasks(unit).add(task); });
  EXPECT_EQ(found(), task);
  EXPECT_TRUE(work([&](Unit& unit) { return Tasks(unit).untold(noon - 1s, 10); }).empty());
  EXPECT_EQ(work([&](Unit& unit) { return Tasks(unit).untold(noon, 10); }), std::vector<Task>{task});
  EXPECT_EQ(work([&](Unit& unit) { return Tasks(unit).due(workspace, noon); }), 1);
  const auto tell = [&] {
    work([&](Unit& unit) {
      Tasks(unit).tell(task, {.id = mint.make<NoticeId>(),
                              .workspace = workspace,
                              .kind = "task_due",
                              .text = "Ana",
                              .at = noon});
    });
  };
  tell(), tell();
  EXPECT_EQ(notices(*db), 1);
  EXPECT_TRUE(work([&](Unit& unit) { return Tasks(unit).untold(noon, 10); }).empty());
  work([&](Unit& unit) { Tasks(unit).settle(workspace, task.id, TaskState::done, person, noon + 1s); });
  EXPECT_EQ(notices(*db), 0);
  EXPECT_EQ(found()->settled_by, person);
  EXPECT_TRUE(work([&](Unit& unit) { return Tasks(unit).list(workspace, {}); }).empty());
  EXPECT_EQ(work([&](Unit& unit) {
              return Tasks(unit).list(workspace, {.state = TaskState::done, .campaign = c.id}).size();
            }),
            1U);
  work([&](Unit& unit) { Tasks(unit).reopen(workspace, task.id); });
  EXPECT_EQ(found(), task);
  task.note = "Another";
  task.due.reset();
  work([&](Unit& unit) { Tasks(unit).edit(task); });
  EXPECT_EQ(found(), task);
  work([&](Unit& unit) { Tasks(unit).remove(workspace, task.id); });
  EXPECT_FALSE(found());
}

}  // namespace
}  // namespace carillon::store

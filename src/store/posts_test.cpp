#include "store/posts.h"

#include "plan/standing.h"
#include "store/testing/stage.h"

namespace carillon::store {
namespace {

using delivery::Saved;

ON_EVERY_ENGINE(PostsTest);

TEST_P(PostsTest, APostComesBackAsItWasStored) {
  Post p = post({first.id, second.id}, 2);
  p.title = "Größe \"quoted\"";
  p.targets[1].content =
      Content{.parts = {{.text = "Own", .link = "https://shop.test"}}, .options = {{"a", 1}}};
  p.local_time = "2027-01-15T12:00";
  p.late = {.then = LatePolicy::Then::next_slot, .within = 5min};
  p.tags = {"autumn", "it's \"new\""};
  work([&](Unit& unit) { Posts(unit).add(p); });
  EXPECT_EQ(stored(p.id), p);
  p.id = mint.make<PostId>();
  p.due.reset();
  work([&](Unit& unit) { Posts(unit).add(p); });
  EXPECT_EQ(stored(p.id), p);
  EXPECT_FALSE(stored(mint.make<PostId>()));
}

TEST_P(PostsTest, SchedulingMakesOneDeliveryPerTargetAndPart) {
  Post p = post({first.id, second.id}, 2);
  p.targets[1].content = Content{.parts = {{.text = "Own"}}};
  const auto rows = scheduled(p);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].account, first.id);
  EXPECT_EQ(rows[0].part, 0U);
  EXPECT_EQ(rows[0].reason, "scheduled");
  EXPECT_EQ(rows[0].due, noon);
  EXPECT_EQ(rows[1].part, 1U);
  EXPECT_EQ(rows[1].follows, rows[0].id);
  EXPECT_EQ(rows[1].reason, "after_part");
  EXPECT_GT(rows[1].due, noon);
  EXPECT_EQ(rows[1].content, rows[0].content);
  EXPECT_EQ(rows[2].account, second.id);
  EXPECT_NE(rows[2].content, rows[0].content);
  EXPECT_EQ(work([&](Unit& unit) { return Posts(unit).deliveries(workspace, p.id); }), rows);
  EXPECT_EQ(stored(p.id)->state, PostState::scheduled);
  EXPECT_EQ(stored(p.id)->tally[DeliveryState::waiting], 3);
  expect_true_tallies();
}

TEST_P(PostsTest, PublishNowIsSchedulingForNow) {
  Post p = post({first.id});
  p.due.reset();
  const auto rows = scheduled(p);
  EXPECT_EQ(rows[0].due, noon);
  EXPECT_EQ(rows[0].planned, noon);
  EXPECT_EQ(stored(p.id)->due, noon);
}

TEST_P(PostsTest, SchedulingTwiceMakesNothingTwice) {
  const Post p = post({first.id, second.id});
  const auto rows = scheduled(p);
  const auto again = work([&](Unit& unit) { return Posts(unit).schedule(p, noon, mint); });
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[0].id, rows[0].id);
  EXPECT_EQ(again[1].id, rows[1].id);
  EXPECT_EQ(stored(p.id)->tally[DeliveryState::waiting], 2);
  expect_true_tallies();
}

TEST_P(PostsTest, SchedulingACanceledPostAgainMakesNewDeliveries) {
  const Post p = post({first.id}, 2);
  const auto rows = scheduled(p);
  work([&](Unit& unit) { EXPECT_EQ(Posts(unit).cancel(workspace, p.id, noon), 2); });
  EXPECT_EQ(stored(p.id)->state, PostState::canceled);
  const auto again = work([&](Unit& unit) { return Posts(unit).schedule(p, noon, mint); });
  ASSERT_EQ(again.size(), 2U);
  EXPECT_NE(again[0].id, rows[0].id);
  EXPECT_EQ(again[1].follows, again[0].id);
  EXPECT_TRUE(row(rows[0].id).superseded);
  EXPECT_EQ(stored(p.id)->state, PostState::scheduled);
  EXPECT_EQ(stored(p.id)->tally[DeliveryState::waiting], 2);
  EXPECT_EQ(stored(p.id)->tally[DeliveryState::canceled], 0);
  expect_true_tallies();
}

TEST_P(PostsTest, AnEditOnAnOldRevisionIsRefused) {
  Post p = post({first.id});
  work([&](Unit& unit) { Posts(unit).add(p); });
  p.title = "Mine";
  work([&](Unit& unit) { ASSERT_TRUE(Posts(unit).edit(p, 1)); });
  EXPECT_EQ(stored(p.id)->revision, 2U);
  EXPECT_EQ(stored(p.id)->title, "Mine");
  p.title = "Too late";
  work([&](Unit& unit) {
    const auto refused = Posts(unit).edit(p, 1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, FaultKind::closed);
    EXPECT_EQ(refused.error().code, "revision");
  });
  EXPECT_EQ(stored(p.id)->title, "Mine");
  p.id = mint.make<PostId>();
  work([&](Unit& unit) { EXPECT_EQ(Posts(unit).edit(p, 1).error().kind, FaultKind::gone); });
}

TEST_P(PostsTest, AnEditReachesWhatWaitsAndNotWhatIsInFlight) {
  Post p = post({first.id, second.id});
  const auto rows = scheduled(p);
  ASSERT_EQ(apply(opening(rows[0])), Saved::applied);
  p.content.parts[0].text = "Corrected";
  p.late.within = 1h;
  work([&](Unit& unit) { ASSERT_TRUE(Posts(unit).edit(p, 1)); });
  EXPECT_EQ(row(rows[0].id).content, rows[0].content);
  EXPECT_NE(row(rows[1].id).content, rows[1].content);
  EXPECT_EQ(row(rows[1].id).late.within, Duration(1h));
  work([&](Unit& unit) {
    const auto tickets = Journal(unit).due({workspace, second.id, Line::bulk, 5}, noon).tickets;
    ASSERT_EQ(tickets.size(), 1U);
    EXPECT_EQ(tickets[0].content->parts[0].text, "Corrected");
    EXPECT_EQ(Journal(unit).open_attempts()[0].content->parts[0].text, "Part 0");
  });
}

TEST_P(PostsTest, AnEditKeepsFrozenWhatMayBeOutAlready) {
  Post p = post({first.id});
  const auto rows = scheduled(p);
  ASSERT_EQ(apply(opening(rows[0])), Saved::applied);
  delivery::Save lost =
      closing(row(rows[0].id), DeliveryState::waiting);  // a keyed request: sent again as it was
  lost.close->outcome = Attempt::Outcome::unknown;
  ASSERT_EQ(apply(lost), Saved::applied);
  const Delivery before = row(rows[0].id);
  p.content.parts[0].text = "Corrected";
  work([&](Unit& unit) {
    ASSERT_TRUE(Posts(unit).edit(p, 1));
    EXPECT_EQ(Posts(unit).reschedule(p, noon + 24h), 0);
  });
  EXPECT_EQ(row(rows[0].id), before);
}

TEST_P(PostsTest, AnEditAddsAndTakesAwayTargetsAndParts) {
  Post p = post({first.id}, 2);
  const auto rows = scheduled(p);
  p.targets = {{.account = first.id}, {.account = second.id}};
  p.content.parts = {{.text = "One"}};
  work([&](Unit& unit) { ASSERT_TRUE(Posts(unit).edit(p, 1)); });
  EXPECT_TRUE(row(rows[1].id).superseded);
  EXPECT_EQ(row(rows[1].id).state, DeliveryState::canceled);
  EXPECT_EQ(stored(p.id)->tally[DeliveryState::waiting], 2);
  EXPECT_EQ(stored(p.id)->tally[DeliveryState::canceled], 0);
  p.targets = {{.account = second.id}};
  p.content.parts = {{.text = "One"}, {.text = "Two"}};
  work([&](Unit& unit) { ASSERT_TRUE(Posts(unit).edit(p, 2)); });
  EXPECT_TRUE(row(rows[0].id).superseded);
  EXPECT_EQ(stored(p.id)->tally[DeliveryState::waiting], 2);
  work([&](Unit& unit) {
    EXPECT_TRUE(Journal(unit).due({workspace, first.id, Line::bulk, 9}, noon + 24h).tickets.empty());
    EXPECT_EQ(Journal(unit).due({workspace, second.id, Line::bulk, 9}, noon + 24h).tickets.size(), 2U);
  });
  expect_true_tallies();
}

TEST_P(PostsTest, AnEditThatMovesTheTimeMovesWhatWaits) {
  Post p = post({first.id}, 2);
  const auto rows = scheduled(p);
  p.due = noon + 2h;
  work([&](Unit& unit) { ASSERT_TRUE(Posts(unit).edit(p, 1)); });
  EXPECT_EQ(row(rows[0].id).due, noon + 2h);
  EXPECT_EQ(row(rows[1].id).planned, noon + 2h);
  EXPECT_GT(row(rows[1].id).due, noon + 2h);
}

TEST_P(PostsTest, ADraftsEditMakesNoDeliveries) {
  Post p = post({first.id});
  work([&](Unit& unit) {
    Posts(unit).add(p);
    ASSERT_TRUE(Posts(unit).edit(p, 1));
    EXPECT_TRUE(Posts(unit).deliveries(workspace, p.id).empty());
    EXPECT_EQ(census(unit, noon).posts, 1);
    Posts(unit).remove(workspace, p.id);
    Posts(unit).remove(workspace, p.id);
    EXPECT_EQ(census(unit, noon).posts, 0);
  });
  EXPECT_FALSE(stored(p.id));
  expect_true_tallies();
}

TEST_P(PostsTest, ReschedulingMovesWhatWaitsAndStartsItAfresh) {
  Post p = post({first.id, second.id});
  const auto rows = scheduled(p);
  settle(rows[0].id, DeliveryState::delivered);
  ASSERT_EQ(apply(opening(rows[1], false)), Saved::applied);
  delivery::Save broken = closing(row(rows[1].id), DeliveryState::waiting);
  broken.delivery.tries = 3;
  ASSERT_EQ(apply(broken), Saved::applied);
  p.local_time = "2027-01-16T12:00";
  work([&](Unit& unit) { EXPECT_EQ(Posts(unit).reschedule(p, noon + 24h), 1); });
  EXPECT_EQ(row(rows[1].id).due, noon + 24h);
  EXPECT_EQ(row(rows[1].id).planned, noon + 24h);
  EXPECT_EQ(row(rows[1].id).tries, 0U);
  EXPECT_EQ(row(rows[1].id).progress, Progress{});
  EXPECT_EQ(row(rows[0].id).planned, noon);
  EXPECT_EQ(stored(p.id)->due, noon + 24h);
  EXPECT_EQ(stored(p.id)->local_time, "2027-01-16T12:00");
  EXPECT_EQ(stored(p.id)->revision, 2U);
}

TEST_P(PostsTest, CancelingStopsWhatWaitsAndWishesItForWhatIsOutOfReach) {
  const Post p = post({first.id, second.id});
  const auto rows = scheduled(p);
  const auto other = scheduled_to(first.id);
  ASSERT_EQ(apply(opening(rows[0])), Saved::applied);
  work([&](Unit& unit) { EXPECT_EQ(Posts(unit).cancel(workspace, p.id, noon + 5s), 1); });
  EXPECT_EQ(row(rows[0].id).state, DeliveryState::in_flight);
  EXPECT_EQ(row(rows[0].id).wish, Wish::cancel);
  EXPECT_EQ(row(rows[1].id).state, DeliveryState::canceled);
  EXPECT_EQ(row(rows[1].id).settled, noon + 5s);
  EXPECT_EQ(row(other[0].id).state, DeliveryState::waiting);
  expect_true_tallies();
}

TEST_P(PostsTest, AnOpenQuestionStaysOpenWhenItsPostIsCanceled) {
  const auto rows = scheduled_to(first.id);
  settle(rows[0].id, DeliveryState::uncertain);
  work([&](Unit& unit) { EXPECT_EQ(Posts(unit).cancel(workspace, rows[0].post, noon), 0); });
  EXPECT_EQ(row(rows[0].id).state, DeliveryState::uncertain);
  EXPECT_EQ(row(rows[0].id).wish, Wish::cancel);
}

TEST_P(PostsTest, APersonsWordIsTakenOnlyWhereThereIsAQuestion) {
  const auto rows = scheduled_to(first.id);
  const auto wish = [&](Wish wanted) {
    return work([&](Unit& unit) {
      return Posts(unit).wish(workspace, rows[0].id, wanted, "https://x.test/2", noon);
    });
  };
  EXPECT_EQ(wish(Wish::is_there).error().kind, FaultKind::closed);
  EXPECT_EQ(wish(Wish::send_late).error().kind, FaultKind::closed);
  delivery::Save late = closing(rows[0], DeliveryState::waiting);
  late.delivery.reason = "late";
  ASSERT_EQ(apply(late), Saved::applied);
  EXPECT_FALSE(wish(Wish::is_there));
  EXPECT_TRUE(wish(Wish::send_late));
  EXPECT_EQ(row(rows[0].id).wish, Wish::send_late);
  EXPECT_EQ(row(rows[0].id).due, noon);
  EXPECT_TRUE(row(rows[0].id).url.empty());
  settle(rows[0].id, DeliveryState::uncertain);
  EXPECT_FALSE(wish(Wish::send_late));
  EXPECT_TRUE(wish(Wish::is_not_there));
  EXPECT_TRUE(wish(Wish::is_there));
  EXPECT_EQ(row(rows[0].id).url, "https://x.test/2");
  ASSERT_EQ(apply(closing(row(rows[0].id), DeliveryState::delivered)), Saved::applied);
  EXPECT_FALSE(wish(Wish::is_there));
  EXPECT_FALSE(work([&](Unit& unit) {
    return Posts(unit).wish(workspace, mint.make<DeliveryId>(), Wish::cancel, "", noon);
  }));
}

TEST_P(PostsTest, UnpausingMakesWhatWaitedForItDue) {
  const auto rows = scheduled_to(first.id);
  delivery::Save paused = closing(rows[0], DeliveryState::waiting);
  paused.delivery.reason = "paused";
  paused.delivery.due = noon + 10min;
  ASSERT_EQ(apply(paused), Saved::applied);
  work([&](Unit& unit) { Posts(unit).pause(workspace, rows[0].post, true); });
  EXPECT_TRUE(stored(rows[0].post)->paused);
  EXPECT_EQ(row(rows[0].id).due, noon + 10min);
  work([&](Unit& unit) { Posts(unit).pause(workspace, rows[0].post, false); });
  EXPECT_FALSE(stored(rows[0].post)->paused);
  EXPECT_EQ(row(rows[0].id).due, noon);
}

TEST_P(PostsTest, APostIsFoundByItsStandingAsThePlanNamesIt) {
  std::vector<PostId> ids;
  for (const DeliveryState state :
       {DeliveryState::waiting, DeliveryState::uncertain, DeliveryState::delivered, DeliveryState::failed,
        DeliveryState::canceled, DeliveryState::skipped}) {
    for (const DeliveryState other :
         {DeliveryState::waiting, DeliveryState::delivered, DeliveryState::failed}) {
      const auto rows = scheduled(post({first.id, second.id}));
      if (state != DeliveryState::waiting) settle(rows[0].id, state);
      if (other != DeliveryState::waiting) settle(rows[1].id, other);
      ids.push_back(rows[0].post);
    }
  }
  const auto open = scheduled_to(first.id);
  ASSERT_EQ(apply(opening(open[0])), Saved::applied);
  ids.push_back(open[0].post);
  for (const PostState state :
       {PostState::draft, PostState::canceled, PostState::proposed, PostState::expired}) {
    Post p = post({first.id});
    p.state = state;
    work([&](Unit& unit) { Posts(unit).add(p); });
    ids.push_back(p.id);
  }
  std::map<std::string, size_t> seen;
  for (const char* word :
       {"draft", "scheduled", "publishing", "delivered", "partly", "failed", "uncertain", "canceled",
        "proposed", "expired"}) {
    for (const Post& p : work([&](Unit& unit) { return Posts(unit).list(workspace, {.states = {word}}); })) {
      EXPECT_EQ(plan::standing(p), word);
      ++seen[word];
    }
  }
  EXPECT_EQ(seen.size(), 10U);
  size_t all = 0;
  for (const auto& [word, count] : seen) all += count;
  EXPECT_EQ(all, ids.size());
}

TEST_P(PostsTest, ListsAreFilteredByAccountTextTagAndTime) {
  Post a = post({first.id}), b = post({second.id}), c = post({first.id, second.id});
  a.content.parts[0].text = "Straße im HERBST";
  b.title = "Größe";
  b.tags = {"sale", "new"};
  c.tags = {"sales"};
  c.targets[0].content = Content{.parts = {{.text = "100% off_now"}}};
  b.due = noon + 1h;
  c.due.reset();
  work([&](Unit& unit) {
    Posts posts(unit);
    for (const Post* p : {&a, &b, &c}) posts.add(*p);
    const auto found = [&](PostFilter filter) {
      std::vector<PostId> ids;
      for (const Post& p : posts.list(workspace, filter)) ids.push_back(p.id);
      return ids;
    };
    using Ids = std::vector<PostId>;
    EXPECT_EQ(found({}), (Ids{a.id, b.id, c.id}));
    EXPECT_EQ(found({.newest_first = true}), (Ids{c.id, b.id, a.id}));
    EXPECT_EQ(found({.accounts = {first.id}}), (Ids{a.id, c.id}));
    EXPECT_EQ(found({.accounts = {first.id, second.id}}), (Ids{a.id, b.id, c.id}));
    EXPECT_EQ(found({.accounts = {mint.make<AccountId>()}}), Ids{});
    EXPECT_EQ(found({.text = "strasse IM herbst"}), Ids{a.id});
    EXPECT_EQ(found({.text = "GRÖSSE"}), Ids{b.id});
    EXPECT_EQ(found({.text = "% off_"}), Ids{c.id});
    EXPECT_EQ(found({.text = "offXnow"}), Ids{});
    EXPECT_EQ(found({.tag = "sale"}), Ids{b.id});
    EXPECT_EQ(found({.from = noon, .until = noon + 1h}), Ids{a.id});
    EXPECT_EQ(found({.from = noon + 1us}), (Ids{b.id, c.id}));
    EXPECT_EQ(found({.after = a.id, .after_due = a.due}), (Ids{b.id, c.id}));
    EXPECT_EQ(found({.after = b.id, .after_due = b.due, .newest_first = true}), Ids{a.id});
    EXPECT_EQ(found({.after = c.id}), Ids{});
    EXPECT_EQ(found({.after = c.id, .newest_first = true}), (Ids{b.id, a.id}));
    EXPECT_EQ(found({.limit = 1}), Ids{a.id});
    EXPECT_TRUE(posts.list(mint.make<WorkspaceId>(), {}).empty());
  });
}

TEST_P(PostsTest, AMediumIsInUseWhileAPostShowsIt) {
  const MediaId picture = mint.make<MediaId>(), other = mint.make<MediaId>();
  Post p = post({first.id});
  p.content.parts[0].media = {{.id = picture}, {.id = picture}};
  const auto uses = [&](MediaId id) {
    return work([&](Unit& unit) { return MediaShelf(unit).uses(workspace, id); });
  };
  const auto rows = scheduled(p);
  EXPECT_EQ(uses(picture), 1);
  ASSERT_EQ(apply(opening(rows[0])), Saved::applied);
  p.content.parts[0].media = {{.id = other}};
  work([&](Unit& unit) { ASSERT_TRUE(Posts(unit).edit(p, 1)); });
  EXPECT_EQ(uses(other), 1);
  EXPECT_EQ(uses(picture), 1) << "what is in flight still shows it";
  ASSERT_EQ(apply(closing(row(rows[0].id), DeliveryState::delivered)), Saved::applied);
  work([&](Unit& unit) { ASSERT_TRUE(Posts(unit).edit(p, 2)); });
  EXPECT_EQ(uses(picture), 0);
  work([&](Unit& unit) { Posts(unit).remove(workspace, p.id); });
  EXPECT_EQ(uses(other), 0);
}

}  // namespace
}  // namespace carillon::store

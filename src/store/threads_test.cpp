// Thread parts, and second tries.
#include "store/posts.h"
#include "store/testing/stage.h"

namespace carillon::store {
namespace {

using delivery::Saved;

ON_EVERY_ENGINE(ThreadsTest);

TEST_P(ThreadsTest, ADeliveredPartMakesItsFollowerDueWithTheAnswerToReplyTo) {
  const auto rows = scheduled_to(first.id, 3);
  settle(rows[0].id, DeliveryState::delivered);
  EXPECT_EQ(row(rows[1].id).due, noon);
  EXPECT_GT(row(rows[2].id).due, noon);
  work([&](Unit& unit) {
    const auto tickets = Journal(unit).due({workspace, first.id, Line::bulk, 9}, noon).tickets;
    ASSERT_EQ(tickets.size(), 1U);
    EXPECT_EQ(tickets[0].delivery.id, rows[1].id);
    EXPECT_EQ(tickets[0].before, DeliveryState::delivered);
    EXPECT_EQ(tickets[0].reply_to, "ext-" + rows[0].id.text());
  });
}

TEST_P(ThreadsTest, APartThatFailsSkipsAllThatFollow) {
  const auto rows = scheduled_to(first.id, 3);
  const auto other = scheduled_to(first.id, 2);
  settle(rows[0].id, DeliveryState::failed);
  for (const size_t part : {1U, 2U}) {
    EXPECT_EQ(row(rows[part].id).state, DeliveryState::skipped);
    EXPECT_EQ(row(rows[part].id).reason, "part_before_failed");
    EXPECT_EQ(row(rows[part].id).settled, noon);
  }
  EXPECT_EQ(row(other[1].id).state, DeliveryState::waiting);
  EXPECT_EQ(stored(rows[0].post)->tally[DeliveryState::skipped], 2);
  expect_true_tallies();
}

TEST_P(ThreadsTest, AnOpenPartKeepsItsFollowersWaiting) {
  const auto rows = scheduled_to(first.id, 2);
  settle(rows[0].id, DeliveryState::uncertain);
  EXPECT_EQ(row(rows[1].id), rows[1]);
}

TEST_P(ThreadsTest, ARetryReplacesTheFailedTargetsOnly) {
  const Post p = post({first.id, second.id});
  const auto rows = scheduled(p);
  settle(rows[0].id, DeliveryState::delivered);
  settle(rows[1].id, DeliveryState::failed);
  const auto fresh =
      work([&](Unit& unit) { return Posts(unit).retry(workspace, p.id, {}, noon + 1h, mint); });
  ASSERT_EQ(fresh.size(), 1U);
  EXPECT_EQ(fresh[0].account, second.id);
  EXPECT_EQ(fresh[0].due, noon + 1h);
  EXPECT_EQ(fresh[0].planned, noon + 1h);
  EXPECT_EQ(row(fresh[0].id), fresh[0]);
  EXPECT_TRUE(row(rows[1].id).superseded);
  EXPECT_EQ(row(rows[1].id).state, DeliveryState::failed);
  EXPECT_EQ(stored(p.id)->tally[DeliveryState::failed], 0);
  EXPECT_EQ(stored(p.id)->tally[DeliveryState::waiting], 1);
  EXPECT_TRUE(work([&](Unit& unit) { return Posts(unit).retry(workspace, p.id, {}, noon, mint); }).empty());
  EXPECT_EQ(work([&](Unit& unit) { return Posts(unit).deliveries(workspace, p.id).size(); }), 3U);
  expect_true_tallies();
}

TEST_P(ThreadsTest, ARetrySendsWhatThePostSaysNow) {
  Post p = post({first.id});
  const auto rows = scheduled(p);
  settle(rows[0].id, DeliveryState::failed);
  p.content.parts = {{.text = "Mended"}, {.text = "And more"}};
  work([&](Unit& unit) { ASSERT_TRUE(Posts(unit).edit(p, 1)); });
  const auto fresh = work([&](Unit& unit) { return Posts(unit).retry(workspace, p.id, {}, noon, mint); });
  ASSERT_EQ(fresh.size(), 2U);
  EXPECT_EQ(fresh[1].follows, fresh[0].id);
  work([&](Unit& unit) {
    const auto tickets = Journal(unit).due({workspace, first.id, Line::bulk, 9}, noon).tickets;
    ASSERT_EQ(tickets.size(), 1U);
    EXPECT_EQ(tickets[0].content->parts[0].text, "Mended");
  });
  expect_true_tallies();
}

TEST_P(ThreadsTest, ARetriedPartTakesTheSkippedOnesAlongAndFollowsWhatIsOut) {
  const Post p = post({first.id}, 3);
  const auto rows = scheduled(p);
  settle(rows[0].id, DeliveryState::delivered);
  settle(rows[1].id, DeliveryState::failed);
  ASSERT_EQ(row(rows[2].id).state, DeliveryState::skipped);
  const auto fresh = work([&](Unit& unit) { return Posts(unit).retry(workspace, p.id, {}, noon, mint); });
  ASSERT_EQ(fresh.size(), 2U);
  EXPECT_EQ(fresh[0].part, 1U);
  EXPECT_EQ(fresh[0].follows, rows[0].id);
  EXPECT_EQ(fresh[0].reason, "scheduled");
  EXPECT_EQ(fresh[1].part, 2U);
  EXPECT_EQ(fresh[1].follows, fresh[0].id);
  EXPECT_EQ(fresh[1].reason, "after_part");
  EXPECT_EQ(stored(p.id)->tally[DeliveryState::skipped], 0);
  expect_true_tallies();
}

TEST_P(ThreadsTest, CanceledTargetsComeBackOnlyWhenTheyAreNamed) {
  const Post p = post({first.id, second.id});
  const auto rows = scheduled(p);
  work([&](Unit& unit) { Posts(unit).cancel(workspace, p.id, noon); });
  EXPECT_TRUE(work([&](Unit& unit) { return Posts(unit).retry(workspace, p.id, {}, noon, mint); }).empty());
  const auto fresh =
      work([&](Unit& unit) { return Posts(unit).retry(workspace, p.id, {rows[1].id}, noon, mint); });
  ASSERT_EQ(fresh.size(), 1U);
  EXPECT_EQ(fresh[0].account, second.id);
  EXPECT_EQ(stored(p.id)->state, PostState::scheduled);
  EXPECT_TRUE(
      work([&](Unit& unit) { return Posts(unit).retry(workspace, p.id, {rows[1].id}, noon, mint); }).empty());
  expect_true_tallies();
}

TEST_P(ThreadsTest, WhatIsDeliveredOrOpenIsNeverRetried) {
  const Post p = post({first.id, second.id});
  const auto rows = scheduled(p);
  settle(rows[0].id, DeliveryState::delivered);
  settle(rows[1].id, DeliveryState::uncertain);
  const auto fresh = work(
      [&](Unit& unit) { return Posts(unit).retry(workspace, p.id, {rows[0].id, rows[1].id}, noon, mint); });
  EXPECT_TRUE(fresh.empty());
  expect_true_tallies();
}

}  // namespace
}  // namespace carillon::store

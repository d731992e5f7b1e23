#include "store/feeds.h"

#include "store/evergreens.h"
#include "store/testing/stage.h"

namespace carillon::store {
namespace {

ON_EVERY_ENGINE(FeedsTest);

TEST_P(FeedsTest, AreKeptAsTheyAreAndFetchedWhenTheyAreDue) {
  Feed feed{.id = mint.make<FeedId>(),
            .workspace = workspace,
            .address = "https://a.example/feed",
            .title = "News"};
  feed.accounts = {first.id, second.id}, feed.form = "{{title}}", feed.becomes = Feed::Becomes::queued;
  feed.next = noon, feed.created = noon, feed.author = mint.make<UserId>(), feed.newest = 3;
  work([&](Unit& unit) {
    Feeds feeds(unit);
    feeds.add(feed);
    EXPECT_EQ(feeds.find(workspace, feed.id)->accounts, feed.accounts);
    EXPECT_EQ(feeds.find(workspace, feed.id)->becomes, Feed::Becomes::queued);
    EXPECT_FALSE(feeds.find(mint.make<WorkspaceId>(), feed.id));
    EXPECT_EQ(feeds.due(noon, 10).size(), 1U);
    EXPECT_EQ(feeds.due(noon - 1s, 10).size(), 0U);
    feed.etag = "\"1\"", feed.begun = true, feed.next = noon + 1h, feed.failures = 2, feed.trouble = "No.";
    feeds.put(feed);
    EXPECT_EQ(feeds.list(workspace).front().etag, "\"1\"");
    EXPECT_EQ(feeds.list(workspace).front().failures, 2);
    EXPECT_EQ(feeds.due(noon, 10).size(), 0U);
    feed.paused = true, feed.next = noon;
    feeds.put(feed);
    EXPECT_EQ(feeds.due(noon, 10).size(), 0U);
    feeds.remove(workspace, feed.id);
    EXPECT_TRUE(feeds.list(workspace).empty());
  });
}

TEST_P(FeedsTest, AnItemIsSeenOnce) {
  const Feed feed{.id = mint.make<FeedId>(), .workspace = workspace, .address = "https://a.example/feed"};
  const Post made = post({first.id});
  work([&](Unit& unit) {
    Feeds feeds(unit);
    EXPECT_TRUE(feeds.see(feed, {"one", "Title", "https://a.example/1", made.id, noon}));
    EXPECT_FALSE(feeds.see(feed, {"one", "Title", "https://a.example/1", std::nullopt, noon + 1s}));
    EXPECT_TRUE(feeds.see(feed, {"two", "", "", std::nullopt, noon + 2s}));
    const auto items = feeds.items(workspace, feed.id, 10);
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].name, "two");
    EXPECT_FALSE(items[0].post);
    EXPECT_EQ(items[1].post, made.id);
    EXPECT_EQ(feeds.items(workspace, feed.id, 1).size(), 1U);
  });
}

TEST_P(FeedsTest, WhatIsInTheFeedStillIsNeverForgotten) {
  const Feed feed{.id = mint.make<FeedId>(), .workspace = workspace, .address = "https://a.example/feed"};
  Feed other = feed;
  other.id = mint.make<FeedId>();
  const auto item = [](const char* name, Instant when) { return SeenItem{name, "", "", std::nullopt, when}; };
  work([&](Unit& unit) {
    Feeds feeds(unit);
    for (const char* name : {"gone", "stays"}) feeds.see(feed, item(name, noon));
    feeds.see(other, item("elsewhere", noon));
    feeds.see(feed, item("stays", noon + 48h));
    feeds.see(feed, item("new", noon + 48h));
    feeds.see_again(feed, noon + 96h);  // it did not change since
    feeds.forget_items(feed, noon + 96h);
    EXPECT_FALSE(feeds.see(feed, item("stays", noon + 97h)));
    EXPECT_FALSE(feeds.see(feed, item("new", noon + 97h)));
    EXPECT_TRUE(feeds.see(feed, item("gone", noon + 97h)));
    EXPECT_FALSE(feeds.see(other, item("elsewhere", noon + 97h)));
  });
}

TEST_P(FeedsTest, ASlotIsFilledOnceFromThePool) {
  const Post origin = post({first.id}), other = post({first.id});
  work([&](Unit& unit) {
    Posts(unit).add(origin);
    Evergreens pool(unit);
    pool.put(workspace, {.post = origin.id, .most = 3, .added = noon});
    pool.put(workspace, {.post = other.id, .added = noon});  // its post is not there
    pool.put(workspace, {.post = origin.id, .expires = noon + 24h, .most = 4, .added = noon + 1s});
    ASSERT_EQ(pool.list(workspace).size(), 1U);
    EXPECT_EQ(pool.list(workspace).front().most, 4);
    EXPECT_EQ(pool.list(workspace).front().expires, noon + 24h);
    EXPECT_TRUE(pool.workspaces().empty());
    pool.fill_for(workspace, {.account = first.id, .ahead = 5, .again = 10});
    EXPECT_EQ(pool.accounts(workspace).front().again, 10);
    EXPECT_EQ(pool.workspaces().size(), 1U);
    EXPECT_TRUE(pool.use(workspace, {first.id, noon, origin.id, other.id}));
    EXPECT_FALSE(pool.use(workspace, {first.id, noon, origin.id, origin.id}));
    EXPECT_TRUE(pool.use(workspace, {second.id, noon, origin.id, origin.id}));
    EXPECT_EQ(pool.uses(workspace).size(), 2U);
    EXPECT_EQ(pool.use_of(workspace, other.id)->origin, origin.id);
    EXPECT_FALSE(pool.use_of(mint.make<WorkspaceId>(), other.id));
    pool.leave(workspace, first.id);
    EXPECT_TRUE(pool.accounts(workspace).empty());
    pool.remove(workspace, origin.id);
    EXPECT_TRUE(pool.list(workspace).empty());
  });
}

}  // namespace
}  // namespace carillon::store

#include "store/series.h"

#include "store/testing/stage.h"

namespace carillon::store {
namespace {

ON_EVERY_ENGINE(SeriesTest);

TEST_P(SeriesTest, IsKeptWithWhatItRepeatsAndWhatWasMadeOfIt) {
  const Post one = post({first.id, second.id}, 2), other = post({first.id});
  work([&](Unit& unit) {
    SeriesShelf shelf(unit);
    Series series{.id = one.id,
                  .workspace = workspace,
                  .rule = "FREQ=WEEKLY",
                  .local_time = "2026-11-20T09:30",
                  .zone = "Europe/Berlin",
                  .pattern = one,
                  .made_until = "2026-11-20T09:30"};
    shelf.add(series);
    shelf.add(series, {"2026-11-20T09:30", one.id});
    shelf.add(series, {"2026-11-27T09:30", other.id});
    const auto found = shelf.find(workspace, one.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->rule, series.rule);
    EXPECT_EQ(found->pattern.content, one.content);
    EXPECT_EQ(found->pattern.targets, one.targets);
    EXPECT_EQ(shelf.of_post(workspace, other.id), one.id);
    EXPECT_FALSE(shelf.of_post(mint.make<WorkspaceId>(), other.id));
    shelf.make_own(workspace, other.id);
    const auto all = shelf.occurrences(workspace, one.id);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].post, one.id);
    EXPECT_FALSE(all[0].own);
    EXPECT_TRUE(all[1].own);
    EXPECT_EQ(shelf.list(workspace, "2027").size(), 1U);
    series.ended = true;
    shelf.put(series);
    EXPECT_TRUE(shelf.list(workspace, "2026-11-21").empty());
    EXPECT_EQ(shelf.list(workspace, "2026-11-20").size(), 1U);
    EXPECT_TRUE(shelf.going_on().empty());
    shelf.drop(workspace, other.id);
    EXPECT_FALSE(shelf.of_post(workspace, other.id));
  });
}

TEST_P(SeriesTest, NoWallTimeBecomesTwoPosts) {
  const Post one = post({first.id});
  const Series series{.id = one.id, .workspace = workspace, .rule = "FREQ=DAILY", .pattern = one};
  work([&](Unit& unit) {
    SeriesShelf(unit).add(series);
    SeriesShelf(unit).add(series, {"2026-11-20T09:30", one.id});
  });
  EXPECT_THROW(
      work([&](Unit& unit) { SeriesShelf(unit).add(series, {"2026-11-20T09:30", mint.make<PostId>()}); }),
      StoreError);
}

}  // namespace
}  // namespace carillon::store

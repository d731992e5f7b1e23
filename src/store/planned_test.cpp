#include "store/planned.h"

#include "store/testing/stage.h"

namespace carillon::store {
namespace {

ON_EVERY_ENGINE(PlannedTest);

TEST_P(PlannedTest, AnEntryIsKnownByItsPlanAndKey) {
  const Post one = post({first.id}), other = post({first.id});
  work([&](Unit& unit) {
    PlannedPosts planned(unit);
    planned.lock(workspace);
    EXPECT_FALSE(planned.find(workspace, "spring", "opening"));
    planned.keep(workspace, {"spring", "opening", one.id, "[]"});
    planned.keep(workspace, {"spring", "closing", other.id, "[]"});
    planned.keep(workspace, {"summer", "opening", other.id, "[]"});
    EXPECT_EQ(planned.find(workspace, "spring", "opening")->post, one.id);
    EXPECT_FALSE(planned.find(mint.make<WorkspaceId>(), "spring", "opening"));
    planned.keep(workspace, {"spring", "opening", other.id, R"([["text","Hi"]])"});
    EXPECT_EQ(planned.find(workspace, "spring", "opening")->post, other.id);
    EXPECT_EQ(planned.find(workspace, "spring", "opening")->written, R"([["text","Hi"]])");
    EXPECT_EQ(planned.list(workspace, "spring").size(), 2U);
    EXPECT_EQ(planned.list(workspace, "spring").front().key, "closing");
    ASSERT_EQ(planned.plans(workspace).size(), 2U);
    EXPECT_EQ(planned.plans(workspace).front().posts, 2);
    EXPECT_EQ(planned.of_post(workspace, other.id)->plan, "spring");
    EXPECT_FALSE(planned.of_post(workspace, one.id));
    planned.forget(workspace, "spring", "opening");
    EXPECT_FALSE(planned.find(workspace, "spring", "opening"));
    EXPECT_TRUE(planned.find(workspace, "summer", "opening"));
  });
}

TEST_P(PlannedTest, AFileIsFoundByItsContents) {
  work([&](Unit& unit) {
    MediaFile file{.facts = {.id = mint.make<MediaId>(), .mime = "image/png", .sha256 = "abc"},
                   .workspace = workspace,
                   .name = "door.png"};
    MediaShelf(unit).add(file);
    EXPECT_EQ(media_with(unit, workspace, "abc"), file.facts.id);
    EXPECT_FALSE(media_with(unit, workspace, "abd"));
    EXPECT_FALSE(media_with(unit, mint.make<WorkspaceId>(), "abc"));
  });
}

}  // namespace
}  // namespace carillon::store

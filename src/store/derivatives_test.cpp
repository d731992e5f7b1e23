#include "store/derivatives.h"

#include "store/media.h"
#include "store/testing/stage.h"

namespace carillon::store {
namespace {

ON_EVERY_ENGINE(DerivativesTest);

TEST_P(DerivativesTest, RememberWhatTheyWereMadeFromAndAreMadeOnce) {
  const auto origin = mint.make<MediaId>(), copy = mint.make<MediaId>();
  const auto late = MediaId::make(noon + 1s, dice);
  const Recipe recipe{
      .crop = Box{1, 2, 300, 400}, .max_bytes = 5'000'000'000, .at = std::chrono::milliseconds(40)};
  work([&](Unit& unit) {
    Derivatives derivatives(unit);
    EXPECT_FALSE(derivatives.made(workspace, "p1"));
    EXPECT_TRUE(derivatives.add(workspace, {copy, origin, "p1", recipe}));
    EXPECT_FALSE(derivatives.add(workspace, {late, origin, "p1", recipe})) << "the same was made meanwhile";
    EXPECT_EQ(derivatives.made(workspace, "p1"), copy);
    EXPECT_FALSE(derivatives.made(mint.make<WorkspaceId>(), "p1")) << "a print is its workspace's own";
    EXPECT_EQ(derivatives.find(workspace, copy)->origin, origin);
    EXPECT_EQ(derivatives.find(workspace, copy)->recipe, recipe);
    EXPECT_FALSE(derivatives.find(workspace, origin));
    EXPECT_TRUE(derivatives.add(workspace, {late, origin, "p2", {}}));
    ASSERT_EQ(derivatives.of(workspace, origin).size(), 2U);
    EXPECT_EQ(derivatives.of(workspace, origin)[0].media, copy);
  });
}

TEST_P(DerivativesTest, AreLeftOutOfAListOfOriginals) {
  MediaFile origin{.facts = {.id = mint.make<MediaId>(), .mime = "image/png"}, .workspace = workspace};
  origin.name = "cake.png";
  MediaFile copy = origin;
  copy.facts.id = mint.make<MediaId>();
  work([&](Unit& unit) {
    MediaShelf shelf(unit);
    shelf.add(origin);
    shelf.add(copy);
    Derivatives(unit).add(workspace, {copy.facts.id, origin.facts.id, "p1", {}});
    EXPECT_EQ(shelf.list(workspace, {}, 10).size(), 2U);
    for (const bool unused : {false, true}) {
      const auto alone = shelf.list(workspace, {}, 10, {.unused = unused, .originals = true});
      ASSERT_EQ(alone.size(), 1U);
      EXPECT_EQ(alone[0].facts.id, origin.facts.id);
    }
    EXPECT_EQ(shelf.copies(workspace, origin.facts.id).files, 1);
    EXPECT_EQ(shelf.copies(workspace, origin.facts.id).uses, 0);
    EXPECT_EQ(shelf.copies(workspace, copy.facts.id).files, 0);
  });
}

TEST_P(DerivativesTest, AreForgottenWithTheirFiles) {
  const auto origin = mint.make<MediaId>(), first = mint.make<MediaId>(), second = mint.make<MediaId>();
  work([&](Unit& unit) {
    Derivatives derivatives(unit);
    derivatives.add(workspace, {first, origin, "p1", {}});
    derivatives.add(workspace, {second, origin, "p2", {}});
    derivatives.remove(workspace, first);
    EXPECT_FALSE(derivatives.made(workspace, "p1")) << "it can be made again";
    EXPECT_EQ(derivatives.of(workspace, origin).size(), 1U);
    derivatives.remove(workspace, origin);
    EXPECT_FALSE(derivatives.find(workspace, second)) << "a file of its own now";
  });
}

}  // namespace
}  // namespace carillon::store

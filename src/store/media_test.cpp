#include "store/media.h"

#include <gmock/gmock.h>

#include "store/testing/stage.h"

namespace carillon::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

ON_EVERY_ENGINE(MediaTest);

// Ids in the order of their making.
MediaId next(Random& dice) {
  static int made = 0;
  return MediaId::make(noon + std::chrono::seconds(++made), dice);
}

MediaFile file(WorkspaceId workspace, MediaId id, const std::string& name, uint64_t bytes,
               const std::string& folder = "", std::vector<std::string> tags = {}) {
  MediaFile made{.workspace = workspace, .name = name, .folder = folder, .tags = std::move(tags)};
  made.facts.id = id;
  made.facts.bytes = bytes;
  return made;
}

TEST_P(MediaTest, IsListedInEachOrderPageByPage) {
  work([&](Unit& unit) {
    MediaShelf shelf(unit);
    shelf.add(file(workspace, next(dice), "b.png", 10));
    shelf.add(file(workspace, next(dice), "A.png", 30));
    shelf.add(file(workspace, next(dice), "c.png", 10));
    const auto pages = [&](MediaOrder order) {
      std::vector<std::string> names;
      std::optional<MediaPlace> after;
      for (;;) {
        const auto page = shelf.list(workspace, after, 1, {.order = order});
        if (page.empty()) return names;
        names.push_back(page[0].name);
        after = MediaShelf::place_of(page[0]);
      }
    };
    EXPECT_THAT(pages(MediaOrder::newest), ElementsAre("c.png", "A.png", "b.png"));
    EXPECT_THAT(pages(MediaOrder::oldest), ElementsAre("b.png", "A.png", "c.png"));
    EXPECT_THAT(pages(MediaOrder::name), ElementsAre("A.png", "b.png", "c.png"));
    EXPECT_THAT(pages(MediaOrder::largest), ElementsAre("A.png", "c.png", "b.png"));
  });
}

TEST_P(MediaTest, IsFoundByFolderTagAndItsWords) {
  work([&](Unit& unit) {
    MediaShelf shelf(unit);
    MediaFile cake = file(workspace, next(dice), "IMG_1.png", 1, "Summer", {"Cake", "Red \"x\""});
    cake.alt = "Ein Kuchen mit \u00c4pfeln";
    shelf.add(cake);
    shelf.add(file(workspace, next(dice), "IMG_2.png", 1, "Summer/Fair", {"cake"}));
    shelf.add(file(workspace, next(dice), "IMG_3.png", 1, "Summertime"));
    shelf.add(file(mint.make<WorkspaceId>(), next(dice), "IMG_4.png", 1, "Summer", {"Cake"}));
    const auto found = [&](const MediaFilter& filter) {
      std::vector<std::string> names;
      for (const auto& each : shelf.list(workspace, std::nullopt, 10, filter)) names.push_back(each.name);
      return names;
    };
    EXPECT_THAT(found({.folder = "Summer"}), ElementsAre("IMG_1.png"));
    EXPECT_THAT(found({.folder = "Summer", .below = true}), ElementsAre("IMG_2.png", "IMG_1.png"));
    EXPECT_THAT(found({.folder = ""}), IsEmpty());
    EXPECT_THAT(found({.tag = "Cake"}), ElementsAre("IMG_1.png"));
    EXPECT_THAT(found({.tag = "Red \"x\""}), ElementsAre("IMG_1.png"));
    EXPECT_THAT(found({.text = "\u00e4PFEL"}), ElementsAre("IMG_1.png")) << "in the alternative text";
    EXPECT_THAT(found({.text = "cake"}), ElementsAre("IMG_2.png", "IMG_1.png")) << "in the tags";
    EXPECT_THAT(shelf.tags(workspace), ElementsAre(Pair("Cake", 1), Pair("Red \"x\"", 1), Pair("cake", 1)));
    cake.name = "Cake.png", cake.folder = "", cake.tags = {}, cake.alt = "";
    shelf.describe(cake);
    EXPECT_THAT(found({.folder = ""}), ElementsAre("Cake.png"));
    EXPECT_THAT(found({.text = "img_1"}), IsEmpty());
    EXPECT_THAT(shelf.tags(workspace), ElementsAre(Pair("cake", 1)));
  });
}

TEST_P(MediaTest, FoldersAreThereWithThoseAboveThemAndMoveWithThoseBelow) {
  work([&](Unit& unit) {
    MediaShelf shelf(unit);
    MediaFolders folders(unit);
    const auto tree = [&] {
      std::vector<std::pair<std::string, int64_t>> all;
      for (const auto& each : folders.list(workspace)) all.emplace_back(each.path, each.files);
      return all;
    };
    shelf.add(file(workspace, next(dice), "a", 1, "Shop/Summer/Cakes"));
    folders.add(workspace, "Shop/Winter");
    folders.add(workspace, "Shop/Winter");
    EXPECT_THAT(tree(), ElementsAre(Pair("Shop", 0), Pair("Shop/Summer", 0), Pair("Shop/Summer/Cakes", 1),
                                    Pair("Shop/Winter", 0)));
    EXPECT_TRUE(folders.has(workspace, "Shop/Summer")) << "above one with a file";
    EXPECT_FALSE(folders.has(workspace, "Shop/Sum"));
    EXPECT_FALSE(folders.has(mint.make<WorkspaceId>(), "Shop"));
    folders.move(workspace, "Shop", "Old");
    EXPECT_THAT(tree(), ElementsAre(Pair("Old", 0), Pair("Old/Summer", 0), Pair("Old/Summer/Cakes", 1),
                                    Pair("Old/Winter", 0)));
    EXPECT_EQ(folders.files(workspace, "Old"), 1);
    EXPECT_EQ(folders.files(workspace, "Old/Winter"), 0);
    folders.remove(workspace, "Old/Winter");
    EXPECT_FALSE(folders.has(workspace, "Old/Winter"));
  });
}

TEST_P(MediaTest, AnUploadGoesOnOnlyFromWhereItStands) {
  const Upload begun{.id = mint.make<UploadId>(),
                     .workspace = workspace,
                     .person = mint.make<UserId>(),
                     .name = "film.mp4",
                     .folder = "Films",
                     .sha256 = "ab",
                     .bytes = 5'000'000'000,
                     .created = noon,
                     .touched = noon};
  work([&](Unit& unit) {
    Uploads uploads(unit);
    uploads.add(begun);
    Upload on = begun;
    on.received = 4'500'000'000, on.hash = "cd", on.touched = noon + 1h;
    EXPECT_TRUE(uploads.advance(on, 0));
    EXPECT_FALSE(uploads.advance(on, 0)) << "somebody else was first";
    const Upload seen = uploads.find(workspace, begun.id).value();
    EXPECT_EQ(seen.received, 4'500'000'000U);
    EXPECT_EQ(seen.bytes, 5'000'000'000U);
    EXPECT_EQ(seen.hash, "cd");
    EXPECT_EQ(seen.touched, noon + 1h);
    EXPECT_FALSE(uploads.find(mint.make<WorkspaceId>(), begun.id));
    EXPECT_EQ(uploads.unfinished(workspace).size(), 1U);
    EXPECT_THAT(uploads.all_unfinished(), ElementsAre(begun.id));
    EXPECT_THAT(uploads.untouched_since(noon + 1h), IsEmpty());
    EXPECT_EQ(uploads.untouched_since(noon + 1h + 1us).size(), 1U);
    uploads.finish(workspace, begun.id, noon + 2h);
    EXPECT_FALSE(uploads.advance(on, 4'500'000'000)) << "it is over";
    EXPECT_THAT(uploads.unfinished(workspace), IsEmpty());
    EXPECT_TRUE(uploads.find(workspace, begun.id)->done);
    uploads.remove(workspace, begun.id);
    EXPECT_FALSE(uploads.find(workspace, begun.id));
  });
}

}  // namespace
}  // namespace carillon::store

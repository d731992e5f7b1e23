#include "media/landing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/stored_name.h"
#include "media/testing/media_fixture.h"

namespace carillon::media {
namespace {

namespace fs = std::filesystem;

class LandingTest : public testing::Media {
 protected:
  SeededRandom random{7};
  MediaId id = MediaId::make(Instant::from_seconds(1'795'167'000), random);
  std::string hash = to_hex(sha256("ding dong"));
};

TEST_F(LandingTest, PutsAFileOnItsShelfOnceItIsWhole) {
  MediaFolder media(folder / "media", pictures);
  {
    Landing landing(media, stored_name(id), random);
    landing.write("ding ");
    EXPECT_FALSE(media.has(stored_name(id)));
    landing.write("dong");
    EXPECT_TRUE(landing.land(hash));
  }
  EXPECT_EQ(bytes_of(folder / "media" / stored_name(id)), "ding dong");
  EXPECT_TRUE(fs::is_empty(folder / "media" / arriving));
}

TEST_F(LandingTest, LeavesNothingOfOtherBytes) {
  MediaFolder media(folder / "media", pictures);
  {
    Landing landing(media, stored_name(id), random);
    landing.write("ding ding");
    EXPECT_FALSE(landing.land(hash));
  }
  EXPECT_FALSE(media.has(stored_name(id)));
  EXPECT_TRUE(fs::is_empty(folder / "media" / arriving));
}

TEST_F(LandingTest, TheFolderTellsWhatLiesOnItsShelvesAndForgetsOne) {
  MediaFolder media(folder / "media", pictures);
  for (const std::string& name : {stored_name(id), thumbnail_name(id)}) {
    Landing landing(media, name, random);
    landing.write("ding dong");
    ASSERT_TRUE(landing.land(hash));
  }
  file("media/" + stored_name(id).substr(0, 3) + "notes.txt", "somebody's own");
  auto shelved = media.shelved();
  ASSERT_EQ(shelved.size(), 2U);
  EXPECT_EQ(shelved[0].bytes, 9U);
  media.forget(stored_name(id));
  shelved = media.shelved();
  ASSERT_EQ(shelved.size(), 1U);
  EXPECT_EQ(shelved[0].name, thumbnail_name(id));
  EXPECT_EQ(medium_of(shelved[0].name), id);
  EXPECT_FALSE(medium_of("../x"));
  EXPECT_THROW(media.forget("../x"), std::invalid_argument);
}

}  // namespace
}  // namespace carillon::media

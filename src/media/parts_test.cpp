#include "media/parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "media/stored_name.h"
#include "media/testing/media_fixture.h"

namespace carillon::media {
namespace {

namespace fs = std::filesystem;
using testing::code_of;
using testing::Media;

class PartsTest : public Media {
 protected:
  void SetUp() override {
    Media::SetUp();
    media_.emplace(folder / "media", pictures);
    parts_.emplace(*media_);
  }
  std::string whole(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  fs::path part() const { return folder / "media" / arriving / (id.text() + ".part"); }

  SeededRandom random{7};
  UploadId id = UploadId::make(Instant::from_seconds(1'795'167'000), random);
  std::optional<MediaFolder> media_;
  std::optional<Parts> parts_;
};

TEST_F(PartsTest, GoOnWhereTheyWereDurable) {
  {
    Part first = parts_->take(id);
    ASSERT_TRUE(first.open(0));
    ASSERT_TRUE(first.write(0, "hello "));
    ASSERT_TRUE(first.settle());
    ASSERT_TRUE(first.write(6, "lost in the cut"));
  }
  Part second = parts_->take(id);
  ASSERT_TRUE(second.open(6));
  ASSERT_TRUE(second.write(6, "bells"));
  EXPECT_EQ(whole(part()), "hello bells");
}

TEST_F(PartsTest, BelongToWhoCameLast) {
  Part first = parts_->take(id);
  ASSERT_TRUE(first.open(0));
  Part second = parts_->take(id);
  EXPECT_FALSE(first.held());
  EXPECT_EQ(code_of(first.write(0, "x")), "taken_over");
  EXPECT_EQ(code_of(first.open(0)), "taken_over");
  EXPECT_TRUE(second.open(0));
  EXPECT_EQ(whole(part()), "");
}

TEST_F(PartsTest, SayWhenTheirBytesAreGone) {
  Part part = parts_->take(id);
  EXPECT_EQ(code_of(part.open(10)), "part_lost");
}

TEST_F(PartsTest, BecomeAStoredFileAsOftenAsAsked) {
  const std::string bytes = whole(picture("bell.png", 20, 10));
  Part part_of_it = parts_->take(id);
  ASSERT_TRUE(part_of_it.open(0));
  ASSERT_TRUE(part_of_it.write(0, bytes));
  const MediaId medium{id.bytes};
  for (int round = 0; round < 2; ++round) {
    const auto facts = parts_->measure(id);
    ASSERT_TRUE(facts) << facts.error().text;
    EXPECT_EQ(facts->width, 20U);
    parts_->keep(id, medium);
    EXPECT_EQ(media_->size(stored_name(medium)), bytes.size());
    EXPECT_GT(media_->size(thumbnail_name(medium)), 0U);
  }
  parts_->drop(id);
  EXPECT_FALSE(fs::exists(part()));
  EXPECT_EQ(media_->size(stored_name(medium)), bytes.size()) << "what was kept stays";
}

TEST_F(PartsTest, AreFinishedByOneAtATime) {
  {
    const auto one = parts_->begin_finishing(id);
    EXPECT_TRUE(one);
    EXPECT_FALSE(parts_->begin_finishing(id));
  }
  EXPECT_TRUE(parts_->begin_finishing(id));
}

TEST_F(PartsTest, ThatNobodyKnowsAreSweptAway) {
  const UploadId unknown = UploadId::make(Instant::from_seconds(1'795'167'001), random);
  const fs::path in = folder / "media" / arriving;
  for (const std::string& name :
       {id.text() + ".part", unknown.text() + ".part", std::string("token"), std::string("token.thumb")})
    std::ofstream(in / name) << "x";
  parts_->sweep({id}, Instant::from_seconds(0));
  EXPECT_TRUE(fs::exists(in / "token")) << "somebody may be writing it";
  parts_->sweep({id}, Instant::from_seconds(4'000'000'000));
  EXPECT_TRUE(fs::exists(part()));
  EXPECT_FALSE(fs::exists(in / (unknown.text() + ".part")));
  EXPECT_FALSE(fs::exists(in / "token"));
  EXPECT_FALSE(fs::exists(in / "token.thumb"));
}

}  // namespace
}  // namespace carillon::media

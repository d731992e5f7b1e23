#include "media/folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/stored_name.h"
#include "media/testing/media_fixture.h"

namespace carillon::media {
namespace {

namespace fs = std::filesystem;
using testing::code_of;
using testing::Media;

class Folder : public Media {
 protected:
  Result<MediaFacts> upload(MediaFolder& media, std::string_view bytes, MediaId as,
                            uint64_t limit = 100 << 20, size_t piece = 1000) {
    Intake intake = media.receive(limit, random);
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
      const auto fed = intake.feed(bytes.substr(0, piece));
      if (!fed) return refuse(fed.error());
    }
    auto facts = intake.finish();
    if (facts) intake.keep(as);
    return facts;
  }
  size_t files() {
    size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder / "media"))
      count += entry.is_regular_file() ? 1 : 0;
    return count;
  }
  SeededRandom random{7};
  MediaId id = MediaId::make(Instant::from_seconds(1'795'167'000), random);
};

TEST_F(Folder, KeepsAnUploadWithItsThumbnail) {
  MediaFolder media(folder / "media", pictures);
  const std::string bytes = bytes_of(picture("a.jpg"));
  const auto facts = upload(media, bytes, id);
  ASSERT_TRUE(facts.has_value()) << facts.error().text;
  EXPECT_EQ(facts->sha256, to_hex(sha256(bytes)));
  EXPECT_EQ(facts->bytes, bytes.size());
  EXPECT_EQ(files(), 2U);
  EXPECT_EQ(bytes_of(folder / "media" / stored_name(id)), bytes);
  EXPECT_EQ(media.size(stored_name(id)), bytes.size());
  std::string some(10, ' ');
  EXPECT_EQ(media.read(stored_name(id), 5, some.data(), some.size()), 10U);
  EXPECT_EQ(some, bytes.substr(5, 10));
  EXPECT_EQ(media.read(stored_name(id), bytes.size() - 3, some.data(), some.size()), 3U);
  EXPECT_EQ(media.read(stored_name(id), bytes.size() + 3, some.data(), some.size()), 0U);
  EXPECT_GT(media.size(thumbnail_name(id)), 100U);
  media.remove(id);
  media.remove(id);
  EXPECT_EQ(files(), 0U);
}

TEST_F(Folder, LeavesNothingOfWhatItRefused) {
  MediaFolder media(folder / "media", pictures);
  const std::string jpeg = bytes_of(picture("a.jpg"));
  EXPECT_EQ(code_of(upload(media, "", id)), "media_type_refused");
  EXPECT_EQ(code_of(upload(media, "<svg/>", id)), "media_type_refused");
  EXPECT_EQ(code_of(upload(media, "PK\x03\x04 " + std::string(5000, 'x'), id)), "media_type_refused");
  EXPECT_EQ(code_of(upload(media, jpeg, id, 5000)), "media_too_large");
  EXPECT_EQ(code_of(upload(media, jpeg.substr(0, jpeg.size() / 2), id)), "media_unreadable");
  EXPECT_EQ(files(), 0U);
}

TEST_F(Folder, RefusesAWrongTypeAfterTheFirstPiece) {
  MediaFolder media(folder / "media", pictures);
  Intake intake = media.receive(100 << 20, random);
  EXPECT_TRUE(intake.feed(std::string(500, 'x')).has_value());
  EXPECT_EQ(code_of(intake.feed(std::string(600, 'x'))), "media_type_refused");
}

TEST_F(Folder, ForgetsAnUploadThatWasBrokenOff) {
  MediaFolder media(folder / "media", pictures);
  {
    Intake intake = media.receive(100 << 20, random);
    Intake moved = std::move(intake);
    EXPECT_TRUE(moved.feed("\xff\xd8\xff").has_value());
    EXPECT_EQ(files(), 1U);
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(Folder, OpensNothingButStoredNames) {
  MediaFolder media(folder / "media", pictures);
  file("outside", "secret");
  char byte = 0;
  for (const std::string& name :
       {std::string("../outside"), std::string("../../etc/passwd"), std::string("/etc/passwd"),
        std::string(""), std::string("aa/../../outside"), std::string("aa/..%2foutside"),
        std::string("aa\\outside"), stored_name(id) + std::string(1, '\0'), stored_name(id) + "/",
        "ff/" + id.text(), stored_name(id) + ".thumb.thumb"}) {
    EXPECT_THROW(media.read(name, 0, &byte, 1), std::invalid_argument) << name;
  }
  EXPECT_THROW(media.read(stored_name(id), 0, &byte, 1), std::system_error);
}

TEST_F(Folder, FollowsNoLinks) {
  MediaFolder media(folder / "media", pictures);
  const fs::path place = folder / "media" / stored_name(id);
  fs::create_directories(place.parent_path());
  fs::create_symlink(file("outside", "secret"), place);
  char byte = 0;
  EXPECT_THROW(media.read(stored_name(id), 0, &byte, 1), std::system_error);
  fs::remove_all(place.parent_path());
  fs::create_directories(folder / "elsewhere");
  file("elsewhere/" + id.text(), "secret");
  fs::create_directory_symlink(folder / "elsewhere", place.parent_path());
  EXPECT_THROW(media.read(stored_name(id), 0, &byte, 1), std::system_error);
}

}  // namespace
}  // namespace carillon::media

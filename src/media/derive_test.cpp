// Real files by real recipes: pictures, HEIC, animations, films; and what may go wrong on the way.
#include "media/derive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "media/folder.h"
#include "media/probe.h"
#include "media/stored_name.h"
#include "media/testing/media_fixture.h"
#include "media/thumbnail.h"

namespace carillon::media {
namespace {

namespace fs = std::filesystem;
using testing::code_of;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Derive : public testing::Media {
 protected:
  MediaFacts facts_of(const fs::path& file) {
    const auto facts = probe(file, pictures);
    EXPECT_TRUE(facts) << facts.error().text << facts.error().detail;
    return facts.value_or(MediaFacts{});
  }

  Result<void> make(const fs::path& from, const Recipe& recipe, const Making& making = {}) {
    return derive(from, facts_of(from), recipe, path("made"), pictures, making);
  }

  MediaFacts made(const fs::path& from, const Recipe& recipe) {
    const auto done = make(from, recipe);
    EXPECT_TRUE(done) << done.error().text << " " << done.error().detail;
    return done ? facts_of(path("made")) : MediaFacts{};
  }

  // Red on the left, blue on the right; half of it transparent where the name ends in png.
  fs::path halves(const std::string& name, int width, int height) {
    return video(name, fmt::format("-f lavfi -i color=red:s={0}x{1} -f lavfi -i color=blue:s={0}x{1} "
                                   "-filter_complex hstack -frames:v 1",
                                   width / 2, height));
  }

  std::vector<double> color_at(const fs::path& file, int x, int y) {
    VipsImage* image = nullptr;
    EXPECT_EQ(vips_jpegload(file.c_str(), &image, nullptr), 0) << vips_error_buffer();
    double* values = nullptr;
    int count = 0;
    EXPECT_EQ(vips_getpoint(image, &values, &count, x, y, nullptr), 0);
    std::vector<double> out(values, values + count);
    g_free(values);
    g_object_unref(image);
    return out;
  }

  fs::path heic(const std::string& name, int width, int height) {
    VipsImage* image = nullptr;
    EXPECT_EQ(vips_black(&image, width, height, "bands", 3, nullptr), 0);
    EXPECT_EQ(
        vips_heifsave(image, path(name).c_str(), "compression", VIPS_FOREIGN_HEIF_COMPRESSION_HEVC, nullptr),
        0)
        << vips_error_buffer();
    g_object_unref(image);
    return path(name);
  }
};

TEST_F(Derive, APictureIsCroppedMadeSmallerAndBecomesJpeg) {
  const MediaFacts copy =
      made(halves("in.png", 1200, 400), {.crop = Box{600, 0, 500, 400}, .max_width = 250});
  EXPECT_EQ(copy.mime, "image/jpeg");
  EXPECT_EQ(copy.width, 250U);
  EXPECT_EQ(copy.height, 200U);
  const auto color = color_at(path("made"), 100, 100);
  ASSERT_EQ(color.size(), 3U);
  EXPECT_LT(color[0], 40);
  EXPECT_GT(color[2], 200);  // the right half is blue
}

TEST_F(Derive, WhatIsTransparentBecomesTheBackground) {
  const fs::path clear = video("clear.png", "-f lavfi -i color=red@0.0:s=64x64,format=rgba -frames:v 1");
  made(clear, {.background = "#00ff00"});
  const auto color = color_at(path("made"), 30, 30);
  EXPECT_LT(color[0], 20);
  EXPECT_GT(color[1], 235);
}

TEST_F(Derive, APhotoIsUprightAndKeepsNothingOfItsOrigin) {
  const MediaFacts copy = made(picture("in.jpg", 640, 480, 6), {});
  EXPECT_EQ(copy.width, 480U);
  EXPECT_EQ(copy.height, 640U);
  EXPECT_FALSE(bytes_of(path("made")).contains("MarkerCamera"));
  EXPECT_TRUE(bytes_of(path("in.jpg")).contains("MarkerCamera"));  // the original is untouched
}

TEST_F(Derive, APictureIsCompressedUntilItFits) {
  const fs::path large = picture("in.png", 1600, 1200);
  ASSERT_GT(fs::file_size(large), 1'000'000U);
  const MediaFacts copy = made(large, {.max_bytes = 200'000});
  EXPECT_LE(copy.bytes, 200'000U);
  EXPECT_GE(copy.width, 400U);
  EXPECT_EQ(code_of(make(large, {.max_bytes = 100})), "media_does_not_fit");
}

TEST_F(Derive, HeicIsReadInAProcessOfItsOwnOnly) {
  const fs::path photo = heic("photo.heic", 640, 360);
  const MediaFacts facts = facts_of(photo);
  EXPECT_EQ(facts.mime, "image/heic");
  EXPECT_EQ(facts.width, 640U);
  EXPECT_EQ(facts.height, 360U);
  ASSERT_TRUE(make_thumbnail(photo, facts, path("thumb"), pictures));
  EXPECT_EQ(testing::size_of(path("thumb")).width, 320);
  const MediaFacts copy = made(photo, {.max_width = 320});
  EXPECT_EQ(copy.mime, "image/jpeg");
  EXPECT_EQ(copy.width, 320U);
  EXPECT_EQ(copy.height, 180U);
}

TEST_F(Derive, ADamagedHeicIsRefusedInWords) {
  const std::string whole = bytes_of(heic("photo.heic", 640, 360));
  const fs::path cut = file("cut.heic", whole.substr(0, whole.size() / 3));
  const auto facts = probe(cut, pictures);
  const auto shown =
      facts ? make_thumbnail(cut, *facts, path("thumb"), pictures) : Result<void>(refuse(facts.error()));
  EXPECT_EQ(code_of(shown), "media_unreadable");
}

TEST_F(Derive, AFilmBecomesMp4WithinItsLimitsAndTellsHowFarItIs) {
  const fs::path webm = video(
      "in.webm", "-f lavfi -i testsrc=s=640x360:d=3:r=25 -f lavfi -i sine=d=3 -c:v libvpx -c:a libopus");
  std::vector<double> told;
  const Recipe recipe{
      .into = "video/mp4", .crop = Box{140, 0, 360, 360}, .max_width = 180, .max_bytes = 1 << 20};
  const auto done = make(webm, recipe, {.progress = [&](double share) { told.push_back(share); }});
  ASSERT_TRUE(done) << done.error().detail;
  const MediaFacts copy = facts_of(path("made"));
  EXPECT_EQ(copy.mime, "video/mp4");
  EXPECT_EQ(copy.codec, "h264/aac");
  EXPECT_EQ(copy.width, 180U);
  EXPECT_EQ(copy.height, 180U);
  EXPECT_LE(copy.bytes, uint64_t{1} << 20);
  EXPECT_NEAR(static_cast<double>(copy.duration.count()) / 1e6, 3, 0.2);
  ASSERT_FALSE(told.empty());
  EXPECT_TRUE(std::ranges::is_sorted(told));
  EXPECT_GT(told.back(), 0.9);
}

TEST_F(Derive, AMovStandingUprightStaysUpright) {
  const fs::path mov = video("in.mov", "-f lavfi -i testsrc=s=360x640:d=1 -c:v mpeg4");
  const MediaFacts copy = made(mov, {.into = "video/mp4"});
  EXPECT_EQ(copy.codec, "h264");
  EXPECT_EQ(copy.width, 360U);
  EXPECT_EQ(copy.height, 640U);
}

TEST_F(Derive, AnAnimationBecomesAVideo) {
  const fs::path gif = video("in.gif", "-f lavfi -i testsrc=s=161x121:d=2:r=10");
  const MediaFacts copy = made(gif, {.into = "video/mp4"});
  EXPECT_EQ(copy.codec, "h264");
  EXPECT_EQ(copy.width, 160U);
  EXPECT_NEAR(static_cast<double>(copy.duration.count()) / 1e6, 2, 0.3);
}

TEST_F(Derive, AFilmIsCutToThePieceThatIsWanted) {
  const fs::path film = video("in.mp4",
                              "-f lavfi -i color=red:s=320x240:d=2 -f lavfi -i color=blue:s=320x240:d=4 "
                              "-filter_complex concat=n=2 -c:v libx264");
  const auto seconds = [](const MediaFacts& facts) {
    return static_cast<double>(facts.duration.count()) / 1e6;
  };
  EXPECT_NEAR(seconds(made(film, {.into = "video/mp4", .cut = Piece{{}, std::chrono::seconds(1)}})), 1, 0.1);
  const MediaFacts piece = made(
      film, {.into = "video/mp4", .cut = Piece{std::chrono::milliseconds(2500), std::chrono::seconds(2)}});
  EXPECT_NEAR(seconds(piece), 2, 0.1);
  fs::rename(path("made"), path("piece.mp4"));
  made(path("piece.mp4"), {.at = Duration(0)});
  EXPECT_GT(color_at(path("made"), 100, 100)[2], 200) << "it begins where it was wanted";
  const Recipe late{.into = "video/mp4", .cut = Piece{std::chrono::seconds(9), std::chrono::seconds(1)}};
  EXPECT_EQ(code_of(make(film, late)), "cut_outside");
  EXPECT_EQ(code_of(make(picture("in.jpg"), {.cut = Piece{{}, std::chrono::seconds(1)}})),
            "recipe_impossible");
}

TEST_F(Derive, AMomentOfAFilmBecomesItsCover) {
  const fs::path film = video("in.mp4",
                              "-f lavfi -i color=red:s=320x240:d=2 -f lavfi -i color=blue:s=320x240:d=2 "
                              "-filter_complex concat=n=2 -c:v libx264");
  made(film, {.at = std::chrono::milliseconds(500)});
  EXPECT_GT(color_at(path("made"), 100, 100)[0], 200);
  made(film, {.at = std::chrono::milliseconds(3000)});
  EXPECT_GT(color_at(path("made"), 100, 100)[2], 200);
  made(film, {.at = std::chrono::milliseconds(3999)});  // the last frame begins before this
  EXPECT_GT(color_at(path("made"), 100, 100)[2], 200);
  EXPECT_FALSE(fs::exists(path("made.frame")));
}

TEST_F(Derive, WhatCannotComeFromAFileIsRefusedInWords) {
  const fs::path still = picture("in.jpg");
  const fs::path film = video("in.mp4", "-f lavfi -i testsrc=s=320x240:d=1 -c:v libx264");
  const fs::path paper = file("in.pdf", "%PDF-1.7\n%%EOF\n");
  EXPECT_EQ(code_of(make(still, {.into = "video/mp4"})), "recipe_impossible");
  EXPECT_EQ(code_of(make(still, {.at = Duration(0)})), "recipe_impossible");
  EXPECT_EQ(code_of(make(film, {})), "recipe_impossible");
  EXPECT_EQ(code_of(make(film, {.into = "video/mp4", .max_bytes = 3000})), "media_does_not_fit");
  EXPECT_EQ(code_of(make(paper, {})), "recipe_impossible");
  EXPECT_EQ(code_of(make(still, {.crop = Box{600, 0, 100, 100}})), "crop_outside");
  EXPECT_FALSE(fs::exists(path("made")));
}

TEST_F(Derive, WhatIsCanceledStops) {
  const fs::path film =
      video("in.mp4", "-f lavfi -i testsrc=s=1280x720:d=20:r=30 -c:v libx264 -preset ultrafast");
  std::stop_source stop;
  const auto done = make(film, {.into = "video/mp4"},
                         {.progress = [&](double) { stop.request_stop(); }, .stop = stop.get_token()});
  EXPECT_EQ(code_of(done), "canceled");
}

TEST_F(Derive, AChildWritesNoMoreThanItMay) {
  const auto end =
      run_child({"ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i", "testsrc=s=640x480:d=9", "-f",
                 "rawvideo", "-y", "file:" + path("big").string()},
                {.file = 100'000});
  ASSERT_TRUE(end);
  EXPECT_NE(end->code, 0);
  EXPECT_LE(fs::file_size(path("big")), 100'000U);
}

TEST_F(Derive, TheFolderTakesWhatAChildHasWritten) {
  MediaFolder shelves(path("media"), pictures);
  SeededRandom dice(4);
  Intake intake = shelves.receive(uint64_t{1} << 20, dice);
  const fs::path from = picture("in.png");
  ASSERT_TRUE(derive(from, facts_of(from), {.max_width = 100}, intake.path(), pictures));
  ASSERT_TRUE(intake.take_written());
  const auto facts = intake.finish();
  ASSERT_TRUE(facts) << facts.error().text;
  EXPECT_EQ(facts->width, 100U);
  const MediaId id = MediaId::make(Instant{1}, dice);
  intake.keep(id);
  EXPECT_EQ(shelves.size(stored_name(id)), facts->bytes);
  EXPECT_EQ(facts->sha256, to_hex(sha256(bytes_of(path("media") / stored_name(id)))));
}

TEST_F(Derive, WhatAChildHasWrittenMustStillBeSmallEnough) {
  MediaFolder shelves(path("media"), pictures);
  SeededRandom dice(4);
  Intake intake = shelves.receive(1000, dice);
  const fs::path from = picture("in.png");
  ASSERT_TRUE(derive(from, facts_of(from), {}, intake.path(), pictures));
  EXPECT_EQ(code_of(intake.take_written()), "media_too_large");
}

}  // namespace
}  // namespace carillon::media

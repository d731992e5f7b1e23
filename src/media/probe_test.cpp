// Files as people send them, sound and damaged, made here by the libraries that read them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/images.h"
#include "media/probe.h"
#include "media/testing/media_fixture.h"
#include "media/thumbnail.h"

namespace carillon::media {
namespace {

namespace fs = std::filesystem;
using testing::code_of;
using ::testing::HasSubstr;
using testing::Media;
using testing::Size;
using testing::size_of;

// ---- types ----

TEST(Sniff, TellsTypesApart) {
  const auto box = [](std::string brand) {
    return std::string(
               "\0\0\0\x18"
               "ftyp",
               8) +
           brand + std::string(8, '\0');
  };
  const std::vector<std::pair<std::string, std::string_view>> table = {
      {"\xff\xd8\xff\xe0 JFIF", "image/jpeg"},
      {"\x89PNG\r\n\x1a\n....", "image/png"},
      {"GIF89a....", "image/gif"},
      {"GIF87a....", "image/gif"},
      {"RIFF\x10\x20\x30\x40WEBPVP8 ", "image/webp"},
      {"RIFF\x10\x20\x30\x40WAVEfmt ", "audio/wav"},
      {"RIFF\x10\x20\x30\x40"
       "AVI LIST",
       "video/x-msvideo"},
      {box("isom"), "video/mp4"},
      {box("mp42"), "video/mp4"},
      {box("qt  "), "video/quicktime"},
      {box("heic"), "image/heic"},
      {box("mif1"), "image/heic"},
      {box("avif"), "image/avif"},
      {box("M4A "), "audio/mp4"},
      {std::string("\0\0\0\x08wide\0\0\0\0mdat", 16), "video/quicktime"},
      {"\x1a\x45\xdf\xa3\x01\x42\x82\x84webm", "video/webm"},
      {"\x1a\x45\xdf\xa3\x01\x42\x82\x88matroska", "video/x-matroska"},
      {"%PDF-1.7", "application/pdf"},
      {"PK\x03\x04....", "application/zip"},
      {"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"},
      {"<?xml version='1.0'?>\n<!-- long -->\n<svg/>", "image/svg+xml"},
      {"\xef\xbb\xbf <!DOCTYPE HTML><html>", "text/html"},
      {"hello <ScRiPt>alert(1)</script>", "text/html"},
      {"<?xml version='1.0'?><rss/>", "text/xml"},
      {"#!/bin/sh\n", "text/plain"},
      {"just words", "text/plain"},
      {"", "application/x-empty"},
      {"\x01\x02\x03\xfe", "application/octet-stream"},
  };
  for (const auto& [bytes, mime] : table) EXPECT_EQ(sniff(bytes).mime, mime) << bytes;
}

TEST(Sniff, NamesWhatItSawAndWhatIsAccepted) {
  const auto refused = accepted_kind("<svg/>");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "media_type_refused");
  EXPECT_THAT(refused.error().text, HasSubstr("an SVG drawing"));
  EXPECT_THAT(refused.error().text, HasSubstr("JPEG, PNG, GIF, WebP and HEIC"));
}

// ---- pictures ----

TEST_F(Media, MeasuresPictures) {
  for (const auto& [name, mime] : {std::pair{"a.jpg", "image/jpeg"},
                                   {"a.png", "image/png"},
                                   {"a.gif", "image/gif"},
                                   {"a.webp", "image/webp"}}) {
    const fs::path from = picture(name, 640, 480);
    const auto facts = probe(from, pictures);
    ASSERT_TRUE(facts.has_value()) << name << ": " << facts.error().text << facts.error().detail;
    EXPECT_EQ(facts->mime, mime);
    EXPECT_EQ(facts->width, 640U);
    EXPECT_EQ(facts->height, 480U);
    EXPECT_EQ(facts->frames, 1U);
    EXPECT_EQ(facts->bytes, fs::file_size(from));
  }
}

TEST_F(Media, GoesByTheBytesNotByTheName) {
  fs::rename(picture("a.png"), path("a.jpg"));
  EXPECT_EQ(probe(path("a.jpg"), pictures)->mime, "image/png");
  EXPECT_EQ(code_of(probe(file("drawing.jpg", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
                          pictures)),
            "media_type_refused");
}

TEST_F(Media, MeasuresAPictureAsItIsShown) {
  const auto facts = probe(picture("turned.jpg", 600, 400, 6), pictures);
  ASSERT_TRUE(facts.has_value());
  EXPECT_EQ(facts->width, 400U);
  EXPECT_EQ(facts->height, 600U);
}

TEST_F(Media, MakesUprightThumbnailsWithoutMetadata) {
  const fs::path from = picture("turned.jpg", 1200, 800, 6);
  const auto facts = probe(from, pictures);
  const auto made = make_thumbnail(from, *facts, path("thumb"), pictures);
  ASSERT_TRUE(made.has_value()) << made.error().detail;
  const Size size = size_of(path("thumb"));
  EXPECT_EQ(size.height, 320);
  EXPECT_NEAR(size.width, 213, 1);
  const std::string bytes = bytes_of(path("thumb"));
  EXPECT_EQ(sniff(bytes).mime, thumbnail_mime);
  ASSERT_TRUE(bytes_of(from).contains("MarkerCamera"));
  EXPECT_FALSE(bytes.contains("MarkerCamera"));
}

TEST_F(Media, NeverMakesASmallPictureLarger) {
  const fs::path from = picture("small.png", 20, 10);
  ASSERT_TRUE(make_thumbnail(from, *probe(from, pictures), path("thumb"), pictures).has_value());
  EXPECT_EQ(size_of(path("thumb")).width, 20);
}

TEST_F(Media, RefusesTooManyPixelsBeforeDecodingThem) {
  std::string png = bytes_of(picture("a.png", 8, 8));
  const auto declare = [&](size_t at, uint32_t number) {
    for (int i = 0; i < 4; ++i) png[at + static_cast<size_t>(i)] = static_cast<char>(number >> (24 - 8 * i));
  };
  declare(16, 60'000);
  declare(20, 60'000);
  const auto refused = probe(file("huge.png", png), pictures);
  // The header's checksum no longer fits, either: both are reasons, and neither costs 10 GB.
  EXPECT_THAT(code_of(refused), ::testing::AnyOf("media_too_many_pixels", "media_unreadable"));
  const auto large = probe(blank("large.png", 10'000, 5'001), pictures);
  ASSERT_FALSE(large.has_value());
  EXPECT_EQ(large.error().code, "media_too_many_pixels");
  EXPECT_THAT(large.error().text, HasSubstr("10000 x 5001"));
}

TEST_F(Media, CountsFrames) {
  const auto gif = probe(video("a.gif", "-f lavfi -i testsrc=size=64x48:rate=10:duration=1"), pictures);
  ASSERT_TRUE(gif.has_value()) << gif.error().detail;
  EXPECT_EQ(gif->frames, 10U);
  EXPECT_EQ(gif->height, 48U);
  EXPECT_EQ(code_of(probe(video("b.gif", "-f lavfi -i testsrc=size=16x16:rate=50:duration=5"), pictures)),
            "media_too_many_pixels");
}

TEST_F(Media, RefusesDamagedPictures) {
  for (const char* name : {"a.jpg", "a.png", "a.webp", "a.gif"}) {
    const std::string whole = bytes_of(picture(name));
    for (const double part : {0.02, 0.5, 0.9}) {
      const fs::path cut =
          file("cut", whole.substr(0, static_cast<size_t>(static_cast<double>(whole.size()) * part)));
      const auto facts = probe(cut, pictures);
      const auto shown =
          facts ? make_thumbnail(cut, *facts, path("thumb"), pictures) : Result<void>(refuse(facts.error()));
      EXPECT_EQ(code_of(shown), "media_unreadable") << name << " " << part;
      EXPECT_FALSE(fs::exists(path("thumb")));
    }
  }
}

TEST_F(Media, RefusesWhatOnlyBeginsLikeAPicture) {
  for (const std::string_view bytes : {"\xff\xd8\xff<script>alert(1)</script>", "GIF89a/*<svg/>*/=1;alert(1)",
                                       "\x89PNG\r\n\x1a\n<html>", "RIFF....WEBP<html>"}) {
    const fs::path from = file("polyglot", bytes);
    const auto facts = probe(from, pictures);
    const auto shown =
        facts ? make_thumbnail(from, *facts, path("thumb"), pictures) : Result<void>(refuse(facts.error()));
    EXPECT_NE(code_of(shown), "fine") << bytes;
  }
}

// ---- videos ----

TEST_F(Media, MeasuresVideos) {
  const auto facts = probe(video("a.mp4",
                                 "-f lavfi -i testsrc=size=320x180:rate=10:duration=3 -f lavfi -i "
                                 "sine=duration=3 -pix_fmt yuv420p -c:v libx264 -c:a aac"),
                           pictures);
  ASSERT_TRUE(facts.has_value()) << facts.error().text << facts.error().detail;
  EXPECT_EQ(facts->mime, "video/mp4");
  EXPECT_EQ(facts->width, 320U);
  EXPECT_EQ(facts->height, 180U);
  EXPECT_EQ(facts->codec, "h264/aac");
  EXPECT_NEAR(static_cast<double>(facts->duration.count()), 3e6, 1e5);
}

TEST_F(Media, ShowsAFrameOfAVideo) {
  for (const char* name : {"a.mp4", "a.mov", "a.webm"}) {
    const fs::path from = video(name, "-f lavfi -i testsrc=size=640x360:rate=5:duration=1 -pix_fmt yuv420p");
    const auto facts = probe(from, pictures);
    ASSERT_TRUE(facts.has_value()) << name << facts.error().detail;
    const auto made = make_thumbnail(from, *facts, path("thumb"), pictures);
    ASSERT_TRUE(made.has_value()) << name << made.error().text << made.error().detail;
    EXPECT_EQ(size_of(path("thumb")).width, 320);
  }
}

TEST_F(Media, RefusesDamagedVideos) {
  const std::string whole =
      bytes_of(video("a.mp4", "-f lavfi -i testsrc=size=320x180:rate=10:duration=1 -pix_fmt yuv420p"));
  EXPECT_EQ(code_of(probe(file("cut.mp4", whole.substr(0, 400)), pictures)), "media_unreadable");
  EXPECT_EQ(code_of(probe(file("head.mp4", whole.substr(0, 20)), pictures)), "media_unreadable");
  const fs::path sound = video("a.mp4", "-f lavfi -i sine=duration=1 -c:a aac");
  const auto refused = probe(sound, pictures);
  EXPECT_EQ(code_of(refused), "media_unreadable");
}

TEST_F(Media, DoesNotFollowAPlaylistDressedAsAVideo) {
  const std::string playlist = std::string(
                                   "\0\0\0\x18"
                                   "ftypisom\0\0\0\0isom",
                                   20) +
                               "\n#EXTM3U\nfile:///etc/passwd\n";
  EXPECT_EQ(code_of(probe(file("list.mp4", playlist), pictures)), "media_unreadable");
}

TEST(VideoReport, IsReadWhateverItSays) {
  for (const char* text :
       {"", "null", "[]", "{", "{}", R"({"streams":7})", R"({"streams":[7,{"codec_type":"video"}]})",
        R"({"streams":[{"codec_type":"video","width":-5,"height":"x"}]})"}) {
    EXPECT_EQ(code_of(read_video_report(text, "video/mp4")), "media_unreadable") << text;
  }
  const auto facts = read_video_report(
      R"({"streams":[{"codec_type":"video","codec_name":"mjpeg","width":9,"height":9,"disposition":{"attached_pic":1}},
          {"codec_type":"video","codec_name":"hevc","width":1920,"height":1080,"side_data_list":[{"rotation":-90}]}],
          "format":{"duration":"1.5"}})",
      "video/quicktime");
  ASSERT_TRUE(facts.has_value());
  EXPECT_EQ(facts->width, 1080U);
  EXPECT_EQ(facts->height, 1920U);
  EXPECT_EQ(facts->codec, "hevc");
  EXPECT_EQ(facts->duration, Duration(1'500'000));
}

// ---- documents ----

TEST_F(Media, TakesADocumentThatHasItsEnd) {
  const fs::path whole = folder / "whole.pdf", cut = folder / "cut.pdf", shown = folder / "sheet.webp";
  std::ofstream(whole) << "%PDF-1.7\n" << std::string(5000, 'x') << "\nstartxref\n9\n%%EOF\n";
  std::ofstream(cut) << "%PDF-1.7\n" << std::string(5000, 'x');
  const auto facts = probe(whole, pictures);
  ASSERT_TRUE(facts) << facts.error().text;
  EXPECT_EQ(facts->mime, "application/pdf");
  EXPECT_GT(facts->bytes, 5000U);
  EXPECT_EQ(code_of(probe(cut, pictures)), "media_unreadable");
  ASSERT_TRUE(make_thumbnail(whole, *facts, shown, pictures));
  EXPECT_GT(size_of(shown).height, size_of(shown).width) << "a sheet stands upright";
}

}  // namespace
}  // namespace carillon::media

// Copies that fit: made once, told what they are made from, offered where a file does not go.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "api/testing/server.h"

namespace carillon::api {
namespace {

using ::testing::HasSubstr;

class Derivatives : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "derivatives_XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  std::string file(const std::string& name, const std::string& options) {
    const std::string path = (folder / name).string();
    const std::string command = fmt::format("ffmpeg -v error -y {} {} </dev/null", options, path);
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::string wide() { return file("wide.png", "-f lavfi -i testsrc=s=1500x500 -frames:v 1"); }

  std::string upload(const std::string& bytes, const std::string& name) {
    const auto reply = server.ask({.method = "POST",
                                   .path = "/api/v1/media",
                                   .body = bytes,
                                   .headers = {{"X-File-Name", name}},
                                   .as = home.as_editor,
                                   .type = "application/octet-stream"});
    EXPECT_EQ(reply.status, 201) << reply.body;
    return reply.text("/id");
  }
  Reply make(const std::string& id, const std::string& wish) {
    return server.post("/api/v1/media/" + id + "/derivatives", wish, home.as_editor);
  }
  // A film: its conversion until it is over.
  Reply over(const Reply& begun) {
    const std::string path = "/api/v1/conversions/" + begun.text("/id");
    Reply now = server.get(path, home.as_viewer);
    while (now.text("/state") == "waiting" || now.text("/state") == "working")
      now = server.get(path, home.as_viewer);
    return now;
  }

  TestServer server;
  Household home = server.add_household("home");
  std::filesystem::path folder;
};

TEST_F(Derivatives, AWidePictureIsFittedForInstagramOnce) {
  const std::string id = upload(wide(), "wide.png");
  const auto first = make(id, R"({"for": "instagram"})");
  ASSERT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(first.text("/state"), "done");
  EXPECT_EQ(first.text("/made/mime"), "image/jpeg");
  EXPECT_EQ(first.text("/made/width"), "955");
  EXPECT_EQ(first.text("/made/height"), "500");
  EXPECT_EQ(first.text("/made/name"), "wide (cropped to 1.91:1, JPEG).jpg");
  const auto again = make(id, R"({"for": "instagram"})");
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.text("/made/id"), first.text("/made/id"));
  // The same bytes under another name are the same picture.
  EXPECT_EQ(make(upload(wide(), "other.png"), R"({"for": "instagram"})").text("/made/id"),
            first.text("/made/id"));
  const auto list = server.get("/api/v1/media/" + id + "/derivatives", home.as_viewer);
  EXPECT_EQ(list.text("/items/0/label"), "cropped to 1.91:1, JPEG");
  EXPECT_EQ(list.text("/items/0/file/id"), first.text("/made/id"));
  EXPECT_THAT(list.text("/items/0/fits"), HasSubstr("Instagram"));
  const auto made = server.get("/api/v1/media/" + first.text("/made/id"), home.as_viewer);
  EXPECT_EQ(made.text("/origin/media"), id);
  EXPECT_EQ(make(first.text("/made/id"), R"({"for": "instagram"})").text("/code"), "fits_already");
}

TEST_F(Derivatives, TheLibraryCanShowOriginalsAloneAndCountsTheirCopies) {
  const std::string id = upload(wide(), "wide.png");
  const std::string copy = make(id, R"({"for": "instagram"})").text("/made/id");
  const Account shop = server.add_account(home, "mastodon", "shop");
  const auto all = server.get("/api/v1/media", home.as_viewer);
  EXPECT_EQ(all.json().at("items").as_array().size(), 2U);
  const auto alone = server.get("/api/v1/media?originals=true", home.as_viewer);
  ASSERT_EQ(alone.json().at("items").as_array().size(), 1U) << alone.body;
  EXPECT_EQ(alone.text("/items/0/id"), id);
  EXPECT_EQ(alone.text("/items/0/copies/files"), "1");
  EXPECT_EQ(alone.text("/items/0/copies/uses"), "0");
  const std::string unused = "/api/v1/media?originals=true&unused=true";
  EXPECT_EQ(server.get(unused, home.as_viewer).json().at("items").as_array().size(), 1U);
  const auto post = server.post(
      "/api/v1/posts",
      fmt::format(
          R"({{"content":{{"parts":[{{"text":"Cake","media":[{{"id":"{}"}}]}}]}},"targets":[{{"account":"{}"}}]}})",
          copy, shop.id.text()),
      home.as_editor);
  ASSERT_EQ(post.status, 201) << post.body;
  EXPECT_EQ(server.get("/api/v1/media?originals=true", home.as_viewer).text("/items/0/copies/uses"), "1");
  EXPECT_EQ(server.get(unused, home.as_viewer).text("/items"), "[]");
  EXPECT_EQ(server.get("/api/v1/media?originals=maybe", home.as_viewer).status, 422);
}

TEST_F(Derivatives, ACropHasAFocus) {
  const std::string id = upload(wide(), "wide.png");
  const auto left =
      make(id, R"({"ratio": {"width": 1, "height": 1}, "focus": {"x": 0, "y": 500}, "zoom": 200})");
  ASSERT_EQ(left.status, 201) << left.body;
  EXPECT_EQ(left.text("/recipe/crop/x"), "0");
  EXPECT_EQ(left.text("/recipe/crop/y"), "125");
  EXPECT_EQ(left.text("/made/width"), "250");
  EXPECT_EQ(left.text("/made/mime"), "image/png");
}

TEST_F(Derivatives, WhatCannotBeMadeIsRefusedInWords) {
  const std::string id = upload(wide(), "wide.png");
  EXPECT_EQ(make(id, "{}").text("/code"), "missing_member");
  EXPECT_EQ(make(id, R"({"for": "myspace"})").text("/code"), "unknown_network");
  EXPECT_EQ(make(id, R"({"for": "youtube"})").text("/code"), "media_type");
  EXPECT_EQ(make(id, R"({"recipe": {"into": "video/mp4"}})").text("/code"), "recipe_impossible");
  EXPECT_EQ(make(id, R"({"recipe": {"into": "image/gif"}})").text("/code"), "bad_recipe");
  const auto outside = make(
      id, R"({"recipe": {"into": "image/jpeg", "crop": {"x": 1400, "y": 0, "width": 200, "height": 9}}})");
  EXPECT_EQ(outside.status, 422) << outside.body;
  EXPECT_EQ(outside.text("/code"), "crop_outside");
  EXPECT_EQ(make("0198e5a0-7c00-7000-8000-000000000004", R"({"for": "x"})").status, 404);
  EXPECT_EQ(server.get("/api/v1/conversions/0198e5a0-7c00-7000-8000-000000000004", home.as_viewer).status,
            404);
}

TEST_F(Derivatives, AFilmTellsHowFarItIs) {
  const std::string id = upload(
      file("in.webm", "-f lavfi -i testsrc=s=320x240:d=2:r=12 -c:v libvpx -deadline realtime"), "in.webm");
  const auto begun = make(id, R"({"for": "x"})");
  ASSERT_EQ(begun.status, 202) << begun.body;
  EXPECT_EQ(make(id, R"({"for": "x"})").text("/id"), begun.text("/id")) << "asked twice, made once";
  const auto done = over(begun);
  EXPECT_EQ(done.text("/state"), "done") << done.body;
  EXPECT_EQ(done.text("/made/mime"), "video/mp4");
  EXPECT_EQ(done.text("/made/codec"), "h264");
  EXPECT_EQ(make(id, R"({"for": "x"})").status, 200);
}

TEST_F(Derivatives, AFilmCanBeStopped) {
  const std::string id =
      upload(file("in.mp4", "-f lavfi -i testsrc=s=1280x720:d=30:r=30 -c:v mpeg4 -q:v 20"), "in.mp4");
  const auto begun = make(id, R"({"for": "x"})");
  ASSERT_EQ(begun.status, 202) << begun.body;
  const auto stopped = server.ask(
      {.method = "DELETE", .path = "/api/v1/conversions/" + begun.text("/id"), .as = home.as_editor});
  EXPECT_EQ(stopped.status, 200) << stopped.body;
  EXPECT_EQ(over(begun).text("/state"), "canceled");
  EXPECT_EQ(server.get("/api/v1/media/" + id + "/derivatives", home.as_viewer).text("/items"), "[]");
}

TEST_F(Derivatives, ACheckOffersTheCopyThatWouldGo) {
  const Account account = server.add_account(home, "instagram", "Bells");
  const std::string id = upload(wide(), "wide.png");
  const auto checked = [&](const std::string& media) {
    return server.post(
        "/api/v1/posts/check",
        fmt::format(R"({{"content": {{"parts": [{{"text": "a", "media": [{{"id": "{}", "alt": "b"}}]}}]}},)"
                    R"("targets": [{{"account": "{}"}}]}})",
                    media, account.id.text()),
        home.as_editor);
  };
  const auto report = checked(id);
  ASSERT_EQ(report.status, 200) << report.body;
  EXPECT_EQ(report.text("/targets/0/findings/1/id"), "media_type") << report.body;
  EXPECT_EQ(report.text("/targets/0/findings/1/action"), "fit");
  EXPECT_EQ(report.text("/targets/0/findings/1/repair/media"), id);
  EXPECT_EQ(report.text("/targets/0/findings/1/repair/label"), "cropped to 1.91:1, JPEG");
  const auto made = make(id, R"({"recipe": )" + report.text("/targets/0/findings/1/repair/recipe") + "}");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_THAT(checked(made.text("/made/id")).text("/targets/0/findings"),
              ::testing::Not(HasSubstr("media_")));
}

TEST_F(Derivatives, ACoverIsAFileInUse) {
  const Account account = server.add_account(home, "instagram", "Bells");
  const std::string film = upload(file("in.mp4", "-f lavfi -i testsrc=s=360x640:d=4 -c:v libx264"), "in.mp4");
  const auto still = make(film, R"({"recipe": {"into": "image/jpeg", "at_ms": 1500}})");
  ASSERT_EQ(still.status, 201) << still.body;
  const auto post = server.post(
      "/api/v1/posts",
      fmt::format(
          R"({{"content": {{"parts": [{{"text": "a", "media": [{{"id": "{}", "cover": {{"at_ms": 1500, "picture": "{}"}}}}]}}]}},)"
          R"("targets": [{{"account": "{}"}}], "state": "draft"}})",
          film, still.text("/made/id"), account.id.text()),
      home.as_editor);
  ASSERT_EQ(post.status, 201) << post.body;
  EXPECT_EQ(post.text("/content/parts/0/media/0/cover/at_ms"), "1500");
  EXPECT_EQ(post.text("/content/parts/0/media/0/cover/picture"), still.text("/made/id"));
  EXPECT_EQ(server.get("/api/v1/media/" + still.text("/made/id"), home.as_viewer).text("/uses"), "1");
  const auto unknown = server.post(
      "/api/v1/posts",
      fmt::format(
          R"({{"content": {{"parts": [{{"text": "a", "media": [{{"id": "{}", "cover": {{"picture": "{}"}}}}]}}]}},)"
          R"("targets": [{{"account": "{}"}}], "state": "draft"}})",
          film, account.id.text(), account.id.text()),
      home.as_editor);
  EXPECT_EQ(unknown.text("/code"), "media_unknown") << unknown.body;
}

}  // namespace
}  // namespace carillon::api

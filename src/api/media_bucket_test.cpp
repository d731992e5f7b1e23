// Media in a bucket, through the whole reception: what is stored, shown, refused and removed.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "api/testing/server.h"
#include "base/digest.h"
#include "media/stored_name.h"
#include "net/testing/bucket_house.h"
#include "run/upload_sweep.h"
#include "store/media.h"

namespace carillon::api {
namespace {

using net::testing::BucketHouse;
using testing::HasSubstr;
using testing::IsEmpty;
using Mood = BucketHouse::Mood;

constexpr Instant restart = Instant::from_seconds(4'000'000'000);  // after everything that is noted

class MediaBucket : public ::testing::Test {
 protected:
  Reply upload(const std::string& bytes) {
    return server.ask({.method = "POST",
                       .path = "/api/v1/media",
                       .body = bytes,
                       .headers = {{"X-File-Name", "bell.png"}},
                       .as = home.as_editor,
                       .type = "image/png"});
  }
  Reply remove(const std::string& id) {
    return server.ask({.method = "DELETE", .path = "/api/v1/media/" + id, .as = home.as_editor});
  }
  static MediaId id_of(const Reply& reply) { return MediaId::parse(reply.text("/id")).value_or(MediaId{}); }
  static std::string key(const Reply& reply) { return "media/" + media::stored_name(id_of(reply)); }
  void lose(const Reply& reply) { server.folder().remove(id_of(reply)); }
  std::string finding() {
    const auto system = server.get("/api/v1/system", home.as_owner).json();
    for (const auto& one : system.at("findings").as_array()) {
      if (one.at("id").as_string() == "media_unreachable")
        return std::string(one.at("text").as_string()) + " " + std::string(one.at("fix").as_string());
    }
    return "";
  }
  size_t doubts() { return server.depot().old_doubts(restart).size(); }

  BucketHouse house;
  TestServer server{"", house.place()};
  Household home = server.add_household("home");
};

TEST_F(MediaBucket, AnUploadIsAnsweredWhenTheBucketHasIt) {
  const auto made = upload(small_picture());
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(house.object(key(made)), small_picture());
  EXPECT_NE(house.object(key(made) + ".thumb"), "");
  EXPECT_EQ(doubts(), 0U);
  const auto system = server.get("/api/v1/system", home.as_owner);
  EXPECT_EQ(system.text("/media/bucket"), "true");
  EXPECT_EQ(system.text("/media/where"), "s3://bells/media");
  EXPECT_EQ(system.text("/media/reachable"), "true");
}

TEST_F(MediaBucket, WhatIsNotHereIsBroughtToBeShown) {
  const auto made = upload(small_picture(9'000'000));  // more than one piece
  lose(made);
  EXPECT_EQ(server.get(made.text("/thumbnail"), home.as_viewer).header("content-type"), "image/webp");
  const auto file = server.get(made.text("/file"), home.as_viewer);
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(to_hex(sha256(file.body)), made.text("/sha256"));
}

TEST_F(MediaBucket, WithoutTheBucketNothingIsPromised) {
  const auto before = upload(small_picture());
  lose(before);
  house.be(Mood::is_down);
  const auto refused = upload(small_picture());
  EXPECT_EQ(refused.status, 503) << refused.body;
  EXPECT_EQ(refused.text("/code"), "storage_unreachable");
  EXPECT_EQ(server.get("/api/v1/media", home.as_viewer).json().at("items").as_array().size(), 1U);
  const auto shown = server.get(before.text("/file"), home.as_viewer);
  EXPECT_EQ(shown.status, 503) << shown.body;
  EXPECT_THAT(finding(), HasSubstr("s3-endpoint"));
  EXPECT_EQ(server.get("/api/v1/system", home.as_owner).text("/media/reachable"), "false");
  house.be(Mood::works);
  EXPECT_EQ(server.get(before.text("/file"), home.as_viewer).status, 200);
  EXPECT_EQ(finding(), "");
}

TEST_F(MediaBucket, AnUploadInPiecesIsKeptUntilTheBucketTakesIt) {
  const std::string bytes = small_picture(5000);
  const auto begun = server.post(
      "/api/v1/uploads", fmt::format(R"({{"name":"bell.png","bytes":{}}})", bytes.size()), home.as_editor);
  const std::string path = "/api/v1/uploads/" + begun.text("/id");
  ASSERT_EQ(server
                .ask({.method = "PATCH",
                      .path = path,
                      .body = bytes,
                      .headers = {{"Upload-Offset", "0"}},
                      .as = home.as_editor,
                      .type = "application/octet-stream"})
                .status,
            200);
  house.be(Mood::denies);
  const auto refused = server.post(path + "/finish", "", home.as_editor);
  EXPECT_EQ(refused.status, 503) << refused.body;
  EXPECT_THAT(refused.text("/remedy"), HasSubstr("Give the key the right"));
  house.be(Mood::works);
  EXPECT_EQ(run::sweep_doubts(server.store(), server.depot(), restart), 0U)
      << "its end may be asked for again";
  const auto made = server.post(path + "/finish", "", home.as_editor);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(house.object(key(made)), bytes);
}

TEST_F(MediaBucket, ARemovedFileLeavesTheBucket) {
  const auto made = upload(small_picture());
  EXPECT_EQ(remove(made.text("/id")).status, 204);
  server.depot().finish();
  EXPECT_THAT(house.keys(), IsEmpty());
  EXPECT_EQ(doubts(), 0U);
}

TEST_F(MediaBucket, WhatACrashLeftIsDecidedByTheStore) {
  const auto kept = upload(small_picture());
  server.depot().doubt(home.id, id_of(kept));  // killed between the object and the note's end
  const auto lost = upload(small_picture(10));
  server.depot().doubt(home.id, id_of(lost));
  server.store().write_now([&](store::Unit& unit) { store::MediaShelf(unit).remove(home.id, id_of(lost)); });
  EXPECT_EQ(run::sweep_doubts(server.store(), server.depot(), restart), 1U);
  server.depot().finish();
  EXPECT_EQ(house.object(key(kept)), small_picture());
  EXPECT_EQ(house.object(key(lost)), "");
  EXPECT_EQ(doubts(), 0U);
}

TEST_F(MediaBucket, TheTestOfStorageSaysWhatTheBucketRefuses) {
  const auto said = [&] {
    const auto all = server.post("/api/v1/system/storage/test", "", home.as_owner);
    EXPECT_EQ(all.text("/items/2/name"), "bucket") << all.body;
    return all.text("/items/2/ok") + " " + all.text("/items/2/text");
  };
  EXPECT_THAT(said(), HasSubstr("true An object was written to s3://bells/media"));
  house.be(Mood::denies);
  EXPECT_THAT(said(), HasSubstr("false"));
  EXPECT_THAT(said(), HasSubstr("does not let this key do that"));
}

}  // namespace
}  // namespace carillon::api

#include "sandbox/tiktok/tiktok.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sandbox/testing/visitor.h"

namespace carillon::sandbox {
namespace {

class OnTiktok : public testing::Test {
 protected:
  Visitor v;
  Person who = v.world.connect("tiktok", v.now);
  std::string access = v.credential(who, "access");

  Heard call(const std::string& path, const std::string& body) {
    v.now = v.now + std::chrono::seconds(11);
    return v.post_json("/tiktok/v2/post/publish" + path, body, access);
  }
  Heard init(const std::string& post, const std::string& source) {
    return call("/video/init/", R"({"post_info":)" + post + R"(,"source_info":)" + source + "}");
  }
  Heard put(const std::string& url, const std::string& range, uint64_t length,
            std::string type = "video/mp4") {
    return v.send({.method = "PUT",
                   .url = url,
                   .headers = {{"Content-Range", range}, {"Content-Type", std::move(type)}},
                   .body = wire::MediaSlice{.length = length}});
  }
  std::string status(const std::string& id) {
    return call("/status/fetch/", R"({"publish_id":")" + id + "\"}").at("/data/status");
  }
  const std::string words = R"({"title":"Bread","privacy_level":"SELF_ONLY"})";
  const std::string small =
      R"({"source":"FILE_UPLOAD","video_size":500000,"chunk_size":500000,"total_chunk_count":1})";
};

TEST_F(OnTiktok, AVideoIsPublishedAWhileAfterItsLastByte) {
  EXPECT_EQ(call("/creator_info/query/", "{}").at("/data/privacy_level_options/2"), "SELF_ONLY");
  const Heard made = init(words, small);
  ASSERT_EQ(made.at("/error/code"), "ok") << made.text();
  const std::string id = made.at("/data/publish_id");
  EXPECT_EQ(status(id), "PROCESSING_UPLOAD");
  EXPECT_EQ(put(made.at("/data/upload_url"), "bytes 0-499999/500000", 500'000).status(), 201);
  EXPECT_TRUE(v.world.ledger().empty());
  EXPECT_EQ(status(id), "PUBLISH_COMPLETE");
  ASSERT_EQ(v.world.ledger().size(), 1U);
  EXPECT_EQ(v.world.ledger()[0].external_id, id);
  EXPECT_EQ(v.world.ledger()[0].text, "Bread");
}

TEST_F(OnTiktok, PhotosAreFetchedAndPublishedAWhileLater) {
  const auto photos = [&](const std::string& images, const std::string& cover, const std::string& more = "") {
    return call(
        "/content/init/",
        R"({"media_type":"PHOTO","post_mode":"DIRECT_POST","post_info":{"title":"Bread","description":"Fresh",)"
        R"("privacy_level":"SELF_ONLY","auto_add_music":true)" +
            more + R"(},"source_info":{"source":"PULL_FROM_URL","photo_images":)" + images +
            R"(,"photo_cover_index":)" + cover + "}}");
  };
  EXPECT_EQ(photos("[]", "0").at("/error/code"), "invalid_params");
  EXPECT_EQ(photos(R"(["https://shop.example/1.jpg"])", "1").at("/error/code"), "invalid_params");
  EXPECT_EQ(photos(R"(["https://shop.example/1.jpg"])", "0", R"(,"disable_duet":true)").at("/error/code"),
            "invalid_params");
  EXPECT_EQ(photos(R"(["http://shop.example/1.jpg"])", "0").at("/error/code"), "url_ownership_unverified");
  const Heard made = photos(R"(["https://shop.example/1.jpg","https://shop.example/2.jpg"])", "1");
  ASSERT_EQ(made.at("/error/code"), "ok") << made.text();
  EXPECT_TRUE(v.world.ledger().empty());
  EXPECT_EQ(status(made.at("/data/publish_id")), "PUBLISH_COMPLETE");
  ASSERT_EQ(v.world.ledger().size(), 1U);
  EXPECT_EQ(v.world.ledger()[0].text, "Bread\nFresh");
  EXPECT_EQ(v.world.ledger()[0].media, 2U);
}

TEST_F(OnTiktok, ChunksComeInOrder) {
  const Heard made = init(
      words, R"({"source":"FILE_UPLOAD","video_size":25000000,"chunk_size":10000000,"total_chunk_count":2})");
  const std::string url = made.at("/data/upload_url");
  EXPECT_EQ(put(url, "bytes 10000000-24999999/25000000", 15'000'000).status(), 416) << "the first is missing";
  EXPECT_EQ(put(url, "bytes 0-9999999/25000000", 10'000'000).status(), 206);
  EXPECT_EQ(put(url, "bytes 0-9999999/25000000", 10'000'000).status(), 416) << "it is there";
  EXPECT_EQ(put(url, "bytes 10000000-24999999/25000000", 15'000'000).status(), 201);
}

TEST_F(OnTiktok, WhatIsNoVideoFails) {
  const Heard made = init(words, small);
  put(made.at("/data/upload_url"), "bytes 0-499999/500000", 500'000, "image/png");
  const Heard seen = call("/status/fetch/", R"({"publish_id":")" + made.at("/data/publish_id") + "\"}");
  EXPECT_EQ(seen.at("/data/status"), "FAILED");
  EXPECT_EQ(seen.at("/data/fail_reason"), "file_format_check_failed");
  EXPECT_TRUE(v.world.ledger().empty());
}

TEST_F(OnTiktok, WhatItTookItMayGiveUp) {
  const auto reason = [&](const std::string& title) {
    const Heard made = init(R"({"title":")" + title + R"(","privacy_level":"SELF_ONLY"})", small);
    put(made.at("/data/upload_url"), "bytes 0-499999/500000", 500'000);
    return call("/status/fetch/", R"({"publish_id":")" + made.at("/data/publish_id") + "\"}")
        .at("/data/fail_reason");
  };
  EXPECT_EQ(reason("Bread #spam_risk"), "spam_risk");
  EXPECT_EQ(reason("Bread #spam_risk_user_banned_from_posting"), "spam_risk_user_banned_from_posting");
  v.world.order({.network = "tiktok", .kind = "give_up"});
  EXPECT_EQ(reason("Bread"), "spam_risk_too_many_posts");
  EXPECT_TRUE(v.world.ledger().empty());
  EXPECT_EQ(reason("Bread"), "") << "the order was for one";
}

TEST_F(OnTiktok, WrongWordsAndSourcesAreRefused) {
  EXPECT_EQ(init(R"({"title":"a"})", small).at("/error/code"), "invalid_params") << "no privacy level";
  EXPECT_EQ(init(R"({"title":"a","privacy_level":"FOLLOWER_OF_CREATOR"})", small).at("/error/code"),
            "privacy_level_option_mismatch");
  EXPECT_EQ(init(R"({"title":"a","privacy_level":"SELF_ONLY","colour":1})", small).status(), 400);
  EXPECT_EQ(
      init(words,
           R"({"source":"FILE_UPLOAD","video_size":25000000,"chunk_size":10000000,"total_chunk_count":3})")
          .status(),
      400);
  EXPECT_EQ(v.post_json("/tiktok/v2/post/publish/creator_info/query/", "{}").at("/error/code"),
            "access_token_invalid");
}

TEST_F(OnTiktok, FifteenADayAndSixAMinuteAreTaken) {
  for (int i = 0; i < 15; ++i) ASSERT_EQ(init(words, small).at("/error/code"), "ok") << i;
  EXPECT_EQ(init(words, small).at("/error/code"), "spam_risk_too_many_posts");
  v.now = v.now + std::chrono::hours(25);
  Heard last;
  for (int i = 0; i < 7; ++i)
    last = v.post_json("/tiktok/v2/post/publish/video/init/",
                       R"({"post_info":)" + words + R"(,"source_info":)" + small + "}",
                       v.credential(v.world.connect("tiktok", v.now, who.external_id), "access"));
  EXPECT_EQ(last.at("/error/code"), "rate_limit_exceeded");
}

}  // namespace
}  // namespace carillon::sandbox

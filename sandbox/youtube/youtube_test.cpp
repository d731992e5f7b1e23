#include "sandbox/youtube/youtube.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sandbox/testing/visitor.h"

namespace carillon::sandbox {
namespace {

class OnYoutube : public testing::Test {
 protected:
  Visitor v;
  Person who = v.world.connect("youtube", v.now);
  std::string access = v.credential(who, "access");

  Heard open(const std::string& body, uint64_t size = 600'000) {
    return v.post_json(
        "/youtube/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status", body, access,
        {{"X-Upload-Content-Length", std::to_string(size)}, {"X-Upload-Content-Type", "video/mp4"}});
  }
  Heard put(const std::string& url, const std::string& range, uint64_t length) {
    wire::Request request{
        .method = "PUT",
        .url = url,
        .headers = {
            {"Authorization", "Bearer " + access}, {"Content-Range", range}, {"Content-Type", "video/mp4"}}};
    if (length > 0) request.body = wire::MediaSlice{.length = length};
    return v.send(std::move(request));
  }
  const std::string words =
      R"({"snippet":{"title":"Bread","description":"Fresh"},"status":{"privacyStatus":"public"}})";
};

TEST_F(OnYoutube, ChannelIsOnesOwn) {
  EXPECT_EQ(v.get("/youtube/youtube/v3/channels?part=snippet&mine=true", access).at("/items/0/id"),
            who.external_id);
  EXPECT_EQ(v.get("/youtube/youtube/v3/channels?part=snippet&mine=true").at("/error/errors/0/reason"),
            "authError");
}

TEST_F(OnYoutube, VideoIsThereWhenItsLastByteIs) {
  const std::string url = open(words).header("location");
  ASSERT_FALSE(url.empty());
  EXPECT_EQ(put(url, "bytes */600000", 0).status(), 308);
  const Heard part = put(url, "bytes 0-524287/600000", 524'288);
  EXPECT_EQ(part.status(), 308);
  EXPECT_EQ(part.header("range"), "bytes=0-524287");
  EXPECT_TRUE(v.world.ledger().empty());
  const Heard whole = put(url, "bytes 524288-599999/600000", 75'712);
  ASSERT_EQ(whole.status(), 200) << whole.text();
  ASSERT_EQ(v.world.ledger().size(), 1U);
  EXPECT_EQ(v.world.ledger()[0].external_id, whole.at("/id"));
  EXPECT_EQ(v.world.ledger()[0].text, "Bread\nFresh");
  EXPECT_EQ(put(url, "bytes */600000", 0).at("/id"), whole.at("/id")) << "the address remembers";
  EXPECT_EQ(v.world.ledger().size(), 1U);
}

TEST_F(OnYoutube, PiecesMustFit) {
  const std::string url = open(words).header("location");
  EXPECT_EQ(put(url, "bytes 0-99/600000", 100).status(), 400) << "not a multiple of 256 KB";
  EXPECT_EQ(put(url, "bytes 0-524287/600000", 100).status(), 400);
  EXPECT_EQ(put(url, "bytes 0-524287/700000", 524'288).status(), 400);
  const Heard early = put(url, "bytes 524288-599999/600000", 75'712);
  EXPECT_EQ(early.status(), 308);
  EXPECT_EQ(early.header("range"), "") << "nothing has arrived";
  EXPECT_EQ(put("/youtube/upload/session/none", "bytes */600000", 0).status(), 404);
}

TEST_F(OnYoutube, ACoverGoesToAVideoOfOnesOwnThatIsThere) {
  const std::string video = put(open(words).header("location"), "bytes 0-599999/600000", 600'000).at("/id");
  const auto cover = [&](const std::string& id, const std::string& bytes, const std::string& token) {
    return v.send({.method = "POST",
                   .url = "/youtube/upload/youtube/v3/thumbnails/set?uploadType=media&videoId=" + id,
                   .headers = {{"Authorization", "Bearer " + token}, {"Content-Type", "image/jpeg"}},
                   .body = bytes});
  };
  const std::string jpeg = "\xFF\xD8\xFF\xE0 a picture";
  EXPECT_EQ(cover(video, "", access).at("/error/errors/0/reason"), "mediaBodyRequired");
  EXPECT_EQ(cover(video, "GIF89a", access).at("/error/errors/0/reason"), "invalidImage");
  EXPECT_EQ(cover(video, jpeg + std::string(2 << 20, 'x'), access).at("/error/errors/0/reason"),
            "invalidImage");
  EXPECT_EQ(cover("another", jpeg, access).at("/error/errors/0/reason"), "videoNotFound");
  const std::string other = v.credential(v.world.connect("youtube", v.now), "access");
  EXPECT_EQ(cover(video, jpeg, other).at("/error/errors/0/reason"), "forbidden");
  EXPECT_EQ(cover(video, jpeg, access).at("/kind"), "youtube#thumbnailSetResponse");
  EXPECT_NE(v.get("/youtube/feed").text().find("Cover of a video"), std::string::npos);
  EXPECT_EQ(v.world.ledger().size(), 1U) << "a cover is no post";
}

TEST_F(OnYoutube, WordsAreChecked) {
  const auto reason = [&](const std::string& body) { return open(body).at("/error/errors/0/reason"); };
  EXPECT_EQ(reason(R"({"snippet":{"title":""}})"), "invalidTitle");
  EXPECT_EQ(reason(R"({"snippet":{"title":")" + std::string(101, 'a') + R"("}})"), "invalidTitle");
  EXPECT_EQ(reason(R"({"snippet":{"title":"a<b"}})"), "invalidTitle");
  EXPECT_EQ(reason(R"({"snippet":{"title":"a","description":")" + std::string(5001, 'a') + R"("}})"),
            "invalidDescription");
  EXPECT_EQ(reason(R"({"snippet":{"title":"a","colour":"red"}})"), "badRequest");
  EXPECT_EQ(reason(R"({"snippet":{"title":"a"},"status":{"privacyStatus":"friends"}})"),
            "invalidVideoMetadata");
}

TEST_F(OnYoutube, AHundredUploadsADayAreTaken) {
  for (int i = 0; i < 100; ++i) ASSERT_EQ(open(words).status(), 200);
  EXPECT_EQ(open(words).at("/error/errors/0/reason"), "quotaExceeded");
}

TEST_F(OnYoutube, TokensNeedTheVerifierAndComeOnceWithARefreshToken) {
  const std::string query =
      "?response_type=code&client_id=carillon-sandbox&redirect_uri=http%3A%2F%2F127.0.0.1%2Fback&state=s"
      "&scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fyoutube.readonly&access_type=offline&code_challenge_"
      "method=S256"
      "&code_challenge=" +
      s256(verifier);
  EXPECT_EQ(v.get("/youtube/o/oauth2/v2/auth" + query).status(), 200);
  const auto code = [&] {
    const Heard back =
        v.post_form("/youtube/o/oauth2/v2/auth" + query, {{"decision", "allow"}, {"person", "1"}});
    return wire::field(v.sent_back(back), "code").value_or("");
  };
  const auto trade = [&](std::string_view proof) {
    return v.post_form("/youtube/token", {{"grant_type", "authorization_code"},
                                          {"client_id", "carillon-sandbox"},
                                          {"client_secret", "sandbox-secret"},
                                          {"code", code()},
                                          {"redirect_uri", "http://127.0.0.1/back"},
                                          {"code_verifier", std::string(proof)}});
  };
  EXPECT_EQ(trade("another-verifier-that-is-long-enough-for-rfc-7636-000").at("/error"), "invalid_grant");
  const Heard tokens = trade(verifier);
  ASSERT_EQ(tokens.status(), 200) << tokens.text();
  EXPECT_FALSE(tokens.at("/refresh_token").empty());
  EXPECT_EQ(v.get("/youtube/youtube/v3/channels?mine=true", tokens.at("/access_token")).status(), 200);
  v.now = v.now + std::chrono::hours(2);
  EXPECT_EQ(v.get("/youtube/youtube/v3/channels?mine=true", tokens.at("/access_token")).status(), 401);
  const Heard fresh = v.post_form("/youtube/token", {{"grant_type", "refresh_token"},
                                                     {"client_id", "carillon-sandbox"},
                                                     {"client_secret", "sandbox-secret"},
                                                     {"refresh_token", tokens.at("/refresh_token")}});
  EXPECT_EQ(fresh.status(), 200) << fresh.text();
}

}  // namespace
}  // namespace carillon::sandbox

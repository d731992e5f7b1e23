#include "sandbox/bluesky/bluesky.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sandbox/testing/visitor.h"

namespace carillon::sandbox {
namespace {

class OnBluesky : public testing::Test {
 protected:
  Visitor v;
  Person who = v.world.connect("bluesky", v.now);
  std::string access = v.credential(who, "access");

  Heard put(const std::string& record, const std::string& key = "3kaaaaaaaaaaa") {
    return v.post_json(
        "/bluesky/xrpc/com.atproto.repo.putRecord",
        fmt::format(R"({{"repo":"{}","collection":"app.bsky.feed.post","rkey":"{}","record":{}}})",
                    who.external_id, key, record),
        access);
  }
  static std::string post(const std::string& text, const std::string& more = "") {
    return fmt::format(R"({{"$type":"app.bsky.feed.post","text":"{}","createdAt":"2026-11-20T09:30:00Z"{}}})",
                       text, more);
  }
  Heard upload(std::string bytes, std::string type) {
    return v.send({.method = "POST",
                   .url = "/bluesky/xrpc/com.atproto.repo.uploadBlob",
                   .headers = {{"Authorization", "Bearer " + access}, {"Content-Type", std::move(type)}},
                   .body = std::move(bytes)});
  }
};

TEST_F(OnBluesky, SessionsAreMadeRefreshedAndEnded) {
  const auto log_in = [&](const std::string& password) {
    return v.post_json("/bluesky/xrpc/com.atproto.server.createSession",
                       R"({"identifier":"harbourbakery.sandbox.test","password":")" + password + "\"}");
  };
  EXPECT_EQ(log_in("wrong").at("/error"), "AuthenticationRequired");
  const Heard session = log_in(std::string(bluesky_password));
  ASSERT_EQ(session.status(), 200) << session.text();
  EXPECT_EQ(session.at("/did"), who.external_id);
  const auto get = [&](const std::string& token) {
    return v.get("/bluesky/xrpc/com.atproto.server.getSession", token);
  };
  EXPECT_EQ(get(session.at("/accessJwt")).at("/handle"), "harbourbakery.sandbox.test");
  EXPECT_EQ(get(session.at("/refreshJwt")).at("/message"), "Bad token scope");
  v.now = v.now + std::chrono::hours(3);
  EXPECT_EQ(get(session.at("/accessJwt")).at("/error"), "ExpiredToken");
  const auto refresh = [&] {
    return v.post_json("/bluesky/xrpc/com.atproto.server.refreshSession", "", session.at("/refreshJwt"));
  };
  EXPECT_EQ(get(refresh().at("/accessJwt")).status(), 200);
  EXPECT_EQ(refresh().status(), 200) << "two hours more";
  v.now = v.now + std::chrono::hours(3);
  EXPECT_EQ(refresh().at("/error"), "ExpiredToken");
}

TEST_F(OnBluesky, TheSameRecordUnderTheSameKeyIsThereOnce) {
  const Heard first = put(post("Fresh bread"));
  ASSERT_EQ(first.status(), 200) << first.text();
  EXPECT_EQ(first.at("/uri"), "at://" + who.external_id + "/app.bsky.feed.post/3kaaaaaaaaaaa");
  EXPECT_FALSE(first.at("/commit/cid").empty());
  const Heard again = put(post("Fresh bread"));
  EXPECT_EQ(again.at("/cid"), first.at("/cid"));
  EXPECT_EQ(again.at("/commit"), "") << "nothing happened";
  ASSERT_EQ(v.world.ledger().size(), 1U);
  EXPECT_EQ(v.world.ledger()[0].external_id, "3kaaaaaaaaaaa");
  const auto get = [&](const std::string& key) {
    return v.get("/bluesky/xrpc/com.atproto.repo.getRecord?collection=app.bsky.feed.post&repo=" +
                     who.external_id + "&rkey=" + key,
                 access);
  };
  EXPECT_EQ(get("3kaaaaaaaaaaa").at("/value/text"), "Fresh bread");
  EXPECT_EQ(get("3kaaaaaaaaaab").at("/error"), "RecordNotFound");
}

TEST_F(OnBluesky, TextsAreCountedInGraphemesAndBytes) {
  std::string bells;
  for (int i = 0; i < 300; ++i) bells += "\U0001F514";
  EXPECT_EQ(put(post(bells)).status(), 200);
  EXPECT_NE(put(post(bells + "!")).at("/message").find("grapheme too big (maximum 300, got 301)"),
            std::string::npos);
  std::string families;
  for (int i = 0; i < 130; ++i) families += "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466";
  EXPECT_NE(put(post(families)).at("/message").find("string too long (maximum 3000"), std::string::npos);
}

TEST_F(OnBluesky, FacetsStayWithinTheText) {
  const auto facet = [&](int begin, int end) {
    return put(post("\U0001F514 bell",
                    fmt::format(R"(,"facets":[{{"index":{{"byteStart":{},"byteEnd":{}}},)"
                                R"("features":[{{"$type":"app.bsky.richtext.facet#tag","tag":"bell"}}]}}])",
                                begin, end)))
        .status();
  };
  EXPECT_EQ(facet(5, 9), 200);
  EXPECT_EQ(facet(5, 10), 400);
  EXPECT_EQ(facet(2, 9), 400) << "in the middle of the bell";
  EXPECT_EQ(facet(9, 5), 400);
}

TEST_F(OnBluesky, PicturesAreBlobsThatWereUploaded) {
  const Heard blob = upload(png(), "image/png");
  ASSERT_EQ(blob.status(), 200) << blob.text();
  const auto with = [&](const std::string& image, const std::string& alt) {
    return post("A bell",
                R"(,"embed":{"$type":"app.bsky.embed.images","images":[{"image":)" + image + alt + "}]}");
  };
  EXPECT_EQ(put(with(blob.at("/blob"), R"(,"alt":"A bell")")).status(), 200);
  EXPECT_EQ(v.world.ledger().back().media, 1U);
  EXPECT_NE(put(with(blob.at("/blob"), "")).at("/message").find("\"alt\""), std::string::npos);
  const std::string unknown =
      R"({"$type":"blob","ref":{"$link":"bafkreinothing"},"mimeType":"image/png","size":64})";
  EXPECT_EQ(put(with(unknown, R"(,"alt":"")")).at("/message"), "Could not find blob: bafkreinothing");
  const Heard big = upload(png(2'100'000), "image/png");
  EXPECT_NE(put(with(big.at("/blob"), R"(,"alt":"")")).at("/message").find("blob too big (maximum 2000000"),
            std::string::npos);
  EXPECT_EQ(upload(png(), "image/jpeg").at("/error"), "InvalidMimeType");
}

TEST_F(OnBluesky, RepliesNameTheirParentAndTheRoot) {
  const Heard first = put(post("One"), "3kaaaaaaaaaaa");
  const auto to = [&](const Heard& root, const Heard& parent) {
    return fmt::format(R"(,"reply":{{"root":{{"uri":"{}","cid":"{}"}},"parent":{{"uri":"{}","cid":"{}"}}}})",
                       root.at("/uri"), root.at("/cid"), parent.at("/uri"), parent.at("/cid"));
  };
  const Heard second = put(post("Two", to(first, first)), "3kaaaaaaaaaab");
  ASSERT_EQ(second.status(), 200) << second.text();
  EXPECT_EQ(put(post("Three", to(first, second)), "3kaaaaaaaaaac").status(), 200);
  EXPECT_EQ(put(post("Four", to(second, second)), "3kaaaaaaaaaad").status(), 400) << "not the root";
  EXPECT_EQ(v.world.ledger()[2].reply_to, "3kaaaaaaaaaab");
}

TEST_F(OnBluesky, NothingUnknownIsTaken) {
  EXPECT_EQ(put(post("A", R"(,"colour":"red")")).status(), 400);
  EXPECT_EQ(put(R"({"$type":"app.bsky.feed.post","text":"A"})").status(), 400) << "no createdAt";
  EXPECT_EQ(put(post("A"), "not-a-tid").status(), 400);
  EXPECT_EQ(v.post_json("/bluesky/xrpc/com.atproto.repo.putRecord", "{}").at("/error"), "AuthMissing");
  EXPECT_EQ(v.get("/bluesky/xrpc/com.atproto.nothing", access).status(), 501);
  EXPECT_TRUE(v.world.ledger().empty());
}

TEST_F(OnBluesky, AnHourHasPointsForSixteenHundredRecords) {
  for (int i = 0; i < 1666; ++i) {
    v.now = v.now + std::chrono::milliseconds(500);
    ASSERT_EQ(put(post("A"), "3kaaaaaaaaaaa").status(), 200) << i;
  }
  const Heard over = put(post("A"));
  EXPECT_EQ(over.status(), 429);
  EXPECT_EQ(over.header("ratelimit-policy"), "5000;w=3600");
  EXPECT_EQ(over.header("ratelimit-remaining"), "0");
}

TEST_F(OnBluesky, PostsOutliveARestartWithTheirNames) {
  const Heard before = put(post("One"));
  Visitor after;
  after.world.restore(v.world.ledger()[0]);
  const Heard seen = after.get(
      "/bluesky/xrpc/com.atproto.repo.getRecord?collection=app.bsky.feed.post&rkey=3kaaaaaaaaaaa&repo=" +
          who.external_id,
      after.credential(after.world.connect("bluesky", after.now), "access"));
  EXPECT_EQ(seen.at("/cid"), before.at("/cid"));
  EXPECT_NE(after.get("/bluesky/feed").text().find("One"), std::string::npos);
}

}  // namespace
}  // namespace carillon::sandbox

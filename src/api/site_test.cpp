#include "api/site.h"

#include <gtest/gtest.h>

#include "api/testing/server.h"

namespace carillon::api {
namespace {

TEST(Site, UnderstandsAcceptEncoding) {
  EXPECT_TRUE(accepts("gzip, deflate, br", "br"));
  EXPECT_FALSE(accepts("gzip, br;q=0", "br"));
  EXPECT_TRUE(accepts("gzip, br;q=0.1", "br"));
  EXPECT_TRUE(accepts("*", "br"));
  EXPECT_FALSE(accepts("*;q=0", "br"));
  EXPECT_FALSE(accepts("*, br;q=0", "br"));
  EXPECT_FALSE(accepts("", "gzip"));
}

TEST(Site, UnderstandsIfNoneMatch) {
  EXPECT_TRUE(matches_tag("\"a\", \"b\"", "\"b\""));
  EXPECT_TRUE(matches_tag("W/\"b\"", "\"b\""));
  EXPECT_TRUE(matches_tag("*", "\"b\""));
  EXPECT_FALSE(matches_tag("\"bb\"", "\"b\""));
  EXPECT_FALSE(matches_tag("", "\"b\""));
}

class Page : public ::testing::Test {
 protected:
  Reply get(const std::string& path, const std::string& encoding = "", const std::string& tag = "") {
    wire::Headers headers;
    if (!encoding.empty()) headers.push_back({"Accept-Encoding", encoding});
    if (!tag.empty()) headers.push_back({"If-None-Match", tag});
    return server.ask({.path = path, .headers = headers});
  }
  TestServer server;
};

TEST_F(Page, IsServedInTheBestEncoding) {
  EXPECT_EQ(get("/index.html").body, "<!doctype html>");
  const auto brotli = get("/index.html", "gzip, br");
  EXPECT_EQ(brotli.body, "BR");
  EXPECT_EQ(brotli.header("content-encoding"), "br");
  EXPECT_EQ(brotli.header("vary"), "Accept-Encoding");
  EXPECT_EQ(get("/index.html", "gzip, br;q=0").body, "GZIP");
}

TEST_F(Page, IsNotSentAgainUnchanged) {
  const auto first = get("/index.html", "br");
  const auto again = get("/index.html", "br", first.header("etag"));
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_NE(get("/index.html").header("etag"), first.header("etag"));  // another encoding, another tag
}

TEST_F(Page, ShowsItsHeadAlone) {
  const auto reply = server.ask({.method = "HEAD", .path = "/"});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(server.ask({.method = "HEAD", .path = "/livez"}).status, 200);
}

TEST_F(Page, KeepsForEverWhatCarriesItsHash) {
  EXPECT_NE(get("/assets/app-1a2b.js").header("cache-control").find("immutable"), std::string::npos);
  EXPECT_EQ(get("/index.html").header("cache-control"), "no-cache");
  EXPECT_EQ(get("/assets/gone-ffff.js").status, 404);
}

TEST_F(Page, AnswersForTheAddressesThatItAloneKnows) {
  for (const char* path : {"/", "/calendar", "/posts/0198e5a0", "/accounts?connect=abc"}) {
    EXPECT_EQ(get(path).body, "<!doctype html>") << path;
  }
  EXPECT_EQ(get("/api/nothing").status, 404);
}

TEST_F(Page, AllowsNoScriptButItsOwn) {
  const auto policy = get("/").header("content-security-policy");
  EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(policy.find("script-src 'self';"), std::string::npos);
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
}

}  // namespace
}  // namespace carillon::api

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/testing/server.h"
#include "base/digest.h"
#include "run/media_address.h"

namespace carillon::api {
namespace {

// A red picture of one pixel (PNG).
std::string pixel() {
  return from_base64(
             "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg="
             "=")
      .value_or("");
}

class Media : public ::testing::Test {
 protected:
  Reply upload(const std::string& bytes, wire::Headers headers = {{"X-File-Name", "cake%20%C3%A4.png"}}) {
    return server.ask({.method = "POST",
                       .path = "/api/v1/media",
                       .body = bytes,
                       .headers = std::move(headers),
                       .as = home.as_editor,
                       .type = "image/png"});
  }
  TestServer server;
  Household home = server.add_household("home");
};

TEST_F(Media, AreMeasuredNotBelieved) {
  const auto reply = upload(pixel());
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.text("/mime"), "image/png");
  EXPECT_EQ(reply.text("/width"), "1");
  EXPECT_EQ(reply.text("/name"), "cake ä.png");
  EXPECT_EQ(reply.text("/sha256"), to_hex(sha256(pixel())));
  const auto odd = upload("<html><script>alert(1)</script></html>");
  EXPECT_EQ(odd.status, 415) << odd.body;
  const auto svg = upload("<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
  EXPECT_EQ(svg.status, 415) << svg.body;
}

TEST_F(Media, AreServedAsAttachmentsOfTheirTrueType) {
  const auto made = upload(pixel());
  const auto file = server.get(made.text("/file"), home.as_viewer);
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.body, pixel());
  EXPECT_EQ(file.header("content-type"), "image/png");
  EXPECT_EQ(file.header("content-disposition"), "attachment; filename*=UTF-8''cake%20%C3%A4.png");
  EXPECT_NE(file.header("content-security-policy").find("sandbox"), std::string::npos);
  const auto again = server.ask({.path = made.text("/file"),
                                 .headers = {{"If-None-Match", file.header("etag")}},
                                 .as = home.as_viewer});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  const auto small = server.get(made.text("/thumbnail"), home.as_viewer);
  EXPECT_EQ(small.status, 200);
  EXPECT_EQ(small.header("content-type"), "image/webp");
}

TEST_F(Media, AreFoundAndSayWhoUsesThem) {
  const auto used = upload(pixel());
  const auto other = upload(pixel(), {{"X-File-Name", "pie.png"}});
  const Account shop = server.add_account(home, "x", "shop");
  const std::string body = fmt::format(
      R"({{"targets":[{{"account":"{}"}}],"content":{{"parts":[{{"text":"Fresh cake","media":[{{"id":"{}"}}]}}]}}}})",
      shop.id.text(), used.text("/id"));
  const auto post = server.post("/api/v1/posts", body, home.as_editor);
  ASSERT_EQ(post.status, 201) << post.body;
  const auto file = server.get("/api/v1/media/" + used.text("/id"), home.as_viewer);
  EXPECT_EQ(file.text("/uses"), "1");
  EXPECT_EQ(file.text("/used_by/0/post"), post.text("/id"));
  EXPECT_EQ(file.text("/used_by/0/text"), "Fresh cake");
  EXPECT_EQ(file.text("/used_by/0/state"), "draft");
  const auto first = [&](const std::string& query) {
    return server.get("/api/v1/media?" + query, home.as_viewer).text("/items/0/name");
  };
  EXPECT_EQ(first("text=CAKE"), "cake ä.png");
  EXPECT_EQ(first("unused=true"), "pie.png");
  EXPECT_NE(first("kind=image"), "(missing)");
  EXPECT_EQ(first("kind=video"), "(missing)");
  EXPECT_EQ(server.get("/api/v1/media?kind=sound", home.as_viewer).text("/field"), "kind");
  EXPECT_EQ(server.get("/api/v1/media?unused=1", home.as_viewer).text("/field"), "unused");
}

TEST_F(Media, BelongToTheirWorkspace) {
  const auto made = upload(pixel());
  const auto other = server.add_household("other");
  for (const std::string& path :
       {made.text("/file"), made.text("/thumbnail"), "/api/v1/media/" + made.text("/id")}) {
    EXPECT_EQ(server.get(path, other.as_owner).status, 404) << path;
  }
  const auto path = "/api/v1/media/" + made.text("/id");
  EXPECT_EQ(server.ask({.method = "DELETE", .path = path, .as = other.as_owner}).status, 404);
  EXPECT_EQ(server.get("/api/v1/media", other.as_owner).text("/items"), "[]");
}

TEST_F(Media, AreMadeOncePerKey) {
  const wire::Headers key{{"Idempotency-Key", "m-1"}};
  const auto first = upload(pixel(), key);
  const auto again = upload(pixel(), key);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(server.get("/api/v1/media", home.as_viewer).json().at("items").as_array().size(), 1U);
}

TEST_F(Media, StayWhileAPostUsesThem) {
  const auto made = upload(pixel());
  const auto path = "/api/v1/media/" + made.text("/id");
  const auto body = fmt::format(
      R"({{"content":{{"parts":[{{"text":"a","media":[{{"id":"{}","alt":"red"}}]}}]}}}})", made.text("/id"));
  const auto post = server.post("/api/v1/posts", body, home.as_editor);
  ASSERT_EQ(post.status, 201) << post.body;
  EXPECT_EQ(server.get(path, home.as_viewer).text("/uses"), "1");
  EXPECT_EQ(server.ask({.method = "DELETE", .path = path, .as = home.as_editor}).status, 409);
  server.ask({.method = "DELETE", .path = "/api/v1/posts/" + post.text("/id"), .as = home.as_editor});
  EXPECT_EQ(server.ask({.method = "DELETE", .path = path, .as = home.as_editor}).status, 204);
  EXPECT_EQ(server.get(made.text("/file"), home.as_viewer).status, 404);
}

TEST_F(Media, AreRefusedWhenTooLarge) {
  server.settings.largest_upload = 100;
  EXPECT_EQ(upload(pixel() + std::string(100, 'x')).status, 413);
}

TEST_F(Media, HaveNamesWithoutFolders) {
  EXPECT_EQ(upload(pixel(), {{"X-File-Name", "..%2F..%2Fetc%2Fpasswd"}}).text("/name"), "passwd");
  EXPECT_EQ(upload(pixel(), {{"X-File-Name", "%ff"}}).status, 422);
  EXPECT_EQ(upload(pixel(), {}).text("/name"), "file");
}

std::string public_address(TestServer& server, const std::string& id,
                           Duration lives = std::chrono::hours(1)) {
  return "/m/" + run::media_token(server.keyring(), MediaId::parse(id).value(), server.now() + lives);
}

TEST_F(Media, AreReadWithoutASessionAtTheirSignedAddress) {
  const auto made = upload(pixel());
  const std::string address = public_address(server, made.text("/id"));
  const auto file = server.ask({.path = address});
  EXPECT_EQ(file.status, 200) << file.body;
  EXPECT_EQ(file.body, pixel());
  EXPECT_EQ(file.header("content-type"), "image/png");
  EXPECT_EQ(file.header("accept-ranges"), "bytes");
  EXPECT_EQ(server.ask({.path = address + "A"}).status, 404);
  EXPECT_EQ(server.ask({.path = public_address(server, made.text("/id"), Duration(0))}).status, 404);
  EXPECT_EQ(server.ask({.path = public_address(server, home.owner.text())}).status, 404) << "no such file";
}

TEST_F(Media, AreReadInRangesAtTheirSignedAddress) {
  const std::string bytes = pixel();
  const std::string address = public_address(server, upload(bytes).text("/id"));
  const auto part = [&](const char* range) {
    return server.ask({.path = address, .headers = {{"Range", range}}});
  };
  EXPECT_EQ(part("bytes=0-3").status, 206);
  EXPECT_EQ(part("bytes=0-3").body, bytes.substr(0, 4));
  EXPECT_EQ(part("bytes=4-").body, bytes.substr(4));
  EXPECT_EQ(part("bytes=-5").body, bytes.substr(bytes.size() - 5));
  EXPECT_EQ(part("bytes=-5").header("content-range"),
            fmt::format("bytes {}-{}/{}", bytes.size() - 5, bytes.size() - 1, bytes.size()));
  EXPECT_EQ(part("bytes=2-999999").body, bytes.substr(2));
  EXPECT_EQ(part("bytes=999999-").status, 416);
  EXPECT_EQ(part("bytes=-0").status, 416);
  EXPECT_EQ(part("bytes=3-1").status, 200) << "no range: the whole file";
  EXPECT_EQ(part("lines=1-2").body, bytes);
}

}  // namespace
}  // namespace carillon::api

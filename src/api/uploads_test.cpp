#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "api/testing/server.h"
#include "api/tokens.h"
#include "base/digest.h"
#include "run/upload_sweep.h"

namespace carillon::api {
namespace {

class Pieces : public ::testing::Test {
 protected:
  Reply begin(size_t bytes, const std::string& more = "") {
    return server.post("/api/v1/uploads", fmt::format(R"({{"name":"cake.png","bytes":{}{}}})", bytes, more),
                       home.as_editor);
  }
  Reply send(const std::string& id, size_t offset, const std::string& bytes) {
    return server.ask({.method = "PATCH",
                       .path = "/api/v1/uploads/" + id,
                       .body = bytes,
                       .headers = {{"Upload-Offset", std::to_string(offset)}},
                       .as = home.as_editor,
                       .type = "application/octet-stream"});
  }
  Reply look(const std::string& id) { return server.get("/api/v1/uploads/" + id, home.as_editor); }
  Reply finish(const std::string& id) {
    return server.post("/api/v1/uploads/" + id + "/finish", "", home.as_editor);
  }
  Reply cancel(const std::string& id) {
    return server.ask({.method = "DELETE", .path = "/api/v1/uploads/" + id, .as = home.as_editor});
  }
  size_t files_arriving() {
    size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(server.data() / "media" / media::arriving))
      count += entry.is_regular_file() ? 1 : 0;
    return count;
  }
  std::string media_count() {
    return std::to_string(server.get("/api/v1/media", home.as_viewer).json().at("items").as_array().size());
  }

  TestServer server;
  Household home = server.add_household("home");
};

TEST_F(Pieces, BecomeOneFile) {
  const std::string bytes = small_picture(5000);
  const auto begun = begin(bytes.size(), R"(,"folder":"Summer / Cakes/")");
  ASSERT_EQ(begun.status, 201) << begun.body;
  EXPECT_EQ(begun.text("/offset"), "0");
  EXPECT_EQ(begun.text("/folder"), "Summer/Cakes");
  const std::string id = begun.text("/id");
  const auto first = send(id, 0, bytes.substr(0, 2000));
  EXPECT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(first.text("/offset"), "2000");
  EXPECT_EQ(finish(id).status, 409) << "not yet";
  EXPECT_EQ(send(id, 2000, bytes.substr(2000)).text("/offset"), std::to_string(bytes.size()));
  const auto made = finish(id);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.text("/sha256"), to_hex(sha256(bytes)));
  EXPECT_EQ(made.text("/bytes"), std::to_string(bytes.size()));
  EXPECT_EQ(made.text("/folder"), "Summer/Cakes");
  EXPECT_EQ(server.get(made.text("/file"), home.as_viewer).body, bytes);
  EXPECT_EQ(server.get(made.text("/thumbnail"), home.as_viewer).status, 200);
  EXPECT_EQ(files_arriving(), 0U);
}

TEST_F(Pieces, AreMadeAFileOnceHoweverOftenItIsAsked) {
  const std::string id = begin(small_picture().size()).text("/id");
  send(id, 0, small_picture());
  const auto first = finish(id), again = finish(id);
  EXPECT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(again.status, 200) << again.body;
  EXPECT_EQ(again.text("/id"), first.text("/id"));
  EXPECT_EQ(look(id).text("/media"), first.text("/id"));
  EXPECT_EQ(media_count(), "1");
  EXPECT_EQ(send(id, small_picture().size(), "").status, 409) << "it is over";
}

TEST_F(Pieces, GoOnOnlyWhereTheyStand) {
  const std::string id = begin(10000).text("/id");
  send(id, 0, small_picture(3000));
  const std::string there = std::to_string(small_picture(3000).size());
  const auto wrong = send(id, 5, "abc");
  EXPECT_EQ(wrong.status, 409);
  EXPECT_EQ(wrong.text("/code"), "wrong_offset");
  EXPECT_EQ(wrong.header("upload-offset"), there);
  EXPECT_EQ(look(id).header("upload-offset"), there);
  const auto none = server.ask({.method = "PATCH",
                                .path = "/api/v1/uploads/" + id,
                                .body = "abc",
                                .as = home.as_editor,
                                .type = "application/octet-stream"});
  EXPECT_EQ(none.status, 422);
  EXPECT_EQ(none.text("/field"), "Upload-Offset");
  EXPECT_EQ(send(id, small_picture(3000).size(), std::string(20000, 'x')).status, 413) << "more than was announced";
  EXPECT_EQ(look(id).text("/offset"), there);
}

TEST_F(Pieces, KeepWhatArrivedBeforeTheCut) {
  const std::string bytes = small_picture(9000);
  const std::string id = begin(bytes.size()).text("/id");
  const std::string head = fmt::format(
      "PATCH /api/v1/uploads/{} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {}={}\r\nOrigin: "
      "http://127.0.0.1:{}\r\nUpload-Offset: 0\r\nContent-Type: application/octet-stream\r\nContent-Length: "
      "{}\r\n\r\n",
      id, server.port(), cookie_name(server.settings), home.as_editor, server.port(), bytes.size());
  server.raw(head + bytes.substr(0, 4000), std::chrono::milliseconds(300));
  // Whoever goes on takes it over, also while the dead connection is still being listened to.
  std::string there = look(id).text("/offset");
  for (int i = 0; i < 2000 && there == "0"; ++i) there = look(id).text("/offset");
  EXPECT_EQ(there, "4000");
  EXPECT_EQ(send(id, 4000, bytes.substr(4000)).status, 200);
  EXPECT_EQ(finish(id).text("/sha256"), to_hex(sha256(bytes)));
}

TEST_F(Pieces, OfWhatIsNoMediumAreRefusedAtTheirBeginning) {
  const std::string id = begin(100000).text("/id");
  const auto refused = send(id, 0, "<html>" + std::string(5000, ' '));
  EXPECT_EQ(refused.status, 415) << refused.body;
  EXPECT_EQ(look(id).status, 404);
  EXPECT_EQ(files_arriving(), 0U);
  const std::string small = begin(3).text("/id");
  send(small, 0, "abc");
  EXPECT_EQ(finish(small).status, 415);
  EXPECT_EQ(look(small).status, 404);
  EXPECT_EQ(media_count(), "0");
}

TEST_F(Pieces, AreComparedWithWhatWasAnnounced) {
  const std::string good = to_hex(sha256(small_picture())), bad(64, '0');
  const std::string one = begin(small_picture().size(), fmt::format(R"(,"sha256":"{}")", bad)).text("/id");
  send(one, 0, small_picture());
  const auto refused = finish(one);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.text("/code"), "sha256_differs");
  const std::string two = begin(small_picture().size(), fmt::format(R"(,"sha256":"{}")", good)).text("/id");
  send(two, 0, small_picture());
  EXPECT_EQ(finish(two).status, 201);
  EXPECT_EQ(begin(5, R"(,"sha256":"xyz")").status, 422);
}

TEST_F(Pieces, AreGivenUpWithEverythingThatArrived) {
  const std::string id = begin(10000).text("/id");
  send(id, 0, small_picture(100));
  EXPECT_EQ(files_arriving(), 1U);
  EXPECT_EQ(cancel(id).status, 204);
  EXPECT_EQ(files_arriving(), 0U);
  EXPECT_EQ(look(id).status, 404);
  EXPECT_EQ(cancel(id).status, 404);
}

TEST_F(Pieces, BelongToTheirWorkspace) {
  const auto other = server.add_household("other");
  const std::string id = begin(10000).text("/id"), path = "/api/v1/uploads/" + id;
  EXPECT_EQ(server.get(path, other.as_owner).status, 404);
  EXPECT_EQ(server.ask({.method = "DELETE", .path = path, .as = other.as_owner}).status, 404);
  EXPECT_EQ(server.post(path + "/finish", "", other.as_owner).status, 404);
  EXPECT_EQ(server
                .ask({.method = "PATCH",
                      .path = path,
                      .body = "x",
                      .headers = {{"Upload-Offset", "0"}},
                      .as = other.as_owner,
                      .type = "application/octet-stream"})
                .status,
            404);
  EXPECT_EQ(server.get("/api/v1/uploads", other.as_owner).text("/items"), "[]");
  EXPECT_EQ(server.get("/api/v1/uploads", home.as_editor).text("/items/0/id"), id);
}

TEST_F(Pieces, HaveLimits) {
  server.settings.largest_piecewise = 1000;
  EXPECT_EQ(begin(1001).status, 413);
  server.settings.most_uploads = 2;
  EXPECT_EQ(begin(10).status, 201);
  EXPECT_EQ(begin(10).status, 201);
  const auto third = begin(10);
  EXPECT_EQ(third.status, 409);
  EXPECT_EQ(third.text("/code"), "too_many_uploads");
  server.settings.largest_piecewise = uint64_t{1} << 50;
  server.settings.most_uploads = 20;
  EXPECT_EQ(begin(uint64_t{1} << 49).text("/code"), "no_room");
}

TEST_F(Pieces, ThatNobodyGoesOnWithAreForgottenAfterADay) {
  const std::string old = begin(10000).text("/id");
  send(old, 0, small_picture(10));
  const auto pass = [&](int hours) {  // with a look now and then, so that the session lives on
    for (; hours > 0; hours -= 5)
      server.move(std::chrono::hours(5)), server.get("/api/v1/media", home.as_editor);
  };
  pass(20);
  const std::string fresh = begin(10000).text("/id");
  send(fresh, 0, small_picture(20));
  pass(5);
  const auto sweep = [&] {
    return run::sweep_uploads(server.store(), server.depot(), server.parts(), server.now(), Instant{});
  };
  EXPECT_EQ(sweep(), 1U);
  EXPECT_EQ(look(old).status, 404);
  EXPECT_EQ(look(fresh).status, 200);
  EXPECT_EQ(files_arriving(), 1U);
  EXPECT_EQ(send(fresh, small_picture(20).size(), "more").status, 200);
}

}  // namespace
}  // namespace carillon::api

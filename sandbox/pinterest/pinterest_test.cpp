#include "sandbox/pinterest/pinterest.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "sandbox/testing/visitor.h"

namespace carillon::sandbox {
namespace {

class OnPinterest : public testing::Test {
 protected:
  Visitor v;
  Person board = v.world.connect("pinterest", v.now);
  std::string access = v.credential(board, "access");

  Heard pin(const std::string& more,
            const std::string& source = R"({"source_type":"image_url","url":"https://a.example/1.jpg"})") {
    return v.post_json(
        "/pinterest/v5/pins",
        fmt::format(R"({{"board_id":"{}",{}"media_source":{}}})", board.external_id, more, source), access);
  }
};

TEST_F(OnPinterest, LoginListsBoards) {
  const Heard boards = v.get("/pinterest/v5/boards?page_size=250", access);
  EXPECT_EQ(boards.at("/items/0/id"), board.external_id);
  EXPECT_EQ(v.get("/pinterest/v5/boards/" + board.external_id, access).at("/name"), board.name);
  EXPECT_EQ(v.get("/pinterest/v5/boards/700000000000000009", access).status(), 404) << "somebody else's";
  EXPECT_EQ(v.get("/pinterest/v5/boards").at("/code"), "2");
}

TEST_F(OnPinterest, CodeBecomesTokensAndTokensAreRenewed) {
  const std::string query =
      "?response_type=code&client_id=carillon-sandbox&redirect_uri=http%3A%2F%2F127.0.0.1%2Fback&state=s&"
      "scope=boards%3Aread%2Cpins%3Aread";
  EXPECT_EQ(v.get("/pinterest/oauth/" + query).status(), 200);
  const Heard back = v.post_form("/pinterest/oauth/" + query, {{"decision", "allow"}, {"person", "1"}});
  const std::string code = wire::field(v.sent_back(back), "code").value_or("");
  const auto ask = [&](const wire::Fields& fields) {
    return v.post_form("/pinterest/v5/oauth/token", fields,
                       {{"Authorization", "Basic " + to_base64("carillon-sandbox:sandbox-secret")}});
  };
  const wire::Fields trade = {
      {"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", "http://127.0.0.1/back"}};
  const Heard tokens = ask(trade);
  ASSERT_EQ(tokens.status(), 200) << tokens.text();
  EXPECT_EQ(ask(trade).status(), 400) << "a code works once";
  const Heard fresh = ask({{"grant_type", "refresh_token"}, {"refresh_token", tokens.at("/refresh_token")}});
  EXPECT_EQ(fresh.status(), 200);
  EXPECT_EQ(v.get("/pinterest/v5/boards", fresh.at("/access_token")).status(), 200);
  EXPECT_EQ(v.post_json("/pinterest/v5/pins", "{}", fresh.at("/access_token")).status(), 403)
      << "no pins:write";
}

TEST_F(OnPinterest, PinIsMadeAndListed) {
  const Heard made = pin(R"("title":"Bread","description":"Fresh at 7","link":"https://bakery.example",)");
  ASSERT_EQ(made.status(), 201) << made.text();
  ASSERT_EQ(v.world.ledger().size(), 1U);
  EXPECT_EQ(v.world.ledger()[0].account, board.external_id);
  EXPECT_EQ(v.world.ledger()[0].media, 1U);
  const Heard list = v.get("/pinterest/v5/boards/" + board.external_id + "/pins?page_size=100", access);
  EXPECT_EQ(list.at("/items/0/title"), "Bread");
  EXPECT_EQ(list.at("/items/0/description"), "Fresh at 7");
}

TEST_F(OnPinterest, LimitsAndUnknownMembersAreRefused) {
  EXPECT_EQ(pin(R"("title":")" + std::string(101, 'a') + "\",").status(), 400);
  EXPECT_EQ(pin(R"("description":")" + std::string(801, 'a') + "\",").status(), 400);
  EXPECT_EQ(pin(R"("colour":"red",)").status(), 400);
  EXPECT_EQ(pin("", R"({"source_type":"image_url","url":"nowhere"})").at("/code"), "235");
  EXPECT_EQ(
      pin("", R"({"source_type":"multiple_image_urls","items":[{"url":"https://a.example/1"}]})").status(),
      400);
  EXPECT_EQ(pin("", R"({"source_type":"video_id","media_id":"1","cover_image_key_frame_time":1})").status(),
            400);
  EXPECT_TRUE(v.world.ledger().empty());
}

TEST_F(OnPinterest, VideoIsAnnouncedSentAndAwaited) {
  const Heard announced = v.post_json("/pinterest/v5/media", R"({"media_type":"video"})", access);
  const std::string id = announced.at("/media_id");
  const auto status = [&] { return v.get("/pinterest/v5/media/" + id, access).at("/status"); };
  EXPECT_EQ(status(), "registered");
  const Heard sent = v.post_parts(announced.at("/upload_url"),
                                  {text_part("key", announced.at("/upload_parameters/key")),
                                   text_part("policy", announced.at("/upload_parameters/policy")),
                                   slice_part("file", 9'000'000, "video/mp4")});
  EXPECT_EQ(sent.status(), 204);
  EXPECT_EQ(status(), "processing");
  const std::string source =
      R"({"source_type":"video_id","media_id":")" + id + R"(","cover_image_key_frame_time":1})";
  EXPECT_EQ(pin("", source).status(), 400) << "too early";
  v.now = v.now + std::chrono::seconds(20);
  EXPECT_EQ(status(), "succeeded");
  EXPECT_EQ(pin("", source).status(), 201);
}

}  // namespace
}  // namespace carillon::sandbox

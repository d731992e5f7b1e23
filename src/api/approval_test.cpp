// Posts that need approval: how they are asked for and answered.
#include "api/testing/approval.h"

namespace carillon::api {
namespace {

TEST_F(Approval, AnEditorAsksAndAnOwnerApproves) {
  const auto asked = create(home.as_editor, tomorrow);
  ASSERT_EQ(asked.status, 201) << asked.body;
  const std::string id = asked.text("/id");
  EXPECT_EQ(asked.text("/state"), "proposed");
  EXPECT_EQ(asked.text("/proposal/wants"), "time");
  EXPECT_EQ(asked.text("/tally/waiting"), "0");
  EXPECT_EQ(read(id).body, asked.body);
  EXPECT_TRUE(server.dispatcher.expected().empty());
  EXPECT_EQ(act(id, "approve", "{}", home.as_editor).status, 403);
  const auto approved = act(id, "approve", R"({"revision":1})", home.as_owner);
  ASSERT_EQ(approved.status, 200) << approved.body;
  EXPECT_EQ(approved.text("/state"), "scheduled");
  EXPECT_EQ(approved.text("/at/utc"), "2026-11-20T08:30:00Z");
  EXPECT_EQ(approved.text("/proposal/answer"), "approved");
  EXPECT_EQ(approved.text("/tally/waiting"), "2");
  EXPECT_EQ(server.dispatcher.expected().size(), 2U);
  EXPECT_EQ(act(id, "approve", "{}", home.as_owner).status, 409);
}

TEST_F(Approval, NothingIsApprovedThatChangedSinceItWasLookedAt) {
  const auto asked = create(home.as_editor, tomorrow);
  const std::string id = asked.text("/id");
  ASSERT_EQ(patch("/api/v1/posts/" + id, R"({"content":{"parts":[{"text":"Other"}]}})", home.as_editor,
                  asked.header("etag"))
                .status,
            200);
  const auto refused = act(id, "approve", R"({"revision":1})", home.as_owner);
  EXPECT_EQ(refused.status, 412);
  EXPECT_EQ(refused.text("/code"), "revision");
  EXPECT_TRUE(could_go_out().empty());
}

TEST_F(Approval, SentBackItIsADraftWithANote) {
  const std::string id = create(home.as_editor, R"(,"now":true)").text("/id");
  EXPECT_EQ(read(id).text("/proposal/wants"), "now");
  EXPECT_EQ(act(id, "reject", R"({"note":"  "})", home.as_owner).status, 422);
  const auto back = act(id, "reject", R"({"note":"Name the price."})", home.as_owner);
  ASSERT_EQ(back.status, 200) << back.body;
  EXPECT_EQ(back.text("/state"), "draft");
  EXPECT_EQ(back.text("/proposal/note"), "Name the price.");
  const auto told = server.get("/api/v1/notices", home.as_editor);
  EXPECT_EQ(told.text("/items/0/kind"), "post_sent_back");
  EXPECT_NE(told.text("/items/0/text").find("Name the price."), std::string::npos);
  EXPECT_EQ(server.get("/api/v1/notices", home.as_viewer).text("/unread"), "0");
  EXPECT_EQ(act(id, "schedule", later, home.as_editor).text("/state"), "proposed");
}

TEST_F(Approval, TheAuthorMayTakeItBack) {
  const std::string id = create(home.as_editor, tomorrow).text("/id");
  const auto taken = act(id, "cancel", "", home.as_editor);
  EXPECT_EQ(taken.text("/post/state"), "draft") << taken.body;
  EXPECT_EQ(taken.text("/post/proposal/answer"), "withdrawn");
}

TEST_F(Approval, WhatExpiredNeedsAnotherTime) {
  const std::string id =
      create(home.as_editor, R"(,"at":{"local":"2026-11-18T14:00","zone":"Europe/Berlin"})").text("/id");
  server.move(3h);
  EXPECT_EQ(act(id, "approve", "{}", home.as_owner).text("/code"), "expired");
  const auto notices = tend();
  ASSERT_EQ(notices.size(), 2U);
  EXPECT_EQ(notices[0].kind, approval_asked);
  EXPECT_EQ(notices[1].kind, "approval_expired");
  EXPECT_EQ(server.get("/api/v1/posts?state=expired", home.as_owner).text("/items/0/id"), id);
  EXPECT_EQ(act(id, "approve", "{}", home.as_owner).text("/code"), "expired");
  EXPECT_EQ(act(id, "approve", later, home.as_owner).text("/state"), "scheduled");
  EXPECT_EQ(could_go_out().size(), 1U);
}

TEST_F(Approval, ManyProposalsAreOneNoticeForThoseWhoApprove) {
  for (int i = 0; i < 3; ++i) create(home.as_editor, tomorrow);
  const auto notices = tend();
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_NE(notices[0].text.find("3 posts"), std::string::npos) << notices[0].text;
  EXPECT_TRUE(tend().empty());
  EXPECT_EQ(server.get("/api/v1/notices", home.as_owner).text("/unread"), "1");
  EXPECT_EQ(server.get("/api/v1/notices", home.as_editor).text("/unread"), "0");
}

TEST_F(Approval, SomebodyWithTheRightNeedsNone) {
  EXPECT_EQ(server.get("/api/v1/session", home.as_editor).text("/asks_first"), "true");
  ASSERT_EQ(
      patch("/api/v1/users/" + home.editor.text(), R"({"approves":true})", home.as_owner).text("/approves"),
      "true");
  EXPECT_EQ(server.get("/api/v1/session", home.as_editor).text("/asks_first"), "false");
  EXPECT_EQ(create(home.as_editor, tomorrow).text("/state"), "scheduled");
}

TEST_F(Approval, AnOwnersKeyWithoutThatScopeAsks) {
  ASSERT_EQ(
      server
          .post("/api/v1/users",
                R"({"email":"ana@x.test","role":"owner","password":"four horses drink tea"})", home.as_owner)
          .status,
      201);
  const auto in =
      server.post("/api/v1/session", R"({"email":"ana@x.test","password":"four horses drink tea"})", "");
  const auto cookie = in.header("set-cookie");
  const std::string as = cookie.substr(9, cookie.find(';') - 9);
  const auto state_with = [&](const std::string& scopes) {
    const auto key = server.post(
        "/api/v1/keys",
        fmt::format(R"({{"name":"tool","scopes":[{}],"password":"four horses drink tea"}})", scopes), as);
    EXPECT_EQ(key.status, 201) << key.body;
    return server
        .ask({.method = "POST",
              .path = "/api/v1/posts",
              .body = post_json({shop.id}, "By a tool", tomorrow),
              .key = key.text("/key")})
        .text("/state");
  };
  EXPECT_EQ(state_with(R"("posts.write")"), "proposed");
  EXPECT_EQ(state_with(R"("posts.write","posts.approve")"), "scheduled");
  EXPECT_EQ(state_with(""), "scheduled");
}

TEST_F(Approval, WithoutTheSettingEditorsPublishAlone) {
  want_approval(false);
  EXPECT_EQ(create(home.as_editor, tomorrow).text("/state"), "scheduled");
  EXPECT_EQ(patch("/api/v1/workspace", R"({"approval":true})", home.as_editor).status, 403);
}

TEST_F(Approval, ASeriesIsApprovedWithOneWord) {
  const std::string id = create(home.as_editor, tomorrow).text("/id");
  ASSERT_EQ(act(id, "repeat", R"({"rule":"FREQ=WEEKLY;COUNT=4"})", home.as_editor).status, 200);
  EXPECT_TRUE(could_go_out().empty());
  ASSERT_EQ(act(id, "approve", R"({"scope":"series"})", home.as_owner).status, 200);
  EXPECT_EQ(server.get("/api/v1/posts?state=scheduled", home.as_owner).json().at("items").as_array().size(),
            4U);
  EXPECT_EQ(server.get("/api/v1/posts?state=proposed", home.as_owner).json().at("items").as_array().size(),
            0U);
}

TEST_F(Approval, WhatANetworkWouldRefuseIsNotApproved) {
  const std::string id = create(home.as_editor, tomorrow).text("/id");
  ASSERT_EQ(
      server.ask({.method = "DELETE", .path = "/api/v1/accounts/" + bakery.id.text(), .as = home.as_owner})
          .status,
      200);
  EXPECT_EQ(act(id, "approve", "{}", home.as_owner).status, 422);
  EXPECT_EQ(state_of(id), "proposed");
}

}  // namespace
}  // namespace carillon::api

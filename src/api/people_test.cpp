// Users, keys, workspace.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/setup.h"
#include "api/testing/server.h"

namespace carillon::api {
namespace {

constexpr const char* words = "four horses drink tea";

class People : public ::testing::Test {
 protected:
  Reply patch(const std::string& path, const std::string& body, const std::string& as) {
    return server.ask({.method = "PATCH", .path = path, .body = body, .as = as});
  }
  // An owner with a password, for what needs one.
  std::string owner_with_password() {
    const std::string body =
        R"({"email":"ana@example.com","role":"owner","name":"Ana","password":"four horses drink tea"})";
    EXPECT_EQ(server.post("/api/v1/users", body, home.as_owner).status, 201);
    const auto in = server.post("/api/v1/session",
                                R"({"email":"ana@example.com","password":"four horses drink tea"})", "");
    EXPECT_EQ(in.status, 201) << in.body;
    const auto cookie = in.header("set-cookie");
    return cookie.substr(9, cookie.find(';') - 9);
  }

  TestServer server;
  Household home = server.add_household("home");
};

TEST_F(People, AreAddedOnceByEmail) {
  const std::string body =
      R"({"email":"Ben@example.com","role":"editor","password":"four horses drink tea"})";
  const auto reply = server.post("/api/v1/users", body, home.as_owner);
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.text("/email"), "ben@example.com");
  const auto again = server.post("/api/v1/users", body, home.as_owner);
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.text("/field"), "email");
  EXPECT_EQ(server.get("/api/v1/users/" + reply.text("/id"), home.as_owner).text("/role"), "editor");
}

TEST_F(People, AreAddedOnceByIdempotencyKey) {
  const Ask ask{.method = "POST",
                .path = "/api/v1/users",
                .body = R"({"email":"ben@example.com","role":"editor","password":"four horses drink tea"})",
                .headers = {{"Idempotency-Key", "\"abc\""}},
                .as = home.as_owner};
  const auto first = server.ask(ask);
  const auto again = server.ask(ask);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(first.body, again.body);
  EXPECT_EQ(again.header("idempotency-replayed"), "true");
}

TEST_F(People, LoseTheirSessionsWithTheirRole) {
  const auto path = "/api/v1/users/" + home.editor.text();
  EXPECT_EQ(patch(path, R"({"role":"viewer"})", home.as_owner).status, 200);
  EXPECT_EQ(server.get("/api/v1/session", home.as_editor).status, 401);
}

TEST_F(People, AreSwitchedOffAtOnce) {
  const auto path = "/api/v1/users/" + home.viewer.text();
  EXPECT_EQ(patch(path, R"({"disabled":true})", home.as_owner).text("/disabled"), "true");
  EXPECT_EQ(server.get("/api/v1/session", home.as_viewer).status, 401);
}

TEST_F(People, KeepOneOwner) {
  const auto path = "/api/v1/users/" + home.owner.text();
  EXPECT_EQ(patch(path, R"({"role":"editor"})", home.as_owner).status, 409);
  EXPECT_EQ(patch(path, R"({"disabled":true})", home.as_owner).status, 409);
  EXPECT_EQ(patch("/api/v1/users/" + home.editor.text(), R"({"role":"owner"})", home.as_owner).status, 200);
  EXPECT_EQ(patch(path, R"({"role":"editor"})", home.as_owner).status, 200);
  EXPECT_EQ(server.get("/api/v1/users", home.as_owner).status,
            403);  // its own session stays, with the lower role
}

TEST_F(People, MakeKeysAfterTypingTheirPassword) {
  const auto token = owner_with_password();
  const std::string wrong = R"({"name":"importer","scopes":["posts.read"],"password":"x"})";
  EXPECT_EQ(server.post("/api/v1/keys", wrong, token).text("/field"), "password");
  const std::string body =
      fmt::format(R"({{"name":"importer","scopes":["posts.read"],"password":"{}"}})", words);
  const auto made = server.post("/api/v1/keys", body, token);
  ASSERT_EQ(made.status, 201) << made.body;
  const auto key = made.text("/key");
  EXPECT_EQ(server.ask({.path = "/api/v1/posts", .key = key}).status, 200);
  EXPECT_EQ(server.ask({.path = "/api/v1/accounts", .key = key}).status, 403);
  EXPECT_EQ(server.ask({.path = "/api/v1/session", .key = key}).status, 403);  // not a person
  const auto list = server.get("/api/v1/keys", home.as_owner);
  EXPECT_EQ(list.body.find(key), std::string::npos);
  EXPECT_EQ(list.text("/items/0/prefix"), key.substr(0, 11));
  const auto path = "/api/v1/keys/" + made.text("/item/id");
  EXPECT_EQ(server.ask({.method = "DELETE", .path = path, .as = home.as_owner}).status, 204);
  EXPECT_EQ(server.ask({.path = "/api/v1/posts", .key = key}).status, 401);
}

TEST_F(People, MakeKeysThatExpire) {
  const auto token = owner_with_password();
  const auto until = to_text(server.now() + std::chrono::hours(1));
  const std::string body = fmt::format(R"({{"name":"short","expires":"{}","password":"{}"}})", until, words);
  const auto key = server.post("/api/v1/keys", body, token).text("/key");
  EXPECT_EQ(server.ask({.path = "/api/v1/posts", .key = key}).status, 200);
  server.move(std::chrono::hours(2));
  EXPECT_EQ(server.ask({.path = "/api/v1/posts", .key = key}).status, 401);
  EXPECT_EQ(server.post("/api/v1/keys", body, token).status, 422);  // over already
  const std::string odd = fmt::format(R"({{"name":"x","scopes":["everything"],"password":"{}"}})", words);
  EXPECT_EQ(server.post("/api/v1/keys", odd, token).text("/code"), "unknown_scope");
}

TEST_F(People, RenameTheirWorkspace) {
  EXPECT_EQ(patch("/api/v1/workspace", R"({"name":"Bells","zone":"Europe/Paris"})", home.as_owner).status,
            200);
  const auto reply = server.get("/api/v1/workspace", home.as_viewer);
  EXPECT_EQ(reply.text("/name"), "Bells");
  EXPECT_EQ(reply.text("/zone"), "Europe/Paris");
  EXPECT_EQ(patch("/api/v1/workspace", R"({"zone":"Mars/Olympus"})", home.as_owner).text("/field"), "zone");
}

TEST_F(People, LeaveATrailOfWhatTheyDid) {
  patch("/api/v1/workspace", R"({"name":"Bells"})", home.as_owner);
  patch("/api/v1/users/" + home.editor.text(), R"({"name":"Ben"})", home.as_owner);
  const auto page = server.get("/api/v1/audit?limit=1", home.as_owner);
  EXPECT_EQ(page.text("/items/0/action"), "user.edited");
  EXPECT_EQ(page.text("/items/0/detail"), "name");
  EXPECT_EQ(page.text("/intact"), "true");
  const auto next = server.get("/api/v1/audit?limit=1&cursor=" + page.text("/next"), home.as_owner);
  EXPECT_EQ(next.text("/items/0/action"), "workspace.edited");
  EXPECT_EQ(next.text("/items/0/actor"), "user:" + home.owner.text());
}

TEST_F(People, ReadInTheTrailWhatBecameOfWhom) {
  const auto path = "/api/v1/users/" + home.viewer.text();
  patch(path, R"({"role":"editor"})", home.as_owner);
  patch(path, R"({"disabled":true})", home.as_owner);
  patch(path, R"({"password":"four other horses drink"})", home.as_owner);
  patch(path, R"({"disabled":false})", home.as_owner);
  const auto page = server.get("/api/v1/audit?about=user", home.as_owner);
  for (int i = 0; const char* detail : {"enabled", "password", "disabled", "editor"})
    EXPECT_EQ(page.text(fmt::format("/items/{}/detail", i++)), detail);
}

TEST_F(People, ReadTheTrailByNounAndByPerson) {
  patch("/api/v1/workspace", R"({"name":"Bells"})", home.as_owner);
  patch("/api/v1/users/" + home.editor.text(), R"({"name":"Ben"})", home.as_owner);
  const auto about = server.get("/api/v1/audit?about=workspace", home.as_owner);
  EXPECT_EQ(about.text("/items/0/action"), "workspace.edited");
  EXPECT_EQ(about.text("/items/1/action"), "(missing)");
  const auto by = server.get("/api/v1/audit?by=" + home.owner.text(), home.as_owner);
  EXPECT_EQ(by.text("/items/0/action"), "user.edited");
  EXPECT_EQ(server.get("/api/v1/audit?by=" + home.editor.text(), home.as_owner).text("/items/0/action"),
            "(missing)");
  EXPECT_EQ(server.get("/api/v1/audit?by=ana", home.as_owner).text("/field"), "by");
}

TEST_F(People, CannotUseACursorElsewhere) {
  patch("/api/v1/workspace", R"({"name":"Bells"})", home.as_owner);
  patch("/api/v1/workspace", R"({"name":"Bells2"})", home.as_owner);
  const auto cursor = server.get("/api/v1/audit?limit=1", home.as_owner).text("/next");
  const auto other = server.add_household("other");
  EXPECT_EQ(server.get("/api/v1/audit?cursor=" + cursor, other.as_owner).status, 422);
  EXPECT_EQ(server.get("/api/v1/posts?cursor=" + cursor, home.as_owner).status, 422);
  EXPECT_EQ(server.get("/api/v1/audit?cursor=" + cursor, home.as_owner).status, 200);
  EXPECT_EQ(server.get("/api/v1/audit?limit=0", home.as_owner).status, 422);
}

}  // namespace
}  // namespace carillon::api

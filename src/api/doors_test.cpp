// Generated over the route table: whatever is added there is tested here.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "api/routes.h"
#include "api/testing/server.h"
#include "api/tokens.h"
#include "store/people.h"

namespace carillon::api {
namespace {

constexpr std::string_view some_id = "0198e5a0-7c00-7000-8000-00000000000a";

std::string path_of(const Route& route, std::string_view id = some_id) {
  std::string path(route.pattern);
  const auto open = path.find('{');
  if (open == std::string::npos) return path;
  return path.replace(open, path.find('}') - open + 1, id);
}

bool is_guarded(const Route& route) {
  return route.permission != Permission::open && route.permission != Permission::metrics;
}

Ask ask_for(const Route& route) {
  Ask ask{.method = std::string(to_text(route.method)), .path = path_of(route)};
  if (route.body.kind == Body::Kind::json) ask.body = "{}";
  if (route.body.kind == Body::Kind::raw) ask.body = "x", ask.type = "application/octet-stream";
  return ask;
}

class Doors : public ::testing::Test {
 protected:
  TestServer server;
  Household home = server.add_household("home");
};

TEST_F(Doors, AreClosedToNobody) {
  for (const Route& route : routes()) {
    if (is_guarded(route)) EXPECT_EQ(server.ask(ask_for(route)).status, 401) << route.pattern;
  }
}

TEST_F(Doors, AreClosedToTokensThatNobodyMade) {
  for (const Route& route : routes()) {
    if (!is_guarded(route)) continue;
    Ask ask = ask_for(route);
    ask.as = mint_token(server.random);
    EXPECT_EQ(server.ask(ask).status, 401) << route.pattern;
    ask.as.clear();
    ask.key = mint_key(server.random);
    EXPECT_EQ(server.ask(ask).status, 401) << route.pattern;
    ask.key = "cari_guessed";
    EXPECT_EQ(server.ask(ask).status, 401) << route.pattern;
  }
}

TEST_F(Doors, AreClosedToRolesThatMayNot) {
  for (const Route& route : routes()) {
    if (!is_guarded(route)) continue;
    for (const Role role : {Role::viewer, Role::editor}) {
      if (allows(role, route.permission)) continue;
      Ask ask = ask_for(route);
      ask.as = home.as(role);
      EXPECT_EQ(server.ask(ask).status, 403) << route.pattern << " as " << carillon::to_text(role);
    }
  }
}

TEST_F(Doors, AreClosedToOtherSites) {
  for (const Route& route : routes()) {
    if (route.method == Method::get) continue;
    Ask ask = ask_for(route);
    ask.as = home.as_owner;
    ask.headers = {{"Origin", "https://evil.example"}};
    EXPECT_EQ(server.ask(ask).status, 403) << route.pattern;
    ask.headers = {{"Sec-Fetch-Site", "cross-site"}};
    EXPECT_EQ(server.ask(ask).status, 403) << route.pattern;
    ask.headers = {{"Origin", "null"}};
    EXPECT_EQ(server.ask(ask).status, 403) << route.pattern;
  }
}

class Neighbours : public Doors {
 protected:
  std::string make(const std::string& noun, const std::string& body) {
    const auto made = server.post("/api/v1/" + noun, body, other.as_owner);
    EXPECT_EQ(made.status, 201) << noun << ": " << made.body;
    return made.text("/id");
  }
  std::string raw(const std::string& bytes) {
    const auto made = server.ask({.method = "POST",
                                  .path = "/api/v1/media",
                                  .body = bytes,
                                  .headers = {{"X-File-Name", "bell.png"}},
                                  .as = other.as_owner,
                                  .type = "application/octet-stream"});
    EXPECT_EQ(made.status, 201) << made.body;
    return made.text("/id");
  }
  std::string key() {
    const ApiKey key{.id = ApiKeyId::make(server.now(), server.random),
                     .workspace = other.id,
                     .user = other.owner,
                     .key_sha256 = "hash",
                     .created = server.now()};
    server.store().write_now([&](store::Unit& unit) { store::People(unit).add(key); });
    return key.id.text();
  }
  // One of each of what a workspace has, by the word of its routes.
  std::map<std::string, std::string> theirs() {
    const auto post =
        server.post("/api/v1/posts", post_json({shop.id}, "theirs", R"(,"now":true)"), other.as_owner);
    const auto media = raw(small_picture());
    const auto copy = server.post("/api/v1/media/" + media + "/derivatives",
                                  R"({"recipe":{"into":"image/jpeg"}})", other.as_owner);
    return {{"users", other.viewer.text()},
            {"sessions", server.get("/api/v1/sessions", other.as_owner).text("/items/0/id")},
            {"keys", key()},
            {"accounts", shop.id.text()},
            {"posts", post.text("/id")},
            {"evergreen", post.text("/id")},
            {"deliveries", post.text("/deliveries/0/id")},
            {"media", media},
            {"conversions", copy.text("/id")},
            {"uploads", make("uploads", R"({"name":"cake.png","bytes":9})")},
            {"hashtags", make("hashtags", R"({"name":"Bakery","tags":["bread"]})")},
            {"blackouts", make("blackouts", R"({"first":"2026-12-24","last":"2026-12-26"})")},
            {"feeds", make("feeds", R"({"address":"https://bells.example/feed"})")},
            {"campaigns", make("campaigns", R"({"name":"Spring"})")},
            {"tasks", make("tasks", R"({"person":"Ana Lind"})")}};
  }
  // What has nothing of a workspace in its address.
  const std::set<std::string_view> others = {"/api/v1/variables/{name}",     // a name, not an id
                                             "/api/v1/sandbox/faults/{id}",  // of the installation
                                             "/api/v1/accounts/connect/{ticket}", "/m/{token}"};                  // whoever has it may
  // A body that only the id is wrong about.
  const std::map<std::string_view, std::string> good = {
      {"/api/v1/posts/{id}/reschedule", R"({"at":{"local":"2027-01-01T09:00"}})"},
      {"/api/v1/posts/{id}/repeat", R"({"rule":"FREQ=DAILY"})"},
      {"/api/v1/posts/{id}/spread", R"({"scope":"all"})"},
      {"/api/v1/posts/{id}/reject", R"({"note":"Shorter."})"},
      {"/api/v1/accounts/{id}/slots", R"({"days":[]})"},
      {"/api/v1/media/{id}/derivatives", R"({"recipe":{"into":"image/jpeg"}})"},
      {"/api/v1/hashtags/{id}", R"({"name":"Mine","tags":["bread"]})"},
      {"/api/v1/blackouts/{id}", R"({"first":"2026-12-24","last":"2026-12-26"})"},
      {"/api/v1/campaigns/{id}/enable", R"({"account":"0198e5a0-7c00-7000-8000-00000000000a"})"},
      {"/api/v1/campaigns/{id}/disable", R"({"account":"0198e5a0-7c00-7000-8000-00000000000a"})"},
      {"/api/v1/campaigns/{id}/duplicate", R"({"name":"Mine"})"},
      {"/api/v1/deliveries/{id}/verdict", R"({"there":true})"}};

  Household other = server.add_household("other");
  Account shop = server.add_account(other, "x", "shop");
};

TEST_F(Neighbours, SeeAndChangeNothingOfEachOther) {
  const auto all = theirs();
  for (const Route& route : routes()) {
    const auto open = route.pattern.find('{');
    if (open == std::string_view::npos || others.contains(route.pattern)) continue;
    const auto noun = route.pattern.substr(8, open - 9);
    ASSERT_TRUE(all.contains(std::string(noun))) << route.pattern << ": make one of the other workspace";
    Ask ask = ask_for(route);
    ask.path = path_of(route, all.at(std::string(noun)));
    ask.as = home.as_owner;
    ask.headers = {{"If-Match", "\"1\""}, {"Upload-Offset", "0"}};
    if (good.contains(route.pattern)) ask.body = good.at(route.pattern);
    const auto reply = server.ask(ask);
    EXPECT_EQ(reply.status, 404) << ask.method << " " << route.pattern << ": " << reply.body;
    ask.as = other.as_owner;
    if (route.method == Method::get)
      EXPECT_NE(server.ask(ask).status, 404) << route.pattern << ": it is there for those whose it is";
  }
}

TEST_F(Doors, TakeOnlyJsonWhereTheySaySo) {
  for (const Route& route : routes()) {
    if (route.body.kind != Body::Kind::json) continue;
    for (const char* type :
         {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""}) {
      Ask ask = ask_for(route);
      ask.as = home.as_owner;
      ask.type = type;
      EXPECT_EQ(server.ask(ask).status, 415) << route.pattern << " with " << type;
    }
  }
}

TEST_F(Doors, RefuseWhatIsTooLarge) {
  for (const Route& route : routes()) {
    if (route.body.kind != Body::Kind::json) continue;
    Ask ask = ask_for(route);
    ask.as = home.as_owner;
    ask.body = "{\"x\":\"" + std::string(route.body.limit, 'x') + "\"}";
    EXPECT_EQ(server.ask(ask).status, 413) << route.pattern;
  }
}

TEST_F(Doors, RefuseWhatIsNotJson) {
  for (const Route& route : routes()) {
    if (route.body.kind != Body::Kind::json) continue;
    for (const char* body : {"{", "[1,]", "{\"a\":\"\xff\"}", "nonsense", "{} {}"}) {
      Ask ask = ask_for(route);
      ask.as = home.as_owner;
      ask.body = body;
      EXPECT_EQ(server.ask(ask).status, 400) << route.pattern << " with " << body;
    }
  }
}

TEST_F(Doors, RefuseMembersThatTheyDoNotKnow) {
  for (const Route& route : routes()) {
    if (route.body.kind != Body::Kind::json) continue;
    for (const char* body : {R"({"surprise":1})", "[]", "7", "null"}) {
      Ask ask = ask_for(route);
      ask.as = home.as_owner;
      ask.body = body;
      EXPECT_EQ(server.ask(ask).status, 422) << route.pattern << " with " << body;
    }
  }
}

TEST_F(Doors, NameTheMethodsThatAPathTakes) {
  const auto reply = server.ask({.method = "PUT", .path = "/api/v1/posts", .as = home.as_owner});
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.header("allow"), "GET, POST");
  EXPECT_EQ(server.ask({.method = "TRACE", .path = "/api/v1/posts"}).status, 405);
}

TEST_F(Doors, SayThatAnUnknownAddressIsNotThere) {
  const auto reply = server.get("/api/v1/nothing", home.as_owner);
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.header("content-type"), "application/problem+json");
  EXPECT_EQ(reply.text("/code"), "not_found");
}

TEST_F(Doors, AnswerWithTheHeadersOfTheChecklist) {
  const auto reply = server.get("/api/v1/session", home.as_owner);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("cache-control"), "no-store");
  EXPECT_EQ(reply.header("referrer-policy"), "no-referrer");
  EXPECT_EQ(reply.header("cross-origin-opener-policy"), "same-origin");
  EXPECT_EQ(reply.header("access-control-allow-origin"), "");
  EXPECT_NE(reply.header("x-request-id"), "");
}

TEST_F(Doors, StopWhoAsksCostlyThingsTooOften) {
  server.settings.costly_per_minute = 3;
  const std::string path = "/api/v1/accounts/" + std::string(some_id) + "/refresh";
  for (int i = 0; i < 3; ++i) EXPECT_EQ(server.post(path, "", home.as_owner).status, 404);
  const auto reply = server.post(path, "", home.as_owner);
  EXPECT_EQ(reply.status, 429);
  EXPECT_NE(reply.header("retry-after"), "");
  server.move(std::chrono::minutes(2));
  EXPECT_EQ(server.post(path, "", home.as_owner).status, 404);
}

}  // namespace
}  // namespace carillon::api

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <future>
#include <thread>

#include "api/passwords.h"
#include "api/setup.h"
#include "api/testing/server.h"
#include "api/tokens.h"
#include "run/log_ring.h"
#include "store/people.h"

namespace carillon::api {
namespace {

std::string setup_body(const std::string& token) {
  return fmt::format(
      R"({{"token":"{}","workspace":"Corner Shop","zone":"Europe/Berlin","email":"Ana@Example.com",)"
      R"("name":"Ana","password":"four horses drink tea"}})",
      token);
}

// The token in a Set-Cookie header.
std::string token_in(const Reply& reply) {
  const auto cookie = reply.header("set-cookie");
  const auto equals = cookie.find('=');
  return cookie.substr(equals + 1, cookie.find(';') - equals - 1);
}

std::string sign_in_body(const std::string& password, const std::string& email = "ana@example.com") {
  return fmt::format(R"({{"email":"{}","password":"{}"}})", email, password);
}

class SignIn : public ::testing::Test {
 protected:
  Reply set_up() {
    const auto token = offer_setup(server.store(), server.random, server.now());
    return server.post("/api/v1/setup", setup_body(token.value()), "");
  }
  Reply sign_in(const std::string& password) {
    return server.post("/api/v1/session", sign_in_body(password), "");
  }
  User ana() {
    User found;
    server.store().read_now(
        [&](store::Unit& unit) { found = store::People(unit).user_by_email("ana@example.com").value(); });
    return found;
  }
  int64_t attempts_counted() {
    int64_t count = 0;
    server.store().read_now(
        [&](store::Unit& unit) { count = store::People(unit).failures("email:ana@example.com").count; });
    return count;
  }

  TestServer server;
};

TEST_F(SignIn, BeginsWithTheOneTimeLink) {
  EXPECT_EQ(server.get("/api/v1/setup", "").text("/needed"), "true");
  const auto reply = set_up();
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.text("/user/email"), "ana@example.com");
  EXPECT_EQ(reply.text("/user/role"), "owner");
  EXPECT_EQ(server.get("/api/v1/session", token_in(reply)).text("/workspace/name"), "Corner Shop");
  EXPECT_EQ(server.get("/api/v1/setup", "").text("/needed"), "false");
}

TEST_F(SignIn, RefusesAWrongALateAndASecondLink) {
  EXPECT_EQ(server.post("/api/v1/setup", setup_body("guessed"), "").status, 403);
  const auto late = offer_setup(server.store(), server.random, server.now());
  server.move(std::chrono::minutes(61));
  EXPECT_EQ(server.post("/api/v1/setup", setup_body(*late), "").status, 410);
  ASSERT_EQ(set_up().status, 201);
  EXPECT_EQ(server.post("/api/v1/setup", setup_body(*late), "").status, 409);
  EXPECT_FALSE(offer_setup(server.store(), server.random, server.now()));
}

TEST_F(SignIn, OpensASessionOfItsOwnAndEndsIt) {
  const auto first = token_in(set_up());
  const auto reply = sign_in("four horses drink tea");
  ASSERT_EQ(reply.status, 201) << reply.body;
  const auto second = token_in(reply);
  EXPECT_NE(first, second);
  EXPECT_NE(reply.header("set-cookie").find("HttpOnly"), std::string::npos);
  EXPECT_NE(reply.header("set-cookie").find("SameSite=Lax"), std::string::npos);
  const auto out = server.ask({.method = "DELETE", .path = "/api/v1/session", .as = second});
  EXPECT_EQ(out.status, 204);
  EXPECT_NE(out.header("clear-site-data"), "");
  EXPECT_EQ(server.get("/api/v1/session", second).status, 401);
  EXPECT_EQ(server.get("/api/v1/session", first).status, 200);
}

TEST_F(SignIn, HashesAgainWhenTheParametersRise) {
  set_up();
  const auto before = ana().password_hash;
  ASSERT_EQ(sign_in("four horses drink tea").status, 201);
  EXPECT_EQ(ana().password_hash, before);
  server.settings.password_passes = 2;
  ASSERT_EQ(sign_in("four horses drink tea").status, 201);
  EXPECT_NE(ana().password_hash.find("t=2"), std::string::npos);
  EXPECT_EQ(sign_in("four horses drink tea").status, 201);
}

TEST_F(SignIn, MarksTheCookieSecureOverHttps) {
  set_up();
  server.settings.public_url = "https://bells.example";
  const auto reply = sign_in("four horses drink tea");
  EXPECT_TRUE(reply.header("set-cookie").starts_with("__Host-carillon="));
  EXPECT_NE(reply.header("set-cookie").find("; Secure"), std::string::npos);
  EXPECT_NE(reply.header("strict-transport-security"), "");
}

TEST_F(SignIn, AnswersUnknownPeopleAsItAnswersWrongPasswords) {
  set_up();
  const auto wrong = sign_in("five horses drink tea");
  const auto nobody = server.post("/api/v1/session", sign_in_body("x y z w", "nobody@example.com"), "");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(nobody.status, 401);
  EXPECT_EQ(wrong.text("/detail"), nobody.text("/detail"));
  EXPECT_EQ(wrong.text("/code"), nobody.text("/code"));
}

TEST_F(SignIn, IsThrottledAfterFailuresAndNeverLockedForGood) {
  const auto mine = token_in(set_up());
  for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in("wrong").status, 401) << i;
  const auto locked = sign_in("four horses drink tea");
  EXPECT_EQ(locked.status, 429);
  EXPECT_NE(locked.header("retry-after"), "");
  EXPECT_EQ(server.get("/api/v1/session", mine).status, 200);  // the victim stays signed in
  server.move(std::chrono::minutes(15));
  EXPECT_EQ(sign_in("four horses drink tea").status, 201);
}

TEST_F(SignIn, GuessesThatComeTogetherAreCountedBeforeTheyAreLookedAt) {
  set_up();
  std::vector<std::future<Reply>> guesses;
  for (int i = 0; i < 12; ++i)
    guesses.push_back(std::async(std::launch::async, [&] { return sign_in("wrong"); }));
  int looked_at = 0;
  for (auto& guess : guesses) looked_at += guess.get().status == 401;
  EXPECT_EQ(looked_at, 5);
}

TEST_F(SignIn, ThatSucceedsIsNoFailureOfTheNetworkThatItCameFrom) {
  set_up();
  for (int i = 0; i < 25; ++i) EXPECT_EQ(sign_in("four horses drink tea").status, 201) << i;
}

// The hashing threads are kept busy while an owner changes the user.
TEST_F(SignIn, ThatTookLongChangesNothingOfWhatAnOwnerDidMeanwhile) {
  const auto mine = token_in(set_up());
  std::promise<void> go;
  const std::shared_future<void> gate = go.get_future().share();
  for (int i = 0; i < 2; ++i) boost::asio::post(server.desk().threads, [gate] { gate.wait(); });
  auto changed = std::async(std::launch::async, [&] {
    return server.post("/api/v1/session/password",
                       R"({"current":"four horses drink tea","password":"five cows drink milk"})", mine);
  });
  auto entered = std::async(std::launch::async, [&] { return sign_in("four horses drink tea"); });
  while (attempts_counted() == 0) std::this_thread::yield();
  server.store().write_now([&](store::Unit& unit) {
    store::People people(unit);
    User demoted = people.user_by_email("ana@example.com").value();
    demoted.role = Role::viewer;
    people.update(demoted);
    people.set_password(demoted.workspace, demoted.id, "an owner's choice");
  });
  go.set_value();
  EXPECT_EQ(changed.get().status, 422);
  EXPECT_EQ(entered.get().status, 401);
  EXPECT_EQ(ana().role, Role::viewer);
  EXPECT_EQ(ana().password_hash, "an owner's choice");
}

TEST_F(SignIn, EndsAfterTwelveIdleHoursAndThirtyDays) {
  const auto token = token_in(set_up());
  server.move(std::chrono::hours(11));
  EXPECT_EQ(server.get("/api/v1/session", token).status, 200);  // writes down that it is in use
  server.store().write_now([](store::Unit&) {});
  server.move(std::chrono::hours(11));
  EXPECT_EQ(server.get("/api/v1/session", token).status, 200);
  server.store().write_now([](store::Unit&) {});
  server.move(std::chrono::hours(13));
  EXPECT_EQ(server.get("/api/v1/session", token).status, 401);

  const auto home = server.add_household("home");
  for (int i = 0; i < 65; ++i) {
    server.move(std::chrono::hours(11));
    EXPECT_EQ(server.get("/api/v1/session", home.as_owner).status, 200) << i;
    server.store().write_now([](store::Unit&) {});
  }
  server.move(std::chrono::hours(11));
  EXPECT_EQ(server.get("/api/v1/session", home.as_owner).status, 401);  // 30 days are over
}

TEST_F(SignIn, WithANewPasswordEndsTheOtherSessions) {
  const auto first = token_in(set_up());
  const auto second = token_in(sign_in("four horses drink tea"));
  const std::string body = R"({"current":"four horses drink tea","password":"five cows drink milk"})";
  EXPECT_EQ(server.post("/api/v1/session/password", body, second).status, 204);
  EXPECT_EQ(server.get("/api/v1/session", first).status, 401);
  EXPECT_EQ(server.get("/api/v1/session", second).status, 200);
  EXPECT_EQ(sign_in("four horses drink tea").status, 401);
  EXPECT_EQ(sign_in("five cows drink milk").status, 201);
  EXPECT_EQ(server.post("/api/v1/session/password", body, second).status,
            422);  // not the current one any more
}

TEST_F(SignIn, ShowsAndEndsOnesOwnSessionsOnly) {
  const auto mine = token_in(set_up());
  const auto other = token_in(sign_in("four horses drink tea"));
  const auto home = server.add_household("home");
  const auto list = server.get("/api/v1/sessions", mine);
  ASSERT_EQ(list.json().at("items").as_array().size(), 2U);
  for (const auto& session : list.json().at("items").as_array()) {
    const auto path = "/api/v1/sessions/" + std::string(session.at("id").as_string());
    EXPECT_EQ(server.ask({.method = "DELETE", .path = path, .as = home.as_owner}).status, 404);
    if (session.at("current").as_bool()) continue;
    EXPECT_EQ(server.ask({.method = "DELETE", .path = path, .as = mine}).status, 204);
  }
  EXPECT_EQ(server.get("/api/v1/session", other).status, 401);
}

TEST_F(SignIn, RefusesPasswordsThatEverybodyTriesFirst) {
  const auto token = offer_setup(server.store(), server.random, server.now());
  for (const std::string password : {"password", "Passw0rd!", "qwertz123", "carillon2026", "aaaaaaaa",
                                     "12345678", "Ana@Example.com", "short"}) {
    const auto body = fmt::format(
        R"({{"token":"{}","workspace":"W","email":"ana@example.com","password":"{}"}})", *token, password);
    EXPECT_EQ(server.post("/api/v1/setup", body, "").status, 422) << password;
  }
  EXPECT_FALSE(is_common_password("four horses drink tea"));
  EXPECT_FALSE(is_common_password("kT9#vq2LmX"));
}

TEST(Tokens, OfKeysCarryAChecksum) {
  SeededRandom random(7);
  const std::string key = mint_key(random);
  EXPECT_TRUE(is_key(key));
  EXPECT_EQ(run::blotted("key " + key + " given"),
            "key cari_••• given");  // whatever marks a key, the log knows
  for (size_t i = 0; i < key.size(); ++i) {
    std::string typo = key;
    typo[i] = typo[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(is_key(typo)) << i;
  }
  EXPECT_FALSE(is_key(key.substr(0, key.size() - 1)));
  EXPECT_FALSE(is_key(""));
}

TEST(Tokens, AreFoundAmongOtherCookies) {
  const wire::Headers headers{{"Cookie", "a=1; carillon=abc; carillonx=z"}};
  EXPECT_EQ(cookie(headers, "carillon"), "abc");
  EXPECT_EQ(cookie(headers, "a"), "1");
  EXPECT_FALSE(cookie(headers, "b"));
}

}  // namespace
}  // namespace carillon::api

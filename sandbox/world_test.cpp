#include "sandbox/world.h"

#include <gtest/gtest.h>

#include "sandbox/testing/visitor.h"

namespace carillon::sandbox {
namespace {

struct Way {
  std::string network;
  Heard (*say)(Visitor&, const Person&, const std::string&);
};
const std::vector<Way> ways = {
    {"x",
     [](Visitor& v, const Person& p, const std::string& text) {
       return v.post_json("/x/2/tweets", R"({"text":")" + text + "\"}", v.credential(p, "access"));
     }},
    {"facebook",
     [](Visitor& v, const Person& p, const std::string& text) {
       return v.post_form("/facebook/v25.0/" + p.external_id + "/feed",
                          {{"message", text}, {"access_token", v.credential(p, "access")}});
     }},
    {"mastodon",
     [](Visitor& v, const Person& p, const std::string& text) {
       return v.post_json("/mastodon/api/v1/statuses", R"({"status":")" + text + "\"}",
                          v.credential(p, "access"));
     }},
    {"telegram", [](Visitor& v, const Person& p, const std::string& text) {
       return v.post_form("/telegram/bot" + v.credential(p, "access") + "/sendMessage",
                          {{"chat_id", p.external_id}, {"text", text}});
     }}};

class EveryNetwork : public testing::TestWithParam<Way> {
 protected:
  Visitor v;
  Person who = v.world.connect(GetParam().network, v.now);
  Heard say(const std::string& text = "hello") { return GetParam().say(v, who, text); }
  Heard faulty(std::string kind, int64_t seconds = 0) {
    v.world.order({.network = GetParam().network, .kind = std::move(kind), .seconds = seconds});
    return say();
  }
};

INSTANTIATE_TEST_SUITE_P(Sandbox, EveryNetwork, testing::ValuesIn(ways),
                         [](const auto& way) { return way.param.network; });

TEST_P(EveryNetwork, AcceptsWhatAConnectedIdentitySays) {
  const Heard heard = say();
  EXPECT_LT(heard.status(), 300) << heard.text();
  ASSERT_EQ(v.world.ledger().size(), 1U);
  EXPECT_EQ(v.world.ledger()[0].account, who.external_id);
}

TEST_P(EveryNetwork, LimitOnDemandSaysUntilWhenInItsOwnWay) {
  const Heard limited = faulty("rate_limit", 90);
  EXPECT_EQ(v.world.ledger().size(), 0U);
  if (GetParam().network == "x")
    EXPECT_EQ(limited.header("x-rate-limit-reset"), std::to_string((v.now + 90s).seconds()));
  if (GetParam().network == "facebook")
    EXPECT_NE(limited.header("x-business-use-case-usage").find("access\":2"), std::string::npos)
        << limited.header("x-business-use-case-usage");
  if (GetParam().network == "mastodon")
    EXPECT_EQ(limited.header("x-ratelimit-reset"), "2027-01-15T08:01:30.000Z");
  if (GetParam().network == "telegram") EXPECT_EQ(limited.at("/parameters/retry_after"), "90");
  EXPECT_LT(say().status(), 300) << "it was for one request";
}

TEST_P(EveryNetwork, SilentLimitSaysNothing) {
  const Heard limited = faulty("rate_limit_silent");
  EXPECT_GE(limited.status(), 400);
  for (const wire::Header& h : limited.answer.response.headers) EXPECT_EQ(h.name, "Content-Type");
  EXPECT_EQ(limited.at("/parameters/retry_after"), "");
}

TEST_P(EveryNetwork, ErrorBeforeDoesNothingAndErrorAfterDoesEverything) {
  EXPECT_EQ(faulty("error_before").status(), 503);
  EXPECT_EQ(v.world.ledger().size(), 0U);
  EXPECT_GE(faulty("error_after_accept").status(), 500);
  EXPECT_EQ(v.world.ledger().size(), 1U);
}

TEST_P(EveryNetwork, LostAnswersWereAcceptedAndLostRequestsWereNot) {
  EXPECT_EQ(faulty("lose_request").answer.fate, Answer::Fate::ignored);
  EXPECT_EQ(v.world.ledger().size(), 0U);
  EXPECT_EQ(faulty("lose_answer").answer.fate, Answer::Fate::lost);
  EXPECT_EQ(v.world.ledger().size(), 1U);
}

TEST_P(EveryNetwork, BrokenAnswersHideAnAcceptedPost) {
  const Heard garbage = faulty("garbage");
  EXPECT_TRUE(garbage.body.is_null());
  EXPECT_FALSE(garbage.text().empty());
  EXPECT_EQ(v.world.ledger().size(), 1U);
}

TEST_P(EveryNetwork, WebPagesEmptyAndEnormousAnswersHideAnAcceptedPost) {
  EXPECT_EQ(faulty("html").header("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(v.world.ledger().size(), 1U);
  v.now = v.now + 25h;
  who = v.world.connect(GetParam().network, v.now, who.external_id);
  EXPECT_EQ(faulty("empty").text(), "");
  v.now = v.now + 25h;
  who = v.world.connect(GetParam().network, v.now, who.external_id);
  EXPECT_EQ(faulty("huge").text().size(), 1U << 20);
  EXPECT_EQ(v.world.ledger().size(), 3U);
}

TEST_P(EveryNetwork, SlowAnswerArrivesLate) {
  EXPECT_EQ(faulty("slow", 45).answer.delay, 45s);
}

TEST_P(EveryNetwork, HungRequestMayOrMayNotHaveBeenWorkedOn) {
  size_t worked = 0;
  for (int i = 0; i < 40; ++i) {
    v.now = v.now + 2s;
    v.world.order({.network = GetParam().network, .kind = "hang"});
    const size_t before = v.world.ledger().size();
    EXPECT_EQ(say("try " + std::to_string(i)).answer.fate, Answer::Fate::hung);
    worked += v.world.ledger().size() - before;
  }
  EXPECT_GT(worked, 5U);
  EXPECT_LT(worked, 35U);
}

TEST_P(EveryNetwork, ExpiredTokensAreRefusedUntilTheAccountIsConnectedAgain) {
  const Heard refused = faulty("expire_tokens");
  EXPECT_EQ(refused.status(), GetParam().network == "facebook" ? 400 : 401);
  EXPECT_EQ(v.world.ledger().size(), 0U);
  v.now = v.now + 1s;
  who = v.world.connect(GetParam().network, v.now, who.external_id);
  EXPECT_LT(say().status(), 300);
}

TEST_P(EveryNetwork, RestoresItsLedgerAndItsTokensAfterARestart) {
  std::vector<Effect> journal;
  v.world.on_accept([&](const Effect& effect) { journal.push_back(effect); });
  say("one");
  ASSERT_EQ(journal.size(), 1U);
  Visitor later;
  later.dice = SeededRandom(99);
  for (const Effect& effect : journal) later.world.restore(effect);
  EXPECT_EQ(later.world.ledger().size(), 1U);
  EXPECT_NE(later.get("/" + GetParam().network + "/feed").text().find("one"), std::string::npos);
  const Heard next = GetParam().say(later, who, "two");
  EXPECT_LT(next.status(), 300) << next.text();
  ASSERT_EQ(later.world.ledger().size(), 2U);
  EXPECT_NE(later.world.ledger()[1].external_id, later.world.ledger()[0].external_id);
}

TEST_P(EveryNetwork, FeedShowsThePostWithItsTextEscaped) {
  say("Bread <script>alert(1)</script> #fresh https://example.com/a");
  const Heard feed = v.get("/" + GetParam().network + "/feed");
  EXPECT_EQ(feed.text().find("<script>alert"), std::string::npos);
  EXPECT_NE(feed.text().find("&lt;script&gt;"), std::string::npos);
  EXPECT_NE(feed.text().find("<span class=\"tag\">#fresh</span>"), std::string::npos);
  EXPECT_NE(feed.text().find("href=\"https://example.com/a\""), std::string::npos);
  EXPECT_NE(feed.text().find("SANDBOX"), std::string::npos);
}

TEST_P(EveryNetwork, PostHasAPageAtItsAddress) {
  say("Here it is");
  const Heard own = v.get(v.world.ledger()[0].url);
  EXPECT_EQ(own.status(), 200);
  EXPECT_NE(own.text().find("Here it is"), std::string::npos);
}

TEST_P(EveryNetwork, IsTheSameForTheSameSeed) {
  Visitor other;
  const Person twin = other.world.connect(GetParam().network, other.now);
  EXPECT_EQ(twin.credential, who.credential);
  EXPECT_EQ(GetParam().say(other, twin, "same").text(), say("same").text());
}

TEST(Faults, CountDownAndMatchMethodAndPath) {
  Visitor v;
  const std::string access = v.credential(v.world.connect("x", v.now), "access");
  v.world.order({.network = "x", .path = "/2/tweets", .kind = "error_before", .times = 2, .method = "POST"});
  EXPECT_EQ(v.get("/x/2/users/me", access).status(), 200);
  for (const int expected : {503, 503, 201})
    EXPECT_EQ(v.post_json("/x/2/tweets", R"({"text":"a"})", access).status(), expected);
  v.world.order({.kind = "error_before", .times = -1});
  EXPECT_EQ(v.get("/x/2/users/me", access).status(), 503);
  EXPECT_EQ(v.get("/x/feed").status(), 200) << "pages never misbehave";
  v.world.heal();
  EXPECT_EQ(v.get("/x/2/users/me", access).status(), 200);
  EXPECT_EQ(v.world.order({.kind = "nonsense"}), 0);
}

TEST(Faults, RefreshCanComeBackWithoutANewRefreshToken) {
  Visitor v;
  const Person who = v.world.connect("x", v.now);
  v.world.order({.network = "x", .path = "/oauth2/token", .kind = "drop_refresh"});
  const Heard heard = v.post_form("/x/2/oauth2/token", {{"grant_type", "refresh_token"},
                                                        {"refresh_token", v.credential(who, "refresh")},
                                                        {"client_id", "carillon-sandbox"}});
  EXPECT_EQ(heard.status(), 200);
  EXPECT_EQ(heard.at("/refresh_token"), "");
  EXPECT_NE(heard.at("/access_token"), "");
  const Heard again = v.post_form("/x/2/oauth2/token", {{"grant_type", "refresh_token"},
                                                        {"refresh_token", v.credential(who, "refresh")},
                                                        {"client_id", "carillon-sandbox"}});
  EXPECT_EQ(again.status(), 200) << "the old one stays good";
}

TEST(Control, TellsTheLedgerFromAPlaceOn) {
  Visitor v;
  const Heard person = v.post_json("/control/connect", R"({"network":"mastodon"})");
  EXPECT_EQ(person.status(), 201);
  const std::string access = person.at("/credential/access");
  v.post_json("/mastodon/api/v1/statuses", R"({"status":"one"})", access);
  v.post_json("/mastodon/api/v1/statuses", R"({"status":"two"})", access);
  const Heard all = v.get("/control/ledger"), rest = v.get("/control/ledger?since=1");
  EXPECT_EQ(all.at("/next"), "2");
  EXPECT_EQ(all.at("/effects/0/text"), "one");
  EXPECT_EQ(rest.at("/effects/0/text"), "two");
  EXPECT_EQ(rest.at("/effects/1"), "");
  EXPECT_EQ(v.get("/control/people").at("/mastodon/0/external_id"), person.at("/external_id"));
  EXPECT_EQ(v.post_json("/control/connect", R"({"network":"myspace"})").status(), 400);
}

TEST(Control, OrdersAndRemovesFaults) {
  Visitor v;
  const Heard made =
      v.post_json("/control/faults", R"({"network":"x","kind":"lose_answer","times":3,"percent":50})");
  EXPECT_EQ(made.status(), 201);
  EXPECT_EQ(v.get("/control/faults").at("/faults/0/times"), "3");
  EXPECT_EQ(v.call("DELETE", "/control/faults/" + made.at("/id")).status(), 200);
  EXPECT_EQ(v.call("DELETE", "/control/faults/" + made.at("/id")).status(), 404);
  EXPECT_EQ(v.post_json("/control/faults", R"({"kind":"nonsense"})").status(), 400);
  EXPECT_EQ(v.post_json("/control/faults", R"({"kind":"hang","times":0})").status(), 400);
  EXPECT_EQ(v.post_form("/control/faults", {{"network", "x"}, {"kind", "hang"}}).header("location"), "/");
  v.post_json("/control/heal", "");
  EXPECT_EQ(v.get("/control/faults").at("/faults/0/kind"), "");
}

TEST(Pages, FrontPageFeedsAndStyleAreThere) {
  Visitor v;
  EXPECT_NE(v.get("/").text().find("href=\"/telegram/feed\""), std::string::npos);
  EXPECT_EQ(v.get("/style.css").header("content-type"), "text/css; charset=utf-8");
  EXPECT_EQ(v.get("/x").header("location"), "/x/feed");
  EXPECT_EQ(v.get("/nowhere").status(), 404);
  EXPECT_EQ(v.get("http://127.0.0.1:8071/x/avatar/1.svg").header("content-type"), "image/svg+xml");
}

TEST(World, CostsLittleToMake) {
  SeededRandom dice(1);
  for (int i = 0; i < 20'000; ++i) {
    World world(dice, "http://sandbox");
    world.connect("telegram", {});
  }
}

}  // namespace
}  // namespace carillon::sandbox

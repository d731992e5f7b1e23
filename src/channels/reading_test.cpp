// The small readers that networks share.
#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include "channels/html_text.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/mastodon/count.h"
#include "channels/media_upload.h"
#include "channels/retry_after.h"
#include "channels/token_answer.h"

namespace carillon::channels {
namespace {

const Instant noon = parse_instant("2026-11-20T12:00:00Z").value();

TEST(RetryAfter, ReadsSecondsAndDates) {
  EXPECT_EQ(retry_after({{"Retry-After", "120"}}, noon), Duration(120s));
  EXPECT_EQ(retry_after({{"retry-after", " 7 "}}, noon), Duration(7s));
  EXPECT_EQ(retry_after({{"Retry-After", "Fri, 20 Nov 2026 12:05:00 GMT"}}, noon), Duration(300s));
  EXPECT_EQ(retry_after({{"Retry-After", "Fri, 20 Nov 2026 11:00:00 GMT"}}, noon), Duration(0));
}

TEST(RetryAfter, TakesNothingFromNonsense) {
  EXPECT_EQ(retry_after({}, noon), std::nullopt);
  EXPECT_EQ(retry_after({{"Retry-After", "soon"}}, noon), std::nullopt);
  EXPECT_EQ(retry_after({{"Retry-After", ""}}, noon), std::nullopt);
  EXPECT_EQ(retry_after({{"Retry-After", "Fri, 20 Abc 2026 12:05:00 GMT"}}, noon), std::nullopt);
  EXPECT_EQ(retry_after({{"Retry-After", "99999999999"}}, noon), Duration(90'000s))
      << "a broken number must not stop a lane for years";
  EXPECT_EQ(until(Instant::never(), noon), Duration(25h));
}

TEST(Resets, AreEpochsOrTimes) {
  EXPECT_EQ(epoch_in({{"x-rate-limit-reset", "1795167000"}}, "X-Rate-Limit-Reset")->seconds(), 1'795'167'000);
  EXPECT_EQ(epoch_in({{"x-rate-limit-reset", "-4"}}, "x-rate-limit-reset"), std::nullopt);
  EXPECT_EQ(time_in({{"X-RateLimit-Reset", "2026-11-20T12:00:00.000000Z"}}, "x-ratelimit-reset"), noon);
  EXPECT_EQ(time_in({{"X-RateLimit-Reset", "1795167000"}}, "x-ratelimit-reset"), std::nullopt);
}

TEST(JsonAnswer, IsNeverMoreThanIsThere) {
  EXPECT_FALSE(read_json(""));
  EXPECT_FALSE(read_json("<html>"));
  EXPECT_FALSE(read_json("{\"a\":"));
  EXPECT_FALSE(read_json("\"text\""));
  const auto json =
      boost::json::parse(R"({"a":{"b":"x","n":7,"big":18446744073709551615,"t":"12","l":[1]},"ok":true})");
  EXPECT_EQ(text_at(json, {"a", "b"}), "x");
  EXPECT_EQ(text_at(json, {"a", "n"}), "7");
  EXPECT_EQ(text_at(json, {"a", "big"}), "18446744073709551615");
  EXPECT_EQ(text_at(json, {"a", "l"}), "");
  EXPECT_EQ(text_at(json, {"a", "b", "c"}), "");
  EXPECT_EQ(number_at(json, {"a", "t"}), 12);
  EXPECT_EQ(number_at(json, {"a", "b"}), std::nullopt);
  EXPECT_TRUE(true_at(json, {"ok"}));
  EXPECT_EQ(list_at(json, {"a", "l"}).size(), 1U);
  EXPECT_TRUE(list_at(json, {"ok"}).empty());
}

TEST(PlainForm, IsTheSameForWhatLooksTheSame) {
  EXPECT_EQ(plain_form("  a \n\t b\u00A0c  "), "a b c");
  EXPECT_EQ(plain_form("e\u0301"), "\u00E9");
  EXPECT_EQ(plain_form(" \n "), "");
}

TEST(HtmlText, IsWhatAPersonSees) {
  EXPECT_EQ(text_of_html("<p>a<br />b</p><p>c &amp; d &lt;e&gt; &#39;f&#x27; &quot;</p>"),
            "a\nb\nc & d <e> 'f' \"\n");
  EXPECT_EQ(text_of_html("5 & 6; 7 < 8"), "5 & 6; 7 < 8");
  EXPECT_EQ(text_of_html("&unknown; &#0; &#x110000; &"), "&unknown; &#0; &#x110000; &");
}

TEST(Mentions, AreShownWithoutTheirServer) {
  EXPECT_EQ(mastodon::short_mentions("@ann@far.example, @bob and me@mail.example."),
            "@ann, @bob and me@mail.example.");
  EXPECT_EQ(mastodon::short_mentions("@ann@far.example."), "@ann.");
  EXPECT_EQ(mastodon::short_mentions("@@ @ a@ @b@"), "@@ @ a@ @b@");
  EXPECT_EQ(mastodon::short_mentions("https://far.example/@ann@other.example"),
            "https://far.example/@ann@other.example");
}

TEST(LookUp, AbsenceCountsOnlyAfterTheSettlingTime) {
  Traits traits;
  traits.label = "Bells";
  traits.settling = 30s;
  boost::json::object facts;
  note_sending(facts, noon);
  note_asking(facts, noon + 29s);
  EXPECT_TRUE(std::holds_alternative<Unclear>(not_listed(traits, facts)));
  note_asking(facts, noon + 30s);
  EXPECT_TRUE(std::holds_alternative<Absent>(not_listed(traits, facts)));
  note_sending(facts, noon + 60s);
  note_asking(facts, noon + 70s);
  EXPECT_TRUE(std::holds_alternative<Unclear>(not_listed(traits, facts))) << "it was sent again since";
  EXPECT_EQ(window_start(facts), noon - 24h) << "but the first sending may be the one that arrived";
}

TEST(LookUp, PagesDoNotGoOnForEver) {
  boost::json::object facts;
  note_asking(facts, noon);
  for (int i = 0; i < 25; ++i) {
    auto next = next_page(facts, "p" + std::to_string(i));
    ASSERT_TRUE(next) << i;
    facts = *next;
  }
  EXPECT_FALSE(next_page(facts, "p99"));
  boost::json::object circle;
  circle["page"] = "p1";
  EXPECT_FALSE(next_page(circle, "p1"));
}

TEST(LookUp, AnOldHalfOfAListIsNotGoneOnWith) {
  boost::json::object facts;
  note_asking(facts, noon);
  EXPECT_FALSE(goes_on(facts, noon)) << "there is no page to go on with";
  facts = *next_page(facts, "p2");
  EXPECT_TRUE(goes_on(facts, noon + 60s));
  EXPECT_FALSE(goes_on(facts, noon + 120s));
}

TEST(MediaUpload, TheTokenGoesToTheNetworkAlone) {
  Account shop;
  shop.api_base = "https://api.bells.example";
  const auto ours = [&](std::string_view address) { return belongs_to(shop, "bells.example", address); };
  EXPECT_TRUE(ours("https://api.bells.example/upload"));
  EXPECT_TRUE(ours("https://bells.example/upload"));
  EXPECT_TRUE(ours("https://media.bells.example/upload"));
  EXPECT_FALSE(ours("http://media.bells.example/upload")) << "anybody on the way could read it";
  EXPECT_FALSE(ours("https://church-bells.example/upload"));
  EXPECT_FALSE(ours("https://bells.example.org/upload"));
  EXPECT_FALSE(ours("no address"));
  shop.api_base = "http://127.0.0.1:8071/bells";
  EXPECT_TRUE(ours("http://127.0.0.1:8071/elsewhere")) << "where its calls go anyway";
  EXPECT_FALSE(ours("http://127.0.0.1:8072/bells"));
}

TEST(TokenAnswer, TellsRefusalsFromBreakdowns) {
  const auto tokens = tokens_in(
      "X",
      {200, {}, R"({"access_token":"a","refresh_token":"r","expires_in":7200,"scope":"one two,three"})"});
  ASSERT_TRUE(tokens);
  EXPECT_EQ(tokens->secrets.at("access").reveal(), "a");
  EXPECT_EQ(tokens->secrets.at("refresh").reveal(), "r");
  EXPECT_EQ(tokens->lives, Duration(2h));
  EXPECT_EQ(tokens->scopes, (std::vector<std::string>{"one", "two", "three"}));
  const auto kind = [](int status, const std::string& body) {
    return tokens_in("X", {status, {}, body}).error().kind;
  };
  EXPECT_EQ(kind(400, R"({"error":"invalid_grant"})"), FaultKind::unauthorized);
  EXPECT_EQ(
      kind(400,
           R"({"error":"invalid_request","error_description":"Value passed for the token was invalid."})"),
      FaultKind::unauthorized);
  EXPECT_EQ(kind(401, R"({"error":"invalid_client"})"), FaultKind::unauthorized);
  EXPECT_EQ(kind(500, R"({"error":"invalid_grant"})"), FaultKind::unavailable)
      << "a server that breaks disconnects nobody";
  EXPECT_EQ(kind(503, ""), FaultKind::unavailable);
  EXPECT_EQ(kind(200, "<html>"), FaultKind::unavailable);
  EXPECT_EQ(kind(200, "{}"), FaultKind::unavailable);
  EXPECT_EQ(kind(403, "<html>a proxy</html>"), FaultKind::unavailable);
  EXPECT_EQ(kind(429, R"({"error":"slow_down"})"), FaultKind::throttled);
}

TEST(TokenAnswer, WithoutANewRefreshTokenKeepsTheOldOne) {
  const auto tokens = tokens_in("X", {200, {}, R"({"access_token":"a"})"});
  ASSERT_TRUE(tokens);
  EXPECT_FALSE(tokens->secrets.contains("refresh"));
  EXPECT_EQ(tokens->lives, std::nullopt);
}

}  // namespace
}  // namespace carillon::channels

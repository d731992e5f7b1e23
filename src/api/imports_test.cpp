#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <map>

#include "api/testing/server.h"

namespace carillon::api {
namespace {

// It is Wednesday, 2026-11-18; the household lives in Berlin.
class ImportedPosts : public ::testing::Test {
 protected:
  Reply send(const std::string& csv, const std::string& more = "") {
    const std::string text = boost::json::serialize(boost::json::string(csv));
    return server.post("/api/v1/posts/import", "{\"csv\":" + text + more + "}", home.as_editor);
  }
  Reply look(const std::string& csv, const std::string& more = "") {
    return send(csv, R"(,"dry_run":true)" + more);
  }
  size_t posts() {
    return server.get("/api/v1/posts?limit=200", home.as_viewer).json().at("items").as_array().size();
  }

  TestServer server;
  Household home = server.add_household("home");
  Account shop = server.add_account(home, "x", "shop");
  Account bakery = server.add_account(home, "mastodon", "bakery");
  const std::string good =
      "text,accounts,at\nFresh cakes,all,2026-11-23 09:30\nPlum tart,x,2026-11-24 09:30\n";
};

TEST_F(ImportedPosts, AreLookedAtWithoutBeingMade) {
  const auto said = look(good);
  ASSERT_EQ(said.status, 200) << said.body;
  EXPECT_EQ(said.text("/counts/ready"), "2");
  EXPECT_EQ(said.text("/rows/0/at/utc"), "2026-11-23T08:30:00Z");
  EXPECT_EQ(said.text("/rows/0/post"), "null");
  EXPECT_EQ(posts(), 0U);
}

TEST_F(ImportedPosts, GoOnTheScheduleAndTheDispatcherIsTold) {
  const auto said = send(good);
  EXPECT_EQ(said.text("/counts/imported"), "2");
  const auto post = server.get("/api/v1/posts/" + said.text("/rows/0/post"), home.as_viewer);
  EXPECT_EQ(post.text("/state"), "scheduled");
  EXPECT_EQ(post.text("/content/parts/0/text"), "Fresh cakes");
  EXPECT_EQ(post.text("/tally/waiting"), "2");
  EXPECT_EQ(server.dispatcher.expected().size(), 3U);
}

TEST_F(ImportedPosts, OfTheSameFileAreMadeOnce) {
  const auto first = send(good), second = send(good);
  EXPECT_EQ(second.text("/counts/there"), "2");
  EXPECT_EQ(second.text("/rows/1/post"), first.text("/rows/1/post"));
  EXPECT_EQ(posts(), 2U);
  EXPECT_EQ(send(good + "More,x,2026-11-25 09:30\n").text("/counts/imported"), "1");
  EXPECT_EQ(posts(), 3U);
}

TEST_F(ImportedPosts, ThatAreGoodAreMadeAndTheOthersAreToldBesideTheirRow) {
  const auto said =
      send("text,accounts,at\nGood,x,2026-11-23 09:30\n" + std::string(300, 'x') +
           ",x,2026-11-23 10:30\nLate,x,2026-11-01 09:30\nWho,nobody,2026-11-23 09:30\nWhen,x,\n");
  EXPECT_EQ(said.text("/counts/imported"), "1");
  EXPECT_EQ(said.text("/counts/wrong"), "4");
  EXPECT_EQ(said.text("/rows/1/line"), "3");
  EXPECT_EQ(said.text("/rows/1/troubles/0/column"), "text");
  EXPECT_EQ(said.text("/rows/2/troubles/0/code"), "time_past");
  EXPECT_EQ(said.text("/rows/3/troubles/0/code"), "account_unknown");
  EXPECT_EQ(said.text("/rows/4/troubles/0/code"), "no_time");
  EXPECT_EQ(posts(), 1U);
}

TEST_F(ImportedPosts, WithoutATimeFillTheSlotsThatAreFreeOrBecomeDrafts) {
  const std::string csv = "text,accounts,at\nOne,x,\nTwo,x,\nThree,x,2026-11-19 09:00\n";
  const auto said = look(csv, R"(,"fill":"slots")");
  EXPECT_EQ(said.text("/rows/0/at/local"), "2026-11-18T12:30");
  EXPECT_EQ(said.text("/rows/1/at/local"), "2026-11-18T17:30");
  const auto made = send(csv, R"(,"fill":"slots")");
  EXPECT_EQ(made.text("/counts/imported"), "3");
  EXPECT_EQ(made.text("/rows/0/at/local"), "2026-11-18T12:30");
  const auto next = send("text,accounts,at\nFour,x,next\n");
  EXPECT_EQ(next.text("/rows/0/at/local"), "2026-11-19T12:30");  // 9:00 is the third one's
  const auto draft = send("text\nFive\n", R"(,"fill":"drafts")");
  EXPECT_EQ(server.get("/api/v1/posts/" + draft.text("/rows/0/post"), home.as_viewer).text("/state"),
            "draft");
}

TEST_F(ImportedPosts, ManyAtOnceEachTakeASlotOfTheirOwn) {
  std::string csv = "text,accounts,at\n";
  for (int i = 0; i < 600; ++i)
    csv += fmt::format("Row {},x,{}\n", i, i % 5 == 0 ? "2026-11-20 09:00" : "next");
  const auto said = send(csv);
  EXPECT_EQ(said.text("/counts/imported"), "600");
  std::map<std::string, int> times;
  const auto answer = said.json();
  for (const auto& row : answer.at("rows").as_array())
    ++times[std::string(row.at("at").at("utc").as_string())];
  EXPECT_EQ(times["2026-11-20T08:00:00Z"], 120);
  EXPECT_EQ(times.size(), 481U);
}

TEST_F(ImportedPosts, ThatCameFromHereAreLeftAsTheyAre) {
  const auto made = send(good);
  const auto said =
      look("id,text,accounts,at\n" + made.text("/rows/0/post") + ",Other words,x,2026-11-29 09:30\n");
  EXPECT_EQ(said.text("/counts/there"), "1");
}

TEST_F(ImportedPosts, ComeBackFromAnExportAsTheyWere) {
  const std::string csv =
      "text,accounts,at,zone,title,link,tags,late,link_in,utm_campaign\n\"=1+1, said\n---\nthe "
      "\"\"second\"\" part\n--- comment\nand one under it\",x; mastodon,"
      "2026-12-01 09:30,America/New_York,A note,https://a.example/b,\"one; two\",skip,text,spring\n";
  const auto made = send(csv);
  ASSERT_EQ(made.text("/counts/imported"), "1") << made.body;
  const auto before = server.get("/api/v1/posts/" + made.text("/rows/0/post"), home.as_viewer);
  std::string exported = server.get("/api/v1/posts/export.csv", home.as_viewer).body;
  EXPECT_EQ(look(exported).text("/counts/there"), "1");
  const size_t id = exported.find(made.text("/rows/0/post"));  // as if it came from elsewhere
  exported.erase(id, made.text("/rows/0/post").size());
  const auto again = send(exported);
  ASSERT_EQ(again.text("/counts/imported"), "1") << again.body;
  EXPECT_EQ(again.text("/ignored"), "[]");
  const auto after = server.get("/api/v1/posts/" + again.text("/rows/0/post"), home.as_viewer);
  for (const char* same : {"/title", "/content", "/targets", "/at", "/late/then", "/tags", "/utm", "/state"})
    EXPECT_EQ(after.text(same), before.text(same)) << same;
}

TEST_F(ImportedPosts, ThatAreCloseOrSayTheSameAgainAreWarnedOfBesideTheirRow) {
  const auto said = look(
      "text,accounts,at\nFresh plum tarts from nine o'clock today,x,2026-11-23 09:30\n"
      "Something else,x,2026-11-23 09:40\nFresh plum tarts from nine o'clock today!,x,2026-11-25 09:30\n"
      "Something else,mastodon,2026-11-23 09:40\nAlone,x,2026-12-24 12:00\n");
  EXPECT_EQ(said.text("/counts/ready"), "5") << said.body;
  EXPECT_EQ(said.text("/rows/0/warnings/0/code"), "clash");
  EXPECT_EQ(said.text("/rows/0/warnings/0/column"), "at");
  EXPECT_NE(said.text("/rows/0/warnings/0/text").find("Line 3"), std::string::npos);
  EXPECT_EQ(said.text("/rows/0/warnings/1/code"), "duplicate");
  EXPECT_EQ(said.text("/rows/0/warnings/1/column"), "text");
  EXPECT_NE(said.text("/rows/0/warnings/1/text").find("Line 4"), std::string::npos);
  EXPECT_EQ(said.text("/rows/1/warnings/0/code"), "clash");
  EXPECT_EQ(said.text("/rows/2/warnings/0/code"), "duplicate");
  EXPECT_EQ(said.text("/rows/3/warnings"), "[]");
  EXPECT_EQ(said.text("/rows/4/warnings"), "[]");
}

TEST_F(ImportedPosts, AreComparedWithWhatIsPlannedAndWithWhatIsClosed) {
  send(good);
  server.post("/api/v1/blackouts", R"({"first":"2026-12-24","last":"2026-12-26","reason":"Christmas"})",
              home.as_editor);
  const auto said = look(
      "text,accounts,at\nFresh cakes,x,2026-11-27 09:30\nNew words,all,2026-11-23 09:35\n"
      "Plum tart,x,2026-12-24 09:30\nFresh cakes,x,draft\n");
  EXPECT_EQ(said.text("/counts/ready"), "4") << said.body;
  EXPECT_EQ(said.text("/rows/0/warnings/0/code"), "duplicate");
  EXPECT_NE(said.text("/rows/0/warnings/0/text").find("Fresh cakes"), std::string::npos);
  EXPECT_EQ(said.text("/rows/1/warnings/0/code"), "clash");
  EXPECT_EQ(said.text("/rows/1/warnings/1"), "(missing)") << "said of two accounts, told once";
  EXPECT_EQ(said.text("/rows/2/warnings/0/column"), "at");
  EXPECT_NE(said.text("/rows/2/warnings/0/text").find("Christmas"), std::string::npos);
  EXPECT_EQ(said.text("/rows/3/warnings"), "[]");
}

TEST_F(ImportedPosts, AreRefusedAsAWholeWhenTheTableIsBroken) {
  EXPECT_EQ(look("a,b\n1,2\n").text("/code"), "no_text_column");
  EXPECT_EQ(look("text\n\"never ends\n").text("/code"), "quote_open");
  EXPECT_EQ(look(good, R"(,"fill":"all")").text("/code"), "unknown_fill");
  EXPECT_EQ(look(good, R"(,"zone":"Mars/Base")").text("/code"), "unknown_zone");
  EXPECT_EQ(server.post("/api/v1/posts/import", R"({"csv":"text\nHi\n"})", home.as_viewer).status, 403);
}

}  // namespace
}  // namespace carillon::api

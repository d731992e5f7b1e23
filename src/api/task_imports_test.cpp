#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include "api/testing/server.h"

namespace carillon::api {
namespace {

// It is Wednesday, 2026-11-18; the household lives in Berlin.
class ImportedTasks : public ::testing::Test {
 protected:
  Reply send(const std::string& csv, const std::string& more = "") {
    const std::string text = boost::json::serialize(boost::json::string(csv));
    return server.post("/api/v1/tasks/import", "{\"csv\":" + text + more + "}", home.as_editor);
  }
  Reply look(const std::string& csv, const std::string& more = "") {
    return send(csv, R"(,"dry_run":true)" + more);
  }
  Reply open() { return server.get("/api/v1/tasks", home.as_viewer); }
  size_t tasks() { return open().json().at("items").as_array().size(); }

  TestServer server;
  Household home = server.add_household("home");
  const std::string good =
      "person,kind,link,note,at\n"
      "Ana Lind,connect,https://www.linkedin.com/in/ana-lind,\"Hello, Ana\",2026-11-23 09:30\n"
      "Ben,message,https://www.linkedin.com/in/ben,=Hi,\n";
};

TEST_F(ImportedTasks, AreLookedAtWithoutBeingMade) {
  const auto said = look(good);
  ASSERT_EQ(said.status, 200) << said.body;
  EXPECT_EQ(said.text("/counts/ready"), "2");
  EXPECT_EQ(said.text("/rows/0/at/utc"), "2026-11-23T08:30:00Z");
  EXPECT_EQ(said.text("/rows/0/task"), "null");
  EXPECT_EQ(said.text("/rows/1/at"), "null");
  EXPECT_EQ(tasks(), 0U);
}

TEST_F(ImportedTasks, AreMadeOnce) {
  const auto first = send(good), second = send(good);
  EXPECT_EQ(first.text("/counts/imported"), "2") << first.body;
  const auto task = server.get("/api/v1/tasks/" + first.text("/rows/0/task"), home.as_viewer);
  EXPECT_EQ(task.text("/person"), "Ana Lind");
  EXPECT_EQ(task.text("/kind"), "connect");
  EXPECT_EQ(task.text("/at/local"), "2026-11-23T09:30");
  EXPECT_EQ(second.text("/counts/there"), "2");
  EXPECT_EQ(second.text("/rows/1/task"), first.text("/rows/1/task"));
  EXPECT_EQ(send(good + "Cleo,other,,Call her,\n").text("/counts/imported"), "1");
  EXPECT_EQ(tasks(), 3U);
}

TEST_F(ImportedTasks, ThatAreGoodAreMadeAndTheOthersAreToldBesideTheirRow) {
  const auto said = send(
      "person,kind,link,at\nAna,other,,\n,other,,\nBen,call,,\nCleo,other,www.x.example,\n"
      "Dee,other,,2026-02-31 09:30\n");
  EXPECT_EQ(said.text("/counts/imported"), "1");
  EXPECT_EQ(said.text("/counts/wrong"), "4");
  EXPECT_EQ(said.text("/rows/1/line"), "3");
  EXPECT_EQ(said.text("/rows/1/troubles/0/code"), "no_person");
  EXPECT_EQ(said.text("/rows/2/troubles/0/column"), "kind");
  EXPECT_EQ(said.text("/rows/3/troubles/0/code"), "not_a_url");
  EXPECT_EQ(said.text("/rows/4/troubles/0/column"), "at");
  EXPECT_EQ(tasks(), 1U);
}

TEST_F(ImportedTasks, AskingTheSameTwiceAreWarnedOf) {
  send(good);
  const auto said = look(
      "person,kind,link\nAna,connect,https://www.linkedin.com/in/ana-lind/\n"
      "Cleo,connect,https://www.linkedin.com/in/cleo\nCleo,connect,https://www.linkedin.com/in/cleo\n");
  EXPECT_EQ(said.text("/counts/ready"), "3") << said.body;
  EXPECT_EQ(said.text("/rows/0/warnings/0/code"), "duplicate");
  EXPECT_EQ(said.text("/rows/1/warnings"), "[]");
  EXPECT_NE(said.text("/rows/2/warnings/0/text").find("Line 3"), std::string::npos);
}

TEST_F(ImportedTasks, BelongToTheCampaignThatWasChosen) {
  const auto spring = server.post("/api/v1/campaigns", R"({"name":"Spring"})", home.as_editor);
  const auto autumn = server.post("/api/v1/campaigns", R"({"name":"Autumn"})", home.as_editor);
  const auto said = send("person,campaign\nAna,\nBen,autumn\n",
                         R"(,"kind":"other","campaign":")" + spring.text("/id") + "\"");
  EXPECT_EQ(said.text("/counts/imported"), "2") << said.body;
  EXPECT_EQ(said.text("/rows/0/campaign"), spring.text("/id"));
  EXPECT_EQ(said.text("/rows/1/campaign"), autumn.text("/id"));
  EXPECT_EQ(said.text("/rows/1/kind"), "other");
}

TEST_F(ImportedTasks, ComeBackFromAnExportAsTheyWere) {
  server.post("/api/v1/campaigns", R"({"name":"Spring"})", home.as_editor);
  const auto made = send(
      "person,kind,link,note,at,zone,campaign\n\"Lind, Ana\",connect,https://www.linkedin.com/in/ana,"
      "\"=Hello\nAna\",2026-12-01 09:30,America/New_York,Spring\n");
  ASSERT_EQ(made.text("/counts/imported"), "1") << made.body;
  const auto before = server.get("/api/v1/tasks/" + made.text("/rows/0/task"), home.as_viewer);
  const auto file = server.get("/api/v1/tasks/export.csv", home.as_viewer);
  EXPECT_EQ(look(file.body).text("/counts/there"), "1");
  std::string exported = file.body;
  exported.erase(exported.find(before.text("/id")),
                 before.text("/id").size());  // as if it came from elsewhere
  server.ask({.method = "DELETE", .path = "/api/v1/tasks/" + before.text("/id"), .as = home.as_editor});
  const auto again = send(exported);
  ASSERT_EQ(again.text("/counts/imported"), "1") << again.body;
  EXPECT_EQ(again.text("/ignored"), "[]");
  const auto after = server.get("/api/v1/tasks/" + again.text("/rows/0/task"), home.as_viewer);
  for (const char* same : {"/person", "/kind", "/link", "/note", "/at", "/campaign", "/state"})
    EXPECT_EQ(after.text(same), before.text(same)) << same;
}

TEST_F(ImportedTasks, ThatAreDoneAreExportedApartAndNotMadeAgain) {
  const auto made = send(good);
  server.post("/api/v1/tasks/" + made.text("/rows/0/task") + "/done", "", home.as_editor);
  const auto done = server.get("/api/v1/tasks/export.csv?state=done", home.as_viewer);
  EXPECT_NE(done.body.find("Ana Lind"), std::string::npos);
  EXPECT_EQ(done.body.find("Ben"), std::string::npos);
  EXPECT_EQ(look(done.body).text("/counts/there"), "1");
  std::string elsewhere = done.body;
  elsewhere.erase(elsewhere.find(made.text("/rows/0/task")), 36);
  elsewhere.replace(elsewhere.find("Ana Lind"), 8, "Ana Else");
  EXPECT_EQ(look(elsewhere).text("/rows/0/troubles/0/code"), "settled");
}

TEST_F(ImportedTasks, AreRefusedAsAWholeWhenTheTableIsBroken) {
  EXPECT_EQ(look("a,b\n1,2\n").text("/code"), "no_person_column");
  EXPECT_EQ(look("person\n\"never ends\n").text("/code"), "quote_open");
  EXPECT_EQ(look(good, R"(,"kind":"call")").text("/code"), "unknown_kind");
  EXPECT_EQ(look(good, R"(,"zone":"Mars/Base")").text("/code"), "unknown_zone");
  EXPECT_EQ(look(good, R"(,"campaign":"01a1f997-dc7a-7e66-9b1b-b19e6145e29a")").text("/code"),
            "campaign_unknown");
  EXPECT_EQ(server.post("/api/v1/tasks/import", R"({"csv":"person\nAna\n"})", home.as_viewer).status, 403);
}

}  // namespace
}  // namespace carillon::api

// The mail server as an owner sets and tries it, the log as an owner reads it, and the test of the storage.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/testing/server.h"
#include "net/testing/mail_server.h"

namespace carillon::api {
namespace {

using net::testing::MailHouse;

class Mail : public ::testing::Test {
 protected:
  Reply put(const std::string& body, const std::string& as) {
    return server.ask({.method = "PUT", .path = "/api/v1/system/mail", .body = body, .as = as});
  }
  std::string body(const std::string& more = "") {
    return fmt::format(
        R"({{"host":"127.0.0.1","port":{},"security":"none","user":"carillon","from":"carillon@shop.test"{}}})",
        house.port(), more);
  }

  TestServer server;
  Household home = server.add_household("home");
  MailHouse house;
};

TEST_F(Mail, IsSetByAnOwnerAndNeverShowsItsPassword) {
  server.markers.push_back("PLANTED-password");  // no answer may contain it
  EXPECT_EQ(server.get("/api/v1/system/mail", home.as_owner).text("/source"), "none");
  EXPECT_EQ(put(body(), home.as_editor).status, 403);
  const auto set = put(body(R"(,"password":"PLANTED-password")"), home.as_owner);
  ASSERT_EQ(set.status, 200) << set.body;
  EXPECT_EQ(set.text("/source"), "page");
  EXPECT_EQ(set.text("/has_password"), "true");
  EXPECT_EQ(put(body(), home.as_owner).text("/has_password"), "true");
  const auto gone = server.ask({.method = "DELETE", .path = "/api/v1/system/mail", .as = home.as_owner});
  EXPECT_EQ(gone.text("/source"), "none");
}

TEST_F(Mail, IsTriedWithAnHonestAnswer) {
  EXPECT_EQ(server.post("/api/v1/system/mail/test", "", home.as_owner).text("/code"), "no_mail_server");
  put(body(R"(,"password":"a good phrase")"), home.as_owner);
  const auto good = server.post("/api/v1/system/mail/test", "", home.as_owner);
  ASSERT_EQ(good.status, 200) << good.body;
  EXPECT_EQ(good.text("/ok"), "true");
  ASSERT_EQ(house.seen().size(), 1U);
  EXPECT_EQ(house.seen()[0].to, good.text("/to"));
  house.be(MailHouse::Mood::wants_other_password);
  const auto bad = server.post("/api/v1/system/mail/test", "", home.as_owner);
  EXPECT_EQ(bad.text("/ok"), "false");
  EXPECT_NE(bad.text("/text").find("password"), std::string::npos) << bad.body;
  EXPECT_EQ(server.get("/api/v1/system/mail", home.as_owner).text("/trouble"), bad.text("/text"));
}

TEST_F(Mail, RefusesWhatIsNoServerAndNoAddress) {
  EXPECT_EQ(put(R"({"host":"smtp://x/","from":"a@b.test"})", home.as_owner).text("/field"), "host");
  EXPECT_EQ(put(R"({"host":"mail.test","from":"nobody"})", home.as_owner).text("/field"), "from");
  EXPECT_EQ(put(R"({"host":"mail.test","from":"a@b.test","port":0})", home.as_owner).text("/field"), "port");
  EXPECT_EQ(put(R"({"host":"mail.test","from":"a@b.test","security":"maybe"})", home.as_owner).text("/field"),
            "security");
}

TEST_F(Mail, WhatTheConfigurationSetsStays) {
  server.settings.mail = MailServer{.host = "mail.test", .from = "a@b.test"};
  EXPECT_EQ(server.get("/api/v1/system/mail", home.as_owner).text("/source"), "configuration");
  EXPECT_EQ(put(body(), home.as_owner).text("/code"), "set_by_configuration");
}

TEST_F(Mail, EverybodyChoosesWhatComesByMail) {
  const auto choose = [&](const std::string& wishes) {
    return server.ask({.method = "PATCH", .path = "/api/v1/session", .body = wishes, .as = home.as_editor});
  };
  EXPECT_EQ(choose(R"({"mails":["uncertain","approvals"]})").text("/mails/1"), "approvals");
  EXPECT_EQ(server.get("/api/v1/session", home.as_editor).text("/user/mails/0"), "uncertain");
  EXPECT_EQ(choose(R"({"mails":["everything"]})").text("/code"), "unknown_wish");
  EXPECT_EQ(choose(R"({"mails":[]})").json().at("mails").as_array().size(), 0U);
}

class LogView : public Mail {};

TEST_F(LogView, IsForOwnersNewestFirstAndFiltered) {
  EXPECT_EQ(server.get("/api/v1/system/log", home.as_editor).status, 403);
  server.log().error("disk.full", "The disk is full.", {{"free", 12}});
  server.log().error("post.odd", "Something odd.");
  const auto all = server.get("/api/v1/system/log", home.as_owner);
  EXPECT_EQ(all.text("/items/0/event"), "post.odd");
  EXPECT_EQ(all.text("/items/1/fields/0/value"), "12");
  const auto found = server.get("/api/v1/system/log?text=DISK&level=warning", home.as_owner);
  EXPECT_EQ(found.json().at("items").as_array().size(), 1U);
  const auto page = server.get("/api/v1/system/log?limit=1", home.as_owner);
  const auto next = server.get("/api/v1/system/log?limit=1&cursor=" + page.text("/next"), home.as_owner);
  EXPECT_EQ(next.text("/items/0/event"), "disk.full");
  EXPECT_EQ(server.get("/api/v1/system/log?level=loud", home.as_owner).text("/code"), "unknown_level");
}

TEST_F(LogView, ShowsNoSecretThatSomebodyLogged) {
  for (const char* leak :
       {"access_token=PLANTED-1", "Authorization: Bearer PLANTED-1", "postgres://a:PLANTED-1@h/x"})
    server.log().error("leak", leak, {{"detail", leak}, {"password", "PLANTED-1"}});
  const auto log = server.get("/api/v1/system/log?text=leak", home.as_owner);
  EXPECT_EQ(log.json().at("items").as_array().size(), 3U);
  EXPECT_EQ(log.body.find("PLANTED"), std::string::npos) << log.body;
}

TEST_F(LogView, TheStorageIsTriedAndLeavesNothingBehind) {
  const auto before = std::distance(std::filesystem::recursive_directory_iterator(server.data()), {});
  const auto tried = server.post("/api/v1/system/storage/test", "", home.as_owner);
  ASSERT_EQ(tried.status, 200) << tried.body;
  EXPECT_EQ(tried.text("/items/0/name"), "database");
  EXPECT_EQ(tried.text("/items/0/ok"), "true");
  EXPECT_EQ(tried.text("/items/1/ok"), "true");
  EXPECT_EQ(std::distance(std::filesystem::recursive_directory_iterator(server.data()), {}), before);
  EXPECT_EQ(server.post("/api/v1/system/storage/test", "", home.as_viewer).status, 403);
}

}  // namespace
}  // namespace carillon::api

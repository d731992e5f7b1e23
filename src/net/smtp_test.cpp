#include "net/smtp.h"

#include <gtest/gtest.h>

#include "net/testing/mail_server.h"

namespace carillon::net {
namespace {

using testing::MailHouse;

MailServer at(const MailHouse& house) {
  return {.host = "127.0.0.1",
          .port = house.port(),
          .security = MailSecurity::none,
          .user = "carillon",
          .password = Secret("a good phrase"),
          .from = "carillon@shop.test"};
}
wire::Letter letter() {
  return {.from = "carillon@shop.test",
          .to = "ana@shop.test",
          .name = "Carillon",
          .subject = "A post failed",
          .text = "It was refused.\n.\nAnd a dot.\n",
          .id = "1@shop.test",
          .at = Instant::from_seconds(1'795'080'600)};
}

TEST(Smtp, HandsAMailOver) {
  MailHouse house;
  const auto outcome = send_mail(at(house), letter());
  EXPECT_EQ(outcome.fate, MailFate::sent) << outcome.text;
  const auto seen = house.seen();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].from, "carillon@shop.test");
  EXPECT_EQ(seen[0].to, "ana@shop.test");
  EXPECT_EQ(seen[0].user, "carillon");
  EXPECT_EQ(seen[0].password, "a good phrase");
  EXPECT_EQ(seen[0].text(), "It was refused.\n.\nAnd a dot.\n");
  EXPECT_NE(seen[0].data.find("Subject: A post failed\r\n"), std::string::npos);
}

TEST(Smtp, SaysWhatTheServerRefuses) {
  MailHouse house;
  house.be(MailHouse::Mood::refuses_recipient);
  auto outcome = send_mail(at(house), letter());
  EXPECT_EQ(outcome.fate, MailFate::not_sent);
  EXPECT_TRUE(outcome.lasting);
  EXPECT_NE(outcome.text.find("550"), std::string::npos) << outcome.text;
  house.be(MailHouse::Mood::is_busy);
  outcome = send_mail(at(house), letter());
  EXPECT_EQ(outcome.fate, MailFate::not_sent);
  EXPECT_FALSE(outcome.lasting);
  house.be(MailHouse::Mood::wants_other_password);
  outcome = send_mail(at(house), letter());
  EXPECT_EQ(outcome.fate, MailFate::not_sent);
  EXPECT_FALSE(outcome.lasting);
  EXPECT_NE(outcome.text.find("password"), std::string::npos) << outcome.text;
  EXPECT_EQ(outcome.text.find("a good phrase"), std::string::npos);
  EXPECT_TRUE(house.seen().empty());
}

TEST(Smtp, ALostAnswerIsNotKnown) {
  MailHouse house;
  house.be(MailHouse::Mood::falls_silent);
  EXPECT_EQ(send_mail(at(house), letter()).fate, MailFate::unknown);
  EXPECT_EQ(house.seen().size(), 1U);
}

TEST(Smtp, SaysWhenNobodyIsThere) {
  MailServer nobody;
  {
    const MailHouse gone;
    nobody = at(gone);
  }
  const auto outcome = send_mail(nobody, letter());
  EXPECT_EQ(outcome.fate, MailFate::not_sent);
  EXPECT_NE(outcome.text.find("Nothing answers"), std::string::npos) << outcome.text;
}

TEST(Smtp, NeverGoesOnInClearWhenTlsIsWanted) {
  MailHouse house;
  MailServer server = at(house);
  server.security = MailSecurity::starttls;
  const auto outcome = send_mail(server, letter());
  EXPECT_EQ(outcome.fate, MailFate::not_sent);
  EXPECT_NE(outcome.text.find("STARTTLS"), std::string::npos) << outcome.text;
  EXPECT_TRUE(house.seen().empty());
}

}  // namespace
}  // namespace carillon::net

#include "run/postman.h"

#include <gtest/gtest.h>

#include "net/testing/mail_server.h"
#include "run/mail_settings.h"
#include "store/people.h"
#include "store/posts.h"
#include "store/records.h"

namespace carillon::run {
namespace {

using net::MailFate;
using net::MailOutcome;

constexpr Instant noon = Instant::from_seconds(1'795'080'600);

class PostmanTest : public ::testing::Test {
 protected:
  void SetUp() override {
    store_->write_now([&](store::Unit& unit) {
      store::People people(unit);
      people.add(Workspace{.id = workspace, .name = "Bakery", .created = noon});
      for (User* user : {&owner, &editor, &quiet}) people.add(*user);
    });
  }
  Notice tell(const std::string& kind, std::optional<UserId> person = std::nullopt) {
    Notice notice{.id = mint.make<NoticeId>(),
                  .workspace = workspace,
                  .kind = kind,
                  .text = "The network refused it.",
                  .post = mint.make<PostId>(),
                  .delivery = mint.make<DeliveryId>(),
                  .at = noon,
                  .person = person};
    store_->write_now([&](store::Unit& unit) { store::Notices(unit).add(notice); });
    return notice;
  }
  void round(Instant now = noon) { postman.round(now); }
  store::MailCount count() {
    store::MailCount count;
    store_->read_now([&](store::Unit& unit) { count = store::Mails(unit).count(Instant{}); });
    return count;
  }
  std::vector<std::string> recipients() const {
    std::vector<std::string> to;
    for (const auto& letter : sent) to.push_back(letter.to);
    std::ranges::sort(to);
    return to;
  }

  SeededRandom dice{11};
  store::Minter mint{noon, dice};
  WorkspaceId workspace = mint.make<WorkspaceId>();
  User owner{
      .id = mint.make<UserId>(), .workspace = workspace, .email = "ana@shop.test", .role = Role::owner};
  User editor{
      .id = mint.make<UserId>(), .workspace = workspace, .email = "ben@shop.test", .role = Role::editor};
  User quiet{.id = mint.make<UserId>(),
             .workspace = workspace,
             .email = "zoe@shop.test",
             .role = Role::owner,
             .mails = 0};
  std::unique_ptr<store::Store> store_ = store::Store::open({.url = "sqlite::memory:"});
  Keyring keyring{{{"k", Secret(std::string(32, 'k'))}}, "k"};
  Log log{"error", "human"};
  MailServer server{.host = "mail.test", .from = "carillon@shop.test"};
  std::vector<wire::Letter> sent;
  MailOutcome says{MailFate::sent, false, ""};
  Postman postman{*store_,
                  keyring,
                  log,
                  {server, "https://bells.test", [this](const MailServer&, const wire::Letter& letter) {
                     sent.push_back(letter);
                     return says;
                   }}};
};

TEST_F(PostmanTest, TellsEachPersonOnceWithALinkToTheTarget) {
  const Notice notice = tell("delivery_failed");
  round();
  round();
  EXPECT_EQ(recipients(), (std::vector<std::string>{"ana@shop.test", "ben@shop.test"}));
  EXPECT_EQ(sent[0].subject, "A post failed");
  EXPECT_NE(sent[0].text.find("The network refused it.\nhttps://bells.test/posts/" + notice.post->text() +
                              "?target=" + notice.delivery->text()),
            std::string::npos)
      << sent[0].text;
  EXPECT_EQ(count().sent, 2);
}

TEST_F(PostmanTest, TellsOnlyThoseWhoAreMeant) {
  tell(approval_asked);
  tell("post_sent_back", editor.id);
  tell("trying_again");
  round();
  ASSERT_EQ(recipients(), (std::vector<std::string>{"ana@shop.test", "ben@shop.test"}));
  for (const auto& letter : sent)
    EXPECT_EQ(letter.subject,
              letter.to == "ana@shop.test" ? "A post needs approval" : "Your post was sent back");
}

TEST_F(PostmanTest, PutsManyThingsIntoOneMail) {
  for (int i = 0; i < 7; ++i) tell("delivery_failed");
  round();
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0].subject, "7 things to know: A post failed, …");
  EXPECT_EQ(count().sent, 14);
}

TEST_F(PostmanTest, TriesAgainWithGrowingPausesAndThenNoMore) {
  tell("delivery_failed");
  says = {MailFate::not_sent, false, "Nothing answers."};
  round();
  EXPECT_EQ(sent.size(), 1U);  // the others need not try: the server is not there
  round(noon + 30s);
  EXPECT_EQ(sent.size(), 2U);  // the other person, for the first time
  round(noon + 59s);
  EXPECT_EQ(sent.size(), 2U);
  Instant now = noon;
  for (int i = 0; i < 100; ++i) round(now = now + 1h);
  EXPECT_EQ(sent.size(), 2 * static_cast<size_t>(most_mail_tries));
  EXPECT_EQ(count().waiting, 0);
  EXPECT_EQ(count().refused, 2);
  EXPECT_LT(mail_pause(0), mail_pause(1));
  EXPECT_EQ(mail_pause(60), Duration(1h));
}

TEST_F(PostmanTest, SaysWhatIsWrongUntilItWorksAgain) {
  const auto state = [&] {
    MailState state;
    store_->read_now([&](store::Unit& unit) { state = mail_state(unit); });
    return state;
  };
  tell("delivery_failed");
  says = {MailFate::not_sent, false, "Nothing answers."};
  round();
  EXPECT_EQ(state().trouble, "Nothing answers.");
  says = {MailFate::sent, false, ""};
  round(noon + 2min);
  EXPECT_EQ(state().trouble, "");
  EXPECT_EQ(state().sent, noon + 2min);
}

TEST_F(PostmanTest, NeverSendsAgainWhatMayHaveArrived) {
  tell("delivery_failed");
  says = {MailFate::unknown, false, "No answer."};
  round();
  for (int i = 1; i < 50; ++i) round(noon + 1h * i);
  EXPECT_EQ(sent.size(), 2U);
  EXPECT_EQ(count().unknown, 2);
}

TEST_F(PostmanTest, WhatWasOpenWhenTheLastProcessEndedIsNotSentAgain) {
  tell("delivery_failed");
  store_->write_now([&](store::Unit& unit) {
    store::Mails(unit).gather(true, noon);
    ASSERT_TRUE(store::Mails(unit).take(noon));  // and then it died
  });
  round(noon + 1h);
  EXPECT_EQ(sent.size(), 1U);  // only the other person's
  EXPECT_EQ(count().unknown, 1);
}

TEST_F(PostmanTest, WithoutAMailServerNothingPilesUp) {
  Postman none(*store_, keyring, log, {std::nullopt, "https://bells.test", nullptr});
  tell("delivery_failed");
  none.round(noon);
  round(noon + 1min);
  EXPECT_TRUE(sent.empty());
}

TEST_F(PostmanTest, SpeaksToARealServer) {
  net::testing::MailHouse house;
  Postman real(*store_, keyring, log,
               {MailServer{.host = "127.0.0.1",
                           .port = house.port(),
                           .security = MailSecurity::none,
                           .from = "carillon@shop.test"},
                "https://bells.test"});
  tell("delivery_uncertain");
  real.round(noon);
  const auto seen = house.seen();
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_NE(seen[0].data.find("Subject: Did a post go out?"), std::string::npos);
  EXPECT_NE(seen[0].text().find("https://bells.test/posts/"), std::string::npos);
}

TEST_F(PostmanTest, APasswordIsSealedAndStaysWithItsServer) {
  const auto kept = [&] {
    Result<std::optional<MailServer>> found = std::optional<MailServer>();
    store_->read_now([&](store::Unit& unit) { found = mail_server(unit, keyring, std::nullopt); });
    return **found;
  };
  const auto keep = [&](const MailServer& given) {
    store_->write_now([&](store::Unit& unit) { keep_mail_server(unit, given, keyring, dice); });
  };
  MailServer given{
      .host = "mail.test", .user = "ana", .password = Secret("PLANTED-secret"), .from = "a@b.test"};
  keep(given);
  EXPECT_EQ(kept().password.reveal(), "PLANTED-secret");
  store_->read_now([&](store::Unit& unit) {
    EXPECT_EQ(store::Settings(unit).get("mail_server")->find("PLANTED"), std::string::npos);
  });
  given.password = Secret();
  keep(given);
  EXPECT_EQ(kept().password.reveal(), "PLANTED-secret");
  given.host = "other.test";  // it is not handed to another server
  keep(given);
  EXPECT_TRUE(kept().password.empty());
}

}  // namespace
}  // namespace carillon::run

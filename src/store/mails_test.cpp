#include "store/mails.h"

#include <map>

#include "store/people.h"
#include "store/records.h"
#include "store/testing/stage.h"

namespace carillon::store {
namespace {

ON_EVERY_ENGINE(MailsTest);

User person(Minter& mint, WorkspaceId workspace, Role role, uint8_t mails, const std::string& name) {
  return {.id = mint.make<UserId>(),
          .workspace = workspace,
          .email = name + "@x.test",
          .name = name,
          .role = role,
          .mails = mails};
}
Notice about(Minter& mint, WorkspaceId workspace, const std::string& kind,
             std::optional<UserId> who = std::nullopt) {
  return {.id = mint.make<NoticeId>(),
          .workspace = workspace,
          .kind = kind,
          .text = kind,
          .at = noon,
          .person = who};
}

TEST_P(MailsTest, EachWhoWantsItIsTakenOnceWithAllThatIsDue) {
  const User owner = person(mint, workspace, Role::owner, 7, "ana");
  const User editor = person(mint, workspace, Role::editor, 6, "ben");  // no failures
  const User viewer = person(mint, workspace, Role::viewer, 0, "zoe");
  work([&](Unit& unit) {
    for (const User& each : {owner, editor, viewer}) People(unit).add(each);
    EXPECT_EQ(People(unit).user(workspace, editor.id)->mails, 6);
    for (const char* kind : {"delivery_failed", "delivery_uncertain", approval_asked, "trying_again"})
      Notices(unit).add(about(mint, workspace, kind));
    Notices(unit).add(about(mint, workspace, "post_approved", editor.id));
    EXPECT_EQ(Mails(unit).gather(true, noon), 5);
    EXPECT_EQ(Mails(unit).gather(true, noon), 0);
    EXPECT_EQ(Mails(unit).count(noon).waiting, 5);
  });
  std::map<std::string, size_t> got;
  work([&](Unit& unit) {
    while (const auto bundle = Mails(unit).take(noon)) got[bundle->email] = bundle->notices.size();
  });
  EXPECT_EQ(got, (std::map<std::string, size_t>{{"ana@x.test", 3}, {"ben@x.test", 2}}));
  work([&](Unit& unit) {
    EXPECT_EQ(Mails(unit).give_up_open(noon), 5);
    EXPECT_EQ(Mails(unit).count(noon).unknown, 5);
    EXPECT_EQ(Mails(unit).forget_before(noon + 1h), 5);
  });
}

TEST_P(MailsTest, WhatDidNotLeaveComesAgainAtItsTime) {
  const User owner = person(mint, workspace, Role::owner, 7, "ana");
  work([&](Unit& unit) {
    People(unit).add(owner);
    Notices(unit).add(about(mint, workspace, "late"));
    Mails(unit).gather(true, noon);
    const auto bundle = Mails(unit).take(noon);
    ASSERT_TRUE(bundle);
    EXPECT_EQ(bundle->notices[0].kind, "late");
    Mails(unit).again(*bundle, "Nobody is there.", noon + 1min);
    EXPECT_FALSE(Mails(unit).take(noon + 59s));
    const auto again = Mails(unit).take(noon + 1min);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->tries, 1);
    Mails(unit).settle(*again, Mails::Fate::sent, noon + 1min);
    EXPECT_EQ(Mails(unit).count(noon).sent, 1);
    EXPECT_EQ(Mails(unit).count(noon).waiting, 0);
  });
}

TEST_P(MailsTest, WithoutAServerNoticesArePassedBy) {
  const User owner = person(mint, workspace, Role::owner, 7, "ana");
  work([&](Unit& unit) {
    People(unit).add(owner);
    Notices(unit).add(about(mint, workspace, "late"));
    EXPECT_EQ(Mails(unit).gather(false, noon), 1);
    EXPECT_EQ(Mails(unit).gather(true, noon), 0);
    EXPECT_FALSE(Mails(unit).take(noon));
  });
}

}  // namespace
}  // namespace carillon::store

#include "store/accounts.h"

#include "store/testing/stage.h"

namespace carillon::store {
namespace {

using delivery::Saved;

ON_EVERY_ENGINE(AccountsTest);

TEST_P(AccountsTest, AnAccountComesBackAsItWasConnected) {
  Account a = account("new");
  a.name = "Großer Laden";
  a.avatar_url = "https://x.test/a.png";
  a.zone = "Europe/Berlin";
  a.sandbox = true;
  a.scopes = {"read", "write"};
  a.expires = noon + 1h;
  a.refreshable = true;
  a.facts = {{"limit", 500}};
  const std::string sealed("\0\x01\xff sealed", 10);
  work([&](Unit& unit) {
    Accounts accounts(unit);
    EXPECT_FALSE(accounts.known(a));
    EXPECT_EQ(accounts.connect(a, sealed), a.id);
    EXPECT_EQ(accounts.find(workspace, a.id), a);
    EXPECT_EQ(accounts.known(a), a.id);
    EXPECT_EQ(accounts.credential(workspace, a.id), sealed);
    EXPECT_EQ(accounts.list(workspace).size(), 3U);
    EXPECT_FALSE(accounts.find(mint.make<WorkspaceId>(), a.id));
    EXPECT_FALSE(accounts.credential(workspace, mint.make<AccountId>()));
  });
}

TEST_P(AccountsTest, ConnectingAgainMendsTheSameRowAndKeepsWhatIsScheduled) {
  const auto rows = scheduled_to(first.id);
  work([&](Unit& unit) {
    Accounts accounts(unit);
    accounts.describe(workspace, first.id, "Shop", "Asia/Tokyo");
    accounts.hold(workspace, first.id, Hold::reconnect, "expired");
    Account again = first;
    again.id = mint.make<AccountId>();
    again.name = "New name";
    again.scopes = {"write"};
    again.connected = noon + 1h;
    EXPECT_EQ(accounts.connect(again, "fresh"), first.id);
    const Account seen = accounts.find(workspace, first.id).value();
    EXPECT_EQ(seen.hold, Hold::none);
    EXPECT_EQ(seen.hold_text, "");
    EXPECT_EQ(seen.name, "New name");
    EXPECT_EQ(seen.zone, "Asia/Tokyo");
    EXPECT_EQ(seen.scopes, again.scopes);
    EXPECT_EQ(accounts.credential(workspace, first.id), "fresh");
    EXPECT_FALSE(accounts.find(workspace, again.id));
  });
  EXPECT_EQ(row(rows[0].id), rows[0]);
}

TEST_P(AccountsTest, ConnectedAgainWithoutThePermissionItIsHeldStill) {
  work([&](Unit& unit) {
    Account again = first;
    again.hold = Hold::permission;
    again.hold_text = "It lacks: write";
    EXPECT_EQ(Accounts(unit).connect(again, "fresh"), first.id);
    EXPECT_EQ(Accounts(unit).find(workspace, first.id), again);
  });
}

TEST_P(AccountsTest, TheSameIdentityOnAnotherServerIsAnotherAccount) {
  Account other = first;
  other.id = mint.make<AccountId>();
  other.api_base = "https://elsewhere.test";
  work([&](Unit& unit) { EXPECT_EQ(Accounts(unit).connect(other, "x"), other.id); });
}

TEST_P(AccountsTest, AFreshCredentialClearsTheHoldThatTheOldOneCaused) {
  work([&](Unit& unit) {
    Accounts accounts(unit);
    const std::string old = accounts.credential(workspace, first.id).value();
    accounts.hold(workspace, first.id, Hold::refreshing, "401");
    EXPECT_EQ(accounts.find(workspace, first.id)->hold_text, "401");
    EXPECT_TRUE(accounts.renew(workspace, first.id, {old, "fresh", noon + 2h, {}}, noon + 1s));
    const Account seen = accounts.find(workspace, first.id).value();
    EXPECT_EQ(seen.hold, Hold::none);
    EXPECT_EQ(seen.hold_text, "");
    EXPECT_EQ(seen.expires, noon + 2h);
    EXPECT_EQ(seen.scopes, first.scopes);
    EXPECT_EQ(seen.checked, noon + 1s);
    EXPECT_EQ(accounts.credential(workspace, first.id), "fresh");
    EXPECT_TRUE(accounts.renew(workspace, first.id, {"fresh", "fresher", std::nullopt, {"write"}}, noon + 2s));
    EXPECT_FALSE(accounts.find(workspace, first.id)->expires);
    EXPECT_EQ(accounts.find(workspace, first.id)->scopes, std::vector<std::string>{"write"});
    accounts.checked(workspace, first.id, noon + 3s);
    EXPECT_EQ(accounts.find(workspace, first.id)->checked, noon + 3s);
  });
}

TEST_P(AccountsTest, AFreshCredentialDoesNotSwitchOnWhatAPersonSwitchedOff) {
  work([&](Unit& unit) {
    Accounts accounts(unit);
    const std::string old = accounts.credential(workspace, first.id).value();
    for (const Hold hold : {Hold::disabled, Hold::permission, Hold::restricted}) {
      accounts.hold(workspace, first.id, hold, "stays");
      EXPECT_TRUE(accounts.renew(workspace, first.id, {old, old, std::nullopt, {}}, noon));
      EXPECT_EQ(accounts.find(workspace, first.id)->hold, hold);
      EXPECT_EQ(accounts.find(workspace, first.id)->hold_text, "stays");
      EXPECT_FALSE(accounts.give_up(workspace, first.id, old, "refused"));
      EXPECT_EQ(accounts.find(workspace, first.id)->hold, hold);
    }
  });
}

TEST_P(AccountsTest, ADefiniteRefusalHoldsTheAccount) {
  work([&](Unit& unit) {
    Accounts accounts(unit);
    const std::string old = accounts.credential(workspace, first.id).value();
    for (const Hold hold : {Hold::none, Hold::refreshing}) {
      accounts.hold(workspace, first.id, hold, "");
      EXPECT_TRUE(accounts.give_up(workspace, first.id, old, "refused"));
      EXPECT_EQ(accounts.find(workspace, first.id)->hold, Hold::reconnect);
      EXPECT_EQ(accounts.find(workspace, first.id)->hold_text, "refused");
    }
    EXPECT_TRUE(accounts.renew(workspace, first.id, {old, "works", std::nullopt, {}}, noon));
    EXPECT_EQ(accounts.find(workspace, first.id)->hold, Hold::none) << "there is one that works";
  });
}

TEST_P(AccountsTest, WhatIsSaidOfAnOldCredentialChangesNobodyWhoHasAnother) {
  work([&](Unit& unit) {
    Accounts accounts(unit);
    const std::string old = accounts.credential(workspace, first.id).value();
    const auto stays = [&] {
      const auto before = accounts.find(workspace, first.id);
      const auto sealed = accounts.credential(workspace, first.id);
      EXPECT_FALSE(accounts.renew(workspace, first.id, {old, "late", noon + 2h, {"write"}}, noon + 1s));
      EXPECT_FALSE(accounts.give_up(workspace, first.id, old, "late"));
      EXPECT_EQ(accounts.find(workspace, first.id), before);
      EXPECT_EQ(accounts.credential(workspace, first.id), sealed);
    };
    accounts.connect(first, "connected again");
    stays();
    accounts.disconnect(workspace, first.id, noon);
    stays();
  });
}

TEST_P(AccountsTest, DisconnectingRemovesTheCredentialAndCancelsWhatWaits) {
  const auto thread = scheduled_to(first.id, 3);
  const auto open = scheduled_to(first.id);
  const auto asked = scheduled_to(first.id);
  const auto other = scheduled_to(second.id);
  ASSERT_EQ(apply(opening(open[0])), Saved::applied);
  settle(asked[0].id, DeliveryState::uncertain);
  work([&](Unit& unit) {
    Accounts accounts(unit);
    EXPECT_EQ(accounts.disconnect(workspace, first.id, noon + 1s), 3);
    EXPECT_EQ(accounts.cancel_some(workspace, first.id, noon + 1s), 0);
    EXPECT_FALSE(accounts.credential(workspace, first.id));
    EXPECT_EQ(accounts.find(workspace, first.id)->hold, Hold::disconnected);
  });
  for (const Delivery& d : thread) EXPECT_EQ(row(d.id).state, DeliveryState::canceled);
  EXPECT_EQ(row(open[0].id).state, DeliveryState::in_flight);
  EXPECT_EQ(row(open[0].id).wish, Wish::cancel);
  EXPECT_EQ(row(asked[0].id).state, DeliveryState::uncertain);
  EXPECT_EQ(row(asked[0].id).wish, Wish::cancel);
  EXPECT_EQ(row(other[0].id), other[0]);
  expect_true_tallies();
}

TEST_P(AccountsTest, OnlyRefreshableCredentialsThatExpireSoonAreListed) {
  work([&](Unit& unit) {
    Accounts accounts(unit);
    const auto add = [&](const char* name, std::optional<Instant> expires, bool refreshable) {
      Account a = account(name);
      a.expires = expires;
      a.refreshable = refreshable;
      return accounts.connect(a, "x");
    };
    const AccountId soon = add("soon", noon + 5min, true);
    add("later", noon + 2h, true);
    add("never", std::nullopt, true);
    add("hopeless", noon + 5min, false);
    const AccountId held = add("held", noon + 1min, true);
    accounts.hold(workspace, held, Hold::reconnect, "");
    const AccountId trying = add("trying", noon + 1min, true);
    accounts.hold(workspace, trying, Hold::refreshing, "");
    const auto found = accounts.expiring(noon + 1h);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].id, trying);
    EXPECT_EQ(found[1].id, soon);
  });
}

}  // namespace
}  // namespace carillon::store

#include "run/vault.h"

#include "run/testing/home.h"

namespace carillon::run {
namespace {

class VaultTest : public testing::Home {
 protected:
  VaultTest() { connect({{"access", Secret("old")}}); }
  std::string open() { return std::string(vault.open(account).value().at("access").reveal()); }
  Vault vault{*store, keyring};
};

TEST_F(VaultTest, KeepsWhatItOpenedUntilTheAccountChanges) {
  EXPECT_EQ(open(), "old");
  connect({{"access", Secret("new")}});
  EXPECT_EQ(open(), "old");
  vault.forget(account.id);
  EXPECT_EQ(open(), "new");
}

TEST_F(VaultTest, WhatChangedWhileItWasReadIsNotKept) {
  store->after_reading = [&] {
    connect({{"access", Secret("new")}});
    vault.forget(account.id);
  };
  EXPECT_EQ(open(), "old") << "as it was when it was read";
  EXPECT_EQ(open(), "new");
}

TEST_F(VaultTest, AStoreThatCannotBeReadSaysNothingAboutTheCredential) {
  store->broken_reads = 1;
  EXPECT_EQ(vault.open(account).error().kind, FaultKind::unavailable);
  EXPECT_EQ(open(), "old");
}

TEST_F(VaultTest, SaysWhenThereIsNoneAndWhenItDoesNotOpen) {
  account.external_id = "2";  // it is sealed for another
  EXPECT_EQ(vault.open(account).error().kind, FaultKind::unauthorized);
  account.external_id = "1";
  write([&](store::Accounts& accounts) { accounts.disconnect(account.workspace, account.id, wall_clock()); });
  EXPECT_EQ(vault.open(account).error().code, "no_credential");
}

}  // namespace
}  // namespace carillon::run

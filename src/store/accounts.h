// Accounts and their sealed credentials. The sealed text is opaque here: api/ and run/ hold the keyring.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/account.h"
#include "store/unit.h"

namespace carillon::store {

// A credential that comes in the place of another; both sealed.
struct Renewal {
  std::string old, fresh;
  std::optional<Instant> expires;
  std::vector<std::string> scopes;  // empty: as before
};

class Accounts {
 public:
  explicit Accounts(Unit& unit) : unit_(unit) {}

  // Adds it, or, when (workspace, network, api_base, external_id) is there already, reconnects that row: new
  // credential, facts and hold (none, or what it may not do still), everything scheduled stays. Gives the id
  // of the row.
  AccountId connect(const Account& account, const std::string& sealed);
  // The row of that identity, if it was ever connected: a credential is sealed for one row.
  std::optional<AccountId> known(const Account& account);
  std::optional<Account> find(WorkspaceId workspace, AccountId id);
  std::vector<Account> list(WorkspaceId workspace);
  std::optional<std::string> credential(WorkspaceId workspace, AccountId id);
  // A fresh credential, and the end of a hold that the old one caused. False, and nothing is written, when the
  // account has another one than the old by now, or none: it was disconnected, or connected again.
  bool renew(WorkspaceId workspace, AccountId id, const Renewal& renewal, Instant now);
  // That credential was definitely refused: the account waits for a person. False, and nothing is written, when it
  // has another one by now, or is held for another reason.
  bool give_up(WorkspaceId workspace, AccountId id, const std::string& sealed, const std::string& text);
  // By a person, who knows what the account is.
  void hold(WorkspaceId workspace, AccountId id, Hold hold, const std::string& text);
  void checked(WorkspaceId workspace, AccountId id, Instant now);
  void describe(WorkspaceId workspace, AccountId id, const std::string& name, const std::string& zone);
  // Removes the credential, holds the account as disconnected, and begins to cancel what waits. Gives the
  // number canceled.
  int64_t disconnect(WorkspaceId workspace, AccountId id, Instant now);
  // Some thousand more in a transaction of their own: others write between them. 0: there is nothing left.
  int64_t cancel_some(WorkspaceId workspace, AccountId id, Instant now);
  // Those whose access credential expires before `until` and can be refreshed, in all workspaces.
  std::vector<Account> expiring(Instant until);

 private:
  Unit& unit_;
};

}  // namespace carillon::store

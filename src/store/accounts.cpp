#include "store/accounts.h"

#include "store/queue_stop.h"
#include "store/rows.h"

namespace carillon::store {
namespace {

std::vector<Account> all_of(const Rows& rows) {
  std::vector<Account> accounts;
  for (size_t i = 0; i < rows.size(); ++i) accounts.push_back(account_at(rows[i]));
  return accounts;
}

}  // namespace

AccountId Accounts::connect(const Account& a, const std::string& sealed) {
  const Rows rows = unit_.connection()(
      "INSERT INTO accounts (" ACCOUNT_COLUMNS
      ", sealed) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) "
      "ON CONFLICT (workspace, network, api_base, external_id) DO UPDATE SET name = excluded.name, "
      "handle = excluded.handle, avatar_url = excluded.avatar_url, sandbox = excluded.sandbox, hold = "
      "excluded.hold, hold_text = excluded.hold_text, "
      "scopes = excluded.scopes, expires = excluded.expires, refreshable = excluded.refreshable, facts = "
      "excluded.facts, "
      "connected = excluded.connected, checked = excluded.checked, sealed = excluded.sealed, "
      "zone = CASE WHEN excluded.zone = '' THEN accounts.zone ELSE excluded.zone END RETURNING id",
      a.workspace, a.id, a.network, a.external_id, a.name, a.handle, a.avatar_url, a.zone, a.api_base,
      a.sandbox, number_of(a.hold), a.hold_text, list_text(a.scopes), a.expires, a.refreshable,
      object_text(a.facts), a.connected, a.checked, Bytes{sealed});
  return rows[0].id<AccountId>(0);
}

std::optional<AccountId> Accounts::known(const Account& a) {
  const Rows rows = unit_.connection()(
      "SELECT id FROM accounts WHERE workspace = $1 AND network = $2 AND api_base = $3 AND external_id = $4",
      a.workspace, a.network, a.api_base, a.external_id);
  return rows.empty() ? std::nullopt : std::optional(rows[0].id<AccountId>(0));
}

std::optional<Account> Accounts::find(WorkspaceId workspace, AccountId id) {
  const Rows rows = unit_.connection()(
      "SELECT " ACCOUNT_COLUMNS " FROM accounts WHERE workspace = $1 AND id = $2", workspace, id);
  return rows.empty() ? std::nullopt : std::optional(account_at(rows[0]));
}

std::vector<Account> Accounts::list(WorkspaceId workspace) {
  return all_of(unit_.connection()(
      "SELECT " ACCOUNT_COLUMNS " FROM accounts WHERE workspace = $1 ORDER BY connected, id", workspace));
}

std::optional<std::string> Accounts::credential(WorkspaceId workspace, AccountId id) {
  const Rows rows =
      unit_.connection()("SELECT sealed FROM accounts WHERE workspace = $1 AND id = $2", workspace, id);
  if (rows.empty() || rows[0].is_null(0)) return std::nullopt;
  return std::string(rows[0].bytes(0));
}

bool Accounts::renew(WorkspaceId workspace, AccountId id, const Renewal& renewal, Instant now) {
  const Rows rows = unit_.connection()(
      "UPDATE accounts SET sealed = $4, expires = $5, scopes = CASE WHEN $6 = '' THEN scopes ELSE $6 END, "
      "checked = $7, hold = CASE WHEN hold IN ($8, $9) THEN 0 ELSE hold END, "
      "hold_text = CASE WHEN hold IN ($8, $9) THEN '' ELSE hold_text END "
      "WHERE workspace = $1 AND id = $2 AND sealed = $3",
      workspace, id, Bytes{renewal.old}, Bytes{renewal.fresh}, renewal.expires, list_text(renewal.scopes), now,
      number_of(Hold::refreshing), number_of(Hold::reconnect));
  return rows.changed == 1;
}

bool Accounts::give_up(WorkspaceId workspace, AccountId id, const std::string& sealed,
                       const std::string& text) {
  const Rows rows = unit_.connection()(
      "UPDATE accounts SET hold = $4, hold_text = $5 "
      "WHERE workspace = $1 AND id = $2 AND sealed = $3 AND hold IN ($6, $7)",
      workspace, id, Bytes{sealed}, number_of(Hold::reconnect), text, number_of(Hold::none),
      number_of(Hold::refreshing));
  return rows.changed == 1;
}

void Accounts::hold(WorkspaceId workspace, AccountId id, Hold hold, const std::string& text) {
  unit_.connection()("UPDATE accounts SET hold = $3, hold_text = $4 WHERE workspace = $1 AND id = $2",
                     workspace, id, number_of(hold), text);
}

void Accounts::checked(WorkspaceId workspace, AccountId id, Instant now) {
  unit_.connection()("UPDATE accounts SET checked = $3 WHERE workspace = $1 AND id = $2", workspace, id, now);
}

void Accounts::describe(WorkspaceId workspace, AccountId id, const std::string& name,
                        const std::string& zone) {
  unit_.connection()("UPDATE accounts SET name = $3, zone = $4 WHERE workspace = $1 AND id = $2", workspace,
                     id, name, zone);
}

int64_t Accounts::disconnect(WorkspaceId workspace, AccountId id, Instant now) {
  Connection& db = unit_.connection();
  db("UPDATE accounts SET sealed = NULL, expires = NULL, refreshable = 0, hold = $3, "
     "hold_text = 'Disconnected.' WHERE workspace = $1 AND id = $2",
     workspace, id, number_of(Hold::disconnected));
  stop_out_of_reach(db, workspace, id);
  return stop_some(db, workspace, id, now);
}

int64_t Accounts::cancel_some(WorkspaceId workspace, AccountId id, Instant now) {
  return stop_some(unit_.connection(), workspace, id, now);
}

std::vector<Account> Accounts::expiring(Instant until) {
  return all_of(unit_.connection()(
      "SELECT " ACCOUNT_COLUMNS
      " FROM accounts WHERE refreshable = 1 AND hold IN (0, 1) AND expires < $1 ORDER BY expires",
      until));
}

}  // namespace carillon::store

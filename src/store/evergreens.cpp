#include "store/evergreens.h"

namespace carillon::store {

namespace {
EvergreenUse use_at(const Row& row) {
  return {row.id<AccountId>(0), row.instant(1), row.id<PostId>(2), row.id<PostId>(3)};
}
}  // namespace

void Evergreens::put(WorkspaceId workspace, const Evergreen& e) {
  unit_.connection()(
      "INSERT INTO evergreens (workspace, post, expires, most, added) VALUES ($1, $2, $3, $4, $5) "
      "ON CONFLICT (workspace, post) DO UPDATE SET expires = excluded.expires, most = excluded.most",
      workspace, e.post, e.expires, e.most, e.added);
}

void Evergreens::remove(WorkspaceId workspace, PostId post) {
  unit_.connection()("DELETE FROM evergreens WHERE workspace = $1 AND post = $2", workspace, post);
}

std::vector<Evergreen> Evergreens::list(WorkspaceId workspace) {
  const Rows rows = unit_.connection()(
      "SELECT e.post, e.expires, e.most, e.added FROM evergreens e /*lite CROSS*/ JOIN posts p ON "
      "p.workspace = "
      "e.workspace AND p.id = e.post WHERE e.workspace = $1 ORDER BY e.added, e.post",
      workspace);
  std::vector<Evergreen> all;
  for (size_t i = 0; i < rows.size(); ++i)
    all.push_back({rows[i].id<PostId>(0), rows[i].instant(1), rows[i].integer(2), rows[i].instant(3)});
  return all;
}

std::optional<Evergreen> Evergreens::find(WorkspaceId workspace, PostId post) {
  const Rows rows = unit_.connection()(
      "SELECT post, expires, most, added FROM evergreens WHERE workspace = $1 AND post = $2", workspace,
      post);
  if (rows.empty()) return std::nullopt;
  return Evergreen{rows[0].id<PostId>(0), rows[0].instant(1), rows[0].integer(2), rows[0].instant(3)};
}

void Evergreens::fill_for(WorkspaceId workspace, const EvergreenAccount& a) {
  unit_.connection()(
      "INSERT INTO evergreen_accounts (workspace, account, ahead, again) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (workspace, account) DO UPDATE SET ahead = excluded.ahead, again = excluded.again",
      workspace, a.account, a.ahead, a.again);
}

void Evergreens::leave(WorkspaceId workspace, AccountId account) {
  unit_.connection()("DELETE FROM evergreen_accounts WHERE workspace = $1 AND account = $2", workspace,
                     account);
}

std::vector<EvergreenAccount> Evergreens::accounts(WorkspaceId workspace) {
  const Rows rows = unit_.connection()(
      "SELECT account, ahead, again FROM evergreen_accounts WHERE workspace = $1 ORDER BY account",
      workspace);
  std::vector<EvergreenAccount> all;
  for (size_t i = 0; i < rows.size(); ++i)
    all.push_back({rows[i].id<AccountId>(0), rows[i].integer(1), rows[i].integer(2)});
  return all;
}

std::vector<WorkspaceId> Evergreens::workspaces() {
  const Rows rows =
      unit_.connection()("SELECT DISTINCT workspace FROM evergreen_accounts ORDER BY workspace");
  std::vector<WorkspaceId> all;
  for (size_t i = 0; i < rows.size(); ++i) all.push_back(rows[i].id<WorkspaceId>(0));
  return all;
}

bool Evergreens::use(WorkspaceId workspace, const EvergreenUse& u) {
  return unit_
             .connection()(
                 "INSERT INTO evergreen_uses (workspace, account, slot, origin, post) VALUES ($1, $2, $3, "
                 "$4, $5) "
                 "ON CONFLICT (workspace, account, slot) DO NOTHING",
                 workspace, u.account, u.slot, u.origin, u.post)
             .changed > 0;
}

std::vector<EvergreenUse> Evergreens::uses(WorkspaceId workspace) {
  const Rows rows = unit_.connection()(
      "SELECT account, slot, origin, post FROM evergreen_uses WHERE workspace = $1 ORDER BY slot, account",
      workspace);
  std::vector<EvergreenUse> all;
  for (size_t i = 0; i < rows.size(); ++i) all.push_back(use_at(rows[i]));
  return all;
}

std::optional<EvergreenUse> Evergreens::use_of(WorkspaceId workspace, PostId post) {
  const Rows rows = unit_.connection()(
      "SELECT account, slot, origin, post FROM evergreen_uses WHERE workspace = $1 AND post = $2", workspace,
      post);
  return rows.empty() ? std::nullopt : std::optional(use_at(rows[0]));
}

}  // namespace carillon::store

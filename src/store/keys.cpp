// People: API keys, and how often somebody failed to sign in.
#include "store/people.h"
#include "store/rows.h"

namespace carillon::store {

void People::add(const ApiKey& k) {
  unit_.connection()(
      "INSERT INTO api_keys (workspace, id, person, name, prefix, key_sha256, scopes, created, used, "
      "expires) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      k.workspace, k.id, k.user, k.name, k.prefix, k.key_sha256, list_text(k.scopes), k.created, k.used,
      k.expires);
}

std::optional<Caller> People::caller_by_key(const std::string& key_sha256, Instant now) {
  const Rows rows = unit_.connection()(
      "SELECT u.workspace, u.id, u.role, u.email, u.name, k.id, k.scopes, u.approves FROM api_keys k JOIN "
      "users u "
      "ON u.workspace = k.workspace AND u.id = k.person "
      "WHERE k.key_sha256 = $1 AND (k.expires IS NULL OR k.expires > $2) AND u.disabled = 0",
      key_sha256, now);
  if (rows.empty()) return std::nullopt;
  const Row row = rows[0];
  return Caller{.workspace = row.id<WorkspaceId>(0),
                .user = row.id<UserId>(1),
                .role = enum_at<Role>(row, 2),
                .email = row.text(3),
                .name = row.text(4),
                .scopes = list_from(row.text(6)),
                .session = std::nullopt,
                .key = row.id<ApiKeyId>(5),
                .approves = row.flag(7)};
}

std::vector<ApiKey> People::keys(WorkspaceId workspace) {
  const Rows rows = unit_.connection()(
      "SELECT id, person, name, prefix, key_sha256, scopes, created, used, expires FROM api_keys WHERE "
      "workspace = $1 "
      "ORDER BY created, id",
      workspace);
  std::vector<ApiKey> keys;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Row row = rows[i];
    keys.push_back({.id = row.id<ApiKeyId>(0),
                    .workspace = workspace,
                    .user = row.id<UserId>(1),
                    .name = row.text(2),
                    .prefix = row.text(3),
                    .key_sha256 = row.text(4),
                    .scopes = list_from(row.text(5)),
                    .created = row.instant(6),
                    .used = row.instant(7),
                    .expires = optional_instant(row, 8)});
  }
  return keys;
}

void People::used(WorkspaceId workspace, ApiKeyId id, Instant now) {
  unit_.connection()("UPDATE api_keys SET used = $3 WHERE workspace = $1 AND id = $2", workspace, id, now);
}

void People::remove_key(WorkspaceId workspace, ApiKeyId id) {
  unit_.connection()("DELETE FROM api_keys WHERE workspace = $1 AND id = $2", workspace, id);
}

People::Failures People::failures(const std::string& subject) {
  const Rows rows = unit_.connection()("SELECT failed, last FROM failures WHERE subject = $1", subject);
  return rows.empty() ? Failures{} : Failures{rows[0].integer(0), rows[0].instant(1)};
}

void People::fail(const std::string& subject, Instant now) {
  unit_.connection()(
      "INSERT INTO failures (subject, failed, last) VALUES ($1, 1, $2) "
      "ON CONFLICT (subject) DO UPDATE SET failed = failures.failed + 1, last = excluded.last",
      subject, now);
}

void People::take_back(const std::string& subject) {
  unit_.connection()("UPDATE failures SET failed = failed - 1 WHERE subject = $1", subject);
}

void People::forgive(const std::string& subject) {
  unit_.connection()("DELETE FROM failures WHERE subject = $1", subject);
}

}  // namespace carillon::store

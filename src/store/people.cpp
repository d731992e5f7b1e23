#include "store/people.h"

#include "store/rows.h"

namespace carillon::store {
namespace {

#define USER_COLUMNS "workspace, id, email, name, password_hash, role, disabled, created, approves, mails"

User user_at(const Row& row) {
  return {.id = row.id<UserId>(1),
          .workspace = row.id<WorkspaceId>(0),
          .email = row.text(2),
          .name = row.text(3),
          .password_hash = row.text(4),
          .role = enum_at<Role>(row, 5),
          .disabled = row.flag(6),
          .created = row.instant(7),
          .approves = row.flag(8),
          .mails = static_cast<uint8_t>(row.integer(9))};
}

Workspace workspace_at(const Row& row) {
  return {.id = row.id<WorkspaceId>(0), .name = row.text(1), .zone = row.text(2), .created = row.instant(3), .approval = row.flag(4)};
}

std::vector<User> users_of(const Rows& rows) {
  std::vector<User> users;
  for (size_t i = 0; i < rows.size(); ++i) users.push_back(user_at(rows[i]));
  return users;
}

std::optional<User> first_user(const Rows& rows) {
  return rows.empty() ? std::nullopt : std::optional(user_at(rows[0]));
}

Caller caller_at(const Row& row) {  // workspace, user, role, email, name
  return {.workspace = row.id<WorkspaceId>(0),
          .user = row.id<UserId>(1),
          .role = enum_at<Role>(row, 2),
          .email = row.text(3),
          .name = row.text(4)};
}

}  // namespace

void People::add(const Workspace& w) {
  unit_.connection()("INSERT INTO workspaces (id, name, zone, created, approval) VALUES ($1, $2, $3, $4, $5)",
                     w.id, w.name, w.zone, w.created, w.approval);
}

std::optional<Workspace> People::workspace(WorkspaceId id) {
  const Rows rows = unit_.connection()("SELECT id, name, zone, created, approval FROM workspaces WHERE id = $1", id);
  return rows.empty() ? std::nullopt : std::optional(workspace_at(rows[0]));
}

std::vector<Workspace> People::workspaces() {
  const Rows rows = unit_.connection()("SELECT id, name, zone, created, approval FROM workspaces ORDER BY created, id");
  std::vector<Workspace> workspaces;
  for (size_t i = 0; i < rows.size(); ++i) workspaces.push_back(workspace_at(rows[i]));
  return workspaces;
}

void People::update(const Workspace& w) {
  unit_.connection()("UPDATE workspaces SET name = $2, zone = $3, approval = $4 WHERE id = $1", w.id, w.name,
                     w.zone, w.approval);
}

void People::add(const User& u) {
  unit_.connection()("INSERT INTO users (" USER_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                     u.workspace, u.id, u.email, u.name, u.password_hash, number_of(u.role), u.disabled,
                     u.created, u.approves, int64_t{u.mails});
}

std::optional<User> People::user_by_email(const std::string& email) {
  return first_user(unit_.connection()("SELECT " USER_COLUMNS " FROM users WHERE email = $1", email));
}

std::optional<User> People::user(WorkspaceId workspace, UserId id) {
  return first_user(unit_.connection()("SELECT " USER_COLUMNS " FROM users WHERE workspace = $1 AND id = $2",
                                       workspace, id));
}

std::vector<User> People::users(WorkspaceId workspace) {
  return users_of(unit_.connection()(
      "SELECT " USER_COLUMNS " FROM users WHERE workspace = $1 ORDER BY created, id", workspace));
}

bool People::anyone() {
  return !unit_.connection()("SELECT id FROM users LIMIT 1").empty();
}

void People::update(const User& u) {
  unit_.connection()(
      "UPDATE users SET email = $3, name = $4, role = $5, disabled = $6, approves = $7, mails = $8 "
      "WHERE workspace = $1 AND id = $2",
      u.workspace, u.id, u.email, u.name, number_of(u.role), u.disabled, u.approves, int64_t{u.mails});
}

void People::set_password(WorkspaceId workspace, UserId id, const std::string& hash) {
  unit_.connection()("UPDATE users SET password_hash = $3 WHERE workspace = $1 AND id = $2", workspace, id,
                     hash);
}

bool People::renew_password(const User& u, const std::string& hash) {
  return unit_
             .connection()("UPDATE users SET password_hash = $4 WHERE workspace = $1 AND id = $2 AND "
                           "password_hash = $3 AND disabled = 0",
                           u.workspace, u.id, u.password_hash, hash)
             .changed > 0;
}

int64_t People::owners(WorkspaceId workspace) {
  return unit_
      .connection()("SELECT count(*) FROM users WHERE workspace = $1 AND role = $2 AND disabled = 0",
                    workspace, number_of(Role::owner))[0]
      .integer(0);
}

void People::open(const Session& s) {
  unit_.connection()(
      "INSERT INTO sessions (workspace, id, person, token_sha256, agent, address, created, seen, expires) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      s.workspace, s.id, s.user, s.token_sha256, s.agent, s.address, s.created, s.seen, s.expires);
}

std::optional<Caller> People::caller_by_session(const std::string& token_sha256, Instant now) {
  const Rows rows = unit_.connection()(
      "SELECT u.workspace, u.id, u.role, u.email, u.name, s.id, s.seen, u.approves FROM sessions s JOIN users u "
      "ON u.workspace = s.workspace AND u.id = s.person WHERE s.token_sha256 = $1 AND s.expires > $2 AND "
      "u.disabled = 0",
      token_sha256, now);
  if (rows.empty()) return std::nullopt;
  Caller caller = caller_at(rows[0]);
  caller.session = rows[0].id<SessionId>(5);
  caller.seen = rows[0].instant(6);
  caller.approves = rows[0].flag(7);
  return caller;
}

std::vector<Session> People::sessions(WorkspaceId workspace, UserId user) {
  const Rows rows = unit_.connection()(
      "SELECT id, token_sha256, agent, address, created, seen, expires FROM sessions "
      "WHERE workspace = $1 AND person = $2 ORDER BY seen DESC, id",
      workspace, user);
  std::vector<Session> sessions;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Row row = rows[i];
    sessions.push_back({.id = row.id<SessionId>(0),
                        .workspace = workspace,
                        .user = user,
                        .token_sha256 = row.text(1),
                        .agent = row.text(2),
                        .address = row.text(3),
                        .created = row.instant(4),
                        .seen = row.instant(5),
                        .expires = row.instant(6)});
  }
  return sessions;
}

void People::seen(WorkspaceId workspace, SessionId session, Instant now) {
  unit_.connection()("UPDATE sessions SET seen = $3 WHERE workspace = $1 AND id = $2", workspace, session,
                     now);
}

void People::close(WorkspaceId workspace, SessionId session) {
  unit_.connection()("DELETE FROM sessions WHERE workspace = $1 AND id = $2", workspace, session);
}

void People::close_all(WorkspaceId workspace, UserId user, std::optional<SessionId> but) {
  unit_.connection()("DELETE FROM sessions WHERE workspace = $1 AND person = $2 AND id <> $3", workspace,
                     user, but.value_or(SessionId{}));
}

}  // namespace carillon::store

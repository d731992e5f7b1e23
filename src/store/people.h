// Workspaces, users, sessions, API keys, sign-in throttle. Tokens are looked up by their SHA-256 only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/people.h"
#include "store/unit.h"

namespace carillon::store {

struct Caller {  // who a token belongs to, read afresh for every request
  WorkspaceId workspace;
  UserId user;
  Role role = Role::viewer;
  std::string email, name;
  std::vector<std::string> scopes;  // of an API key; empty: all of the role
  std::optional<SessionId> session;
  Instant seen;  // of the session: when it was last used
  std::optional<ApiKeyId> key;
  bool approves = false;  // see User
};

class People {
 public:
  explicit People(Unit& unit) : unit_(unit) {}

  void add(const Workspace& workspace);
  std::optional<Workspace> workspace(WorkspaceId id);
  std::vector<Workspace> workspaces();
  void update(const Workspace& workspace);  // name, zone, approval
  void add(const User& user);
  std::optional<User> user_by_email(const std::string& email);  // lower case
  std::optional<User> user(WorkspaceId workspace, UserId id);
  std::vector<User> users(WorkspaceId workspace);
  bool anyone();                  // is there any user at all?
  void update(const User& user);  // all but the password
  void set_password(WorkspaceId workspace, UserId id, const std::string& hash);
  // The same for somebody who proved the password that `verified` has. False: it was changed meanwhile, or
  // the user was disabled.
  bool renew_password(const User& verified, const std::string& hash);
  int64_t owners(WorkspaceId workspace);

  void open(const Session& session);
  std::optional<Caller> caller_by_session(const std::string& token_sha256, Instant now);
  std::vector<Session> sessions(WorkspaceId workspace, UserId user);
  void seen(WorkspaceId workspace, SessionId session, Instant now);
  void close(WorkspaceId workspace, SessionId session);
  void close_all(WorkspaceId workspace, UserId user, std::optional<SessionId> but);

  void add(const ApiKey& key);
  std::optional<Caller> caller_by_key(const std::string& key_sha256, Instant now);
  std::vector<ApiKey> keys(WorkspaceId workspace);
  void used(WorkspaceId workspace, ApiKeyId id, Instant now);
  void remove_key(WorkspaceId workspace, ApiKeyId id);

  // Failures of a name or address in the recent past; survives a restart.
  struct Failures {
    int64_t count = 0;
    Instant last;
  };
  Failures failures(const std::string& subject);
  void fail(const std::string& subject, Instant now);
  void take_back(const std::string& subject);  // one of them: it was no failure
  void forgive(const std::string& subject);

 private:
  Unit& unit_;
};

}  // namespace carillon::store

// Workspaces, users, sessions, API keys, notices, audit: the plain nouns of who may do what and who is told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/instant.h"

namespace carillon {

enum class Role : uint8_t { viewer, editor, owner };  // each includes the ones before it

struct Workspace {
  WorkspaceId id;
  std::string name;
  std::string zone = "UTC";
  Instant created;
  bool approval = false;  // posts of those who may not approve wait for somebody who may
};

struct User {
  UserId id;
  WorkspaceId workspace;
  std::string email, name;
  std::string password_hash;  // argon2id, libsodium's text form
  Role role = Role::viewer;
  bool disabled = false;
  Instant created;
  bool approves = false;  // an editor who may approve posts; owners always may
  uint8_t mails = 7;      // bits of MailWish: what is told by mail
};

struct Session {
  SessionId id;
  WorkspaceId workspace;
  UserId user;
  std::string token_sha256;  // hex; the token itself is only in the cookie
  std::string agent, address;
  Instant created, seen, expires;
};

struct ApiKey {
  ApiKeyId id;
  WorkspaceId workspace;
  UserId user;               // whose key it is; its role bounds the scopes
  std::string name, prefix;  // prefix: the first characters, to recognise it
  std::string key_sha256;
  std::vector<std::string> scopes;  // permission names; empty: all of the role
  Instant created, used;
  std::optional<Instant> expires;
};

// Something a person should know: links to the exact target.
struct Notice {
  NoticeId id;
  WorkspaceId workspace;
  std::string kind;          // "delivery_failed", "delivery_uncertain", "account_held", "trying_again", "late",
                             // "delivered_lacking",
                             // "approval_asked", "approval_expired", "post_approved", "post_sent_back"
  std::string text;
  std::optional<PostId> post;
  std::optional<DeliveryId> delivery;
  std::optional<AccountId> account;
  Instant at;
  bool read = false;
  std::optional<UserId> person;  // only for this one; none: for everybody, or for those who may approve
};

// The kinds that are about approval; this one is for those who may approve only.
inline constexpr const char* approval_asked = "approval_asked";

struct AuditEntry {
  int64_t number = 0;
  WorkspaceId workspace;
  Instant at;
  std::string actor;         // "user:<id>", "key:<id>", "system", "cli"
  std::string action;        // "post.schedule"
  std::string subject;       // "post:<id>"
  std::string detail;
};

std::string_view to_text(Role role);
std::optional<Role> role_from(std::string_view text);

}  // namespace carillon

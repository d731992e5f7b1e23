#include "api/permissions.h"

#include <algorithm>
#include <array>
#include <utility>

namespace carillon::api {

namespace {
constexpr std::array all_scopes = {
    Permission::posts_read,  Permission::posts_write,   Permission::posts_approve,  Permission::media_read,
    Permission::media_write, Permission::accounts_read, Permission::accounts_write, Permission::notices_read,
    Permission::system_read, Permission::system_manage, Permission::people_manage,  Permission::keys_manage,
    Permission::audit_read};

Role needed(Permission permission) {
  switch (permission) {
    case Permission::posts_write:
    case Permission::media_write: return Role::editor;
    case Permission::posts_read:
    case Permission::media_read:
    case Permission::accounts_read:
    case Permission::notices_read:
    case Permission::system_read:
    case Permission::session: return Role::viewer;
    default: return Role::owner;
  }
}
}  // namespace

std::string_view to_text(Permission permission) {
  switch (permission) {
    case Permission::undeclared: return "undeclared";
    case Permission::open: return "public";
    case Permission::session: return "session";
    case Permission::metrics: return "metrics";
    case Permission::posts_read: return "posts.read";
    case Permission::posts_write: return "posts.write";
    case Permission::posts_approve: return "posts.approve";
    case Permission::media_read: return "media.read";
    case Permission::media_write: return "media.write";
    case Permission::accounts_read: return "accounts.read";
    case Permission::accounts_write: return "accounts.write";
    case Permission::notices_read: return "notices.read";
    case Permission::system_read: return "system.read";
    case Permission::system_manage: return "system.manage";
    case Permission::people_manage: return "people.manage";
    case Permission::keys_manage: return "keys.manage";
    case Permission::audit_read: return "audit.read";
  }
  return "undeclared";
}

std::span<const Permission> scopes() {
  return all_scopes;
}

std::optional<Permission> scope_from(std::string_view text) {
  const auto found =
      std::ranges::find_if(all_scopes, [&](Permission scope) { return to_text(scope) == text; });
  return found == all_scopes.end() ? std::nullopt : std::optional(*found);
}

bool allows(Role role, Permission permission) {
  return permission == Permission::open || std::to_underlying(role) >= std::to_underlying(needed(permission));
}

bool may(const store::Caller& caller, Permission permission) {
  const bool given =
      permission == Permission::posts_approve && caller.approves && caller.role == Role::editor;
  if (permission == Permission::undeclared || (!given && !allows(caller.role, permission))) return false;
  if (!caller.key) return true;
  if (permission == Permission::session) return false;
  const auto wanted =
      permission == Permission::metrics ? to_text(Permission::system_manage) : to_text(permission);
  return caller.scopes.empty() || std::ranges::find(caller.scopes, wanted) != caller.scopes.end();
}

}  // namespace carillon::api

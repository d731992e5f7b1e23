// What one may do, and who may: the closed list that the route table, roles and API keys speak. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "model/people.h"
#include "store/people.h"

namespace carillon::api {

enum class Permission : uint8_t {
  undeclared,  // a route with this does not compile
  open,        // anybody
  session,     // a signed-in person (not a key), about itself
  metrics,     // a key with system.manage, or a scraper on this machine
  posts_read,
  posts_write,
  posts_approve,  // owners, and editors who were given that right
  media_read,
  media_write,
  accounts_read,
  accounts_write,
  notices_read,
  system_read,
  system_manage,
  people_manage,
  keys_manage,
  audit_read,
};

std::string_view to_text(Permission permission);              // "posts.write"; the contract's x-permission
std::optional<Permission> scope_from(std::string_view text);  // those a key can have
std::span<const Permission> scopes();
bool allows(Role role, Permission permission);
// By role and, for a key, by its scopes: both must allow it.
bool may(const store::Caller& caller, Permission permission);

}  // namespace carillon::api

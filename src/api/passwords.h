// Passwords: argon2id on the hashing threads, the same time for known and unknown people, and a list of what
// everybody tries first. Waits on its own io_context.
#pragma once

#include <string>
#include <string_view>

#include "api/awaited.h"
#include "base/result.h"

namespace carillon::api {

struct Desk;

// Fault: unavailable when too many are waiting.
Awaitable<Result<std::string>> hash_password(Desk& desk, std::string password);
struct Verdict {
  bool right = false;
  bool outdated = false;  // made with weaker parameters: hash it again
};
// An empty hash stands for nobody: takes as long, and is never right.
Awaitable<Result<Verdict>> verify_password(Desk& desk, std::string hash, std::string password);

// Fault: invalid with the field "password". `own` are words that must not be it: e-mail, name, workspace.
Result<void> good_password(std::string_view password, std::initializer_list<std::string_view> own);
bool is_common_password(std::string_view password);

}  // namespace carillon::api

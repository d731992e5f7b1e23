#include "api/local_key.h"

#include <algorithm>

#include "api/tokens.h"
#include "run/local_key.h"
#include "store/people.h"
#include "store/records.h"

namespace carillon::api {
namespace {

constexpr std::string_view key_name = "command line on the server";

std::optional<User> first_owner(store::People& people) {
  for (const Workspace& workspace : people.workspaces()) {
    const auto users = people.users(workspace.id);
    const auto owner = std::ranges::find_if(
        users, [](const User& user) { return user.role == Role::owner && !user.disabled; });
    if (owner != users.end()) return *owner;
  }
  return std::nullopt;
}

ApiKey make(const User& owner, const std::string& key, Random& random, Instant now) {
  return {.id = ApiKeyId::make(now, random),
          .workspace = owner.workspace,
          .user = owner.id,
          .name = std::string(key_name),
          .prefix = key_prefix(key),
          .key_sha256 = hash_token(key),
          .created = now};
}

constexpr const char* made_last = "local_key";  // of the settings: its id

// A person removed it on the page of keys.
bool was_removed(store::Unit& unit) {
  const auto id = store::Settings(unit).get(made_last);
  if (!id) return false;
  store::People people(unit);
  return std::ranges::none_of(people.workspaces(), [&](const Workspace& workspace) {
    return std::ranges::any_of(people.keys(workspace.id),
                               [&](const ApiKey& key) { return key.id.text() == *id; });
  });
}

void add(store::Unit& unit, const ApiKey& key) {
  store::People(unit).add(key);
  store::Settings(unit).set(made_last, key.id.text());
  store::Audit(unit).add({.workspace = key.workspace,
                          .at = key.created,
                          .actor = "system",
                          .action = "key.made",
                          .subject = "key:" + key.id.text(),
                          .detail = key.name});
}

}  // namespace

Result<void> keep_local_key(store::Unit& unit, const run::Config& config, Random& random, Instant now) {
  store::People people(unit);
  auto kept = run::read_local_key(config);
  if (!kept) return refuse(kept.error());
  const bool works = *kept && people.caller_by_key(hash_token((*kept)->key.reveal()), now);
  run::LocalKey local{.server = run::local_address(config)};
  if (works) {
    if ((*kept)->server == local.server) return {};
    local.key = (*kept)->key;
    return run::write_local_key(config, local);
  }
  const auto owner = first_owner(people);
  if (!owner || (*kept && was_removed(unit))) return {};
  const std::string key = mint_key(random);
  add(unit, make(*owner, key, random, now));
  local.key = Secret(key);
  return run::write_local_key(config, local);
}

}  // namespace carillon::api

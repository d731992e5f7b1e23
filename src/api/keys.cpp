// API keys: made after typing the password once more, shown once, dead when removed.
#include "api/answers.h"
#include "api/awaited.h"
#include "api/handlers.h"
#include "api/passwords.h"
#include "api/tokens.h"
#include "api/words.h"
#include "store/people.h"

namespace carillon::api {

namespace {
struct KeyInput {
  std::string name, password;
  std::vector<std::string> scopes;
  std::optional<Instant> expires;
};

KeyInput read_key(Reader& in) {
  KeyInput input{.name = in.text("name", {1, 100}), .password = in.text("password", {1, 256})};
  input.scopes = in.maybe_texts("scopes", 20, {1, 40}).value_or(std::vector<std::string>{});
  for (const auto& scope : input.scopes) {
    if (scope_from(scope)) continue;
    in.refuse("unknown_scope", "There is no permission \"" + scope + "\".", "scopes",
              "See the permissions in /api/openapi.json.");
  }
  if (const auto text = in.maybe_text("expires", {1, 40})) {
    const auto at = parse_instant(*text);
    if (at)
      input.expires = *at;
    else
      in.refuse("not_a_time", at.error().text, "expires", "Give RFC 3339, 2026-11-20T09:30:00Z.");
  }
  return input;
}
}  // namespace

Answering list_keys(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return store::People(unit).keys(request.caller.workspace); };
  const auto keys = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().key("items").list();
  for (const ApiKey& key : keys) write(json, key);
  json.end_list().end();
  co_return json_answer(200, json.take());
}

Answering make_key(Request& request, Desk& desk) {
  auto input = read_body(request, read_key);
  if (!input) co_return refuse(std::move(input.error()));
  if (input->expires && *input->expires <= request.now) {
    co_return refuse(
        invalid("time_past", "This time is over.", "expires", "Choose a later one, or leave it out."));
  }
  auto look = [&](store::Unit& unit) {
    return store::People(unit).user(request.caller.workspace, request.caller.user);
  };
  const auto user = co_await seen(desk.store, std::move(look));
  auto verdict = co_await verify_password(desk, user ? user->password_hash : "", input->password);
  if (!verdict) co_return refuse(std::move(verdict.error()));
  if (!verdict->right) {
    co_return refuse(invalid("wrong_password", "This is not your password.", "password", "Type it again."));
  }
  const std::string token = mint_key(desk.random);
  const ApiKey key{.id = ApiKeyId::make(request.now, desk.random),
                   .workspace = request.caller.workspace,
                   .user = request.caller.user,
                   .name = input->name,
                   .prefix = key_prefix(token),
                   .key_sha256 = hash_token(token),
                   .scopes = input->scopes,
                   .created = request.now,
                   .expires = input->expires};
  auto work = [&](store::Unit& unit) -> Result<bool> {
    store::People(unit).add(key);
    audit(unit, request, "key.made", "key:" + key.id.text(), key.name);
    return true;
  };
  co_await written(desk.store, std::move(work));
  Json json;
  json.begin().field("key", token);
  write(json.key("item"), key);
  json.end();
  co_return json_answer(201, json.take());
}

Answering remove_key(Request& request, Desk& desk) {
  const auto id = request.id_in_path<ApiKeyId>("key");
  if (!id) co_return refuse(id.error());
  auto work = [&](store::Unit& unit) -> Result<bool> {
    store::People people(unit);
    const auto keys = people.keys(request.caller.workspace);
    if (std::ranges::find(keys, *id, &ApiKey::id) == keys.end()) return refuse(not_found("key"));
    people.remove_key(request.caller.workspace, *id);
    audit(unit, request, "key.removed", "key:" + id->text());
    return true;
  };
  auto done = co_await written(desk.store, std::move(work));
  if (!done) co_return refuse(std::move(done.error()));
  co_return nothing();
}

}  // namespace carillon::api

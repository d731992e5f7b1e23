#include "api/sessions.h"

#include <algorithm>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/handlers.h"
#include "api/passwords.h"
#include "api/tokens.h"
#include "api/words.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/journal.h"
#include "store/people.h"
#include "store/records.h"
#include "store/tasks.h"

namespace carillon::api {

std::string read_email(Reader& in, std::string_view name) {
  std::string email = lowered(trimmed(in.text(name, {1, 254})));
  const auto at = email.find('@');
  const bool odd = at == 0 || at == std::string::npos || at + 1 == email.size() ||
                   std::ranges::any_of(email, [](unsigned char c) { return c <= ' '; });
  if (odd && !in.failed()) {
    in.refuse("not_an_email", "\"" + shortened(email, 80) + "\" is not an e-mail address.", name,
              "Give one such as ana@example.com.");
  }
  return email;
}

std::string open_session(store::Unit& unit, Request& request, Desk& desk, const User& user) {
  const std::string token = mint_token(desk.random);
  const Session session{.id = SessionId::make(request.now, desk.random),
                        .workspace = user.workspace,
                        .user = user.id,
                        .token_sha256 = hash_token(token),
                        .agent = shortened(request.header("user-agent").value_or(""), 200),
                        .address = request.address,
                        .created = request.now,
                        .seen = request.now,
                        .expires = request.now + desk.settings.session_lasts};
  store::People(unit).open(session);
  request.caller = {.workspace = user.workspace,
                    .user = user.id,
                    .role = user.role,
                    .email = user.email,
                    .name = user.name,
                    .session = session.id,
                    .approves = user.approves};
  return token;
}

std::string describe_caller(store::Unit& unit, const Request& request, const Desk& desk) {
  const store::Caller& caller = request.caller;
  store::People people(unit);
  const auto user = people.user(caller.workspace, caller.user);
  const auto workspace = people.workspace(caller.workspace);
  const auto accounts = store::Accounts(unit).list(caller.workspace);
  const bool sandbox = std::ranges::any_of(
      accounts, [](const Account& account) { return account.sandbox && account.hold != Hold::disconnected; });
  Json json;
  json.begin();
  write(json.key("user"), user.value_or(User{}));
  write(json.key("workspace"), workspace.value_or(Workspace{}));
  json.key("permissions").list();
  for (const Permission scope : scopes()) {
    if (may(caller, scope)) json.value(to_text(scope));
  }
  json.end_list().field("by", caller.key ? "key" : "session");
  const bool approves = may(caller, Permission::posts_approve);
  json.field("asks_first", workspace && workspace->approval && !approves);
  json.field("unread", store::Notices(unit).unread({caller.workspace, caller.user, approves}));
  json.field("due_tasks", store::Tasks(unit).due(caller.workspace, request.now));
  json.field("held", store::Journal(unit).held())
      .field("sandbox", sandbox)
      .field("version", desk.settings.version);
  return json.end().take();
}

Answering get_session(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return describe_caller(unit, request, desk); };
  std::string me = co_await seen(desk.store, std::move(look));
  co_return json_answer(200, std::move(me));
}

Answering sign_out(Request& request, Desk& desk) {
  auto work = [&](store::Unit& unit) -> Result<bool> {
    store::People(unit).close(request.caller.workspace, *request.caller.session);
    audit(unit, request, "session.closed", request.actor());
    return true;
  };
  co_await written(desk.store, std::move(work));
  wire::Response response = nothing();
  response.headers.push_back(clear_cookie(desk.settings));
  response.headers.push_back({"Clear-Site-Data", "\"cache\", \"storage\""});
  co_return std::move(response);
}

Answering sign_out_others(Request& request, Desk& desk) {
  auto work = [&](store::Unit& unit) -> Result<bool> {
    store::People(unit).close_all(request.caller.workspace, request.caller.user, request.caller.session);
    audit(unit, request, "session.closed_others", request.actor());
    return true;
  };
  co_await written(desk.store, std::move(work));
  co_return nothing();
}

Answering list_sessions(Request& request, Desk& desk) {
  const auto& [workspace, user] = std::pair(request.caller.workspace, request.caller.user);
  auto look = [&](store::Unit& unit) { return store::People(unit).sessions(workspace, user); };
  const auto sessions = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().key("items").list();
  for (const Session& session : sessions) write(json, session, session.id == request.caller.session);
  json.end_list().end();
  co_return json_answer(200, json.take());
}

Answering end_session(Request& request, Desk& desk) {
  const auto id = request.id_in_path<SessionId>("session");
  if (!id) co_return refuse(id.error());
  auto work = [&](store::Unit& unit) -> Result<bool> {
    store::People people(unit);
    const auto mine = people.sessions(request.caller.workspace, request.caller.user);
    if (std::ranges::find(mine, *id, &Session::id) == mine.end()) return refuse(not_found("session"));
    people.close(request.caller.workspace, *id);
    return true;
  };
  auto done = co_await written(desk.store, std::move(work));
  if (!done) co_return refuse(std::move(done.error()));
  co_return nothing();
}

namespace {
struct Change {
  std::string current, password;
};

Fault not_current() {
  return invalid("wrong_password", "This is not your current password.", "current", "Type it again.");
}

Change read_change(Reader& in) {
  return {in.text("current", {1, 256}), in.text("password", {1, 256})};
}
}  // namespace

Answering change_password(Request& request, Desk& desk) {
  auto change = read_body(request, read_change);
  if (!change) co_return refuse(std::move(change.error()));
  auto look = [&](store::Unit& unit) {
    return store::People(unit).user(request.caller.workspace, request.caller.user);
  };
  const std::optional<User> user = co_await seen(desk.store, std::move(look));
  if (!user) co_return refuse(not_found("user"));
  auto verdict = co_await verify_password(desk, user->password_hash, change->current);
  if (!verdict) co_return refuse(std::move(verdict.error()));
  if (!verdict->right) co_return refuse(not_current());
  if (auto good = good_password(change->password, {user->email, user->name}); !good) {
    co_return refuse(std::move(good.error()));
  }
  auto hash = co_await hash_password(desk, change->password);
  if (!hash) co_return refuse(std::move(hash.error()));
  auto work = [&](store::Unit& unit) -> Result<bool> {
    store::People people(unit);
    if (!people.renew_password(*user, *hash)) return refuse(not_current());  // an owner was faster
    people.close_all(request.caller.workspace, request.caller.user, request.caller.session);
    audit(unit, request, "password.changed", request.actor());
    return true;
  };
  auto done = co_await written(desk.store, std::move(work));
  if (!done) co_return refuse(std::move(done.error()));
  co_return nothing();
}

}  // namespace carillon::api

// The workspace and its users. Owners only; the last owner stays one.
#include <utility>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/handlers.h"
#include "api/passwords.h"
#include "api/sessions.h"
#include "api/words.h"
#include "base/zones.h"
#include "model/mail.h"
#include "store/people.h"

namespace carillon::api {

namespace {
wire::Response answer(const auto& noun, int status = 200) {
  Json json;
  write(json, noun);
  return json_answer(status, json.take());
}

struct WorkspaceEdit {
  std::optional<std::string> name, zone;
  std::optional<bool> approval;
};

WorkspaceEdit read_workspace_edit(Reader& in) {
  WorkspaceEdit edit{in.maybe_text("name", {1, 100}), in.maybe_text("zone", {1, 64}),
                     in.maybe_flag("approval")};
  if (edit.zone && !is_zone(*edit.zone)) {
    in.refuse("unknown_zone", "There is no time zone \"" + *edit.zone + "\".", "zone",
              "Use an IANA name such as Europe/Berlin.");
  }
  return edit;
}

std::optional<Role> read_role(Reader& in) {
  const auto text = in.maybe_text("role", {1, 20});
  if (!text) return std::nullopt;
  const auto role = role_from(*text);
  if (!role)
    in.refuse("unknown_role", "There is no role \"" + *text + "\".", "role", "Use viewer, editor or owner.");
  return role;
}

struct UserInput {
  std::string email;
  std::optional<std::string> name, password;
  std::optional<Role> role;
  std::optional<bool> disabled, approves;
};

UserInput read_user(Reader& in) {
  UserInput input;
  input.email = read_email(in, "email");
  input.name = in.maybe_text("name", {0, 100});
  in.require("role");
  input.role = read_role(in);
  input.approves = in.maybe_flag("approves");
  input.password = in.text("password", {1, 256});
  return input;
}

UserInput read_user_edit(Reader& in) {
  UserInput input;
  input.name = in.maybe_text("name", {0, 100});
  input.role = read_role(in);
  input.disabled = in.maybe_flag("disabled");
  input.approves = in.maybe_flag("approves");
  input.password = in.maybe_text("password", {1, 256});
  return input;
}
}  // namespace

Answering get_workspace(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return store::People(unit).workspace(request.caller.workspace); };
  const auto workspace = co_await seen(desk.store, std::move(look));
  co_return answer(workspace.value_or(Workspace{}));
}

Answering edit_workspace(Request& request, Desk& desk) {
  auto edit = read_body(request, read_workspace_edit);
  if (!edit) co_return refuse(std::move(edit.error()));
  auto work = [&](store::Unit& unit) -> Result<Workspace> {
    store::People people(unit);
    auto workspace = people.workspace(request.caller.workspace);
    if (!workspace) return refuse(not_found("workspace"));
    workspace->name = edit->name.value_or(workspace->name);
    workspace->zone = edit->zone.value_or(workspace->zone);
    const bool approval = edit->approval.value_or(workspace->approval);
    const bool turned = approval != std::exchange(workspace->approval, approval);
    people.update(*workspace);
    audit(unit, request, "workspace.edited", "workspace:" + workspace->id.text(),
          turned ? (approval ? "posts need approval" : "posts need no approval") : "");
    return *workspace;
  };
  auto workspace = co_await written(desk.store, std::move(work));
  if (!workspace) co_return refuse(std::move(workspace.error()));
  co_return answer(*workspace);
}

Answering list_users(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return store::People(unit).users(request.caller.workspace); };
  const auto users = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().key("items").list();
  for (const User& user : users) write(json, user);
  json.end_list().end();
  co_return json_answer(200, json.take());
}

Answering get_user(Request& request, Desk& desk) {
  const auto id = request.id_in_path<UserId>("user");
  if (!id) co_return refuse(id.error());
  auto look = [&](store::Unit& unit) { return store::People(unit).user(request.caller.workspace, *id); };
  const auto user = co_await seen(desk.store, std::move(look));
  if (!user) co_return refuse(not_found("user"));
  co_return answer(*user);
}

Answering add_user(Request& request, Desk& desk) {
  auto input = read_body(request, read_user);
  if (!input) co_return refuse(std::move(input.error()));
  auto good = good_password(*input->password, {input->email, input->name.value_or("")});
  if (!good) co_return refuse(std::move(good.error()));
  auto key = key_of(request);
  if (!key) co_return refuse(std::move(key.error()));
  auto hash = co_await hash_password(desk, *input->password);
  if (!hash) co_return refuse(std::move(hash.error()));
  auto work = [&](store::Unit& unit) {
    return once(unit, request, *key, print_of(request), [&]() -> Result<Made> {
      store::People people(unit);
      if (people.user_by_email(input->email)) {
        return refuse({.kind = FaultKind::duplicate,
                       .code = "email_taken",
                       .text = "Somebody with this e-mail address is there already.",
                       .field = "email",
                       .remedy = "Use another address, or change the existing user."});
      }
      const User user{.id = UserId::make(request.now, desk.random),
                      .workspace = request.caller.workspace,
                      .email = input->email,
                      .name = input->name.value_or(""),
                      .password_hash = *hash,
                      .role = *input->role,
                      .created = request.now,
                      .approves = input->approves.value_or(false),
                      .mails = *input->role == Role::viewer ? uint8_t{0} : all_mail};
      people.add(user);
      audit(unit, request, "user.added", "user:" + user.id.text(), std::string(carillon::to_text(user.role)));
      return Made{201, answer(user).body};
    });
  };
  auto made = co_await written(desk.store, std::move(work));
  if (!made) co_return refuse(std::move(made.error()));
  co_return made_answer(std::move(*made));
}

namespace {
// What ends the user's sessions: a new password, being switched off, a lower role.
bool ends_sessions(const User& before, const UserInput& edit) {
  return edit.password || edit.disabled.value_or(false) || (edit.role && *edit.role < before.role);
}

// For the audit: the one thing that matters most of what was changed.
std::string gist(const User& before, const User& after, const UserInput& edit) {
  if (after.disabled != before.disabled) return after.disabled ? "disabled" : "enabled";
  if (after.role != before.role) return std::string(carillon::to_text(after.role));
  if (after.approves != before.approves) return after.approves ? "may approve" : "may not approve";
  return edit.password ? "password" : "name";
}

Result<User> change_user(store::Unit& unit, const Request& request, UserId id, const UserInput& edit,
                         const std::string& hash) {
  store::People people(unit);
  const auto before = people.user(request.caller.workspace, id);
  if (!before) return refuse(not_found("user"));
  User user = *before;
  user.name = edit.name.value_or(user.name);
  user.role = edit.role.value_or(user.role);
  user.disabled = edit.disabled.value_or(user.disabled);
  user.approves = edit.approves.value_or(user.approves);
  const bool was_owner = before->role == Role::owner && !before->disabled;
  const bool stays_owner = user.role == Role::owner && !user.disabled;
  if (was_owner && !stays_owner && people.owners(request.caller.workspace) <= 1) {
    return refuse(closed("last_owner", "This is the last owner of the workspace.",
                         "Make somebody else an owner first."));
  }
  people.update(user);
  if (!hash.empty()) people.set_password(user.workspace, id, hash);
  if (ends_sessions(*before, edit)) {
    const bool self = id == request.caller.user && !user.disabled;
    people.close_all(request.caller.workspace, id, self ? request.caller.session : std::nullopt);
  }
  audit(unit, request, "user.edited", "user:" + id.text(), gist(*before, user, edit));
  return user;
}
}  // namespace

Answering edit_user(Request& request, Desk& desk) {
  const auto id = request.id_in_path<UserId>("user");
  if (!id) co_return refuse(id.error());
  auto edit = read_body(request, read_user_edit);
  if (!edit) co_return refuse(std::move(edit.error()));
  std::string hash;
  if (edit->password) {
    if (auto good = good_password(*edit->password, {}); !good) co_return refuse(std::move(good.error()));
    auto made = co_await hash_password(desk, *edit->password);
    if (!made) co_return refuse(std::move(made.error()));
    hash = std::move(*made);
  }
  auto work = [&](store::Unit& unit) { return change_user(unit, request, *id, *edit, hash); };
  auto user = co_await written(desk.store, std::move(work));
  if (!user) co_return refuse(std::move(user.error()));
  co_return answer(*user);
}

}  // namespace carillon::api

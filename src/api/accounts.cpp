// Connected accounts: looking at them, renaming, switching off and on.
#include "api/accounts.h"

#include "api/answers.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/words.h"
#include "base/zones.h"
#include "store/accounts.h"
#include "store/journal.h"

namespace carillon::api {

Result<Account> find_account(store::Unit& unit, const Request& request, AccountId id) {
  auto account = store::Accounts(unit).find(request.caller.workspace, id);
  if (!account) return refuse(not_found("account"));
  return std::move(*account);
}

wire::Response account_answer(const Account& account, const Desk& desk, Instant now, int status) {
  Json json;
  write(json, account, desk.registry, now);
  return json_answer(status, json.take());
}

void tell(Desk& desk, const Account& account) {
  desk.dispatcher.account_changed(account);
  desk.events.publish(
      account.workspace,
      {.kind = "account", .id = account.id.text(), .state = std::string(carillon::to_text(account.hold))});
}

Answering list_accounts(Request& request, Desk& desk) {
  std::vector<LaneState> lanes;
  auto look = [&](store::Unit& unit) {
    lanes = store::Journal(unit).lanes(request.caller.workspace);
    return store::Accounts(unit).list(request.caller.workspace);
  };
  const auto accounts = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().key("items").list();
  for (const Account& account : accounts) {
    if (account.hold != Hold::disconnected) write(json, account, desk.registry, request.now, &lanes);
  }
  json.end_list().end();
  co_return json_answer(200, json.take());
}

Answering get_account(Request& request, Desk& desk) {
  const auto id = request.id_in_path<AccountId>("account");
  if (!id) co_return refuse(id.error());
  std::vector<LaneState> lanes;
  auto look = [&](store::Unit& unit) {
    lanes = store::Journal(unit).lanes(request.caller.workspace);
    return find_account(unit, request, *id);
  };
  const auto account = co_await seen(desk.store, std::move(look));
  if (!account) co_return refuse(account.error());
  Json json;
  write(json, *account, desk.registry, request.now, &lanes);
  co_return json_answer(200, json.take());
}

namespace {
struct AccountEdit {
  std::optional<std::string> name, zone;
};

AccountEdit read_account_edit(Reader& in) {
  AccountEdit edit{in.maybe_text("name", {1, 100}), in.maybe_text("zone", {0, 64})};
  if (edit.zone && !edit.zone->empty() && !is_zone(*edit.zone)) {
    in.refuse("unknown_zone", "There is no time zone \"" + *edit.zone + "\".", "zone",
              "Use an IANA name such as Europe/Berlin, or nothing for the workspace's.");
  }
  return edit;
}

// Changes an account in one transaction, answers with it as it is then.
template <class Change>  // Result<bool>(Accounts&, const Account&)
Answering change(Request& request, Desk& desk, std::string action, Change change_it) {
  const auto id = request.id_in_path<AccountId>("account");
  if (!id) co_return refuse(id.error());
  auto work = [&](store::Unit& unit) -> Result<Account> {
    auto before = find_account(unit, request, *id);
    if (!before) return before;
    store::Accounts accounts(unit);
    if (auto changed = change_it(accounts, *before); !changed) return refuse(std::move(changed.error()));
    audit(unit, request, action, "account:" + id->text(), before->name);
    return find_account(unit, request, *id);
  };
  auto account = co_await written(desk.store, std::move(work));
  if (!account) co_return refuse(std::move(account.error()));
  tell(desk, *account);
  co_return account_answer(*account, desk, request.now);
}
}  // namespace

Answering edit_account(Request& request, Desk& desk) {
  auto edit = read_body(request, read_account_edit);
  if (!edit) co_return refuse(std::move(edit.error()));
  auto describe = [&](store::Accounts& accounts, const Account& account) -> Result<bool> {
    accounts.describe(account.workspace, account.id, edit->name.value_or(account.name),
                      edit->zone.value_or(account.zone));
    return true;
  };
  Answer answer = co_await change(request, desk, "account.edited", std::move(describe));
  co_return std::move(answer);
}

Answering hold_account(Request& request, Desk& desk) {
  auto hold = [](store::Accounts& accounts, const Account& account) -> Result<bool> {
    if (account.hold == Hold::disconnected) {
      return refuse(closed("disconnected", "This account is disconnected.", "Connect it again."));
    }
    accounts.hold(account.workspace, account.id, Hold::disabled, "switched off by a person");
    return true;
  };
  Answer answer = co_await change(request, desk, "account.held", std::move(hold));
  co_return std::move(answer);
}

Answering release_account(Request& request, Desk& desk) {
  auto release = [](store::Accounts& accounts, const Account& account) -> Result<bool> {
    if (account.hold == Hold::disconnected || account.hold == Hold::reconnect) {
      return refuse(closed("must_reconnect", "This account has no working credential.", "Connect it again."));
    }
    accounts.hold(account.workspace, account.id, Hold::none, "");
    return true;
  };
  Answer answer = co_await change(request, desk, "account.released", std::move(release));
  co_return std::move(answer);
}

}  // namespace carillon::api

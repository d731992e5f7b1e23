// What is asked of an account's network by hand: refresh, test, disconnect.
#include "api/accounts.h"
#include "api/answers.h"
#include "api/apps.h"
#include "api/handlers.h"
#include "net/ask.h"
#include "run/credentials.h"
#include "store/accounts.h"

namespace carillon::api {

namespace {
struct Opened {
  Account account;
  run::Credential credential;
  const channels::Auth* auth = nullptr;
};

Result<Opened> open_account(store::Unit& unit, const Request& request, const Desk& desk, AccountId id) {
  auto account = find_account(unit, request, id);
  if (!account) return refuse(std::move(account.error()));
  const auto sealed = store::Accounts(unit).credential(account->workspace, id);
  const channels::Entry* entry = desk.registry.find(account->network);
  if (!entry || !sealed || sealed->empty()) {
    return refuse(closed("disconnected", "This account is disconnected.", "Connect it again."));
  }
  auto credential = run::open_credential(*sealed, *account, desk.keyring);
  if (!credential) {
    return refuse(closed("credential_damaged", "The stored credential does not open with this server's key.",
                         "Connect the account again."));
  }
  return Opened{std::move(*account), std::move(*credential), entry->auth};
}

channels::App app_of(const Opened& opened) {
  channels::App app{.network = opened.account.network, .api_base = opened.account.api_base};
  if (const auto id = opened.credential.find("client_id"); id != opened.credential.end()) {
    app.client_id = id->second.reveal();
  }
  return app;
}

Awaitable<Result<void>> refreshed(Desk& desk, WorkspaceId workspace, AccountId id) {
  Result<void> outcome;
  auto start = [&](auto resume) {
    desk.dispatcher.refresh(workspace, id, [&, resume = std::move(resume)](Result<void> result) mutable {
      outcome = std::move(result);
      resume();
    });
  };
  co_await awaited(std::move(start));
  co_return std::move(outcome);
}

// What the refresher says, as an answer of this API: its "unauthorized" is not the caller's.
Fault as_upstream(Fault fault) {
  if (fault.kind == FaultKind::unauthorized) {
    fault.kind = FaultKind::closed;
    if (fault.remedy.empty()) fault.remedy = "Connect the account again.";
  } else if (fault.kind == FaultKind::unavailable) {
    fault.code = "network_answer";
  }
  return fault;
}
}  // namespace

Answering refresh_account(Request& request, Desk& desk) {
  const auto id = request.id_in_path<AccountId>("account");
  if (!id) co_return refuse(id.error());
  auto look = [&](store::Unit& unit) { return find_account(unit, request, *id); };
  auto account = co_await seen(desk.store, std::move(look));
  if (!account) co_return refuse(std::move(account.error()));
  auto outcome = co_await refreshed(desk, request.caller.workspace, *id);
  if (!outcome) co_return refuse(as_upstream(std::move(outcome.error())));
  auto again = [&](store::Unit& unit) { return find_account(unit, request, *id); };
  account = co_await seen(desk.store, std::move(again));
  if (!account) co_return refuse(std::move(account.error()));
  tell(desk, *account);
  co_return account_answer(*account, desk, request.now);
}

namespace {
Result<std::string> read_outcome(const Opened& opened, const net::Outcome& outcome) {
  if (const auto* response = std::get_if<wire::Response>(&outcome)) {
    return opened.auth->read_test(opened.account, *response);
  }
  const auto* unsent = std::get_if<net::NotSent>(&outcome);
  const std::string why = unsent ? unsent->why : std::get<net::Lost>(outcome).why;
  return refuse({.kind = FaultKind::unavailable,
                 .code = "network_unreachable",
                 .text = "The network cannot be reached: " + why + "."});
}
}  // namespace

Answering test_account(Request& request, Desk& desk) {
  const auto id = request.id_in_path<AccountId>("account");
  if (!id) co_return refuse(id.error());
  auto look = [&](store::Unit& unit) { return open_account(unit, request, desk, *id); };
  auto opened = co_await seen(desk.store, std::move(look));
  if (!opened) co_return refuse(std::move(opened.error()));
  wire::Request question = opened->auth->test(opened->account);
  net::Client& client = client_for(opened->account.sandbox, desk);
  const net::Outcome outcome = co_await net::ask(client, std::move(question), std::move(opened->credential));
  const auto said = read_outcome(*opened, outcome);
  auto work = [&](store::Unit& unit) -> Result<Account> {
    if (said) store::Accounts(unit).checked(request.caller.workspace, *id, request.now);
    return find_account(unit, request, *id);
  };
  auto account = co_await written(desk.store, std::move(work));
  if (!account) co_return refuse(std::move(account.error()));
  Json json;
  json.begin().field("ok", said.has_value());
  json.field(
      "text",
      said ? *said : said.error().text + (said.error().remedy.empty() ? "" : " " + said.error().remedy));
  json.key("account").raw(account_answer(*account, desk, request.now).body).end();
  co_return json_answer(200, json.take());
}

namespace {
// What the first transaction left waiting. After a crash in between the engine cancels it one by one.
Awaitable<Result<int64_t>> cancel_rest(Desk& desk, WorkspaceId workspace, AccountId id, Instant now) {
  for (int64_t canceled = 0;;) {
    auto work = [&](store::Unit& unit) -> Result<int64_t> {
      return store::Accounts(unit).cancel_some(workspace, id, now);
    };
    auto some = co_await written(desk.store, std::move(work));
    if (!some) co_return some;
    if (*some == 0) co_return canceled;
    canceled += *some;
  }
}
}  // namespace

Answering disconnect_account(Request& request, Desk& desk) {
  const auto id = request.id_in_path<AccountId>("account");
  if (!id) co_return refuse(id.error());
  std::optional<Opened> opened;  // none: there is no credential to revoke
  int64_t canceled = 0;
  auto work = [&](store::Unit& unit) -> Result<Account> {
    auto account = find_account(unit, request, *id);
    if (!account) return account;
    if (auto found = open_account(unit, request, desk, *id)) opened = std::move(*found);
    canceled = store::Accounts(unit).disconnect(account->workspace, *id, request.now);
    audit(unit, request, "account.disconnected", "account:" + id->text(), account->name);
    return find_account(unit, request, *id);
  };
  auto account = co_await written(desk.store, std::move(work));
  if (!account) co_return refuse(std::move(account.error()));
  tell(desk, *account);
  auto rest = co_await cancel_rest(desk, account->workspace, *id, request.now);
  if (!rest) co_return refuse(std::move(rest.error()));
  canceled += *rest;
  bool revoked = false;
  if (auto farewell = opened ? opened->auth->revoke(app_of(*opened), opened->account) : std::nullopt) {
    farewell->timeout = std::chrono::seconds(10);
    net::Client& client = client_for(account->sandbox, desk);
    const net::Outcome outcome =
        co_await net::ask(client, std::move(*farewell), std::move(opened->credential));
    const auto* response = std::get_if<wire::Response>(&outcome);
    revoked = response && response->status < 300;
  }
  Json json;
  json.begin().field("canceled", canceled).field("revoked", revoked).end();
  co_return json_answer(200, json.take());
}

}  // namespace carillon::api

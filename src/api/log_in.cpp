// The conversation with a network that ends in tokens and identities, and how they become accounts.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "api/accounts.h"
#include "api/answers.h"
#include "api/connect.h"
#include "net/ask.h"
#include "run/credentials.h"
#include "store/accounts.h"

namespace carillon::api {

Awaitable<Result<wire::Response>> asked_of(net::Client& client, wire::Request request,
                                           channels::Credential secrets) {
  net::Outcome outcome = co_await net::ask(client, std::move(request), std::move(secrets));
  if (auto* response = std::get_if<wire::Response>(&outcome)) co_return std::move(*response);
  const auto* unsent = std::get_if<net::NotSent>(&outcome);
  const std::string why = unsent ? unsent->why : std::get<net::Lost>(outcome).why;
  co_return refuse({.kind = FaultKind::unavailable,
                    .code = "network_unreachable",
                    .text = "The network cannot be reached: " + why + ".",
                    .remedy = "Try again; check the server's way to the internet."});
}

Fault upstream(Fault fault) {
  if (fault.kind == FaultKind::unauthorized || fault.kind == FaultKind::gone) fault.kind = FaultKind::invalid;
  if (fault.kind == FaultKind::unavailable || fault.kind == FaultKind::throttled)
    fault.code = "network_answer";
  return fault;
}

namespace {
void merge(channels::Credential& into, channels::Credential from) {
  for (auto& [name, secret] : from) into[name] = std::move(secret);
}

// One step: asks, reads with `read`; what it gives is merged into the login.
Awaitable<Result<channels::Tokens>> tokens(net::Client& client, wire::Request request,
                                           const channels::Auth& auth, Begun& begun) {
  auto said = co_await asked_of(client, std::move(request), begun.secrets);
  if (!said) co_return refuse(std::move(said.error()));
  auto fresh = auth.read_tokens(*said);
  if (!fresh) co_return refuse(upstream(std::move(fresh.error())));
  merge(begun.secrets, fresh->secrets);
  co_return std::move(fresh);
}

Awaitable<Result<void>> exchange(net::Client& client, const channels::Auth& auth, Ended& ended, Instant now) {
  Begun& begun = ended.begun;
  auto fresh = co_await tokens(client, auth.exchange(begun.app, begun.redirect_uri), auth, begun);
  if (!fresh) co_return refuse(std::move(fresh.error()));
  begun.secrets.erase("code");
  begun.secrets.erase("verifier");
  ended.scopes = fresh->scopes;
  if (auto longer = auth.lengthen(begun.app)) {
    fresh = co_await tokens(client, std::move(*longer), auth, begun);
    if (!fresh) co_return refuse(std::move(fresh.error()));
    if (!fresh->scopes.empty()) ended.scopes = fresh->scopes;
  }
  if (fresh->lives) ended.expires = now + *fresh->lives;
  co_return Result<void>{};
}

Awaitable<Result<void>> find_identities(net::Client& client, const channels::Auth& auth, Ended& ended) {
  const Begun& begun = ended.begun;
  auto said = co_await asked_of(client, auth.identities(begun.app), begun.secrets);
  if (!said) co_return refuse(std::move(said.error()));
  auto identities = auth.read_identities(begun.app, *said);
  if (!identities) co_return refuse(upstream(std::move(identities.error())));
  if (identities->empty()) {
    co_return refuse(invalid("no_identity", "This login can speak for nobody there.", "",
                             "Sign in there as somebody who manages a page, and allow access to it."));
  }
  ended.identities = std::move(*identities);
  constexpr int most_questions = 300;  // a list of pages, and a name for each of some
  for (int i = 0; i < most_questions; ++i) {
    auto question = auth.further(begun.app, ended.identities);
    if (!question) break;
    auto more = co_await asked_of(client, std::move(*question), begun.secrets);
    if (!more) co_return refuse(std::move(more.error()));
    auth.read_further(begun.app, *more, ended.identities);
  }
  if (auto question = auth.about(begun.app)) {
    auto about = co_await asked_of(client, std::move(*question), begun.secrets);
    if (about) ended.about = auth.read_about(*about);
  }
  co_return Result<void>{};
}
}  // namespace

Awaitable<Ended> log_in(Desk& desk, const channels::Entry& entry, Begun begun, Instant now) {
  Ended ended{.network = begun.network, .sandbox = begun.sandbox, .begun = std::move(begun)};
  net::Client& client = client_for(ended.sandbox, desk);
  auto done = co_await exchange(client, *entry.auth, ended, now);
  if (done) done = co_await find_identities(client, *entry.auth, ended);
  if (!done) ended.fault = std::move(done.error());
  co_return std::move(ended);
}

namespace {
Awaitable<Result<void>> freshen(net::Client& client, const channels::Auth& auth, Ended& ended, Instant now) {
  Begun& begun = ended.begun;
  const Account nobody_yet{
      .network = ended.network, .api_base = begun.app.api_base, .sandbox = ended.sandbox};
  auto ask = auth.refresh(begun.app, nobody_yet);
  if (!ask || !begun.secrets.contains("refresh")) co_return Result<void>{};
  auto said = co_await asked_of(client, std::move(*ask), begun.secrets);
  if (!said) co_return refuse(std::move(said.error()));
  auto fresh = auth.read_refresh(*said);
  if (!fresh) co_return Result<void>{};  // too young to be refreshed, on some networks: used as it is
  merge(begun.secrets, std::move(fresh->secrets));
  ended.scopes = fresh->scopes;
  if (fresh->lives) ended.expires = now + *fresh->lives;
  co_return Result<void>{};
}
}  // namespace

Awaitable<Ended> recognize(Desk& desk, const channels::Entry& entry, Begun begun, Instant now) {
  Ended ended{.network = begun.network, .sandbox = begun.sandbox, .begun = std::move(begun)};
  net::Client& client = client_for(ended.sandbox, desk);
  auto done = co_await freshen(client, *entry.auth, ended, now);
  if (done) done = co_await find_identities(client, *entry.auth, ended);
  if (!done) ended.fault = std::move(done.error());
  co_return std::move(ended);
}

namespace {
Account account_of(const Ended& ended, const channels::Identity& who, const Request& request, Desk& desk) {
  Account account{.id = AccountId::make(request.now, desk.random),
                  .workspace = request.caller.workspace,
                  .network = ended.network,
                  .external_id = who.external_id,
                  .name = who.name,
                  .handle = who.handle,
                  .avatar_url = who.avatar_url,
                  .api_base = ended.begun.app.api_base,
                  .sandbox = ended.sandbox,
                  .scopes = ended.scopes,
                  .expires = ended.expires,
                  .facts = who.facts,
                  .connected = request.now,
                  .checked = request.now};
  for (const auto& [name, value] : ended.about) account.facts[name] = value;
  if (!who.missing.empty()) {
    account.hold = Hold::permission;
    account.hold_text = fmt::format("it lacks {}", fmt::join(who.missing, ", "));
  }
  return account;
}
}  // namespace

Result<std::vector<Account>> store_identities(store::Unit& unit, const Request& request, Desk& desk,
                                              const Ended& ended,
                                              const std::vector<std::string>& external_ids) {
  std::vector<Account> connected;
  for (const std::string& id : external_ids) {
    const auto who = std::ranges::find(ended.identities, id, &channels::Identity::external_id);
    if (who == ended.identities.end()) {
      return refuse(invalid("unknown_identity", "\"" + id + "\" was not offered.", "identities",
                            "Choose among those that were listed."));
    }
    Account account = account_of(ended, *who, request, desk);
    channels::Credential secrets = ended.begun.secrets;
    merge(secrets, who->secrets);
    secrets["client_id"] = Secret(ended.begun.app.client_id);
    account.refreshable = secrets.contains("refresh");
    const std::string sealed = run::seal_credential(secrets, account, desk.keyring, desk.random);
    store::Accounts accounts(unit);
    account.id = accounts.connect(account, sealed);
    audit(unit, request, "account.connected", "account:" + account.id.text(),
          account.network + " " + account.name);
    connected.push_back(accounts.find(account.workspace, account.id).value_or(account));
  }
  return connected;
}

}  // namespace carillon::api

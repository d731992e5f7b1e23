// Connecting an account: the consent page and back, or a token. Ends in an account, a choice, or a reason.
#include "api/connect.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/accounts.h"
#include "api/answers.h"
#include "api/entry.h"
#include "api/handlers.h"
#include "api/tokens.h"
#include "base/digest.h"
#include "net/ask.h"

namespace carillon::api {

namespace {
struct ConnectInput {
  std::string network, base, token, chat;
  bool sandbox = false;
};

ConnectInput read_connect(Reader& in) {
  ConnectInput input;
  input.network = in.text("network", {1, 40});
  input.sandbox = in.maybe_flag("sandbox").value_or(false);
  input.base = in.maybe_text("base", {0, 200}).value_or("");
  input.token = in.maybe_text("token", {0, 400}).value_or("");
  input.chat = in.maybe_text("chat", {0, 200}).value_or("");
  return input;
}

wire::Response started(const std::string& url) {
  Json json;
  json.begin().field("url", url).field("account", nullptr).end();
  return json_answer(200, json.take());
}

// OAuth: registers an application where that is how it works, and gives the address of the consent page.
Answering begin_consent(Request& request, Desk& desk, const channels::Entry& entry, Begun begun,
                        bool registers) {
  if (registers) {
    auto ask = entry.auth->register_app(begun.app.api_base, begun.redirect_uri);
    auto said = co_await asked_of(client_for(begun.sandbox, desk), std::move(*ask), {});
    if (!said) co_return refuse(std::move(said.error()));
    auto registered = entry.auth->read_app(begun.app.api_base, *said);
    if (!registered) co_return refuse(upstream(std::move(registered.error())));
    begun.app.client_id = registered->first.client_id;
    for (auto& [name, secret] : registered->second) begun.secrets[name] = std::move(secret);
  }
  const std::string state = mint_token(desk.random);
  channels::Consent consent{state, "", begun.redirect_uri};
  if (entry.auth->uses_pkce()) {
    const std::string verifier = mint_token(desk.random);
    const Sha256 digest = sha256(verifier);
    consent.challenge =
        to_base64url(std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
    begun.secrets["verifier"] = Secret(verifier);
  }
  auto work = [&](store::Unit& unit) -> Result<bool> {
    store::Consents(unit).add(seal(begun, request, state, desk));
    return true;
  };
  co_await written(desk.store, std::move(work));
  co_return started(entry.auth->consent_url(begun.app, consent));
}

// A token that a person typed: one identity, connected at once.
Answering connect_by_token(Request& request, Desk& desk, const channels::Entry& entry, Begun begun,
                           const ConnectInput& input) {
  if (input.token.empty())
    co_return refuse(invalid("missing_member", "The token is missing.", "token", "Paste it."));
  if (input.chat.empty()) {
    co_return refuse(
        invalid("missing_member", "The channel is missing.", "chat", "Name it, @name or its number."));
  }
  begun.secrets = {{"access", Secret(input.token)}};
  begun.app.client_id = input.chat;
  Ended ended = co_await log_in(desk, entry, std::move(begun), request.now);
  if (ended.fault) co_return refuse(std::move(*ended.fault));
  std::vector<std::string> only{ended.identities.front().external_id};
  auto work = [&](store::Unit& unit) { return store_identities(unit, request, desk, ended, only); };
  auto accounts = co_await written(desk.store, std::move(work));
  if (!accounts) co_return refuse(std::move(accounts.error()));
  tell(desk, accounts->front());
  Json json;
  json.begin().field("url", nullptr).key("account");
  json.raw(account_answer(accounts->front(), desk, request.now).body).end();
  co_return json_answer(201, json.take());
}
}  // namespace

Answering connect_account(Request& request, Desk& desk) {
  auto input = read_body(request, read_connect);
  if (!input) co_return refuse(std::move(input.error()));
  const channels::Entry* entry = desk.registry.find(input->network);
  if (!entry) {
    co_return refuse(invalid("unknown_network", "There is no network of this name.", "network",
                             "Choose one of GET /api/v1/networks."));
  }
  // A practice account is one click: the sandbox's own bot and channel (sandbox/README.md).
  if (input->sandbox && input->token.empty() && input->chat.empty()) {
    input->token = "100200300:sandbox-bot-token";
    input->chat = "@carillon_sandbox";
  }
  auto choice = choose_app(*entry, input->sandbox, input->base, desk);
  if (!choice) co_return refuse(std::move(choice.error()));
  Begun begun{input->network, input->sandbox, std::move(choice->app), std::move(choice->secrets),
              redirect_uri(request, desk.settings)};
  const bool by_token = entry->channel->traits().connect_by == channels::ConnectBy::token;
  if (!by_token && !request.caller.session) {
    co_return refuse(closed("needs_browser", "This network asks a person in a browser, who must be signed in here.",
                            "Connect it on the page."));
  }
  Answer answer = by_token
                      ? co_await connect_by_token(request, desk, *entry, std::move(begun), *input)
                      : co_await begin_consent(request, desk, *entry, std::move(begun), choice->registers);
  co_return std::move(answer);
}

namespace {
// Who comes back: only the session that began may finish.
Awaitable<Result<Begun>> come_back(Request& request, Desk& desk, std::string state) {
  auto work = [&](store::Unit& unit) -> Result<Begun> {
    auto caller =
        admit(unit, {request.presented, Permission::accounts_write, request.now, desk.settings.session_idle});
    if (!caller) return refuse(std::move(caller.error()));
    request.caller = std::move(*caller);
    return take_begun(unit, request, state, desk);
  };
  auto begun = co_await written(desk.store, std::move(work));
  co_return std::move(begun);
}

wire::Response to_page(const std::string& ticket) {
  return {303, {{"Location", "/accounts?connect=" + ticket}}, ""};
}

Fault denied(const Request& request) {
  const auto said =
      wire::field(request.query, "error_description").value_or(*wire::field(request.query, "error"));
  return {.kind = FaultKind::forbidden,
          .code = "denied",
          .text = "The network did not give access: " + said.substr(0, 300) + ".",
          .remedy = "Connect again and allow what is asked."};
}

Ended failure(const Begun& begun, Fault fault) {
  Ended ended{.network = begun.network, .sandbox = begun.sandbox};
  ended.fault = std::move(fault);
  return ended;
}
}  // namespace

Answering oauth_callback(Request& request, Desk& desk) {
  const std::string state = wire::field(request.query, "state").value_or("");
  auto begun = co_await come_back(request, desk, state);
  if (!begun) co_return to_page("expired");
  const channels::Entry* entry = desk.registry.find(begun->network);
  const auto code = wire::field(request.query, "code");
  Ended ended;
  if (wire::field(request.query, "error")) {
    ended = failure(*begun, denied(request));
  } else if (!entry || !code || code->empty()) {
    ended = failure(*begun, invalid("no_code", "The network sent no code.", "", "Connect again."));
  } else {
    begun->secrets["code"] = Secret(*code);
    ended = co_await log_in(desk, *entry, std::move(*begun), request.now);
  }
  const std::string ticket = mint_token(desk.random);
  std::optional<Account> connected;
  auto work = [&](store::Unit& unit) -> Result<bool> {
    Ended kept = ended;
    if (!ended.fault && ended.identities.size() == 1) {
      auto accounts = store_identities(unit, request, desk, ended, {ended.identities.front().external_id});
      if (!accounts) return refuse(std::move(accounts.error()));
      connected = accounts->front();
      kept = Ended{.network = ended.network, .sandbox = ended.sandbox, .account = connected->id};
    }
    store::Consents(unit).add(seal(kept, request, ticket, desk));
    return true;
  };
  auto done = co_await written(desk.store, std::move(work));
  if (!done) co_return refuse(std::move(done.error()));
  if (connected) tell(desk, *connected);
  co_return to_page(ticket);
}

}  // namespace carillon::api

// Connecting an account: the consent page and back, or a token. Ends in an account, a choice, or a reason.
#include "api/connect.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <map>

#include "api/accounts.h"
#include "api/answers.h"
#include "api/entry.h"
#include "api/handlers.h"
#include "api/sandbox_door.h"
#include "api/tokens.h"
#include "base/digest.h"
#include "base/text.h"
#include "net/ask.h"

namespace carillon::api {

namespace {
struct ConnectInput {
  std::string network, base;
  bool sandbox = false;
  std::map<std::string, std::string> typed;  // the fields of networks that connect by token
};

// Whatever the network: names of fields are its own. An empty one is as if it were not there.
void read_fields(Reader& fields, const channels::Traits& traits, ConnectInput& input) {
  for (const channels::ConnectField& field : traits.connect_fields) {
    const std::string text(trimmed(fields.maybe_text(field.name, {0, 1000}).value_or("")));
    if (!text.empty()) input.typed[field.name] = text;
  }
}

ConnectInput read_connect(Reader& in, const channels::Registry& registry) {
  ConnectInput input;
  input.network = in.text("network", {1, 40});
  input.sandbox = in.maybe_flag("sandbox").value_or(false);
  input.base = in.maybe_text("base", {0, 200}).value_or("");
  const channels::Entry* entry = registry.find(input.network);
  in.object("fields", [&](Reader& fields) {
    if (entry) read_fields(fields, entry->channel->traits(), input);
  });
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

// A practice account is one click: the sandbox knows what its first identity would type (sandbox/README.md).
Awaitable<Result<std::map<std::string, std::string>>> typed_in_sandbox(Desk& desk,
                                                                       const channels::Entry& entry) {
  const channels::Traits& traits = entry.channel->traits();
  const boost::json::object wish{{"network", traits.network}, {"person", 0}};
  auto said = co_await ask_sandbox(desk, "POST", "connect", wish);
  if (!said) co_return refuse(std::move(said.error()));
  std::map<std::string, std::string> typed;
  for (const channels::ConnectField& field : traits.connect_fields) {
    boost::system::error_code none;
    const auto* value = said->find_pointer("/credential/" + field.name, none);
    if (value && value->is_string()) typed[field.name] = std::string(value->get_string());
  }
  co_return std::move(typed);
}

// What a person typed: one identity, connected at once.
Answering connect_by_token(Request& request, Desk& desk, const channels::Entry& entry, Begun begun,
                           const ConnectInput& input) {
  for (const channels::ConnectField& field : entry.channel->traits().connect_fields) {
    if (field.optional || input.typed.contains(field.name)) continue;
    co_return refuse(invalid("missing_member", "“" + field.label + "” is missing.", "fields." + field.name,
                             field.help.empty() ? "Fill it in." : field.help));
  }
  auto login = entry.auth->read_typed(input.typed);
  if (!login) co_return refuse(std::move(login.error()));
  begun.secrets = std::move(login->secrets);
  begun.app.client_id = std::move(login->client_id);
  if (!login->api_base.empty() && !begun.sandbox) begun.app.api_base = std::move(login->api_base);
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
  auto input = read_body(request, [&](Reader& in) { return read_connect(in, desk.registry); });
  if (!input) co_return refuse(std::move(input.error()));
  const channels::Entry* entry = desk.registry.find(input->network);
  if (!entry) {
    co_return refuse(invalid("unknown_network", "There is no network of this name.", "network",
                             "Choose one of GET /api/v1/networks."));
  }
  const bool by_token = entry->channel->traits().connect_by == channels::ConnectBy::token;
  if (by_token && input->sandbox && input->typed.empty()) {
    auto typed = co_await typed_in_sandbox(desk, *entry);
    if (!typed) co_return refuse(std::move(typed.error()));
    input->typed = std::move(*typed);
  }
  auto choice = choose_app(*entry, input->sandbox, input->base, desk);
  if (!choice) co_return refuse(std::move(choice.error()));
  Begun begun{input->network, input->sandbox, std::move(choice->app), std::move(choice->secrets),
              redirect_uri(request, desk.settings)};
  if (!by_token && !request.caller.session) {
    co_return refuse(closed("needs_browser",
                            "This network asks a person in a browser, who must be signed in here.",
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

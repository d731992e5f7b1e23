// How a connection ended, and choosing among the identities that a login can speak for.
#include "api/accounts.h"
#include "api/answers.h"
#include "api/connect.h"
#include "api/handlers.h"

namespace carillon::api {

namespace {
// Looking does not use it up: it is taken and put back in one transaction.
Result<Ended> look_at(store::Unit& unit, const Request& request, const Desk& desk,
                      const std::string& ticket) {
  auto ended = take_ended(unit, request, ticket, desk);
  if (ended) store::Consents(unit).add(seal(*ended, request, ticket, desk));
  return ended;
}

std::string_view outcome_of(const Ended& ended) {
  if (ended.fault) return "failed";
  return ended.account ? "connected" : "choose";
}

struct Choice {
  std::string ticket;
  std::vector<std::string> identities;
};

Choice read_choice(Reader& in) {
  Choice choice{in.text("ticket", {1, 200}), {}};
  in.require("identities");
  choice.identities = in.maybe_texts("identities", 50, {1, 200}).value_or(std::vector<std::string>{});
  if (choice.identities.empty())
    in.refuse("too_few", "Nothing is chosen.", "identities", "Choose at least one.");
  return choice;
}
}  // namespace

Answering get_connect(Request& request, Desk& desk) {
  const std::string ticket(request.captured[0]);
  std::optional<Account> account;
  auto work = [&](store::Unit& unit) -> Result<Ended> {
    auto ended = look_at(unit, request, desk, ticket);
    if (ended && ended->account) {
      if (auto found = find_account(unit, request, *ended->account)) account = std::move(*found);
    }
    return ended;
  };
  auto ended = co_await written(desk.store, std::move(work));
  if (!ended) co_return refuse(std::move(ended.error()));
  Json json;
  json.begin()
      .field("network", ended->network)
      .field("sandbox", ended->sandbox)
      .field("outcome", outcome_of(*ended));
  json.key("account").raw(account ? account_answer(*account, desk, request.now).body : "null");
  json.key("identities").list();
  for (const auto& who : ended->identities) {
    json.begin().field("external_id", who.external_id).field("name", who.name).field("handle", who.handle);
    json.field("avatar_url", who.avatar_url).texts("missing", who.missing).end();
  }
  json.end_list().key("problem");
  if (ended->fault) {
    json.begin().field("code", ended->fault->code).field("field", "").field("detail", ended->fault->text);
    json.field("remedy", ended->fault->remedy).end();
  } else {
    json.value(nullptr);
  }
  json.end();
  co_return json_answer(200, json.take());
}

Answering choose_identities(Request& request, Desk& desk) {
  auto choice = read_body(request, read_choice);
  if (!choice) co_return refuse(std::move(choice.error()));
  auto work = [&](store::Unit& unit) -> Result<std::vector<Account>> {
    auto ended = take_ended(unit, request, choice->ticket, desk);
    if (!ended) return refuse(std::move(ended.error()));
    return store_identities(unit, request, desk, *ended, choice->identities);
  };
  auto accounts = co_await written(desk.store, std::move(work));
  if (!accounts) co_return refuse(std::move(accounts.error()));
  Json json;
  json.begin().key("items").list();
  for (const Account& account : *accounts) {
    tell(desk, account);
    json.raw(account_answer(account, desk, request.now).body);
  }
  json.end_list().end();
  co_return json_answer(201, json.take());
}

}  // namespace carillon::api

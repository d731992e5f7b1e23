// Practice accounts: one of each network that the sandbox simulates, connected in one go and kept exactly
// like any other, labelled as what they are. A network that has one already keeps it; one that fails stops
// nobody.
#include <boost/json/object.hpp>

#include <algorithm>

#include "api/accounts.h"
#include "api/answers.h"
#include "api/connect.h"
#include "api/handlers.h"
#include "api/sandbox_door.h"
#include "api/words.h"
#include "store/accounts.h"

namespace carillon::api {

namespace {
namespace json = boost::json;

std::string text_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

// The identity that the sandbox made, as a login under way.
struct Newcomer {
  std::string external_id;
  Begun begun;
};

Result<Newcomer> read_person(const json::value& said, const channels::Entry& entry, const Desk& desk) {
  const json::object* person = said.if_object();
  const json::value* credential = person ? person->if_contains("credential") : nullptr;
  if (!credential || !credential->is_object())
    return refuse(closed("sandbox_refused", "The sandbox gave nobody.", "Look at the sandbox's own page."));
  const auto& traits = entry.channel->traits();
  auto choice = choose_app(entry, true, "", desk);
  if (!choice) return refuse(std::move(choice.error()));
  Newcomer made{text_in(*person, "external_id"),
                {.network = traits.network,
                 .sandbox = true,
                 .app = std::move(choice->app),
                 .secrets = std::move(choice->secrets)}};
  for (const auto& [name, value] : credential->get_object())
    if (value.is_string()) made.begun.secrets[name] = Secret(std::string(value.get_string()));
  const std::string client = text_in(credential->get_object(), "client_id");
  if (traits.connect_by == channels::ConnectBy::token) made.begun.app.client_id = made.external_id;
  if (!client.empty()) made.begun.app.client_id = client;
  // Whose login it is, where identities have credentials of their own: the login is what asks for them.
  if (const auto user = made.begun.secrets.find("user"); user != made.begun.secrets.end()) {
    made.begun.secrets["access"] = user->second;
    made.begun.secrets.erase("user");
  }
  return made;
}

bool has_practice(std::span<const Account> accounts, std::string_view network) {
  return std::ranges::any_of(accounts, [&](const Account& account) {
    return account.sandbox && account.network == network && account.hold != Hold::disconnected;
  });
}

// Asks the sandbox for somebody and the network who that is; connects unless somebody else was quicker.
Awaitable<Result<std::vector<Account>>> connect_one(Request& request, Desk& desk,
                                                    const channels::Entry& entry) {
  const std::string network = entry.channel->traits().network;
  auto said = co_await ask_sandbox(desk, "POST", "connect", json::object{{"network", network}});
  if (!said) co_return refuse(std::move(said.error()));
  auto made = read_person(*said, entry, desk);
  if (!made) co_return refuse(std::move(made.error()));
  const bool by_token = entry.channel->traits().connect_by == channels::ConnectBy::token;
  Ended ended = by_token ? co_await log_in(desk, entry, std::move(made->begun), request.now)
                         : co_await recognize(desk, entry, std::move(made->begun), request.now);
  if (ended.fault) co_return refuse(std::move(*ended.fault));
  const auto same = std::ranges::find(ended.identities, made->external_id, &channels::Identity::external_id);
  const std::string who =
      same == ended.identities.end() ? ended.identities.front().external_id : same->external_id;
  auto work = [&](store::Unit& unit) -> Result<std::vector<Account>> {
    if (has_practice(store::Accounts(unit).list(request.caller.workspace), network))
      return std::vector<Account>{};
    return store_identities(unit, request, desk, ended, {who});
  };
  auto accounts = co_await written(desk.store, std::move(work));
  co_return std::move(accounts);
}

struct Skipped {
  const channels::Entry* entry;
  Fault why;
};

wire::Response render(const std::vector<Account>& connected, const std::vector<Skipped>& skipped,
                      const Desk& desk, Instant now) {
  Json out;
  out.begin().key("items").list();
  for (const Account& account : connected) write(out, account, desk.registry, now);
  out.end_list().key("skipped").list();
  for (const Skipped& one : skipped) {
    const auto& traits = one.entry->channel->traits();
    out.begin().field("network", traits.network).field("label", traits.label).field("code", one.why.code);
    out.field("detail", one.why.text).field("remedy", one.why.remedy).end();
  }
  out.end_list().end();
  return json_answer(201, out.take());
}
}  // namespace

Answering connect_practice(Request& request, Desk& desk) {
  auto networks = co_await practice_networks(desk);
  if (!networks) co_return refuse(std::move(networks.error()));
  auto look = [&](store::Unit& unit) { return store::Accounts(unit).list(request.caller.workspace); };
  const auto before = co_await seen(desk.store, std::move(look));
  std::vector<Account> connected;
  std::vector<Skipped> skipped;
  for (const channels::Entry* entry : *networks) {
    const auto& traits = entry->channel->traits();
    if (has_practice(before, traits.network)) {
      skipped.push_back({entry, closed("already", traits.label + " has a practice account already.", "")});
      continue;
    }
    auto accounts = co_await connect_one(request, desk, *entry);
    if (!accounts) {
      skipped.push_back({entry, std::move(accounts.error())});
      continue;
    }
    for (Account& account : *accounts) {
      tell(desk, account);
      connected.push_back(std::move(account));
    }
  }
  co_return render(connected, skipped, desk, request.now);
}

}  // namespace carillon::api

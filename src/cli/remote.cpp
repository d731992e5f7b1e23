#include "cli/remote.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <set>

#include "base/text.h"
#include "plan/import_accounts.h"
#include "run/local_key.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

std::string from_environment(const Frame& frame, const std::string& variable) {
  const auto found = frame.told.environment.find(variable);
  return found == frame.told.environment.end() ? "" : found->second;
}

const json::object& members(const json::value& value) {
  static const json::object none;
  return value.is_object() ? value.get_object() : none;
}

// As much of an account of the API as tells who is meant.
std::vector<Account> named_in(const json::array& accounts) {
  std::vector<Account> named;
  for (const json::value& one : accounts) {
    named.push_back({.id = AccountId::parse(text_of(one, "id")).value_or(AccountId()),
                     .network = text_of(one, "network"),
                     .name = text_of(one, "name"),
                     .handle = text_of(one, "handle")});
  }
  return named;
}

}  // namespace

std::shared_ptr<RemoteOptions> add_remote(CLI::App& command, Frame& frame) {
  auto options = std::make_shared<RemoteOptions>();
  command
      .add_option("--server", options->server,
                  "Address of the server, else CARILLON_SERVER, else this machine's")
      ->group("Server");
  command.add_option("--key", options->key, "API key, else CARILLON_KEY, else this machine's")
      ->group("Server");
  add_settings(command, frame, {"data"});
  return options;
}

Result<std::unique_ptr<net::WaitingClient>> reach(const Frame& frame, const RemoteOptions& options,
                                                  net::MediaSource* media) {
  std::string server = !options.server.empty() ? options.server : from_environment(frame, "CARILLON_SERVER");
  std::string key = !options.key.empty() ? options.key : from_environment(frame, "CARILLON_KEY");
  while (server.ends_with('/')) server.pop_back();
  const auto config = frame.config();
  if (!config) return refuse(config.error());
  if (key.empty()) {
    const auto local = run::read_local_key(*config);
    if (!local) return refuse(local.error());
    const bool ours = *local && (server.empty() || server == (*local)->server);
    if (ours) server = (*local)->server, key = (*local)->key.reveal();
  }
  if (server.empty()) server = run::local_address(*config);
  if (key.empty()) {
    return refuse({.kind = FaultKind::unauthorized,
                   .code = "no_key",
                   .text = fmt::format("There is no key for {} ({} is not there).", server,
                                       run::local_key_file(*config).string()),
                   .remedy = "Name the server's data folder with --data, or make an API key on its page and "
                             "put it into CARILLON_KEY."});
  }
  auto client = std::make_unique<net::WaitingClient>(server, media);
  client->use_key(Secret(key));
  return client;
}

void ask_server(Frame& frame, std::shared_ptr<RemoteOptions> options, ServerAction action) {
  frame.action = [&frame, options = std::move(options), action = std::move(action)] {
    const auto client = reach(frame, *options);
    return client ? action(frame.terminal, **client) : frame.terminal.fail(client.error());
  };
}

std::string text_of(const json::object& object, std::string_view member) {
  const json::value* found = object.if_contains(member);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

const json::array& list_of(const json::object& object, std::string_view member) {
  static const json::array none;
  const json::value* found = object.if_contains(member);
  return found != nullptr && found->is_array() ? found->get_array() : none;
}

bool flag_of(const json::object& object, std::string_view member) {
  const json::value* found = object.if_contains(member);
  return found != nullptr && found->is_bool() && found->get_bool();
}

std::string text_of(const json::value& object, std::string_view member) {
  return text_of(members(object), member);
}

const json::array& list_of(const json::value& object, std::string_view member) {
  return list_of(members(object), member);
}

bool flag_of(const json::value& object, std::string_view member) {
  return flag_of(members(object), member);
}

Result<std::vector<json::object>> find_accounts(const json::array& accounts,
                                                const std::vector<std::string>& words) {
  const std::vector<Account> named = named_in(accounts);
  std::vector<json::object> found;
  std::set<const Account*> taken;
  for (const std::string& word : words) {
    const auto meant = plan::accounts_called(word, named);
    if (!meant) {
      Fault fault = meant.error();
      fault.code = "usage", fault.field = "to";
      return refuse(std::move(fault));
    }
    for (const Account* account : *meant) {
      if (taken.insert(account).second)
        found.push_back(accounts[static_cast<size_t>(account - named.data())].get_object());
    }
  }
  return found;
}

Exit hand_over(const Terminal& terminal, net::WaitingClient& client, const std::string& path) {
  const net::Outcome outcome = client.send({.url = path, .timeout = std::chrono::minutes(10)});
  const auto* said = std::get_if<wire::Response>(&outcome);
  if (said && said->status == 200) {
    std::fwrite(said->body.data(), 1, said->body.size(), stdout);
    return Exit::ok;
  }
  const auto why = client.json("GET", path);
  if (!why) return terminal.fail(why.error());
  return terminal.fail({.kind = FaultKind::unavailable,
                        .code = "lost",
                        .text = "The answer broke off: the file would be incomplete.",
                        .remedy = "Try again, or ask for less with --state."});
}

Result<std::vector<json::object>> ask_accounts(net::WaitingClient& client,
                                               const std::vector<std::string>& words) {
  const auto known = client.json("GET", "/api/v1/accounts");
  if (!known) return refuse(known.error());
  return find_accounts(list_of(*known, "items"), words);
}

Result<std::vector<std::string>> ask_account_ids(net::WaitingClient& client,
                                                 const std::vector<std::string>& words) {
  std::vector<std::string> ids;
  if (words.empty()) return ids;
  const auto found = ask_accounts(client, words);
  if (!found) return refuse(found.error());
  for (const json::object& account : *found) ids.push_back(text_of(account, "id"));
  return ids;
}

}  // namespace carillon::cli

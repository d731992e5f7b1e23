#include "cli/remote.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>

#include "base/text.h"
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

std::string_view without_at(std::string_view handle) {
  return handle.starts_with('@') ? handle.substr(1) : handle;
}

bool is_called(const json::value& account, std::string_view word) {
  return text_of(account, "id") == word || equals_ignoring_case(text_of(account, "name"), word) ||
         equals_ignoring_case(without_at(text_of(account, "handle")), without_at(word));
}

bool is_meant(const json::value& account, std::string_view word) {
  if (word == "all" || equals_ignoring_case(text_of(account, "network"), word)) return true;
  const size_t colon = word.find(':');
  if (colon == std::string_view::npos) return is_called(account, word);
  return equals_ignoring_case(text_of(account, "network"), word.substr(0, colon)) &&
         is_called(account, word.substr(colon + 1));
}

Fault nobody(const json::array& accounts, const std::string& word) {
  std::vector<std::string> known;
  for (const json::value& account : accounts) {
    known.push_back(fmt::format("{}:{}", text_of(account, "network"), text_of(account, "handle")));
  }
  return {.kind = FaultKind::invalid,
          .code = "usage",
          .text = fmt::format("No connected account is called \"{}\".", word),
          .field = "to",
          .remedy = known.empty() ? "No account is connected yet: carillon accounts connect --help"
                                  : fmt::format("There are: {}.", fmt::join(known, ", "))};
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
  std::vector<json::object> found;
  for (const std::string& word : words) {
    bool any = false;
    for (const json::value& account : accounts) {
      if (!is_meant(account, word)) continue;
      any = true;
      const auto same = [&](const json::object& other) {
        return text_of(other, "id") == text_of(account, "id");
      };
      if (std::ranges::none_of(found, same)) found.push_back(account.get_object());
    }
    if (!any) return refuse(nobody(accounts, word));
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

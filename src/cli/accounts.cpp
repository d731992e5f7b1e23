// carillon accounts: list, connect, test, disconnect
#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "base/text.h"
#include "cli/command.h"
#include "cli/remote.h"
#include "wire/url.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon accounts                                       who can be spoken for\n"
    "  carillon networks                                       what each asks for\n"
    "  carillon accounts connect telegram --file token=bot.token --set chat=@shop_news\n"
    "  carillon accounts connect telegram --sandbox            a practice account\n"
    "  carillon accounts test @shop";

struct Asked {
  std::string network, who, verb;
  std::vector<std::string> fields, files;  // NAME=VALUE, NAME=FILE
  bool sandbox = false;
};

std::string named(const json::value& account) {
  return fmt::format("{}:{}{}", text_of(account, "network"), text_of(account, "handle"),
                     flag_of(account, "sandbox") ? " [SANDBOX]" : "");
}

Exit list(const Terminal& terminal, net::WaitingClient& client, const Asked&) {
  const auto found = client.json("GET", "/api/v1/accounts");
  if (!found) return terminal.fail(found.error());
  std::vector<std::vector<std::string>> rows;
  for (const json::value& account : list_of(*found, "items")) {
    const json::value* health = account.get_object().if_contains("health");
    const std::string words = health != nullptr ? text_of(*health, "text") : "";
    rows.push_back({text_of(account, "network"), text_of(account, "handle"), text_of(account, "name"),
                    flag_of(account, "sandbox") ? "SANDBOX" : "", words, text_of(account, "id")});
  }
  const std::string people = rows.empty() ? "No account is connected yet: carillon accounts connect --help\n"
                                          : table({"network", "handle", "name", "", "health", "id"}, rows);
  terminal.show(*found, people);
  return Exit::ok;
}

Fault misuse(std::string text, std::string field, std::string remedy) {
  return {.kind = FaultKind::invalid,
          .code = "usage",
          .text = std::move(text),
          .field = std::move(field),
          .remedy = std::move(remedy)};
}

Result<std::pair<std::string, std::string>> pair_of(const std::string& given, const char* option) {
  const size_t equals = given.find('=');
  if (equals != std::string::npos && equals > 0)
    return std::pair(given.substr(0, equals), given.substr(equals + 1));
  return refuse(misuse(fmt::format("\"{}\" is not NAME=VALUE.", given), option, "See: carillon networks"));
}

// Secrets come from files: a command line can be read by everybody on the machine.
Result<json::object> connect_request(const Asked& asked) {
  json::object fields;
  for (const std::string& given : asked.fields) {
    const auto pair = pair_of(given, "set");
    if (!pair) return refuse(pair.error());
    fields[pair->first] = pair->second;
  }
  for (const std::string& given : asked.files) {
    const auto pair = pair_of(given, "file");
    if (!pair) return refuse(pair.error());
    std::ifstream in(pair->second, std::ios::binary);
    if (!in) {
      return refuse(misuse(fmt::format("{} cannot be read.", pair->second), "file",
                           "Put the secret into a file that only you can read, and name it here."));
    }
    fields[pair->first] = trimmed(std::string(std::istreambuf_iterator<char>(in), {}));
  }
  json::object body{{"network", asked.network}};
  if (asked.sandbox) body["sandbox"] = true;
  if (!fields.empty()) body["fields"] = std::move(fields);
  return body;
}

Exit connect(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto body = connect_request(asked);
  if (!body) return terminal.fail(body.error());
  const auto started = client.json("POST", "/api/v1/accounts/connect", *body);
  if (!started) return terminal.fail(started.error());
  const json::value* account = started->get_object().if_contains("account");
  terminal.show(*started, fmt::format("Connected: {}\n", account != nullptr ? named(*account) : ""));
  return Exit::ok;
}

Result<std::string> one_account(net::WaitingClient& client, const std::string& who) {
  const auto found = ask_accounts(client, {who});
  if (!found) return refuse(found.error());
  if (found->size() == 1) return text_of(found->front(), "id");
  return refuse({.kind = FaultKind::invalid,
                 .code = "usage",
                 .text = fmt::format("\"{}\" means {} accounts.", who, found->size()),
                 .remedy = "Say NETWORK:@handle or the id: carillon accounts"});
}

Exit test(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto id = one_account(client, asked.who);
  if (!id) return terminal.fail(id.error());
  const auto result = client.json("POST", fmt::format("/api/v1/accounts/{}/test", *id));
  if (!result) return terminal.fail(result.error());
  terminal.show(*result, printable(text_of(*result, "text")) + "\n");
  return flag_of(*result, "ok") ? Exit::ok : Exit::failure;
}

Exit disconnect(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto id = one_account(client, asked.who);
  if (!id) return terminal.fail(id.error());
  const auto result = client.json("DELETE", "/api/v1/accounts/" + *id);
  if (!result) return terminal.fail(result.error());
  terminal.show(*result, fmt::format("Disconnected: its credential is deleted{}.\n",
                                     flag_of(*result, "revoked") ? ", and the network was told" : ""));
  return Exit::ok;
}

void add_connect(CLI::App& accounts, Frame& frame) {
  CLI::App& command = add_command(accounts, frame, "connect",
                                  "Connect an account by token (the others are connected on the page)");
  const auto asked = std::make_shared<Asked>();
  command.add_option("network", asked->network, "Its name: carillon networks")->required();
  command.add_flag("--sandbox", asked->sandbox, "The sandbox's network of that name");
  command.add_option("--set", asked->fields, "NAME=VALUE: something that is typed to connect");
  command.add_option("--file", asked->files, "NAME=FILE: the same for a secret, which stands in a file");
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked] { ask_server(frame, remote, with(asked, connect)); });
}

void add_verb(CLI::App& accounts, Frame& frame, const std::string& name, const std::string& what,
              Verb<Asked> verb) {
  CLI::App& command = add_command(accounts, frame, name, what);
  const auto asked = std::make_shared<Asked>();
  command.add_option("account", asked->who, "@handle, NETWORK:@handle or id")->required();
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked, verb] { ask_server(frame, remote, with(asked, verb)); });
}

}  // namespace

void add_accounts(CLI::App& app, Frame& frame) {
  CLI::App& command =
      add_command(app, frame, "accounts", "See, connect, test and disconnect accounts", examples);
  const auto remote = add_remote(command, frame);
  add_connect(command, frame);
  add_verb(command, frame, "test", "Ask the network whether it works", test);
  add_verb(command, frame, "disconnect", "Delete its credential; what waits for it is canceled", disconnect);
  command.callback([&frame, remote, &command] {
    if (command.get_subcommands().empty()) ask_server(frame, remote, with(std::make_shared<Asked>(), list));
  });
}

}  // namespace carillon::cli

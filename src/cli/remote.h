// The server as commands speak to it: its address and key from flags, the environment or the data folder of
// this machine. The key of this machine is given to this machine's server only. Main thread.
#pragma once

#include <CLI/App.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "net/waiting_client.h"

namespace carillon::cli {

struct RemoteOptions {
  std::string server, key;
};

std::shared_ptr<RemoteOptions> add_remote(CLI::App& command, Frame& frame);

// Connects in words only: the first request shows whether somebody is there. Fault: unauthorized, no key
// found.
Result<std::unique_ptr<net::WaitingClient>> reach(const Frame& frame, const RemoteOptions& options,
                                                  net::MediaSource* media = nullptr);

// Leaves the action behind that reaches the server and speaks with it.
using ServerAction = std::function<Exit(const Terminal&, net::WaitingClient&)>;
void ask_server(Frame& frame, std::shared_ptr<RemoteOptions> options, ServerAction action);

// An action that depends on what was asked, and binding the two.
template <typename Asked>
using Verb = Exit (*)(const Terminal&, net::WaitingClient&, const Asked&);
template <typename Asked>
ServerAction with(std::shared_ptr<Asked> asked, Verb<std::type_identity_t<Asked>> verb) {
  return [asked = std::move(asked), verb](const Terminal& terminal, net::WaitingClient& client) {
    return verb(terminal, client, *asked);
  };
}

// A file for another program, as the server makes it, on standard output.
Exit hand_over(const Terminal& terminal, net::WaitingClient& client, const std::string& path);

// Members of JSON objects as the API writes them; missing ones are empty.
std::string text_of(const boost::json::object& object, std::string_view member);
std::string text_of(const boost::json::value& object, std::string_view member);
const boost::json::array& list_of(const boost::json::object& object, std::string_view member);
const boost::json::array& list_of(const boost::json::value& object, std::string_view member);
bool flag_of(const boost::json::object& object, std::string_view member);
bool flag_of(const boost::json::value& object, std::string_view member);

// The accounts meant by the words of --to, by the rule of tables (plan/import_accounts.h). Fault: invalid with
// code "usage", saying who is there.
Result<std::vector<boost::json::object>> find_accounts(const boost::json::array& accounts,
                                                       const std::vector<std::string>& words);
// The same among the accounts that the server has; their ids.
Result<std::vector<boost::json::object>> ask_accounts(net::WaitingClient& client,
                                                      const std::vector<std::string>& words);
Result<std::vector<std::string>> ask_account_ids(net::WaitingClient& client,
                                                 const std::vector<std::string>& words);

}  // namespace carillon::cli

// Where networks live and with which application they are asked: the sandbox's, a configured one, or one that
// is registered on the spot. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "api/desk.h"
#include "channels/auth.h"

namespace carillon::api {

struct Request;

struct AppChoice {
  channels::App app;
  channels::Credential secrets;  // "client_secret"
  bool registers = false;        // the network registers an application at each server
};

// `base`: the address of a server, for networks of many servers. Fault: invalid (no such server address),
// closed (no application is configured, no sandbox).
Result<AppChoice> choose_app(const channels::Entry& entry, bool sandbox, std::string_view base,
                             const Desk& desk);
// What is missing to connect a real account, in words; empty: nothing.
std::string missing_app(const channels::Entry& entry, const Settings& settings);
bool needs_base(const channels::Entry& entry);
// Sandbox accounts are asked directly, all others through the guard.
net::Client& client_for(bool sandbox, Desk& desk);
std::string redirect_uri(const Request& request, const Settings& settings);

}  // namespace carillon::api

#include "api/apps.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/problem.h"
#include "api/request.h"
#include "base/text.h"
#include "wire/url.h"

namespace carillon::api {

namespace {
const std::string& network_of(const channels::Entry& entry) {
  return entry.channel->traits().network;
}

bool by_token(const channels::Entry& entry) {
  return entry.channel->traits().connect_by == channels::ConnectBy::token;
}

const run::AppKeys* keys_of(const std::string& network, const Settings& settings) {
  const auto found = std::ranges::find(settings.apps, network, &run::AppKeys::network);
  return found == settings.apps.end() ? nullptr : &*found;
}

// "mastodon.example", "https://mastodon.example/about" -> "https://mastodon.example"
Result<std::string> server_address(std::string_view given) {
  const std::string text(trimmed(given));
  const bool has_scheme = text.find("://") != std::string::npos;
  const auto url = wire::parse_url(has_scheme ? text : "https://" + text);
  const bool odd = !url || url->scheme != "https" || url->host.find('.') == std::string::npos ||
                   text.find('@') != std::string::npos;
  if (!odd) return url->origin();
  return refuse(invalid("bad_server", "\"" + shortened(text, 80) + "\" is not the address of a server.",
                        "base", "Give its name, such as mastodon.example."));
}

Result<AppChoice> sandbox_app(const channels::Entry& entry, bool registers, const Settings& settings) {
  if (settings.sandbox_url.empty()) {
    return refuse(closed("no_sandbox", "No sandbox runs with this server.", "Start it with --sandbox."));
  }
  const std::string home = settings.sandbox_url + "/" + network_of(entry);
  AppChoice choice{{network_of(entry), "carillon-sandbox", home, home}, {}, registers};
  choice.secrets["client_secret"] = Secret("sandbox-secret");
  return choice;
}
}  // namespace

bool needs_base(const channels::Entry& entry) {
  return entry.auth->register_app("https://server.example", "https://server.example/").has_value();
}

std::string missing_app(const channels::Entry& entry, const Settings& settings) {
  if (by_token(entry) || needs_base(entry) || keys_of(network_of(entry), settings)) return "";
  const std::string& label = entry.channel->traits().label;
  return fmt::format("No {} application is configured: register one there and set its client id and secret.",
                     label);
}

Result<AppChoice> choose_app(const channels::Entry& entry, bool sandbox, std::string_view base,
                             const Desk& desk) {
  const bool registers = needs_base(entry);
  if (sandbox) return sandbox_app(entry, registers, desk.settings);
  const std::string& network = network_of(entry);
  if (registers) {
    auto server = server_address(base);
    if (!server) return refuse(std::move(server.error()));
    return AppChoice{{network, "", *server, *server}, {}, true};
  }
  if (const auto missing = missing_app(entry, desk.settings); !missing.empty()) {
    return refuse(
        closed("no_app", missing, "See README: how to connect a real network; or try the sandbox."));
  }
  const channels::Home& home = entry.channel->traits().home;
  AppChoice choice{.app = {.network = network, .authorize_base = home.authorize, .api_base = home.api}};
  if (const run::AppKeys* keys = keys_of(network, desk.settings)) {
    choice.app.client_id = keys->client_id;
    choice.app.vetted = keys->vetted;
    choice.secrets["client_secret"] = keys->client_secret;
  }
  return choice;
}

net::Client& client_for(bool sandbox, Desk& desk) {
  return sandbox ? desk.client : desk.guarded;
}

std::string redirect_uri(const Request& request, const Settings& settings) {
  if (!settings.public_url.empty()) return settings.public_url + "/oauth/callback";
  return "http://" + std::string(request.header("host").value_or("127.0.0.1")) + "/oauth/callback";
}

}  // namespace carillon::api

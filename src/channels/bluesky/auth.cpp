// Connecting an account: a session for an app password, refreshed with a token that changes each time.
// https://docs.bsky.app/docs/api/com-atproto-server-create-session (2026-04)
#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "base/text.h"
#include "channels/bluesky/bluesky.h"
#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "wire/url.h"

namespace carillon::channels::bluesky {

namespace json = boost::json;

using Place = wire::Insert::Place;

namespace {

constexpr Duration session_lives =
    std::chrono::hours(2);  // of the access token, as the reference server gives it

wire::Request with_refresh(const std::string& api_base, std::string_view nsid) {
  wire::Request made = request(api_base, "POST", nsid);
  made.secrets = {{"refresh", Place::bearer, ""}};
  return made;
}

Fault not_a_server(const std::string& given) {
  return {.code = "bad_server",
          .text = "\"" + shortened(given, 80) + "\" is not the address of a server.",
          .field = "fields.server",
          .remedy = "Leave it empty for bsky.social, or give the server's name, such as pds.example.org."};
}

std::string name_only(std::string_view typed) {
  std::string_view name = trimmed(typed);
  if (name.starts_with('@')) name.remove_prefix(1);
  return std::string(name);
}

}  // namespace

Result<std::pair<App, Credential>> BlueskyAuth::read_app(const std::string& api_base,
                                                         const wire::Response&) const {
  return std::pair(App{.network = "bluesky", .api_base = api_base}, Credential{});
}

Result<Login> BlueskyAuth::read_typed(const std::map<std::string, std::string>& typed) const {
  Login login{.client_id = name_only(typed.at("handle")),
              .secrets = {{"code", Secret(typed.at("password"))}}};
  const auto server = typed.find("server");
  if (server == typed.end() || trimmed(server->second).empty()) return login;
  const std::string given(trimmed(server->second));
  const auto url = wire::parse_url(given.find("://") == std::string::npos ? "https://" + given : given);
  if (!url || url->scheme != "https" || url->host.find('.') == std::string::npos)
    return refuse(not_a_server(given));
  login.api_base = url->origin();
  return login;
}

wire::Request BlueskyAuth::exchange(const App& app, const std::string&) const {
  wire::Request made = request(app.api_base, "POST", "com.atproto.server.createSession");
  made.headers = {{"Content-Type", "application/json"}};
  made.body = json::serialize(json::object{{"identifier", app.client_id}});
  made.secrets = {{"code", Place::json, "password"}};
  return made;
}

Result<Tokens> BlueskyAuth::read_tokens(const wire::Response& response) const {
  if (!accepted(response)) {
    Fault fault = fault_in(response, Instant{0});
    fault.detail.clear();
    return refuse(std::move(fault));
  }
  const auto answer = read_json(response.body);
  const std::string access = answer ? text_at(*answer, {"accessJwt"}) : "";
  const std::string refresh = answer ? text_at(*answer, {"refreshJwt"}) : "";
  if (access.empty() || refresh.empty())
    return refuse(refused(Refusal::unreadable, {bluesky_traits().label, response.status, "", ""}));
  Tokens tokens;
  tokens.secrets = {{"access", Secret(access)}, {"refresh", Secret(refresh)}};
  tokens.lives = session_lives;
  return tokens;
}

// https://docs.bsky.app/docs/api/com-atproto-server-get-session (2026-04)
wire::Request BlueskyAuth::identities(const App& app) const {
  return request(app.api_base, "GET", "com.atproto.server.getSession");
}

Result<std::vector<Identity>> BlueskyAuth::read_identities(const App&, const wire::Response& response) const {
  if (!accepted(response)) return refuse(fault_in(response, Instant{0}));
  const auto answer = read_json(response.body);
  Identity who;
  if (answer) who.external_id = text_at(*answer, {"did"});
  if (who.external_id.empty()) return refuse(unreadable(bluesky_traits().label, response));
  who.name = text_at(*answer, {"handle"});
  who.handle = "@" + who.name;
  return std::vector<Identity>{std::move(who)};
}

// https://docs.bsky.app/docs/api/com-atproto-server-refresh-session (2026-04)
std::optional<wire::Request> BlueskyAuth::refresh(const App& app, const Account&) const {
  return with_refresh(app.api_base, "com.atproto.server.refreshSession");
}

Result<Tokens> BlueskyAuth::read_refresh(const wire::Response& response) const {
  return read_tokens(response);
}

wire::Request BlueskyAuth::test(const Account& account) const {
  return request(account.api_base, "GET", "com.atproto.server.getSession");
}

Result<std::string> BlueskyAuth::read_test(const Account&, const wire::Response& response) const {
  const auto who = read_identities({}, response);
  if (!who) return refuse(who.error());
  return fmt::format("The server knows this account as {}.", who->front().handle);
}

// https://docs.bsky.app/docs/api/com-atproto-server-delete-session (2026-04)
std::optional<wire::Request> BlueskyAuth::revoke(const App&, const Account& account) const {
  return with_refresh(account.api_base, "com.atproto.server.deleteSession");
}

}  // namespace carillon::channels::bluesky

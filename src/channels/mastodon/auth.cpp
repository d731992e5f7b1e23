// Connecting an account on any Mastodon server: an app is registered there on the spot, then OAuth 2.0 with
// PKCE. https://docs.joinmastodon.org/methods/apps/ and https://docs.joinmastodon.org/methods/oauth/
// (2026-09)
#include <fmt/format.h>
#include <boost/json/array.hpp>

#include "channels/json_answer.h"
#include "channels/mastodon/mastodon.h"
#include "channels/refusal.h"
#include "channels/token_answer.h"
#include "wire/url.h"

namespace carillon::channels::mastodon {

namespace json = boost::json;

using Place = wire::Insert::Place;

namespace {

constexpr const char* app_name = "Carillon";

wire::Request form_request(const std::string& url, const wire::Fields& form) {
  wire::Request request;
  request.method = "POST";
  request.url = url;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = wire::encode_form(form);
  return request;
}

// GET /api/v1/accounts/verify_credentials. https://docs.joinmastodon.org/methods/accounts/#verify_credentials
// (2026-09)
wire::Request who_am_i(const std::string& api_base) {
  wire::Request request;
  request.url = api_base + "/api/v1/accounts/verify_credentials";
  request.secrets = {{"access", Place::bearer, ""}};
  return request;
}

std::string host_of(const std::string& api_base) {
  const auto url = wire::parse_url(api_base);
  return url ? url->host : std::string();
}

}  // namespace

std::optional<wire::Request> MastodonAuth::register_app(const std::string& api_base,
                                                        const std::string& redirect_uri) const {
  return form_request(api_base + "/api/v1/apps", {{"client_name", app_name},
                                                  {"redirect_uris", redirect_uri},
                                                  {"scopes", scopes_text(mastodon_traits(), " ")}});
}

Result<std::pair<App, Credential>> MastodonAuth::read_app(const std::string& api_base,
                                                          const wire::Response& response) const {
  if (!accepted(response)) return refuse(fault_in(response, Instant{0}));
  const auto answer = read_json(response.body);
  App app{"mastodon", answer ? text_at(*answer, {"client_id"}) : "", api_base, api_base};
  const std::string secret = answer ? text_at(*answer, {"client_secret"}) : "";
  if (app.client_id.empty() || secret.empty()) {
    return refuse(refused(Refusal::unreadable, {mastodon_traits().label, response.status, "", ""}));
  }
  return std::pair(std::move(app), Credential{{"client_secret", Secret(secret)}});
}

std::string MastodonAuth::consent_url(const App& app, const Consent& consent) const {
  return wire::with_query(app.authorize_base + "/oauth/authorize",
                          {{"response_type", "code"},
                           {"client_id", app.client_id},
                           {"redirect_uri", consent.redirect_uri},
                           {"scope", scopes_text(mastodon_traits(), " ")},
                           {"state", consent.state},
                           {"code_challenge", consent.challenge},
                           {"code_challenge_method", "S256"}});
}

wire::Request MastodonAuth::exchange(const App& app, const std::string& redirect_uri) const {
  auto request = form_request(
      app.api_base + "/oauth/token",
      {{"grant_type", "authorization_code"}, {"client_id", app.client_id}, {"redirect_uri", redirect_uri}});
  request.secrets = {{"client_secret", Place::form, "client_secret"},
                     {"code", Place::form, "code"},
                     {"verifier", Place::form, "code_verifier"}};
  return request;
}

Result<Tokens> MastodonAuth::read_tokens(const wire::Response& response) const {
  return tokens_in(mastodon_traits().label, response);
}

wire::Request MastodonAuth::identities(const App& app) const {
  return who_am_i(app.api_base);
}

Result<std::vector<Identity>> MastodonAuth::read_identities(const App& app,
                                                            const wire::Response& response) const {
  if (!accepted(response)) return refuse(fault_in(response, Instant{0}));
  const auto answer = read_json(response.body);
  Identity who;
  if (answer) who.external_id = text_at(*answer, {"id"});
  if (who.external_id.empty()) return refuse(unreadable(mastodon_traits().label, response));
  const std::string user = text_at(*answer, {"acct"});
  who.name = text_at(*answer, {"display_name"});
  if (who.name.empty()) who.name = user;
  who.handle = "@" + user + (user.find('@') == std::string::npos ? "@" + host_of(app.api_base) : "");
  who.avatar_url = text_at(*answer, {"avatar"});
  return std::vector<Identity>{std::move(who)};
}

// GET /api/v2/instance. https://docs.joinmastodon.org/methods/instance/#v2 (2026-09)
std::optional<wire::Request> MastodonAuth::about(const App& app) const {
  wire::Request request;
  request.url = app.api_base + "/api/v2/instance";
  return request;
}

json::object MastodonAuth::read_about(const wire::Response& response) const {
  const auto answer = accepted(response) ? read_json(response.body) : std::nullopt;
  const json::value* limits = answer ? look(*answer, {"configuration"}) : nullptr;
  if (limits == nullptr || !limits->is_object()) return {};
  json::object kept;
  for (const char* name : {"statuses", "media_attachments", "polls"}) {
    if (const json::value* part = look(*limits, {name})) kept[name] = *part;
  }
  return {{"instance", {{"version", text_at(*answer, {"version"})}, {"configuration", std::move(kept)}}}};
}

Result<Tokens> MastodonAuth::read_refresh(const wire::Response& response) const {
  return read_tokens(response);
}

wire::Request MastodonAuth::test(const Account& account) const {
  return who_am_i(account.api_base);
}

Result<std::string> MastodonAuth::read_test(const Account& account, const wire::Response& response) const {
  App app;
  app.api_base = account.api_base;
  const auto who = read_identities(app, response);
  if (!who) return refuse(who.error());
  return fmt::format("The server knows this account as {} ({}).", who->front().handle, who->front().name);
}

std::optional<wire::Request> MastodonAuth::revoke(const App& app, const Account& account) const {
  auto request = form_request(account.api_base + "/oauth/revoke", {{"client_id", app.client_id}});
  request.secrets = {{"client_secret", Place::form, "client_secret"}, {"access", Place::form, "token"}};
  return request;
}

}  // namespace carillon::channels::mastodon

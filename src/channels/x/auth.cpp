// Connecting an account of X: OAuth 2.0 with PKCE, confidential client.
// https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token (2026-09)
#include <fmt/format.h>

#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "channels/retry_after.h"
#include "channels/token_answer.h"
#include "channels/x/x.h"
#include "wire/url.h"

namespace carillon::channels::x {

using Place = wire::Insert::Place;

namespace {

wire::Request token_request(const App& app, const std::string& path, const wire::Fields& form) {
  wire::Request request;
  request.method = "POST";
  request.url = app.api_base + path;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = wire::encode_form(form);
  request.secrets = {{"client_secret", Place::basic_password, app.client_id}};
  return request;
}

// GET /2/users/me. https://docs.x.com/x-api/users/get-my-user (2026-09)
wire::Request me(const std::string& api_base) {
  wire::Request request;
  request.url = api_base + "/2/users/me?user.fields=profile_image_url";
  request.secrets = {{"access", Place::bearer, ""}};
  return request;
}

}  // namespace

Result<std::pair<App, Credential>> XAuth::read_app(const std::string& api_base, const wire::Response&) const {
  return std::pair(App{.network = "x", .api_base = api_base}, Credential{});
}

std::string XAuth::consent_url(const App& app, const Consent& consent) const {
  return wire::with_query(app.authorize_base + "/i/oauth2/authorize",
                          {{"response_type", "code"},
                           {"client_id", app.client_id},
                           {"redirect_uri", consent.redirect_uri},
                           {"scope", scopes_text(x_traits(), " ")},
                           {"state", consent.state},
                           {"code_challenge", consent.challenge},
                           {"code_challenge_method", "S256"}});
}

wire::Request XAuth::exchange(const App& app, const std::string& redirect_uri) const {
  auto request = token_request(app, "/2/oauth2/token",
                               {{"grant_type", "authorization_code"}, {"redirect_uri", redirect_uri}});
  request.secrets.push_back({"code", Place::form, "code"});
  request.secrets.push_back({"verifier", Place::form, "code_verifier"});
  return request;
}

Result<Tokens> XAuth::read_tokens(const wire::Response& response) const {
  return tokens_in("X", response);
}

wire::Request XAuth::identities(const App& app) const {
  return me(app.api_base);
}

Result<std::vector<Identity>> XAuth::read_identities(const App&, const wire::Response& response) const {
  if (!accepted(response)) return refuse(fault_in(response, Instant{0}));
  const auto answer = read_json(response.body);
  Identity who;
  if (answer) who.external_id = text_at(*answer, {"data", "id"});
  if (who.external_id.empty()) return refuse(unreadable("X", response));
  who.name = text_at(*answer, {"data", "name"});
  who.handle = "@" + text_at(*answer, {"data", "username"});
  who.avatar_url = text_at(*answer, {"data", "profile_image_url"});
  return std::vector<Identity>{std::move(who)};
}

std::optional<wire::Request> XAuth::refresh(const App& app, const Account&) const {
  auto request = token_request(app, "/2/oauth2/token", {{"grant_type", "refresh_token"}});
  request.secrets.push_back({"refresh", Place::form, "refresh_token"});
  return request;
}

Result<Tokens> XAuth::read_refresh(const wire::Response& response) const {
  return tokens_in("X", response);
}

wire::Request XAuth::test(const Account& account) const {
  return me(account.api_base);
}

Result<std::string> XAuth::read_test(const Account&, const wire::Response& response) const {
  const auto who = read_identities({}, response);
  if (!who) return refuse(who.error());
  return fmt::format("X knows this account as {} ({}).", who->front().handle, who->front().name);
}

// POST /2/oauth2/revoke. Same document.
std::optional<wire::Request> XAuth::revoke(const App& app, const Account&) const {
  auto request = token_request(app, "/2/oauth2/revoke", {{"token_type_hint", "access_token"}});
  request.secrets.push_back({"access", Place::form, "token"});
  return request;
}

}  // namespace carillon::channels::x

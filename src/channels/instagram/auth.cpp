// Connecting Instagram with Instagram Login: a code, a short token, a long one; the long one is refreshed
// with itself.
// https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login
// (2026-09)
#include <fmt/format.h>

#include "channels/graph_tokens.h"
#include "channels/instagram/instagram.h"
#include "channels/json_answer.h"
#include "channels/token_answer.h"
#include "wire/url.h"

namespace carillon::channels::instagram {

using Place = wire::Insert::Place;

namespace {

// The short token has a home of its own; in the sandbox all of them are at one address.
std::string token_home(const App& app) {
  return app.api_base == "https://graph.instagram.com" ? "https://api.instagram.com" : app.api_base;
}

}  // namespace

Result<std::pair<App, Credential>> InstagramAuth::read_app(const std::string& api_base,
                                                           const wire::Response&) const {
  return std::pair(App{.network = "instagram", .api_base = api_base}, Credential{});
}

std::string InstagramAuth::consent_url(const App& app, const Consent& consent) const {
  return wire::with_query(app.authorize_base + "/oauth/authorize",
                          {{"client_id", app.client_id},
                           {"redirect_uri", consent.redirect_uri},
                           {"response_type", "code"},
                           {"scope", scopes_text(instagram_traits(), ",")},
                           {"state", consent.state}});
}

wire::Request InstagramAuth::exchange(const App& app, const std::string& redirect_uri) const {
  wire::Request request;
  request.method = "POST";
  request.url = token_home(app) + "/oauth/access_token";
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = wire::encode_form(
      {{"client_id", app.client_id}, {"grant_type", "authorization_code"}, {"redirect_uri", redirect_uri}});
  request.secrets = {{"client_secret", Place::form, "client_secret"}, {"code", Place::form, "code"}};
  return request;
}

Result<Tokens> InstagramAuth::read_tokens(const wire::Response& response) const {
  return graph_tokens(instagram_traits().label, response, instagram_table);
}

std::optional<wire::Request> InstagramAuth::lengthen(const App& app) const {
  wire::Request request;
  request.url = app.api_base + "/access_token?grant_type=ig_exchange_token";
  request.secrets = {{"client_secret", Place::query, "client_secret"},
                     {"access", Place::query, "access_token"}};
  return request;
}

// GET /me.
// https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/get-started
// (2026-09)
wire::Request InstagramAuth::identities(const App& app) const {
  return request(Account{.api_base = app.api_base}, "GET",
                 "/me?fields=user_id,username,name,account_type,profile_picture_url");
}

Result<std::vector<Identity>> InstagramAuth::read_identities(const App&,
                                                             const wire::Response& response) const {
  const auto answer = read_json(response.body);
  Identity person;
  person.external_id = answer ? text_at(*answer, {"user_id"}) : "";
  if (!accepted(response) || person.external_id.empty())
    return refuse(graph_fault(instagram_traits().label, response, Instant{0}, instagram_table));
  const std::string user = text_at(*answer, {"username"});
  person.name = text_at(*answer, {"name"});
  if (person.name.empty()) person.name = user.empty() ? person.external_id : user;
  person.handle = user.empty() ? person.name : "@" + user;
  person.avatar_url = text_at(*answer, {"profile_picture_url"});
  person.facts["account_type"] = text_at(*answer, {"account_type"});
  return std::vector{std::move(person)};
}

std::optional<wire::Request> InstagramAuth::refresh(const App&, const Account& account) const {
  wire::Request request;
  request.url = account.api_base + "/refresh_access_token?grant_type=ig_refresh_token";
  request.secrets = {{"refresh", Place::query, "access_token"}};
  return request;
}

Result<Tokens> InstagramAuth::read_refresh(const wire::Response& response) const {
  return read_tokens(response);
}

wire::Request InstagramAuth::test(const Account& account) const {
  return request(account, "GET", "/me?fields=user_id,username");
}

Result<std::string> InstagramAuth::read_test(const Account&, const wire::Response& response) const {
  const auto answer = read_json(response.body);
  const std::string user = answer ? text_at(*answer, {"username"}) : "";
  if (!accepted(response) || user.empty())
    return refuse(graph_fault(instagram_traits().label, response, Instant{0}, instagram_table));
  return fmt::format("Instagram knows this account as @{}.", user);
}

}  // namespace carillon::channels::instagram

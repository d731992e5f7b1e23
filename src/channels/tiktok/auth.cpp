// Connecting an account: TikTok's OAuth 2.0, which calls the client a key.
// https://developers.tiktok.com/doc/oauth-user-access-token-management (2026-09)
#include <fmt/format.h>

#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "channels/tiktok/tiktok.h"
#include "channels/token_answer.h"
#include "wire/url.h"

namespace carillon::channels::tiktok {

namespace json = boost::json;

using Place = wire::Insert::Place;

namespace {

wire::Request form_request(const std::string& url, const wire::Fields& form) {
  wire::Request request;
  request.method = "POST";
  request.url = url;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = wire::encode_form(form);
  request.secrets = {{"client_secret", Place::form, "client_secret"}};
  return request;
}

// https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info (2026-09)
wire::Request who_am_i(const std::string& api_base) {
  wire::Request request;
  request.url = api_base + "/v2/user/info/?fields=open_id,display_name,avatar_url";
  request.secrets = {{"access", Place::bearer, ""}};
  return request;
}

}  // namespace

Result<std::pair<App, Credential>> TiktokAuth::read_app(const std::string& api_base,
                                                        const wire::Response&) const {
  return std::pair(App{.network = "tiktok", .api_base = api_base}, Credential{});
}

std::string TiktokAuth::consent_url(const App& app, const Consent& consent) const {
  return wire::with_query(app.authorize_base + "/v2/auth/authorize/",
                          {{"client_key", app.client_id},
                           {"scope", scopes_text(tiktok_traits(), ",")},
                           {"response_type", "code"},
                           {"redirect_uri", consent.redirect_uri},
                           {"state", consent.state}});
}

wire::Request TiktokAuth::exchange(const App& app, const std::string& redirect_uri) const {
  auto made = form_request(
      app.api_base + "/v2/oauth/token/",
      {{"client_key", app.client_id}, {"grant_type", "authorization_code"}, {"redirect_uri", redirect_uri}});
  made.secrets.push_back({"code", Place::form, "code"});
  return made;
}

Result<Tokens> TiktokAuth::read_tokens(const wire::Response& response) const {
  return tokens_in(tiktok_traits().label, response);
}

std::optional<wire::Request> TiktokAuth::refresh(const App& app, const Account&) const {
  auto made = form_request(app.api_base + "/v2/oauth/token/",
                           {{"client_key", app.client_id}, {"grant_type", "refresh_token"}});
  made.secrets.push_back({"refresh", Place::form, "refresh_token"});
  return made;
}

// A refused refresh comes with HTTP 200 too.
Result<Tokens> TiktokAuth::read_refresh(const wire::Response& response) const {
  const auto answer = read_json(response.body);
  const std::string error = answer ? text_at(*answer, {"error"}) : "";
  if (response.status == 200 && (error == "invalid_grant" || error == "invalid_request"))
    return read_tokens({400, response.headers, response.body});
  return read_tokens(response);
}

wire::Request TiktokAuth::identities(const App& app) const {
  return who_am_i(app.api_base);
}

Result<std::vector<Identity>> TiktokAuth::read_identities(const App&, const wire::Response& response) const {
  if (!says_ok(response)) return refuse(fault_in(response, Instant{0}));
  const auto answer = read_json(response.body);
  Identity who;
  who.external_id = text_at(*answer, {"data", "user", "open_id"});
  if (who.external_id.empty())
    return refuse(refused(Refusal::unreadable, {tiktok_traits().label, response.status, "", response.body}));
  who.name = text_at(*answer, {"data", "user", "display_name"});
  who.handle = who.name;
  who.avatar_url = text_at(*answer, {"data", "user", "avatar_url"});
  return std::vector<Identity>{std::move(who)};
}

wire::Request TiktokAuth::test(const Account& account) const {
  return who_am_i(account.api_base);
}

Result<std::string> TiktokAuth::read_test(const Account&, const wire::Response& response) const {
  const auto who = read_identities({}, response);
  if (!who) return refuse(who.error());
  return fmt::format("TikTok knows this account as {}.", who->front().name);
}

std::optional<wire::Request> TiktokAuth::revoke(const App& app, const Account& account) const {
  auto made = form_request(account.api_base + "/v2/oauth/revoke/", {{"client_key", app.client_id}});
  made.secrets.push_back({"access", Place::form, "token"});
  return made;
}

}  // namespace carillon::channels::tiktok

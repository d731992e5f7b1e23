// Connecting a channel: Google's OAuth 2.0 with PKCE.
// https://developers.google.com/youtube/v3/guides/auth/server-side-web-apps (2026-09)
#include <fmt/format.h>

#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "channels/token_answer.h"
#include "channels/youtube/youtube.h"
#include "wire/url.h"

namespace carillon::channels::youtube {

namespace json = boost::json;

using Place = wire::Insert::Place;

namespace {

// Tokens have a home of their own; in the sandbox everything is at one address.
std::string token_home(const std::string& api_base) {
  return api_base == "https://www.googleapis.com" ? "https://oauth2.googleapis.com" : api_base;
}

wire::Request form_request(const std::string& url, const wire::Fields& form) {
  wire::Request request;
  request.method = "POST";
  request.url = url;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = wire::encode_form(form);
  return request;
}

wire::Request channels_of(const std::string& api_base) {
  wire::Request request;
  request.url = api_base + "/youtube/v3/channels?part=snippet&mine=true";
  request.secrets = {{"access", Place::bearer, ""}};
  return request;
}

}  // namespace

Result<std::pair<App, Credential>> YoutubeAuth::read_app(const std::string& api_base,
                                                         const wire::Response&) const {
  return std::pair(App{.network = "youtube", .api_base = api_base}, Credential{});
}

std::string YoutubeAuth::consent_url(const App& app, const Consent& consent) const {
  return wire::with_query(app.authorize_base + "/o/oauth2/v2/auth",
                          {{"client_id", app.client_id},
                           {"redirect_uri", consent.redirect_uri},
                           {"response_type", "code"},
                           {"scope", scopes_text(youtube_traits(), " ")},
                           {"access_type", "offline"},
                           {"prompt", "consent"},
                           {"state", consent.state},
                           {"code_challenge", consent.challenge},
                           {"code_challenge_method", "S256"}});
}

wire::Request YoutubeAuth::exchange(const App& app, const std::string& redirect_uri) const {
  auto made = form_request(
      token_home(app.api_base) + "/token",
      {{"grant_type", "authorization_code"}, {"client_id", app.client_id}, {"redirect_uri", redirect_uri}});
  made.secrets = {{"client_secret", Place::form, "client_secret"},
                  {"code", Place::form, "code"},
                  {"verifier", Place::form, "code_verifier"}};
  return made;
}

Result<Tokens> YoutubeAuth::read_tokens(const wire::Response& response) const {
  return tokens_in(youtube_traits().label, response);
}

std::optional<wire::Request> YoutubeAuth::refresh(const App& app, const Account&) const {
  auto made = form_request(token_home(app.api_base) + "/token",
                           {{"grant_type", "refresh_token"}, {"client_id", app.client_id}});
  made.secrets = {{"client_secret", Place::form, "client_secret"}, {"refresh", Place::form, "refresh_token"}};
  return made;
}

Result<Tokens> YoutubeAuth::read_refresh(const wire::Response& response) const {
  return read_tokens(response);
}

wire::Request YoutubeAuth::identities(const App& app) const {
  return channels_of(app.api_base);
}

Result<std::vector<Identity>> YoutubeAuth::read_identities(const App&, const wire::Response& response) const {
  if (!accepted(response)) return refuse(fault_in(response, Instant{0}));
  const auto answer = read_json(response.body);
  if (!answer || !answer->is_object()) return refuse(unreadable(youtube_traits().label, response));
  std::vector<Identity> all;
  for (const json::value& one : list_at(*answer, {"items"})) {
    Identity who;
    who.external_id = text_at(one, {"id"});
    who.name = text_at(one, {"snippet", "title"});
    who.handle = text_at(one, {"snippet", "customUrl"});
    who.avatar_url = text_at(one, {"snippet", "thumbnails", "default", "url"});
    if (!who.external_id.empty()) all.push_back(std::move(who));
  }
  if (!all.empty()) return all;
  if (look(*answer, {"pageInfo"}) == nullptr) return refuse(unreadable(youtube_traits().label, response));
  return refuse({.kind = FaultKind::invalid,
                 .code = "no_channel",
                 .text = "This Google account has no YouTube channel.",
                 .remedy = "Make a channel on YouTube, then connect again."});
}

wire::Request YoutubeAuth::test(const Account& account) const {
  return channels_of(account.api_base);
}

Result<std::string> YoutubeAuth::read_test(const Account&, const wire::Response& response) const {
  const auto who = read_identities({}, response);
  if (!who) return refuse(who.error());
  return fmt::format("YouTube knows this channel as {}.", who->front().name);
}

// https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke (2026-09)
std::optional<wire::Request> YoutubeAuth::revoke(const App&, const Account& account) const {
  auto made = form_request(token_home(account.api_base) + "/revoke", {});
  made.secrets = {{"refresh", Place::form, "token"}};
  return made;
}

}  // namespace carillon::channels::youtube

// Connecting Threads: a login, a short token, a long one; the long one is refreshed with itself.
// https://developers.facebook.com/docs/threads/get-started/get-access-tokens-and-permissions,
// …/get-started/long-lived-tokens (2026-09)
#include <fmt/format.h>

#include "channels/graph_tokens.h"
#include "channels/json_answer.h"
#include "channels/threads/threads.h"
#include "channels/token_answer.h"
#include "wire/url.h"

namespace carillon::channels::threads {

using Place = wire::Insert::Place;

Result<std::pair<App, Credential>> ThreadsAuth::read_app(const std::string& api_base,
                                                         const wire::Response&) const {
  return std::pair(App{.network = "threads", .api_base = api_base}, Credential{});
}

std::string ThreadsAuth::consent_url(const App& app, const Consent& consent) const {
  return wire::with_query(app.authorize_base + "/oauth/authorize",
                          {{"client_id", app.client_id},
                           {"redirect_uri", consent.redirect_uri},
                           {"scope", scopes_text(threads_traits(), ",")},
                           {"response_type", "code"},
                           {"state", consent.state}});
}

wire::Request ThreadsAuth::exchange(const App& app, const std::string& redirect_uri) const {
  wire::Request request;
  request.method = "POST";
  request.url = app.api_base + "/oauth/access_token";
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = wire::encode_form(
      {{"client_id", app.client_id}, {"grant_type", "authorization_code"}, {"redirect_uri", redirect_uri}});
  request.secrets = {{"client_secret", Place::form, "client_secret"}, {"code", Place::form, "code"}};
  return request;
}

Result<Tokens> ThreadsAuth::read_tokens(const wire::Response& response) const {
  return graph_tokens(threads_traits().label, response, threads_table);
}

std::optional<wire::Request> ThreadsAuth::lengthen(const App& app) const {
  wire::Request request;
  request.url = app.api_base + "/access_token?grant_type=th_exchange_token";
  request.secrets = {{"client_secret", Place::query, "client_secret"},
                     {"access", Place::query, "access_token"}};
  return request;
}

// GET /me. https://developers.facebook.com/docs/threads/threads-profiles (2026-09)
wire::Request ThreadsAuth::identities(const App& app) const {
  return request(Account{.api_base = app.api_base}, "GET",
                 "/me?fields=id,username,name,threads_profile_picture_url");
}

Result<std::vector<Identity>> ThreadsAuth::read_identities(const App&, const wire::Response& response) const {
  const auto answer = read_json(response.body);
  Identity person;
  person.external_id = answer ? text_at(*answer, {"id"}) : "";
  if (!accepted(response) || person.external_id.empty())
    return refuse(graph_fault(threads_traits().label, response, Instant{0}, threads_table));
  const std::string user = text_at(*answer, {"username"});
  person.name = text_at(*answer, {"name"});
  if (person.name.empty()) person.name = user.empty() ? person.external_id : user;
  person.handle = user.empty() ? person.name : "@" + user;
  person.avatar_url = text_at(*answer, {"threads_profile_picture_url"});
  return std::vector{std::move(person)};
}

std::optional<wire::Request> ThreadsAuth::refresh(const App&, const Account& account) const {
  wire::Request request;
  request.url = account.api_base + "/refresh_access_token?grant_type=th_refresh_token";
  request.secrets = {{"refresh", Place::query, "access_token"}};
  return request;
}

Result<Tokens> ThreadsAuth::read_refresh(const wire::Response& response) const {
  return read_tokens(response);
}

wire::Request ThreadsAuth::test(const Account& account) const {
  return request(account, "GET", "/me?fields=id,username");
}

Result<std::string> ThreadsAuth::read_test(const Account&, const wire::Response& response) const {
  const auto answer = read_json(response.body);
  const std::string user = answer ? text_at(*answer, {"username"}) : "";
  if (!accepted(response) || user.empty())
    return refuse(graph_fault(threads_traits().label, response, Instant{0}, threads_table));
  return fmt::format("Threads knows this account as @{}.", user);
}

}  // namespace carillon::channels::threads

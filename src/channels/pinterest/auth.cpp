// Connecting boards: OAuth 2.0 with a secret.
// https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/ (2025-12)
#include <fmt/format.h>

#include "channels/found_list.h"
#include "channels/json_answer.h"
#include "channels/pinterest/pinterest.h"
#include "channels/refusal.h"
#include "channels/token_answer.h"
#include "wire/url.h"

namespace carillon::channels::pinterest {

namespace json = boost::json;

using Place = wire::Insert::Place;

namespace {

wire::Request token_request(const App& app, const wire::Fields& form) {
  wire::Request request;
  request.method = "POST";
  request.url = app.api_base + "/v5/oauth/token";
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = wire::encode_form(form);
  request.secrets = {{"client_secret", Place::basic_password, app.client_id}};
  return request;
}

// https://developers.pinterest.com/docs/reference/pagination/ (2025-12)
void add_boards(const json::value& answer, std::vector<Identity>& boards) {
  std::vector<Identity> named;
  for (const json::value& board : list_at(answer, {"items"})) {
    named.push_back({.external_id = text_at(board, {"id"}),
                     .name = text_at(board, {"name"}),
                     .handle = "@" + text_at(board, {"owner", "username"})});
  }
  add_found(std::move(named), text_at(answer, {"bookmark"}), boards);
}

}  // namespace

Result<std::pair<App, Credential>> PinterestAuth::read_app(const std::string& api_base,
                                                           const wire::Response&) const {
  return std::pair(App{.network = "pinterest", .api_base = api_base}, Credential{});
}

std::string PinterestAuth::consent_url(const App& app, const Consent& consent) const {
  return wire::with_query(app.authorize_base + "/oauth/", {{"client_id", app.client_id},
                                                           {"redirect_uri", consent.redirect_uri},
                                                           {"response_type", "code"},
                                                           {"scope", scopes_text(pinterest_traits(), ",")},
                                                           {"state", consent.state}});
}

wire::Request PinterestAuth::exchange(const App& app, const std::string& redirect_uri) const {
  wire::Request made = token_request(
      app,
      {{"grant_type", "authorization_code"}, {"redirect_uri", redirect_uri}, {"continuous_refresh", "true"}});
  made.secrets.push_back({"code", Place::form, "code"});
  return made;
}

Result<Tokens> PinterestAuth::read_tokens(const wire::Response& response) const {
  return tokens_in(pinterest_traits().label, response);
}

std::optional<wire::Request> PinterestAuth::refresh(const App& app, const Account&) const {
  wire::Request made = token_request(app, {{"grant_type", "refresh_token"}});
  made.secrets.push_back({"refresh", Place::form, "refresh_token"});
  return made;
}

Result<Tokens> PinterestAuth::read_refresh(const wire::Response& response) const {
  return read_tokens(response);
}

// https://developers.pinterest.com/docs/api/v5/boards-list (2025-12)
wire::Request PinterestAuth::identities(const App& app) const {
  return request(app.api_base, "GET", "/boards?page_size=250");
}

Result<std::vector<Identity>> PinterestAuth::read_identities(const App&,
                                                             const wire::Response& response) const {
  if (!accepted(response)) return refuse(fault_in(response, Instant{0}));
  const auto answer = read_json(response.body);
  const json::value* items = answer ? look(*answer, {"items"}) : nullptr;
  if (items == nullptr || !items->is_array()) return refuse(unreadable(pinterest_traits().label, response));
  std::vector<Identity> boards;
  add_boards(*answer, boards);
  if (!boards.empty()) return boards;
  return refuse({.kind = FaultKind::invalid,
                 .code = "no_boards",
                 .text = "This Pinterest account has no board, and pins belong to boards.",
                 .remedy = "Make a board on Pinterest, then connect again."});
}

std::optional<wire::Request> PinterestAuth::further(const App& app,
                                                    const std::vector<Identity>& found) const {
  const std::string rest = rest_of(found);
  if (rest.empty()) return std::nullopt;
  return request(app.api_base, "GET", "/boards?page_size=250&bookmark=" + wire::percent_encode(rest));
}

// Those that were found can be connected, whatever becomes of the rest.
void PinterestAuth::read_further(const App&, const wire::Response& response,
                                 std::vector<Identity>& found) const {
  const auto answer = read_json(response.body);
  add_boards(accepted(response) && answer ? *answer : json::value{}, found);
}

wire::Request PinterestAuth::test(const Account& account) const {
  return request(account.api_base, "GET", "/boards/" + wire::percent_encode(account.external_id));
}

Result<std::string> PinterestAuth::read_test(const Account&, const wire::Response& response) const {
  if (!accepted(response)) return refuse(fault_in(response, Instant{0}));
  const auto answer = read_json(response.body);
  const std::string name = answer ? text_at(*answer, {"name"}) : "";
  if (name.empty()) return refuse(unreadable(pinterest_traits().label, response));
  return fmt::format("Pinterest knows the board {}.", name);
}

}  // namespace carillon::channels::pinterest

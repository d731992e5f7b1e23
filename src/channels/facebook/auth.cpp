// Connecting pages: Facebook Login for a person, a longer-lived token, then one token per page.
// https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow (2026-09)
// https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived (2026-09)
#include <fmt/format.h>

#include <algorithm>

#include "channels/facebook/facebook.h"
#include "channels/found_list.h"
#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "channels/token_answer.h"
#include "wire/url.h"

namespace carillon::channels::facebook {

namespace json = boost::json;

using Place = wire::Insert::Place;

namespace {

wire::Request token_request(const App& app, const wire::Fields& query) {
  wire::Request request;
  request.url = wire::with_query(app.api_base + "/" + version + "/oauth/access_token", query);
  request.secrets = {{"client_secret", Place::query, "client_secret"}};
  return request;
}

Identity page_in(const json::value& page) {
  Identity identity;
  identity.external_id = text_at(page, {"id"});
  identity.name = text_at(page, {"name"});
  identity.handle = identity.name;
  if (const auto token = text_at(page, {"access_token"}); !token.empty())
    identity.secrets["page"] = Secret(token);
  else
    identity.missing.emplace_back("pages_show_list");
  const json::array& tasks = list_at(page, {"tasks"});
  const auto may = [&](const json::value& task) { return task == "CREATE_CONTENT" || task == "MANAGE"; };
  if (std::none_of(tasks.begin(), tasks.end(), may))
    identity.missing.emplace_back("CREATE_CONTENT (a task on the page)");
  identity.facts["tasks"] = tasks;
  return identity;
}

// GET /me/accounts, from a place in the list on.
// https://developers.facebook.com/docs/graph-api/reference/user/accounts/, …/docs/graph-api/results (2026-09)
wire::Request pages_request(const App& app, const std::string& after) {
  wire::Fields query = {{"fields", "id,name,access_token,tasks"}, {"limit", "100"}};
  if (!after.empty()) query.emplace_back("after", after);
  wire::Request request;
  request.url = wire::with_query(app.api_base + "/" + version + "/me/accounts", query);
  request.secrets = {{"access", Place::bearer, ""}};
  return request;
}

void add_pages(const json::value& answer, std::vector<Identity>& pages) {
  std::vector<Identity> named;
  for (const json::value& page : list_at(answer, {"data"})) named.push_back(page_in(page));
  const bool goes_on = look(answer, {"paging", "next"}) != nullptr;
  add_found(std::move(named), goes_on ? text_at(answer, {"paging", "cursors", "after"}) : "", pages);
}

}  // namespace

Result<std::pair<App, Credential>> FacebookAuth::read_app(const std::string& api_base,
                                                          const wire::Response&) const {
  return std::pair(App{.network = "facebook", .api_base = api_base}, Credential{});
}

std::string FacebookAuth::consent_url(const App& app, const Consent& consent) const {
  return wire::with_query(app.authorize_base + "/" + version + "/dialog/oauth",
                          {{"client_id", app.client_id},
                           {"redirect_uri", consent.redirect_uri},
                           {"state", consent.state},
                           {"scope", scopes_text(facebook_traits(), ",")},
                           {"response_type", "code"}});
}

wire::Request FacebookAuth::exchange(const App& app, const std::string& redirect_uri) const {
  auto request = token_request(app, {{"client_id", app.client_id}, {"redirect_uri", redirect_uri}});
  request.secrets.push_back({"code", Place::query, "code"});
  return request;
}

Result<Tokens> FacebookAuth::read_tokens(const wire::Response& response) const {
  const auto answer = read_json(response.body);
  if (answer && look(*answer, {"error", "code"}) != nullptr) {  // its errors are not those of RFC 6749
    Fault fault = fault_in(response, Instant{0});
    if (fault.kind == FaultKind::invalid)
      fault.kind = FaultKind::unauthorized;  // a code that is used up or wrong
    return refuse(std::move(fault));
  }
  auto tokens = tokens_in("Facebook", response);
  if (tokens) tokens->lives.reset();  // what is used are the pages' tokens, and they have no end date
  return tokens;
}

std::optional<wire::Request> FacebookAuth::lengthen(const App& app) const {
  auto request = token_request(app, {{"grant_type", "fb_exchange_token"}, {"client_id", app.client_id}});
  request.secrets.push_back({"access", Place::query, "fb_exchange_token"});
  return request;
}

wire::Request FacebookAuth::identities(const App& app) const {
  return pages_request(app, "");
}

std::optional<wire::Request> FacebookAuth::further(const App& app, const std::vector<Identity>& found) const {
  const std::string rest = rest_of(found);
  return rest.empty() ? std::nullopt : std::optional(pages_request(app, rest));
}

// Those that were found can be connected, whatever becomes of the rest.
void FacebookAuth::read_further(const App&, const wire::Response& response,
                                std::vector<Identity>& found) const {
  const auto answer = read_json(response.body);
  add_pages(accepted(response) && answer ? *answer : json::value{}, found);
}

Result<std::vector<Identity>> FacebookAuth::read_identities(const App&,
                                                            const wire::Response& response) const {
  const auto answer = read_json(response.body);
  const json::value* list = answer ? look(*answer, {"data"}) : nullptr;
  if (!accepted(response) || list == nullptr || !list->is_array()) {
    Fault fault = fault_in(response, Instant{0});
    fault.detail.clear();  // tokens of pages could be in there
    return refuse(std::move(fault));
  }
  std::vector<Identity> pages;
  add_pages(*answer, pages);
  if (!pages.empty()) return pages;
  return refuse(
      {FaultKind::gone, "no_pages", "This login has no page: Facebook lists none that it may speak for.", "",
       "Log in as a person with a role on the page, and choose the page in Facebook's dialog.", ""});
}

Result<Tokens> FacebookAuth::read_refresh(const wire::Response& response) const {
  return read_tokens(response);
}

// GET /{page}. https://developers.facebook.com/docs/graph-api/reference/page/ (2026-09)
wire::Request FacebookAuth::test(const Account& account) const {
  return request(account, "GET", "/" + wire::percent_encode(account.external_id) + "?fields=id,name");
}

Result<std::string> FacebookAuth::read_test(const Account&, const wire::Response& response) const {
  const auto answer = read_json(response.body);
  const std::string name = answer ? text_at(*answer, {"name"}) : "";
  if (!accepted(response) || name.empty()) return refuse(fault_in(response, Instant{0}));
  return fmt::format("Facebook knows this page as {}.", name);
}

}  // namespace carillon::channels::facebook

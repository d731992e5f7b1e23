// Connecting LinkedIn: a person logs in, and speaks for themselves and for the organisations they administer.
// https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow (2026-09)
#include <fmt/format.h>

#include <algorithm>

#include "channels/json_answer.h"
#include "channels/linkedin/linkedin.h"
#include "channels/refusal.h"
#include "channels/token_answer.h"
#include "wire/url.h"

namespace carillon::channels::linkedin {

namespace json = boost::json;

using Place = wire::Insert::Place;

namespace {

constexpr const char* home = "https://www.linkedin.com";
constexpr const char* person_prefix = "urn:li:person:";
constexpr std::string_view organisation_prefix = "urn:li:organization:";

wire::Request token_request(const std::string& base, wire::Fields form) {
  wire::Request request;
  request.method = "POST";
  request.url = base + "/oauth/v2/accessToken";
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = wire::encode_form(form);
  request.secrets = {{"client_secret", Place::form, "client_secret"}};
  return request;
}

wire::Request read_request(const App& app, const std::string& path) {
  return request(Account{.api_base = app.api_base}, "GET", path);
}

std::string scopes_for(const App& app) {
  std::string text;
  for (const ScopeNeed& scope : linkedin_traits().scopes) {
    if (!scope.always && !app.vetted) continue;
    text += (text.empty() ? "" : " ") + scope.name;
  }
  return text;
}

constexpr size_t most_at_once = 100;  // organisations in one answer

// Its name was not asked for yet.
bool is_nameless(const Identity& identity) {
  return identity.handle.empty();
}

// The organisations of the person: urns first, their names one by one after that.
void add_organisations(const json::value& answer, std::vector<Identity>& found) {
  for (const json::value& one : list_at(answer, {"elements"})) {
    const std::string urn = text_at(one, {"organization"});
    const bool known = std::ranges::any_of(found, [&](const Identity& i) { return i.external_id == urn; });
    if (!urn.starts_with(organisation_prefix) || urn.size() == organisation_prefix.size() || known) continue;
    Identity organisation;
    organisation.external_id = urn;
    organisation.name = "Organisation " + urn.substr(organisation_prefix.size());
    organisation.facts["role"] = text_at(one, {"role"});
    found.push_back(std::move(organisation));
  }
}

// A full answer that named somebody new may not be the last one.
void list_organisations(const json::value& answer, std::vector<Identity>& found) {
  const size_t before = found.size(), named = list_at(answer, {"elements"}).size();
  add_organisations(answer, found);
  json::object& facts = found.front().facts;
  const int64_t listed = number_at(facts, {"listed"}).value_or(0) + static_cast<int64_t>(named);
  facts.erase("listed");
  if (named >= most_at_once && found.size() > before)
    facts["listed"] = listed;
  else
    facts["organisations"] = found.size() - 1;
}

}  // namespace

Result<std::pair<App, Credential>> LinkedinAuth::read_app(const std::string& api_base,
                                                          const wire::Response&) const {
  return std::pair(App{.network = "linkedin", .api_base = api_base}, Credential{});
}

std::string LinkedinAuth::consent_url(const App& app, const Consent& consent) const {
  return wire::with_query(app.authorize_base + "/oauth/v2/authorization",
                          {{"response_type", "code"},
                           {"client_id", app.client_id},
                           {"redirect_uri", consent.redirect_uri},
                           {"state", consent.state},
                           {"scope", scopes_for(app)}});
}

wire::Request LinkedinAuth::exchange(const App& app, const std::string& redirect_uri) const {
  auto request = token_request(
      app.authorize_base,
      {{"grant_type", "authorization_code"}, {"client_id", app.client_id}, {"redirect_uri", redirect_uri}});
  request.secrets.push_back({"code", Place::form, "code"});
  return request;
}

Result<Tokens> LinkedinAuth::read_tokens(const wire::Response& response) const {
  return tokens_in("LinkedIn", response);
}

// GET /v2/userinfo. https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/
// sign-in-with-linkedin-v2 (2026-09)
wire::Request LinkedinAuth::identities(const App& app) const {
  return read_request(app, "/v2/userinfo");
}

Result<std::vector<Identity>> LinkedinAuth::read_identities(const App&,
                                                            const wire::Response& response) const {
  const auto answer = read_json(response.body);
  Identity person;
  const std::string id = answer ? text_at(*answer, {"sub"}) : "";
  if (!accepted(response) || id.empty()) return refuse(fault_in(response, Instant{0}));
  person.external_id = person_prefix + id;
  person.name = text_at(*answer, {"name"});
  if (person.name.empty()) person.name = "LinkedIn member";
  person.handle = person.name;
  person.avatar_url = text_at(*answer, {"picture"});
  return std::vector{std::move(person)};
}

// GET /rest/organizationAcls?q=roleAssignee, then GET /rest/organizations/{id} for each.
// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/
// organization-access-control-by-role, …/organization-lookup-api (2026-09)
std::optional<wire::Request> LinkedinAuth::further(const App& app, const std::vector<Identity>& found) const {
  if (!app.vetted || found.empty()) return std::nullopt;
  if (!found.front().facts.contains("organisations")) {
    const int64_t listed = number_at(found.front().facts, {"listed"}).value_or(0);
    auto made = read_request(
        app, fmt::format("/rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED&count={}{}",
                         most_at_once, listed > 0 ? fmt::format("&start={}", listed) : ""));
    made.headers.push_back({"X-RestLi-Method", "FINDER"});
    return made;
  }
  const auto next = std::ranges::find_if(found, is_nameless);
  if (next == found.end()) return std::nullopt;
  return read_request(app, "/rest/organizations/" +
                               wire::percent_encode(next->external_id.substr(organisation_prefix.size())));
}

void LinkedinAuth::read_further(const App&, const wire::Response& response,
                                std::vector<Identity>& found) const {
  if (found.empty()) return;
  const auto answer = read_json(response.body);
  const bool good = accepted(response) && answer;
  if (!found.front().facts.contains("organisations"))
    return list_organisations(good ? *answer : json::value{}, found);
  const auto next = std::ranges::find_if(found, is_nameless);
  if (next == found.end()) return;
  const std::string name = good ? text_at(*answer, {"localizedName"}) : "";
  if (!name.empty()) next->name = name;
  next->handle = good ? text_at(*answer, {"vanityName"}) : "";
  if (next->handle.empty()) next->handle = next->name;
}

std::optional<wire::Request> LinkedinAuth::refresh(const App& app, const Account& account) const {
  auto request = token_request(account.sandbox ? account.api_base : home,
                               {{"grant_type", "refresh_token"}, {"client_id", app.client_id}});
  request.secrets.push_back({"refresh", Place::form, "refresh_token"});
  return request;
}

Result<Tokens> LinkedinAuth::read_refresh(const wire::Response& response) const {
  return read_tokens(response);
}

wire::Request LinkedinAuth::test(const Account& account) const {
  return request(account, "GET", "/v2/userinfo");
}

Result<std::string> LinkedinAuth::read_test(const Account& account, const wire::Response& response) const {
  const auto answer = read_json(response.body);
  const std::string name = answer ? text_at(*answer, {"name"}) : "";
  if (!accepted(response) || name.empty()) return refuse(fault_in(response, Instant{0}));
  if (!is_organisation(account)) return fmt::format("LinkedIn knows this account as {}.", name);
  return fmt::format("LinkedIn knows the person behind it as {}; posts go out as {}.", name, account.name);
}

}  // namespace carillon::channels::linkedin

// Sign-in and who somebody is: shared/authentication/authorization-code-flow, sign-in-with-linkedin-v2,
// organizations/organization-access-control-by-role, organization-lookup-api (2026-09).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/answers.h"
#include "sandbox/consent_page.h"
#include "sandbox/linkedin/linkedin.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;

constexpr auto code_life = std::chrono::minutes(30);
constexpr std::chrono::seconds access_life(5'184'000), refresh_life(31'536'000);

struct Scope {
  std::string_view name, words;
};
constexpr std::array<Scope, 8> scopes = {{
    {"openid", "Use your name and photo"},
    {"profile", "Use your name and photo"},
    {"email", "Use the primary email address of your account"},
    {"w_member_social", "Create, modify, and delete posts, comments, and reactions on your behalf"},
    {"w_organization_social",
     "Create, modify, and delete posts, comments, and reactions of your organizations"},
    {"r_organization_social",
     "Retrieve your organizations' posts, comments, reactions, and other engagement data"},
    {"rw_organization_admin", "Manage your organizations' pages and retrieve reporting data"},
    {"r_basicprofile", "Use your basic profile"},
}};

const Scope* scope_named(std::string_view name) {
  const auto found = std::ranges::find(scopes, name, &Scope::name);
  return found == scopes.end() ? nullptr : &*found;
}

std::string wrong_with(const Call& call, const Ask& ask, const std::string& base_url) {
  if (call.param_or("response_type", "") != "code") return "response_type must be “code”.";
  if (ask.client != app_id)
    return fmt::format("We can't find an application with the client_id “{}”. The sandbox's app is “{}”.",
                       ask.client, app_id);
  if (!may_return_to(ask.redirect_uri, base_url))
    return "The redirect_uri does not match the registered value.";
  if (ask.scopes.empty()) return "scope is missing.";
  for (const std::string& scope : ask.scopes)
    if (!scope_named(scope)) return fmt::format("Scope “{}” is not authorized for your application.", scope);
  return "";
}

wire::Response oauth_error(int status, std::string_view error, std::string_view description) {
  return json_answer(status, json::object{{"error", error}, {"error_description", description}});
}

}  // namespace

std::optional<wire::Response> Linkedin::consent(const Call& call) {
  if (call.steps.size() != 4 || call.steps[1] != "oauth" || call.steps[3] != "authorization")
    return std::nullopt;
  const Ask ask = read_ask(call, " ");
  if (const std::string why = wrong_with(call, ask, ground_.base_url); !why.empty())
    return page_answer(400, consent_refused(name_, why));
  if (call.method() == "POST") return answer_consent(call, ask);
  ConsentView view{.network = name_,
                   .app = "Carillon",
                   .question = "Continue as",
                   .action = call.path,
                   .go = "Allow",
                   .beside = "Administers ",
                   .faces = false};
  for (const std::string& scope : ask.scopes)
    if (scope != "openid") view.wishes.emplace_back(scope_named(scope)->words);
  for (size_t member = 0; member < 3; ++member)
    view.identities.emplace_back(
        linkedin_member_name(member),
        fmt::format("{} and {}", character(2 * member).name, character(2 * member + 1).name));
  return page_answer(200, consent_page(view, call));
}

wire::Response Linkedin::answer_consent(const Call& call, const Ask& ask) {
  if (call.param_or("decision", "") != "allow")
    return redirect(back_with(ask, {{"error", "user_cancelled_authorize"},
                                    {"error_description", "The user cancelled the authorization"}}));
  const auto member = static_cast<size_t>(to_number(call.param_or("person", "0")).value_or(0)) % 1000;
  return redirect(
      back_with(ask, {{"code", codes_.give({ask, member, call.now + code_life}, ground_.random)}}));
}

wire::Response Linkedin::token(const Call& call) {
  if (call.method() != "POST" || call.form.empty())
    return oauth_error(400, "invalid_request", "A required parameter is missing: grant_type");
  if (call.param_or("client_id", "") != app_id || call.param_or("client_secret", "") != app_secret)
    return oauth_error(401, "invalid_client", "Client authentication failed");
  const std::string kind = call.param_or("grant_type", "");
  if (kind == "refresh_token") {
    const Grant* found = grants_.find(call.param_or("refresh_token", ""));
    if (!found || found->kind != "refresh" || !found->usable(call.now))
      return oauth_error(400, "invalid_request",
                         "The provided authorization grant or refresh token is invalid, expired or revoked");
    const Grant old = *found;  // issuing moves the table
    return tokens_for(old.person, old.scopes, call.now);
  }
  if (kind != "authorization_code")
    return oauth_error(400, "unsupported_grant_type", "grant_type is not supported");
  const auto code = codes_.take(call.param_or("code", ""), call.now);
  if (!code || code->ask.redirect_uri != call.param_or("redirect_uri", ""))
    return oauth_error(
        400, "invalid_request",
        "Unable to retrieve access token: appid/redirect uri/code verifier does not match "
        "authorization code. Or authorization code expired. Or external member binding exists");
  return tokens_for(code->person, join(code->ask.scopes, " "), call.now);
}

wire::Response Linkedin::tokens_for(size_t member, const std::string& granted, Instant now) {
  Grant grant{.kind = "access",
              .person = member,
              .client = std::string(app_id),
              .scopes = granted,
              .issued = now,
              .expires = now + access_life};
  std::string listed = granted;
  std::ranges::replace(listed, ' ', ',');
  json::object body{
      {"access_token", grants_.issue(grant)}, {"expires_in", access_life.count()}, {"scope", listed}};
  if (!keep_refresh_) {
    grant.kind = "refresh";
    grant.expires = now + refresh_life;
    body["refresh_token"] = grants_.issue(grant);
    body["refresh_token_expires_in"] = refresh_life.count();
  }
  return json_answer(200, body);
}

wire::Response Linkedin::userinfo(const Grant& grant) {
  if (!grant.allows("openid") || !grant.allows("profile"))
    return linkedin_error(403, "ACCESS_DENIED", "Not enough permissions to access: userinfo.GET.NO_VERSION");
  const std::string urn = linkedin_urn(grant.person * 2 + 1);
  return json_answer(200,
                     json::object{{"sub", urn.substr(urn.rfind(':') + 1)},
                                  {"name", linkedin_member_name(grant.person)},
                                  {"picture", fmt::format("{}/avatar/{}.svg", base(), grant.person + 40)}});
}

wire::Response Linkedin::acls(const Call& call, const Grant& grant) {
  if (!grant.allows("rw_organization_admin"))
    return linkedin_error(
        403, "ACCESS_DENIED",
        "Not enough permissions to access: organizationAcls.FINDER-roleAssignee.NO_VERSION");
  if (call.param_or("q", "") != "roleAssignee")
    return linkedin_error(400, "ILLEGAL_ARGUMENT", "No finder of that name: q must be roleAssignee");
  json::array elements;
  for (const size_t organisation : {grant.person * 2, grant.person * 2 + 1})
    elements.push_back({{"organization", linkedin_urn(organisation * 2)},
                        {"role", "ADMINISTRATOR"},
                        {"roleAssignee", linkedin_urn(grant.person * 2 + 1)},
                        {"state", "APPROVED"}});
  return json_answer(200, json::object{{"elements", elements},
                                       {"paging", {{"start", 0}, {"count", 100}, {"links", json::array()}}}});
}

wire::Response Linkedin::organisation(const std::string& id, const Grant& grant) {
  if (!grant.allows("rw_organization_admin"))
    return linkedin_error(403, "ACCESS_DENIED",
                          "Not enough permissions to access: organizations.GET.NO_VERSION");
  const auto index = index_of("urn:li:organization:" + id);
  if (!index) return linkedin_error(404, "NOT_FOUND", "Organization not found");
  const Character who = character(*index / 2);
  return json_answer(
      200, json::object{
               {"id", to_number(id).value_or(0)}, {"localizedName", who.name}, {"vanityName", who.handle}});
}

}  // namespace carillon::sandbox

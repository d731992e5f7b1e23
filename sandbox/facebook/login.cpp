// Facebook Login, server side: developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow,
// /guides/access-tokens/get-long-lived, /docs/graph-api/reference/debug_token (2026-09).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/answers.h"
#include "sandbox/consent_page.h"
#include "sandbox/facebook/facebook.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr auto code_life = std::chrono::minutes(10);
constexpr std::chrono::seconds short_life(5400), long_life(5'183'944);

struct Scope {
  std::string_view name, words;
};
constexpr std::array<Scope, 12> scopes = {{
    {"public_profile", "See your name and profile picture"},
    {"email", "See your email address"},
    {"pages_show_list", "See a list of the Pages you manage"},
    {"pages_manage_posts", "Create and manage content on your Pages"},
    {"pages_read_engagement", "Read content posted on your Pages"},
    {"pages_read_user_content", "Read what people write on your Pages"},
    {"pages_manage_engagement", "Answer and moderate comments on your Pages"},
    {"pages_manage_metadata", "Manage the settings of your Pages"},
    {"pages_messaging", "Send messages from your Pages"},
    {"read_insights", "See how your Pages are doing"},
    {"business_management", "Manage your business"},
    {"instagram_basic", "See the Instagram accounts of your Pages"},
}};

const Scope* scope_named(std::string_view name) {
  const auto found = std::ranges::find(scopes, name, &Scope::name);
  return found == scopes.end() ? nullptr : &*found;
}

std::string wrong_with(const Call& call, const Ask& ask, const std::string& base_url) {
  if (ask.client != app_id)
    return fmt::format(
        "Invalid App ID: the provided app ID “{}” does not look like a valid app ID. The sandbox's app is "
        "“{}”.",
        ask.client, app_id);
  if (call.param_or("response_type", "code") != "code")
    return "Only response_type=code is part of the sandbox.";
  if (!may_return_to(ask.redirect_uri, base_url))
    return "URL Blocked: this redirect failed because the redirect URI is not on the list of the app's valid "
           "OAuth redirect URIs.";
  for (const std::string& scope : ask.scopes)
    if (!scope_named(scope)) return fmt::format("Invalid Scopes: {}.", scope);
  return "";
}

}  // namespace

std::optional<wire::Response> Facebook::consent(const Call& call) {
  const size_t n = call.steps.size();
  if (n < 3 || n > 4 || call.steps[n - 2] != "dialog" || call.steps[n - 1] != "oauth") return std::nullopt;
  const Ask ask = read_ask(call, ", ");
  if (const std::string why = wrong_with(call, ask, ground_.base_url); !why.empty())
    return page_answer(400, consent_refused(name_, why));
  if (call.method() == "POST") return answer_consent(call, ask);
  ConsentView view{.network = name_,
                   .app = "Carillon",
                   .question = "Continue as",
                   .action = call.path,
                   .go = "Continue",
                   .beside = "Pages: ",
                   .faces = false};
  view.wishes.emplace_back(scopes[0].words);
  for (const std::string& scope : ask.scopes)
    if (scope != "public_profile") view.wishes.emplace_back(scope_named(scope)->words);
  for (size_t user = 0; user < 3; ++user)
    view.identities.emplace_back(facebook_user_name(user), fmt::format("{} and {}", character(2 * user).name,
                                                                       character(2 * user + 1).name));
  return page_answer(200, consent_page(view, call));
}

wire::Response Facebook::answer_consent(const Call& call, const Ask& ask) {
  if (call.param_or("decision", "") != "allow")
    return redirect(back_with(ask, {{"error", "access_denied"},
                                    {"error_code", "200"},
                                    {"error_description", "Permissions error"},
                                    {"error_reason", "user_denied"}}));
  const auto person = static_cast<size_t>(to_number(call.param_or("person", "0")).value_or(0)) % 1000;
  return redirect(
      back_with(ask, {{"code", "AQ" + codes_.give({ask, person, call.now + code_life}, ground_.random)}}));
}

wire::Response Facebook::token(const Call& call) {
  if (auto refusal = unknown_parameter(call, {"client_id", "client_secret", "redirect_uri", "code",
                                              "grant_type", "fb_exchange_token", "code_verifier"}))
    return *refusal;
  if (call.param_or("client_id", "") != app_id)
    return error(400, 101,
                 "Error validating application. Cannot get application info due to a system error.");
  if (call.param_or("client_secret", "") != app_secret)
    return error(400, 1, "Error validating client secret.");
  const std::string kind = call.param_or("grant_type", "authorization_code");
  if (kind == "fb_exchange_token") return lengthen(call);
  if (kind == "client_credentials")
    return json_answer(200, json::object{{"access_token", fmt::format("{}|{}", app_id, app_secret)},
                                         {"token_type", "bearer"}});
  const std::string text = call.param_or("code", "");
  const auto code = codes_.take(text.starts_with("AQ") ? text.substr(2) : "", call.now);
  if (!code)
    return error(400, 100,
                 text.empty() ? "Missing authorization code"
                              : "This authorization code has been used, is invalid or has expired.",
                 text.empty() ? 0 : 36009);
  if (code->ask.redirect_uri != call.param_or("redirect_uri", ""))
    return error(400, 100,
                 "Error validating verification code. Please make sure your redirect_uri is identical to the "
                 "one you used in the OAuth dialog request",
                 36008);
  std::string granted = "public_profile";
  for (const std::string& scope : code->ask.scopes)
    if (scope != "public_profile") granted += " " + scope;
  const std::string access = grants_.issue({.kind = "user",
                                            .person = code->person,
                                            .client = std::string(app_id),
                                            .scopes = granted,
                                            .issued = call.now,
                                            .expires = call.now + short_life});
  return json_answer(
      200,
      json::object{{"access_token", access}, {"token_type", "bearer"}, {"expires_in", short_life.count()}});
}

wire::Response Facebook::lengthen(const Call& call) {
  const Grant* found = grants_.find(call.param_or("fb_exchange_token", ""));
  if (!found || found->kind != "user")
    return error(400, 190, "Invalid OAuth access token - Cannot parse access token");
  if (!found->usable(call.now))
    return error(400, 190, "Error validating access token: Session has expired.", 463);
  Grant grant = *found;
  grant.issued = call.now;
  grant.expires = call.now + long_life;
  return json_answer(200, json::object{{"access_token", grants_.issue(grant)},
                                       {"token_type", "bearer"},
                                       {"expires_in", long_life.count()}});
}

// A page token from a long-lived user token does not expire; from a short-lived one it dies with it.
std::string Facebook::page_token(size_t page, const Grant& user, Instant now) {
  const bool lasting = user.expires - user.issued > 24h;
  return grants_.issue({.kind = "page",
                        .person = page,
                        .client = user.client,
                        .scopes = user.scopes,
                        .issued = now,
                        .expires = lasting ? Instant::never() : user.expires});
}

wire::Response Facebook::accounts(const Call& call, const Caller& caller) {
  if (auto refusal = unknown_parameter(call, {"limit", "after", "before"})) return *refusal;
  if (!caller.grant.allows("pages_show_list")) return json_answer(200, json::object{{"data", json::array{}}});
  json::array data;
  for (const size_t page : {caller.grant.person * 2, caller.grant.person * 2 + 1}) {
    const json::object whole{
        {"id", facebook_page_id(page)},
        {"name", character(page).name},
        {"access_token", page_token(page, caller.grant, call.now)},
        {"category", "Community"},
        {"category_list", json::array{json::object{{"id", "2612"}, {"name", "Community"}}}},
        {"tasks", {"ANALYZE", "ADVERTISE", "MESSAGING", "MODERATE", "CREATE_CONTENT", "MANAGE"}},
        {"username", character(page).handle},
        {"link", fmt::format("{}/{}", base(), character(page).handle)},
        {"picture",
         json::object{{"data", json::object{{"url", fmt::format("{}/avatar/{}.svg", base(), page)}}}}},
        {"followers_count", 120},
        {"fan_count", 120},
        {"instagram_business_account", nullptr}};
    json::object shown;
    if (auto refusal =
            select(whole, "Page", call, "access_token,category,category_list,name,id,tasks", shown))
      return *refusal;
    data.emplace_back(std::move(shown));
  }
  return json_answer(
      200,
      json::object{
          {"data", data},
          {"paging", json::object{{"cursors", json::object{{"before", "MQZDZD"}, {"after", "MgZDZD"}}}}}});
}

wire::Response Facebook::debug_token(const Call& call) {
  const std::string asking = call.param_or("access_token", call.bearer().value_or(""));
  const Grant* asker = grants_.find(asking);
  if (asking != fmt::format("{}|{}", app_id, app_secret) && !(asker && asker->usable(call.now)))
    return error(400, 190, "Invalid OAuth access token - Cannot parse access token");
  const Grant* grant = grants_.find(call.param_or("input_token", ""));
  if (!grant)
    return json_answer(
        200,
        json::object{
            {"data", json::object{{"is_valid", false},
                                  {"scopes", json::array{}},
                                  {"error", json::object{{"code", 190},
                                                         {"message", "Invalid OAuth access token."}}}}}});
  json::array given;
  for (const std::string& scope : split(grant->scopes, " ")) given.emplace_back(scope);
  const bool page = grant->kind == "page";
  json::object data{{"app_id", app_id},
                    {"type", page ? "PAGE" : "USER"},
                    {"application", "Carillon"},
                    {"data_access_expires_at", (grant->issued + std::chrono::days(90)).seconds()},
                    {"expires_at", grant->expires == Instant::never() ? 0 : grant->expires.seconds()},
                    {"is_valid", grant->usable(call.now)},
                    {"issued_at", grant->issued.seconds()},
                    {"scopes", given},
                    {"user_id", facebook_user_id(page ? grant->person / 2 : grant->person)}};
  if (page) data["profile_id"] = facebook_page_id(grant->person);
  if (!grant->usable(call.now))
    data["error"] = json::object{
        {"code", 190}, {"subcode", 463}, {"message", "Error validating access token: Session has expired."}};
  return json_answer(200, json::object{{"data", data}});
}

}  // namespace carillon::sandbox

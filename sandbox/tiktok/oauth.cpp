// OAuth 2.0: developers.tiktok.com/doc/oauth-user-access-token-management (2026-09). Access lives a day,
// refresh a year. What is refused comes with HTTP 200 and an "error" at the top.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/answers.h"
#include "sandbox/consent_page.h"
#include "sandbox/tiktok/tiktok.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr Duration code_life = std::chrono::minutes(5);

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> scopes = {{
    {"user.info.basic", "Read your profile info (avatar, display name)"},
    {"video.publish", "Post content to TikTok"},
    {"video.upload", "Upload draft content to your account for further editing and posting"},
}};

std::string_view words_for(std::string_view scope) {
  for (const auto& [name, words] : scopes)
    if (name == scope) return words;
  return "";
}

Ask ask_of(const Call& call) {
  Ask ask = read_ask(call, ", ");
  ask.client = call.param_or("client_key", "");
  return ask;
}

std::string wrong_with(const Call& call, const Ask& ask, const std::string& base_url) {
  if (call.param_or("response_type", "") != "code") return "response_type";
  if (ask.client != app_id) return "client_key";
  if (!may_return_to(ask.redirect_uri, base_url)) return "redirect_uri";
  if (ask.scopes.empty()) return "scope";
  for (const std::string& scope : ask.scopes)
    if (words_for(scope).empty()) return "scope: " + scope;
  return "";
}

wire::Response refused(std::string_view error, std::string_view description) {
  return json_answer(200,
                     json::object{{"error", error}, {"error_description", description}, {"log_id", "2026"}});
}

}  // namespace

std::optional<wire::Response> Tiktok::consent(const Call& call) {
  if (!call.is("GET", {"tiktok", "v2", "auth", "authorize"}) &&
      !call.is("POST", {"tiktok", "v2", "auth", "authorize"}))
    return std::nullopt;
  const Ask ask = ask_of(call);
  if (const std::string why = wrong_with(call, ask, ground_.base_url); !why.empty())
    return page_answer(400, consent_refused(name_, "Something went wrong: " + why));
  if (call.method() == "POST") {
    if (call.param_or("decision", "") != "allow")
      return redirect(back_with(ask, {{"error", "access_denied"}}));
    const auto who = static_cast<size_t>(to_number(call.param_or("person", "0")).value_or(0)) % 1000;
    return redirect(back_with(ask, {{"code", codes_.give({ask, who, call.now + code_life}, ground_.random)},
                                    {"scopes", join(ask.scopes, ",")}}));
  }
  ConsentView view{.network = name_,
                   .app = "Carillon",
                   .question = "Continue as",
                   .action = base() + "/v2/auth/authorize/",
                   .go = "Continue"};
  for (const std::string& scope : ask.scopes) view.wishes.emplace_back(words_for(scope));
  for (size_t i = 0; i < 3; ++i) view.identities.emplace_back(character(i).name, "@" + character(i).handle);
  return page_answer(200, consent_page(view, call));
}

wire::Response Tiktok::token(const Call& call) {
  if (call.param_or("client_key", "") != app_id || call.param_or("client_secret", "") != app_secret)
    return refused("invalid_client", "Client key or secret is incorrect.");
  const std::string kind = call.param_or("grant_type", "");
  if (kind == "authorization_code") {
    const auto code = codes_.take(call.param_or("code", ""), call.now);
    if (!code || code->ask.redirect_uri != call.param_or("redirect_uri", ""))
      return refused("invalid_grant", "Authorization code is expired.");
    return tokens_for(code->person, join(code->ask.scopes, " "), call.now);
  }
  if (kind != "refresh_token") return refused("unsupported_grant_type", "Unknown grant_type.");
  const Grant* grant = grants_.find(call.param_or("refresh_token", ""));
  if (!grant || grant->kind != "refresh" || !grant->usable(call.now))
    return refused("invalid_grant", "Refresh token is invalid or expired.");
  const Grant old = *grant;  // issuing moves the table
  return tokens_for(old.person, old.scopes, call.now);
}

wire::Response Tiktok::tokens_for(size_t who, const std::string& granted, Instant now) {
  Grant grant{.kind = "access",
              .person = who,
              .client = std::string(app_id),
              .scopes = granted,
              .issued = now,
              .expires = now + std::chrono::hours(24)};
  json::object body{{"open_id", person(who).external_id},
                    {"scope", join(split(granted, " "), ",")},
                    {"access_token", grants_.issue(grant)},
                    {"expires_in", 86'400},
                    {"token_type", "Bearer"}};
  if (!keep_refresh_) {
    grant.kind = "refresh";
    grant.expires = now + std::chrono::hours(24 * 365);
    body["refresh_token"] = grants_.issue(grant);
    body["refresh_expires_in"] = 31'536'000;
  }
  return json_answer(200, body);
}

wire::Response Tiktok::user(const Call& call, size_t who) const {
  if (call.param_or("fields", "").empty()) return tiktok_error(400, "invalid_params", "Fields is required");
  const Person one = person(who);
  const json::object shown{{"open_id", one.external_id},
                           {"display_name", one.name},
                           {"avatar_url", fmt::format("{}/avatar/{}.svg", base(), who)}};
  return tiktok_ok({{"user", shown}});
}

}  // namespace carillon::sandbox

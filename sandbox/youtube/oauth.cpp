// Google's OAuth 2.0: developers.google.com/identity/protocols/oauth2/web-server (2026-09). Access lives an
// hour, the refresh token until it is taken back, and comes only with access_type=offline.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/answers.h"
#include "sandbox/consent_page.h"
#include "sandbox/youtube/youtube.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr Duration code_life = std::chrono::minutes(10);

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> scopes = {{
    {"https://www.googleapis.com/auth/youtube.upload", "Manage your YouTube videos"},
    {"https://www.googleapis.com/auth/youtube.readonly", "View your YouTube account"},
    {"https://www.googleapis.com/auth/youtube.force-ssl",
     "See, edit, and permanently delete your YouTube videos, ratings, comments and captions"},
    {"https://www.googleapis.com/auth/yt-analytics.readonly",
     "View YouTube Analytics reports for your content"},
}};

std::string_view words_for(std::string_view scope) {
  for (const auto& [name, words] : scopes)
    if (name == scope) return words;
  return "";
}

std::string wrong_with(const Call& call, const Ask& ask, const std::string& base_url) {
  if (call.param_or("response_type", "") != "code") return "Error 400: invalid_request: response_type";
  if (ask.client != app_id) return "Error 401: invalid_client: the OAuth client was not found.";
  if (!may_return_to(ask.redirect_uri, base_url))
    return "Error 400: redirect_uri_mismatch: " + ask.redirect_uri;
  if (!ask.challenge.empty() && ask.method != "S256" && ask.method != "plain")
    return "Error 400: invalid_request: code_challenge_method";
  if (ask.scopes.empty()) return "Error 400: invalid_request: scope";
  for (const std::string& scope : ask.scopes)
    if (words_for(scope).empty()) return "Error 400: invalid_scope: " + scope;
  return "";
}

wire::Response oauth_error(int status, std::string_view error, std::string_view description) {
  return json_answer(status, json::object{{"error", error}, {"error_description", description}});
}

}  // namespace

std::optional<wire::Response> Youtube::consent(const Call& call) {
  if (!call.is("GET", {"youtube", "o", "oauth2", "v2", "auth"}) &&
      !call.is("POST", {"youtube", "o", "oauth2", "v2", "auth"}))
    return std::nullopt;
  Ask ask = read_ask(call, " ");
  if (const std::string why = wrong_with(call, ask, ground_.base_url); !why.empty())
    return page_answer(400, consent_refused(name_, why));
  if (call.method() == "POST") {
    if (call.param_or("decision", "") != "allow")
      return redirect(back_with(ask, {{"error", "access_denied"}}));
    const auto who = static_cast<size_t>(to_number(call.param_or("person", "0")).value_or(0)) % 1000;
    if (call.param_or("access_type", "") == "offline") ask.scopes.emplace_back("offline");
    return redirect(
        back_with(ask, {{"code", codes_.give({ask, who, call.now + code_life}, ground_.random)}}));
  }
  ConsentView view{.network = name_,
                   .app = "Carillon",
                   .question = "Choose an account",
                   .action = base() + "/o/oauth2/v2/auth",
                   .go = "Continue"};
  for (const std::string& scope : ask.scopes) view.wishes.emplace_back(words_for(scope));
  for (size_t i = 0; i < 3; ++i) view.identities.emplace_back(character(i).name, "@" + character(i).handle);
  return page_answer(200, consent_page(view, call));
}

wire::Response Youtube::token(const Call& call) {
  if (call.param_or("client_id", "") != app_id || call.param_or("client_secret", "") != app_secret)
    return oauth_error(401, "invalid_client", "The OAuth client was not found.");
  const std::string kind = call.param_or("grant_type", "");
  if (kind == "authorization_code") {
    const auto code = codes_.take(call.param_or("code", ""), call.now);
    if (!code) return oauth_error(400, "invalid_grant", "Malformed auth code.");
    if (code->ask.redirect_uri != call.param_or("redirect_uri", ""))
      return oauth_error(400, "redirect_uri_mismatch", "Bad Request");
    if (!verifier_fits(code->ask.challenge, code->ask.method, call.param_or("code_verifier", "")))
      return oauth_error(400, "invalid_grant", "Invalid code verifier.");
    auto granted = code->ask.scopes;
    const bool offline = std::erase(granted, "offline") > 0;
    return tokens_for(code->person, join(granted, " "), call.now, offline);
  }
  if (kind != "refresh_token") return oauth_error(400, "unsupported_grant_type", "Invalid grant_type");
  const Grant* grant = grants_.find(call.param_or("refresh_token", ""));
  if (!grant || grant->kind != "refresh" || !grant->usable(call.now))
    return oauth_error(400, "invalid_grant", "Token has been expired or revoked.");
  const Grant old = *grant;  // issuing moves the table
  return tokens_for(old.person, old.scopes, call.now, false);
}

wire::Response Youtube::tokens_for(size_t person, const std::string& granted, Instant now,
                                   bool with_refresh) {
  Grant grant{.kind = "access",
              .person = person,
              .client = std::string(app_id),
              .scopes = granted,
              .issued = now,
              .expires = now + std::chrono::hours(1)};
  json::object body{{"access_token", grants_.issue(grant)},
                    {"expires_in", 3599},
                    {"scope", granted},
                    {"token_type", "Bearer"}};
  if (with_refresh) {
    grant.kind = "refresh";
    grant.expires = Instant::never();
    body["refresh_token"] = grants_.issue(grant);
  }
  return json_answer(200, body);
}

wire::Response Youtube::revoke(const Call& call) {
  Grant* grant = grants_.find(call.param_or("token", ""));
  if (!grant) return oauth_error(400, "invalid_token", "Token expired or revoked");
  const size_t person = grant->person;
  grants_.revoke_where([&](const Grant& one) { return one.person == person; });
  return json_answer(200, json::object{});
}

}  // namespace carillon::sandbox

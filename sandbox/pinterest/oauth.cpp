// OAuth 2.0: developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization (2025-12).
// Access lives thirty days, refresh sixty, renewed each time. And boards, which a login is asked for.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/answers.h"
#include "sandbox/consent_page.h"
#include "sandbox/pinterest/pinterest.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr Duration code_life = std::chrono::minutes(5);
constexpr auto access_life = std::chrono::hours(24 * 30), refresh_life = std::chrono::hours(24 * 60);

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> scopes = {{
    {"boards:read", "See your public boards"},
    {"boards:write", "Create, update, or delete your public boards"},
    {"pins:read", "See your public Pins"},
    {"pins:write", "Create, update, or delete your public Pins"},
    {"user_accounts:read", "See your user accounts and followers"},
}};

std::string_view words_for(std::string_view scope) {
  for (const auto& [name, words] : scopes)
    if (name == scope) return words;
  return "";
}

std::string wrong_with(const Call& call, const Ask& ask, const std::string& base_url) {
  if (call.param_or("response_type", "") != "code") return "response_type must be “code”.";
  if (ask.client != app_id) return fmt::format("No app has the client_id “{}”.", ask.client);
  if (!may_return_to(ask.redirect_uri, base_url))
    return fmt::format("This redirect_uri is not registered: {}", ask.redirect_uri);
  if (ask.scopes.empty()) return "scope is missing.";
  for (const std::string& scope : ask.scopes)
    if (words_for(scope).empty()) return fmt::format("There is no scope “{}”.", scope);
  return "";
}

}  // namespace

std::optional<wire::Response> Pinterest::consent(const Call& call) {
  if (!call.is("GET", {"pinterest", "oauth"}) && !call.is("POST", {"pinterest", "oauth"}))
    return std::nullopt;
  const Ask ask = read_ask(call, ", ");
  if (const std::string why = wrong_with(call, ask, ground_.base_url); !why.empty())
    return page_answer(400, consent_refused(name_, why));
  if (call.method() == "POST") {
    if (call.param_or("decision", "") != "allow")
      return redirect(back_with(ask, {{"error", "access_denied"}}));
    const auto who = static_cast<size_t>(to_number(call.param_or("person", "0")).value_or(0)) % 1000;
    return redirect(
        back_with(ask, {{"code", codes_.give({ask, who, call.now + code_life}, ground_.random)}}));
  }
  ConsentView view{.network = name_,
                   .app = "Carillon",
                   .question = "Continue as",
                   .action = base() + "/oauth/",
                   .go = "Give access"};
  for (const std::string& scope : ask.scopes) view.wishes.emplace_back(words_for(scope));
  for (size_t i = 0; i < 3; ++i) view.identities.emplace_back(character(i).name, "@" + character(i).handle);
  return page_answer(200, consent_page(view, call));
}

wire::Response Pinterest::token(const Call& call) {
  const auto client = basic(call);
  if (!client || client->first != app_id || client->second != app_secret)
    return pinterest_error(401, 2, "Authentication failed.");
  const std::string kind = call.param_or("grant_type", "");
  if (kind == "authorization_code") {
    const auto code = codes_.take(call.param_or("code", ""), call.now);
    if (!code || code->ask.redirect_uri != call.param_or("redirect_uri", ""))
      return json_answer(
          400, json::object{{"error", "invalid_grant"}, {"code", 283}, {"message", "Invalid code"}});
    return tokens_for(code->person, join(code->ask.scopes, " "), call.now);
  }
  if (kind != "refresh_token")
    return json_answer(400, json::object{{"error", "unsupported_grant_type"}, {"code", 1}});
  Grant* grant = grants_.find(call.param_or("refresh_token", ""));
  if (!grant || grant->kind != "refresh" || !grant->usable(call.now))
    return json_answer(400,
                       json::object{{"error", "invalid_grant"}, {"code", 283}, {"message", "Invalid token"}});
  const Grant old = *grant;  // issuing moves the table
  return tokens_for(old.person, old.scopes, call.now);
}

wire::Response Pinterest::tokens_for(size_t person, const std::string& granted, Instant now) {
  Grant grant{.kind = "access",
              .person = person,
              .client = std::string(app_id),
              .scopes = granted,
              .issued = now,
              .expires = now + access_life};
  json::object body{{"access_token", grants_.issue(grant)},
                    {"token_type", "bearer"},
                    {"expires_in", 2'592'000},
                    {"scope", granted}};
  if (!keep_refresh_) {
    grant.kind = "refresh";
    grant.expires = now + refresh_life;
    body["refresh_token"] = grants_.issue(grant);
    body["refresh_token_expires_in"] = 5'184'000;
  }
  return json_answer(200, body);
}

wire::Response Pinterest::boards(const Call& call, size_t who) {
  const auto size = to_number(call.param_or("page_size", "25"));
  if (!size || *size < 1 || *size > 250)
    return pinterest_error(400, 1, "page_size must be between 1 and 250");
  json::array items;
  for (const size_t index : {who * 2, who * 2 + 1}) {
    const Person one = person(index);
    items.emplace_back(json::object{{"id", one.external_id},
                                    {"name", one.name},
                                    {"privacy", "PUBLIC"},
                                    {"owner", json::object{{"username", one.handle}}}});
  }
  return json_answer(200, json::object{{"items", items}, {"bookmark", nullptr}});
}

wire::Response Pinterest::board(const Call& call, size_t who) {
  const auto index = index_of(call.steps[3]);
  if (!index || *index / 2 != who) return pinterest_error(404, 40, "Board not found.");
  const Person one = person(*index);
  return json_answer(200, json::object{{"id", one.external_id}, {"name", one.name}, {"privacy", "PUBLIC"}});
}

}  // namespace carillon::sandbox

// OAuth 2.0 with PKCE: docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token (2026-08).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/answers.h"
#include "sandbox/consent_page.h"
#include "sandbox/x/x.h"

namespace carillon::sandbox {
namespace {

constexpr Duration code_life = std::chrono::seconds(30);
constexpr std::chrono::hours access_life(2);

struct Scope {
  std::string_view name, words;
};
constexpr std::array<Scope, 18> scopes = {{
    {"tweet.read", "See your posts and the posts you can see"},
    {"tweet.write", "Post and repost for you"},
    {"tweet.moderate.write", "Hide replies to your posts"},
    {"users.read", "See your profile"},
    {"media.write", "Upload photos and videos for you"},
    {"offline.access", "Stay connected until you take this back"},
    {"dm.read", "Read your Direct Messages"},
    {"dm.write", "Send Direct Messages for you"},
    {"like.read", "See what you like"},
    {"like.write", "Like posts for you"},
    {"follows.read", "See whom you follow"},
    {"follows.write", "Follow people for you"},
    {"space.read", "See the Spaces you can see"},
    {"list.read", "See your Lists"},
    {"list.write", "Change your Lists"},
    {"bookmark.read", "See your Bookmarks"},
    {"bookmark.write", "Change your Bookmarks"},
    {"timeline.read", "See your timeline"},
}};

const Scope* scope_named(std::string_view name) {
  const auto found = std::ranges::find(scopes, name, &Scope::name);
  return found == scopes.end() ? nullptr : &*found;
}

// "" or what is wrong with this request for consent.
std::string wrong_with(const Call& call, const Ask& ask, const std::string& base_url) {
  if (call.param_or("response_type", "") != "code") return "response_type must be “code”.";
  if (ask.client != app_id)
    return fmt::format("No app has the client_id “{}”. The sandbox's app is “{}”.", ask.client, app_id);
  if (!may_return_to(ask.redirect_uri, base_url))
    return fmt::format("This redirect_uri is not registered: {}", ask.redirect_uri);
  if (ask.state.empty() || ask.state.size() > 500) return "state is missing or longer than 500 characters.";
  if (ask.challenge.empty()) return "code_challenge is missing.";
  if (ask.method != "S256" && ask.method != "plain") return "code_challenge_method must be S256 or plain.";
  if (ask.scopes.empty()) return "scope is missing.";
  for (const std::string& scope : ask.scopes)
    if (!scope_named(scope)) return fmt::format("There is no scope “{}”.", scope);
  return "";
}

wire::Response oauth_error(int status, std::string_view error, std::string_view description) {
  return json_answer(status, boost::json::object{{"error", error}, {"error_description", description}});
}

// The client that speaks: named by Basic with its secret, or by client_id alone.
std::optional<std::string> client_of(const Call& call) {
  if (const auto pair = basic(call))
    return pair->first == app_id && pair->second == app_secret ? std::optional(pair->first) : std::nullopt;
  const auto named = call.param("client_id");
  return named == app_id && !call.header("authorization") ? named : std::nullopt;
}

}  // namespace

std::optional<wire::Response> X::consent(const Call& call) {
  if (!call.is("GET", {"x", "i", "oauth2", "authorize"}) &&
      !call.is("POST", {"x", "i", "oauth2", "authorize"}))
    return std::nullopt;
  const Ask ask = read_ask(call, " ");
  if (const std::string why = wrong_with(call, ask, ground_.base_url); !why.empty())
    return page_answer(400, consent_refused(name_, why));
  if (call.method() == "POST") return answer_consent(call, ask);
  ConsentView view{.network = name_,
                   .app = "Carillon",
                   .question = "Authorize it as",
                   .action = base() + "/i/oauth2/authorize"};
  for (const std::string& scope : ask.scopes) view.wishes.emplace_back(scope_named(scope)->words);
  for (size_t i = 0; i < 3; ++i) view.identities.emplace_back(character(i).name, "@" + character(i).handle);
  return page_answer(200, consent_page(view, call));
}

wire::Response X::answer_consent(const Call& call, const Ask& ask) {
  if (call.param_or("decision", "") != "allow") return redirect(back_with(ask, {{"error", "access_denied"}}));
  const auto person = static_cast<size_t>(to_number(call.param_or("person", "0")).value_or(0)) % 1000;
  return redirect(
      back_with(ask, {{"code", codes_.give({ask, person, call.now + code_life}, ground_.random)}}));
}

wire::Response X::token(const Call& call) {
  const auto client = client_of(call);
  if (!client) return oauth_error(401, "unauthorized_client", "Missing valid authorization header");
  const std::string kind = call.param_or("grant_type", "");
  if (kind == "authorization_code") return trade_code(call, *client);
  if (kind == "refresh_token") return refresh(call, *client);
  return oauth_error(400, "unsupported_grant_type", "Value passed for the grant_type parameter was invalid.");
}

wire::Response X::trade_code(const Call& call, const std::string& client) {
  const auto code = codes_.take(call.param_or("code", ""), call.now);
  if (!code || code->ask.client != client)
    return oauth_error(400, "invalid_request", "Value passed for the authorization code was invalid.");
  if (code->ask.redirect_uri != call.param_or("redirect_uri", ""))
    return oauth_error(400, "invalid_request",
                       "Value passed for the redirect uri did not match the uri of the authorization code.");
  if (!verifier_fits(code->ask.challenge, code->ask.method, call.param_or("code_verifier", "")))
    return oauth_error(400, "invalid_request",
                       "Value passed for the code verifier did not match the code challenge.");
  return tokens_for(code->person, client, join(code->ask.scopes, " "), call.now);
}

// Each refresh token works once: whoever comes second has lost the race.
wire::Response X::refresh(const Call& call, const std::string& client) {
  Grant* grant = grants_.find(call.param_or("refresh_token", ""));
  if (!grant || grant->kind != "refresh" || grant->client != client || !grant->usable(call.now))
    return oauth_error(400, "invalid_request", "Value passed for the token was invalid.");
  if (!keep_refresh_) grant->state = Grant::State::revoked;
  const Grant old = *grant;  // issuing moves the table
  return tokens_for(old.person, client, old.scopes, call.now);
}

wire::Response X::tokens_for(size_t person, const std::string& client, const std::string& granted,
                             Instant now) {
  Grant grant{.kind = "access",
              .person = person,
              .client = client,
              .scopes = granted,
              .issued = now,
              .expires = now + access_life};
  boost::json::object body{{"token_type", "bearer"},
                           {"expires_in", 7200},
                           {"access_token", grants_.issue(grant)},
                           {"scope", granted}};
  if (grant.allows("offline.access") && !keep_refresh_) {
    grant.kind = "refresh";
    grant.expires = Instant::never();
    body["refresh_token"] = grants_.issue(grant);
  }
  return json_answer(200, body);
}

wire::Response X::revoke(const Call& call) {
  if (!client_of(call)) return oauth_error(401, "unauthorized_client", "Missing valid authorization header");
  const auto token = call.param("token");
  if (!token) return oauth_error(400, "invalid_request", "Missing required parameter [token].");
  grants_.revoke(*token);
  return json_answer(200, boost::json::object{{"revoked", true}});
}

}  // namespace carillon::sandbox

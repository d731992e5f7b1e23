// Apps and OAuth: docs.joinmastodon.org/methods/apps, /methods/oauth, /api/oauth-scopes (2026-07).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/digest.h"
#include "sandbox/answers.h"
#include "sandbox/consent_page.h"
#include "sandbox/mastodon/mastodon.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr auto code_life = std::chrono::minutes(10);
constexpr std::string_view out_of_band = "urn:ietf:wg:oauth:2.0:oob";

struct Scope {
  std::string_view name, words;
};
constexpr std::array<Scope, 14> scopes = {{
    {"read", "See everything your account can see"},
    {"write", "Post and change things for you"},
    {"profile", "See your profile"},
    {"push", "Send you notifications"},
    {"follow", "Follow and block people for you"},
    {"read:accounts", "See your account and the accounts you can see"},
    {"read:statuses", "See your posts and the posts you can see"},
    {"read:notifications", "See your notifications"},
    {"read:search", "Search for you"},
    {"write:statuses", "Publish posts for you"},
    {"write:media", "Upload photos and videos for you"},
    {"write:conversations", "Mute and delete conversations for you"},
    {"write:favourites", "Favourite posts for you"},
    {"write:accounts", "Change your profile"},
}};

const Scope* scope_named(std::string_view name) {
  const auto found = std::ranges::find(scopes, name, &Scope::name);
  return found == scopes.end() ? nullptr : &*found;
}

wire::Response oauth_error(int status, std::string_view error, std::string_view description) {
  return json_answer(status, json::object{{"error", error}, {"error_description", description}});
}

json::array as_array(const std::vector<std::string>& words) {
  return json::array(words.begin(), words.end());
}

std::vector<std::string> uris_of(const Call& call) {
  auto all = call.list("redirect_uris");
  if (all.size() == 1) return split(all[0], "\n \r");
  if (all.empty() && call.param("redirect_uris")) return split(*call.param("redirect_uris"), "\n \r");
  return all;
}

// Scopes of a request that an app with these scopes may ask for.
bool within(const std::vector<std::string>& asked, const std::vector<std::string>& registered) {
  return std::ranges::all_of(asked, [&](const std::string& scope) {
    return std::ranges::find(registered, scope) != registered.end() ||
           std::ranges::find(registered, scope.substr(0, scope.find(':'))) != registered.end();
  });
}

struct Client {
  std::string id, secret;
};
Client client_of(const Call& call) {
  if (const auto pair = basic(call)) return {pair->first, pair->second};
  return {call.param_or("client_id", ""), call.param_or("client_secret", "")};
}

}  // namespace

wire::Response Mastodon::register_app(const Call& call) {
  if (call.malformed) return mastodon_error(400, "Bad request");
  if (auto refusal = mastodon_unknown(call, {"client_name", "redirect_uris", "scopes", "website"}))
    return *refusal;
  const std::string name = call.param_or("client_name", "");
  if (name.empty()) return mastodon_error(422, "Validation failed: Application name can't be blank");
  const auto uris = uris_of(call);
  if (uris.empty()) return mastodon_error(422, "Validation failed: Redirect URI can't be blank");
  for (const std::string& uri : uris)
    if (uri != out_of_band && !wire::parse_url(uri))
      return mastodon_error(422, "Validation failed: Redirect URI must be an absolute URI.");
  auto wanted = split(call.param_or("scopes", "read"), " ");
  for (const std::string& scope : wanted)
    if (!scope_named(scope))
      return mastodon_error(422, "Validation failed: Scopes doesn't match configured on the server.");
  const std::string client = stamped("mastodon app", random_token(ground_.random, 12));
  App* app = app_named(client);
  app->redirect_uris = uris;
  app->scopes = wanted;
  return json_answer(200, json::object{{"id", std::to_string(apps_.size())},
                                       {"name", name},
                                       {"website", call.param("website") ? json::value(*call.param("website"))
                                                                         : json::value()},
                                       {"scopes", as_array(wanted)},
                                       {"redirect_uri", join(uris, "\n")},
                                       {"redirect_uris", as_array(uris)},
                                       {"client_id", client},
                                       {"client_secret", app->secret},
                                       {"client_secret_expires_at", 0}});
}

// An app that this sandbox registered before it was restarted is known by its name; what it may ask is not.
Mastodon::App* Mastodon::app_named(const std::string& client) {
  if (const auto found = apps_.find(client); found != apps_.end()) return &found->second;
  if (!is_stamped("mastodon app", client)) return nullptr;
  const Sha256 secret = hmac_sha256("mastodon client secret", client);
  App app{.secret = to_base64url({reinterpret_cast<const char*>(secret.data()), secret.size()})};
  for (const Scope& scope : scopes) app.scopes.emplace_back(scope.name);
  return &apps_.emplace(client, std::move(app)).first->second;
}

std::string Mastodon::wrong_with(const Call& call, const Ask& ask) {
  const App* app = app_named(ask.client);
  if (!app)
    return "Client authentication failed due to unknown client, no client authentication included, or "
           "unsupported authentication method.";
  if (call.param_or("response_type", "") != "code")
    return "The authorization server does not support this response type.";
  const auto& uris = app->redirect_uris;
  const bool named = uris.empty() || std::ranges::find(uris, ask.redirect_uri) != uris.end();
  if (!named || (ask.redirect_uri != out_of_band && !may_return_to(ask.redirect_uri, ground_.base_url)))
    return "The redirect uri included is not valid.";
  if (!within(ask.scopes, app->scopes)) return "The requested scope is invalid, unknown, or malformed.";
  if (!ask.challenge.empty() && ask.method != "S256") return "The code challenge method must be S256.";
  return "";
}

std::optional<wire::Response> Mastodon::consent(const Call& call) {
  if (!call.is("GET", {"mastodon", "oauth", "authorize"}) &&
      !call.is("POST", {"mastodon", "oauth", "authorize"}))
    return std::nullopt;
  Ask ask = read_ask(call, " +");
  if (ask.scopes.empty()) ask.scopes = {"read"};
  if (const std::string why = wrong_with(call, ask); !why.empty())
    return page_answer(400, consent_refused(name_, why));
  if (call.method() == "POST") return answer_consent(call, ask);
  ConsentView view{.network = name_,
                   .app = "Carillon",
                   .question = "Authorize it as",
                   .action = base() + "/oauth/authorize"};
  for (const std::string& scope : ask.scopes)
    view.wishes.emplace_back(scope_named(scope) ? scope_named(scope)->words : std::string_view(scope));
  for (size_t i = 0; i < 3; ++i) view.identities.emplace_back(character(i).name, "@" + character(i).handle);
  return page_answer(200, consent_page(view, call));
}

wire::Response Mastodon::answer_consent(const Call& call, const Ask& ask) {
  const bool shown = ask.redirect_uri == out_of_band;
  if (call.param_or("decision", "") != "allow") {
    if (shown) return page_answer(200, consent_refused(name_, "You did not let the app in."));
    return redirect(back_with(
        ask, {{"error", "access_denied"},
              {"error_description", "The resource owner or authorization server denied the request."}}));
  }
  const auto person = static_cast<size_t>(to_number(call.param_or("person", "0")).value_or(0)) % 1000;
  const std::string code = codes_.give({ask, person, call.now + code_life}, ground_.random);
  if (shown) return page_answer(200, consent_refused(name_, "Copy this code into the app: " + code));
  return redirect(back_with(ask, {{"code", code}}));
}

wire::Response Mastodon::token(const Call& call) {
  const Client client = client_of(call);
  const App* app = app_named(client.id);
  if (!app || app->secret != client.secret)
    return oauth_error(401, "invalid_client",
                       "Client authentication failed due to unknown client, no client authentication "
                       "included, or unsupported authentication method.");
  Grant grant{.kind = "access", .client = client.id, .issued = call.now};
  const std::string kind = call.param_or("grant_type", "");
  if (kind == "authorization_code") {
    const auto code = codes_.take(call.param_or("code", ""), call.now);
    const bool fits =
        code && code->ask.client == client.id &&
        code->ask.redirect_uri == call.param_or("redirect_uri", "") &&
        verifier_fits(code->ask.challenge, code->ask.method, call.param_or("code_verifier", ""));
    if (!fits)
      return oauth_error(
          400, "invalid_grant",
          "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI "
          "used in the authorization request, or was issued to another client.");
    grant.person = code->person;
    grant.scopes = join(code->ask.scopes, " ");
  } else if (kind == "client_credentials") {
    const auto asked = split(call.param_or("scope", "read"), " ");
    if (!within(asked, app->scopes))
      return oauth_error(400, "invalid_scope", "The requested scope is invalid, unknown, or malformed.");
    grant.kind = "app";
    grant.scopes = join(asked, " ");
  } else {
    return oauth_error(400, "unsupported_grant_type",
                       "The authorization grant type is not supported by the authorization server.");
  }
  return json_answer(200, json::object{{"access_token", grants_.issue(grant)},
                                       {"token_type", "Bearer"},
                                       {"scope", grant.scopes},
                                       {"created_at", call.now.seconds()}});
}

wire::Response Mastodon::revoke(const Call& call) {
  const Client client = client_of(call);
  const App* app = app_named(client.id);
  const std::string token = call.param_or("token", "");
  const Grant* grant = grants_.find(token);
  if (!app || app->secret != client.secret || (grant && grant->client != client.id))
    return oauth_error(403, "unauthorized_client", "You are not authorized to revoke this token");
  grants_.revoke(token);
  return json_answer(200, json::object{});
}

wire::Response Mastodon::metadata(const Call&) const {
  json::array names;
  for (const Scope& scope : scopes) names.emplace_back(scope.name);
  return json_answer(200,
                     json::object{{"issuer", base() + "/"},
                                  {"authorization_endpoint", base() + "/oauth/authorize"},
                                  {"token_endpoint", base() + "/oauth/token"},
                                  {"revocation_endpoint", base() + "/oauth/revoke"},
                                  {"app_registration_endpoint", base() + "/api/v1/apps"},
                                  {"scopes_supported", names},
                                  {"response_types_supported", {"code"}},
                                  {"grant_types_supported", {"authorization_code", "client_credentials"}},
                                  {"code_challenge_methods_supported", {"S256"}}});
}

}  // namespace carillon::sandbox

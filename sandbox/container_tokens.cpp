// Consent and tokens of the networks with containers: an hour, then sixty days, then refreshed after a day at
// the earliest. developers.facebook.com/docs/threads/get-started/long-lived-tokens,
// …/instagram-api-with-instagram-login/ business-login (2026-09).
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/answers.h"
#include "sandbox/consent_page.h"
#include "sandbox/containers.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;

constexpr auto code_life = std::chrono::hours(1);
constexpr std::chrono::hours short_life(1), youngest(24);
constexpr std::chrono::days long_life(60);

wire::Response token_error(std::string_view message) {
  return json_answer(
      400, json::object{{"error_type", "OAuthException"}, {"code", 400}, {"error_message", message}});
}

}  // namespace

std::optional<wire::Response> Containers::consent(const Call& call) {
  if (call.steps.size() != 3 || call.steps[1] != "oauth" || call.steps[2] != "authorize") return std::nullopt;
  const Ask ask = read_ask(call, ", ");
  std::string wrong;
  if (ask.client != app_id) wrong = fmt::format("Invalid client_id. The sandbox's app is “{}”.", app_id);
  if (call.param_or("response_type", "") != "code") wrong = "response_type must be “code”.";
  if (!may_return_to(ask.redirect_uri, ground_.base_url)) wrong = "Invalid redirect_uri.";
  ConsentView view{
      .network = name_, .app = "Carillon", .question = "Continue as", .action = call.path, .go = "Allow"};
  for (const std::string& scope : ask.scopes) {
    const auto all = wishes();
    const auto known = std::ranges::find(all, scope, &Wish::name);
    if (known == all.end())
      wrong = "Invalid scope: " + scope;
    else
      view.wishes.emplace_back(known->words);
  }
  if (view.wishes.empty() && wrong.empty()) wrong = "scope is missing.";
  if (!wrong.empty()) return page_answer(400, consent_refused(name_, wrong));
  if (call.method() == "POST") return answer_consent(call, ask);
  for (size_t i = 0; i < 3; ++i) view.identities.emplace_back(character(i).name, "@" + character(i).handle);
  return page_answer(200, consent_page(view, call));
}

wire::Response Containers::answer_consent(const Call& call, const Ask& ask) {
  if (call.param_or("decision", "") != "allow")
    return redirect(back_with(ask, {{"error", "access_denied"},
                                    {"error_reason", "user_denied"},
                                    {"error_description", "The user denied your request"}}));
  const auto person = static_cast<size_t>(to_number(call.param_or("person", "0")).value_or(0)) % 1000;
  return redirect(
      back_with(ask, {{"code", codes_.give({ask, person, call.now + code_life}, ground_.random)}}));
}

wire::Response Containers::token(const Call& call) {
  if (call.method() != "POST") return token_error("Unsupported method");
  if (call.param_or("client_id", "") != app_id || call.param_or("client_secret", "") != app_secret)
    return token_error("Invalid platform app or client secret");
  if (call.param_or("grant_type", "") != "authorization_code") return token_error("Invalid grant_type");
  const auto code = codes_.take(call.param_or("code", ""), call.now);
  if (!code) return token_error("This authorization code has been used or is invalid");
  if (code->ask.redirect_uri != call.param_or("redirect_uri", ""))
    return token_error(
        "Error validating verification code. Please make sure your redirect_uri is identical to the "
        "one you used in the OAuth dialog request");
  const std::string access = grants_.issue({.kind = "short",
                                            .person = code->person,
                                            .client = std::string(app_id),
                                            .scopes = join(code->ask.scopes, " "),
                                            .issued = call.now,
                                            .expires = call.now + short_life});
  const json::object body{{"access_token", access}, {"user_id", to_number(id_of(code->person)).value_or(0)}};
  if (letters_ != "ig") return json_answer(200, body);
  json::object wrapped = body;
  wrapped["permissions"] = join(code->ask.scopes, ",");
  return json_answer(200, json::object{{"data", json::array{wrapped}}});
}

wire::Response Containers::longer(const Call& call, bool exchange) {
  const std::string wanted = letters_ + (exchange ? "_exchange_token" : "_refresh_token");
  if (call.method() != "GET" || call.param_or("grant_type", "") != wanted)
    return error(400, 100, "(#100) grant_type must be " + wanted);
  if (exchange && call.param_or("client_secret", "") != app_secret)
    return error(400, 101, "Error validating client secret.");
  const Grant* found = grants_.find(call.param_or("access_token", ""));
  if (!found || found->kind != (exchange ? "short" : "long"))
    return error(400, 190, "Invalid OAuth access token - Cannot parse access token");
  if (!found->usable(call.now))
    return error(400, 190, "Error validating access token: Session has expired", 463);
  if (!exchange && call.now < found->issued + youngest)
    return error(400, 100, "(#100) The access token must be at least 24 hours old to be refreshed");
  Grant grant = *found;  // issuing moves the table
  grant.kind = "long";
  grant.issued = call.now;
  grant.expires = call.now + long_life;
  return json_answer(200, json::object{{"access_token", grants_.issue(grant)},
                                       {"token_type", "bearer"},
                                       {"expires_in", std::chrono::seconds(long_life).count()}});
}

}  // namespace carillon::sandbox

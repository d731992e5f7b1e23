// Sessions: docs.bsky.app/docs/api/com-atproto-server-create-session (2026-04). Access lives two hours,
// refresh ninety days; a refresh token that was used stays good for two hours more, as in the reference
// server.
#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/bluesky/bluesky.h"
#include "sandbox/shape.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr auto access_life = std::chrono::hours(2), refresh_life = std::chrono::hours(24 * 90);
constexpr size_t most_people = 10'000;

std::optional<size_t> person_named(std::string_view identifier) {
  const std::string wanted = lowered(identifier);
  for (size_t i = 0; i < most_people; ++i)
    if (bluesky_handle(i) == wanted || bluesky_did(i) == wanted) return i;
  return std::nullopt;
}

}  // namespace

wire::Response Bluesky::session(size_t person, Instant now) {
  const std::string access =
      grants_.issue({.kind = "access", .person = person, .issued = now, .expires = now + access_life});
  const std::string refresh =
      grants_.issue({.kind = "refresh", .person = person, .issued = now, .expires = now + refresh_life});
  return json_answer(200, json::object{{"accessJwt", access},
                                       {"refreshJwt", refresh},
                                       {"handle", bluesky_handle(person)},
                                       {"did", bluesky_did(person)},
                                       {"active", true}});
}

wire::Response Bluesky::create_session(const Call& call) {
  if (!call.json) return bluesky_error(400, "InvalidRequest", "Input must be an object");
  if (const auto odd = stranger(*call.json, {"identifier", "password", "authFactorToken", "allowTakendown"});
      !odd.empty())
    return bluesky_error(400, "InvalidRequest", "Unknown member: " + odd);
  const auto identifier = text_member(*call.json, "identifier"),
             password = text_member(*call.json, "password");
  if (!identifier) return bluesky_error(400, "InvalidRequest", "Input must have the property \"identifier\"");
  if (!password) return bluesky_error(400, "InvalidRequest", "Input must have the property \"password\"");
  const Reading hourly = meter("session:" + lowered(*identifier), 30, std::chrono::minutes(5), call.now);
  if (hourly.over) return bluesky_error(429, "RateLimitExceeded", "Rate Limit Exceeded");
  const auto person = person_named(*identifier);
  if (!person || *password != bluesky_password)
    return bluesky_error(401, "AuthenticationRequired", "Invalid identifier or password");
  return session(*person, call.now);
}

wire::Response Bluesky::refresh_session(const Call& call) {
  const auto token = call.bearer();
  if (!token) return bluesky_error(401, "AuthMissing", "Authentication Required");
  Grant* grant = grants_.find(*token);
  if (!grant || grant->kind != "refresh" || grant->state == Grant::State::revoked)
    return bluesky_error(400, "InvalidToken", "Token could not be verified");
  if (!grant->usable(call.now)) return bluesky_error(400, "ExpiredToken", "Token has been revoked");
  if (!keep_refresh_) grant->expires = std::min(grant->expires, call.now + std::chrono::hours(2));
  return session(grant->person, call.now);
}

wire::Response Bluesky::delete_session(const Call& call) {
  Grant* grant = grants_.find(call.bearer().value_or(""));
  if (!grant || grant->kind != "refresh")
    return bluesky_error(400, "InvalidToken", "Token could not be verified");
  grants_.revoke_where(
      [&](const Grant& one) { return one.person == grant->person && one.issued == grant->issued; });
  return {200, {}, ""};
}

wire::Response Bluesky::get_session(const Call&, size_t person) {
  return json_answer(
      200, json::object{{"handle", bluesky_handle(person)}, {"did", bluesky_did(person)}, {"active", true}});
}

wire::Response Bluesky::resolve_handle(const Call& call, size_t) {
  const auto person = person_named(call.param_or("handle", ""));
  if (!person) return bluesky_error(400, "InvalidRequest", "Unable to resolve handle");
  return json_answer(200, json::object{{"did", bluesky_did(*person)}});
}

}  // namespace carillon::sandbox

// Signing in: argon2id, throttled by name and by address, the same answer and time for people who do not
// exist.
#include <fmt/format.h>

#include <algorithm>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/entry.h"
#include "api/handlers.h"
#include "api/passwords.h"
#include "api/sessions.h"
#include "api/tokens.h"
#include "store/people.h"

namespace carillon::api {

namespace {
struct Credentials {
  std::string email, password;
};

Credentials read_credentials(Reader& in) {
  return {read_email(in, "email"), in.text("password", {1, 256})};
}

std::string by_email(const std::string& email) {
  return "email:" + email;
}
std::string by_address(const Request& request) {
  return "address:" + address_prefix(request.address);
}

// Doubles with each failure beyond the free ones, up to a quarter of an hour; never a lasting lock.
Duration penalty(int64_t failures, int64_t free) {
  if (failures < free) return Duration(0);
  return std::min<Duration>(std::chrono::seconds(int64_t{1} << std::min<int64_t>(failures - free, 20)),
                            std::chrono::minutes(15));
}

Fault throttled(Duration wait) {
  return {.kind = FaultKind::throttled,
          .code = "sign_in_throttled",
          .text = "Too many failed sign-ins for this name or from this network.",
          .remedy = "Wait a little; people who are signed in are not affected.",
          .retry_after = wait};
}

Fault wrong() {
  return {.kind = FaultKind::unauthorized,
          .code = "wrong_password",
          .text = "The e-mail address or the password is wrong.",
          .remedy = "Check both; an owner of the workspace can set a new password."};
}

// Who that would be. The attempt counts as a failure until it is none: of guesses that come together each is
// counted before any of them is hashed.
Result<std::optional<User>> begin(store::Unit& unit, const Request& request, const std::string& email) {
  store::People people(unit);
  const auto name = people.failures(by_email(email));
  const auto address = people.failures(by_address(request));
  const Instant again =
      std::max(name.last + penalty(name.count, 5), address.last + penalty(address.count, 20));
  if (again > request.now) return refuse(throttled(again - request.now));
  people.fail(by_email(email), request.now);
  people.fail(by_address(request), request.now);
  return people.user_by_email(email);
}

void write_down_failure(store::Unit& unit, Request& request, const User& user) {
  request.caller.workspace = user.workspace;
  audit(unit, request, "session.refused", "user:" + user.id.text(), address_prefix(request.address));
}

struct Opened {
  std::string token, me;
};

// `hash`: of the same password, perhaps made anew. Hashing took a while: somebody may have changed the
// password or switched the user off meanwhile.
Result<Opened> open(store::Unit& unit, Request& request, Desk& desk, const User& verified,
                    const std::string& hash) {
  store::People people(unit);
  if (!people.renew_password(verified, hash)) return refuse(wrong());
  const User user = people.user(verified.workspace, verified.id).value();
  people.forgive(by_email(user.email));
  people.take_back(by_address(request));
  const std::string token = open_session(unit, request, desk, user);
  audit(unit, request, "session.opened", "user:" + user.id.text(), address_prefix(request.address));
  return Opened{token, describe_caller(unit, request, desk)};
}
}  // namespace

Answering sign_in(Request& request, Desk& desk) {
  auto given = read_body(request, read_credentials);
  if (!given) co_return refuse(std::move(given.error()));
  auto look = [&](store::Unit& unit) { return begin(unit, request, given->email); };
  const auto begun = co_await written(desk.store, std::move(look));
  if (!begun) co_return refuse(begun.error());
  const std::optional<User>& user = *begun;
  std::string hash = user && !user->disabled ? user->password_hash : "";
  auto verdict = co_await verify_password(desk, hash, given->password);
  if (!verdict) co_return refuse(std::move(verdict.error()));
  if (!verdict->right) {
    auto fail = [&](store::Unit& unit) -> Result<bool> {
      if (user) write_down_failure(unit, request, *user);
      return true;
    };
    co_await written(desk.store, std::move(fail));
    co_return refuse(wrong());
  }
  if (verdict->outdated) {
    if (auto again = co_await hash_password(desk, given->password)) hash = std::move(*again);
  }
  auto work = [&](store::Unit& unit) { return open(unit, request, desk, *user, hash); };
  auto opened = co_await written(desk.store, std::move(work));
  if (!opened) co_return refuse(std::move(opened.error()));
  wire::Response response = json_answer(201, std::move(opened->me));
  response.headers.push_back(set_cookie(desk.settings, opened->token));
  co_return std::move(response);
}

}  // namespace carillon::api

#include "api/setup.h"

#include "api/answers.h"
#include "api/awaited.h"
#include "api/entry.h"
#include "api/handlers.h"
#include "api/passwords.h"
#include "api/sessions.h"
#include "api/tokens.h"
#include "base/digest.h"
#include "base/text.h"
#include "base/zones.h"
#include "store/people.h"
#include "store/records.h"

namespace carillon::api {

namespace {
constexpr Duration link_lasts = std::chrono::hours(1);

struct SetupInput {
  std::string token, workspace, zone, email, name, password;
};

SetupInput read_setup(Reader& in) {
  SetupInput input;
  input.token = in.text("token", {1, 200});
  input.workspace = in.text("workspace", {1, 100});
  input.zone = in.maybe_text("zone", {1, 64}).value_or("UTC");
  input.email = read_email(in, "email");
  input.name = in.maybe_text("name", {0, 100}).value_or("");
  input.password = in.text("password", {1, 256});
  if (!in.failed() && !is_zone(input.zone)) {
    in.refuse("unknown_zone", "There is no time zone \"" + input.zone + "\".", "zone",
              "Use an IANA name such as Europe/Berlin.");
  }
  return input;
}

// The token must be the one that was offered, in its hour, while nobody is there.
Result<void> open_to(store::Unit& unit, const std::string& token, Instant now) {
  store::Settings settings(unit);
  if (store::People(unit).anyone()) {
    return refuse(closed("already_set_up", "This server is set up already.", "Sign in."));
  }
  const auto expected = settings.get("setup_token_sha256");
  if (!expected || !same_secret(*expected, hash_token(token))) {
    return refuse({.kind = FaultKind::forbidden,
                   .code = "wrong_token",
                   .text = "This is not the link that the server printed.",
                   .field = "token",
                   .remedy = "Use the link from the server's own output; each start prints a new one."});
  }
  const auto expires = parse_instant(settings.get("setup_token_expires").value_or(""));
  if (expires && now <= *expires) return {};
  return refuse({.kind = FaultKind::gone,
                 .code = "used_up",
                 .text = "The link has expired: it is good for one hour.",
                 .field = "token",
                 .remedy = "Restart the server: it prints a new one."});
}

struct SetUp {
  std::string token;  // of the new session
  std::string me;
};

Result<SetUp> make_owner(store::Unit& unit, Request& request, Desk& desk, const SetupInput& input,
                         const std::string& hash) {
  if (auto open = open_to(unit, input.token, request.now); !open) return refuse(std::move(open.error()));
  store::People people(unit);
  const Workspace workspace{WorkspaceId::make(request.now, desk.random), input.workspace, input.zone,
                            request.now};
  people.add(workspace);
  const User user{.id = UserId::make(request.now, desk.random),
                  .workspace = workspace.id,
                  .email = input.email,
                  .name = input.name,
                  .password_hash = hash,
                  .role = Role::owner,
                  .created = request.now};
  people.add(user);
  store::Settings settings(unit);
  settings.remove("setup_token_sha256");
  settings.remove("setup_token_expires");
  const std::string token = open_session(unit, request, desk, user);
  audit(unit, request, "setup", "workspace:" + workspace.id.text());
  return SetUp{token, describe_caller(unit, request, desk)};
}
}  // namespace

std::optional<std::string> offer_setup(store::Store& store, Random& random, Instant now) {
  const std::string token = mint_token(random);
  bool anyone = true;
  store.write_now([&](store::Unit& unit) {
    anyone = store::People(unit).anyone();
    if (anyone) return;
    store::Settings settings(unit);
    settings.set("setup_token_sha256", hash_token(token));
    settings.set("setup_token_expires", to_text(now + link_lasts));
  });
  return anyone ? std::nullopt : std::optional(token);
}

Answering get_setup(Request&, Desk& desk) {
  auto look = [](store::Unit& unit) { return store::People(unit).anyone(); };
  const bool anyone = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().field("needed", !anyone).end();
  co_return json_answer(200, json.take());
}

Answering set_up(Request& request, Desk& desk) {
  auto input = read_body(request, read_setup);
  if (!input) co_return refuse(std::move(input.error()));
  auto look = [&](store::Unit& unit) { return open_to(unit, input->token, request.now); };
  if (auto open = co_await seen(desk.store, std::move(look)); !open)
    co_return refuse(std::move(open.error()));
  if (auto good = good_password(input->password, {input->email, input->name, input->workspace}); !good) {
    co_return refuse(std::move(good.error()));
  }
  auto hash = co_await hash_password(desk, input->password);
  if (!hash) co_return refuse(std::move(hash.error()));
  auto work = [&](store::Unit& unit) { return make_owner(unit, request, desk, *input, *hash); };
  auto done = co_await written(desk.store, std::move(work));
  if (!done) co_return refuse(std::move(done.error()));
  if (desk.owner_made) desk.owner_made();
  wire::Response response = json_answer(201, std::move(done->me));
  response.headers.push_back(set_cookie(desk.settings, done->token));
  co_return std::move(response);
}

}  // namespace carillon::api

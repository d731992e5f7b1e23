#include "sandbox/mastodon/mastodon.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

constexpr int64_t first_account = 110'000'000'000'000'001;
constexpr std::string_view all_scopes = "profile read:accounts read:statuses write:statuses write:media";
constexpr auto five_minutes = std::chrono::minutes(5), half_hour = std::chrono::minutes(30);

// Limits of docs.joinmastodon.org/api/rate-limits (2026-07); the reset is a time, not a number.
void add_rate(wire::Response& response, const Reading& reading) {
  response.headers.push_back({"X-RateLimit-Limit", number_text(reading.limit)});
  response.headers.push_back({"X-RateLimit-Remaining", number_text(reading.left())});
  response.headers.push_back({"X-RateLimit-Reset", iso_millis(reading.reset)});
}

}  // namespace

struct Mastodon::Endpoint {
  std::string_view method;
  std::array<std::string_view, 6> path;  // "*": any step; "" ends it
  std::string_view scope;                // one of these, separated by a space; "": none needed
  std::string_view meter;  // its own limit: "media", "delete", "status"; "": only the common one
  wire::Response (Mastodon::*answer)(const Call&, size_t);

  bool is(const Call& call) const {
    const size_t length = static_cast<size_t>(std::ranges::find(path, "") - path.begin());
    if (method != call.method() || call.steps.size() != length + 1) return false;
    return std::equal(path.begin(), path.begin() + length, call.steps.begin() + 1,
                      [](std::string_view p, std::string_view step) { return p == "*" || p == step; });
  }
};

std::span<const Mastodon::Endpoint> Mastodon::endpoints() {
  static constexpr std::array<Endpoint, 11> table = {{
      {"POST", {"api", "v1", "statuses"}, "write:statuses", "status", &Mastodon::create},
      {"DELETE", {"api", "v1", "statuses", "*"}, "write:statuses", "delete", &Mastodon::remove},
      {"GET", {"api", "v1", "statuses", "*"}, "read:statuses", "", &Mastodon::one},
      {"GET", {"api", "v1", "statuses", "*", "source"}, "read:statuses", "", &Mastodon::source},
      {"GET", {"api", "v1", "statuses", "*", "context"}, "read:statuses", "", &Mastodon::context},
      {"GET", {"api", "v1", "accounts", "verify_credentials"}, "profile read:accounts", "", &Mastodon::me},
      {"GET", {"api", "v1", "accounts", "*", "statuses"}, "read:statuses", "", &Mastodon::timeline},
      {"POST", {"api", "v2", "media"}, "write:media", "media", &Mastodon::upload},
      {"GET", {"api", "v1", "media", "*"}, "write:media", "", &Mastodon::look_up},
      {"PUT", {"api", "v1", "media", "*"}, "write:media", "", &Mastodon::describe},
      {"GET", {"api", "v2", "instance"}, "", "", &Mastodon::instance},
  }};
  return table;
}

Mastodon::Mastodon(Ground& ground) : Network(ground, "mastodon", "mt"), ids_(0, 16), media_ids_(0, 16) {}

std::unique_ptr<Network> make_mastodon(Ground& ground) {
  return std::make_unique<Mastodon>(ground);
}

wire::Response Mastodon::serve(const Call& call) {
  if (call.is("POST", {"mastodon", "api", "v1", "apps"})) return register_app(call);
  if (call.is("POST", {"mastodon", "oauth", "token"})) return token(call);
  if (call.is("POST", {"mastodon", "oauth", "revoke"})) return revoke(call);
  if (call.is("GET", {"mastodon", ".well-known", "oauth-authorization-server"})) return metadata(call);
  const auto all = endpoints();
  const auto endpoint = std::ranges::find_if(all, [&](const Endpoint& e) { return e.is(call); });
  if (endpoint == all.end()) return mastodon_error(404, "Record not found");
  const auto token = call.bearer();
  Grant* grant = grants_.find(token.value_or(call.param_or("access_token", "")));
  if (!endpoint->scope.empty()) {
    if (!token && !call.param("access_token"))
      return mastodon_error(401, "This method requires an authenticated user");
    if (grant && grant->state == Grant::State::revoked)
      return mastodon_error(401, "The access token was revoked");
    if (!grant || !grant->usable(call.now)) return mastodon_error(401, "The access token is invalid");
    if (grant->kind != "access") return mastodon_error(422, "This method requires an authenticated user");
    const auto needs = split(endpoint->scope, " ");
    if (std::ranges::none_of(needs, [&](const std::string& need) { return mastodon_allows(*grant, need); }))
      return mastodon_error(403, "This action is outside the authorized scopes");
  }
  const size_t person = grant ? grant->person : 0;
  Reading reading = meter(grant ? fmt::format("all:{}", person) : "anybody", 300, five_minutes, call.now);
  if (!reading.over && endpoint->meter == "media")
    reading = meter(fmt::format("media:{}", person), 30, half_hour, call.now);
  if (!reading.over && endpoint->meter == "delete")
    reading = meter(fmt::format("delete:{}", person), 30, half_hour, call.now);
  if (!reading.over && endpoint->meter == "status")
    reading = meter(fmt::format("status:{}", person), 300, 3h, call.now);
  wire::Response response =
      reading.over ? mastodon_error(429, "Too many requests") : (this->*endpoint->answer)(call, person);
  add_rate(response, reading);
  return response;
}

wire::Response Mastodon::throttled(const Call& call, Duration wait, bool silent) {
  wire::Response response = mastodon_error(429, "Too many requests");
  if (!silent) add_rate(response, {300, 300, call.now + wait});
  return response;
}

wire::Response Mastodon::unavailable(const Call&) {
  return mastodon_error(503, "There was a temporary problem serving your request, please try again");
}

std::optional<size_t> Mastodon::index_of(std::string_view external_id) const {
  const auto number = to_number(external_id);
  return number && *number >= first_account ? std::optional(static_cast<size_t>(*number - first_account))
                                            : std::nullopt;
}

Person Mastodon::person(size_t index) const {
  const Character who = character(index);
  return {std::to_string(first_account + static_cast<int64_t>(index)), who.name, who.handle, {}};
}

Person Mastodon::connect(size_t index, Instant now) {
  const std::string client = stamped("mastodon app", random_token(ground_.random, 12));
  const App* app = app_named(client);
  const std::string access = grants_.issue({.kind = "access",
                                            .person = index,
                                            .client = client,
                                            .scopes = std::string(all_scopes),
                                            .issued = now});
  Person someone = person(index);
  someone.credential = {{"access", access}, {"client_id", client}, {"client_secret", app->secret}};
  return someone;
}

void Mastodon::adopt(const Effect& effect) {
  Post post{.id = effect.external_id,
            .url = effect.url,
            .person = index_of(effect.account).value_or(0),
            .text = effect.text,
            .reply_to = effect.reply_to,
            .at = effect.at};
  post.media.resize(effect.media);
  ids_.seen(post.id);
  shelf_.add(std::move(post));
}

void Mastodon::settle(Instant now) {
  std::erase_if(scheduled_, [&](const std::string& id) {
    Post* post = shelf_.find(id);
    if (!post || now < post->at) return post == nullptr;
    Post live = *post;
    post->gone = true;  // the scheduled id is not the later status id
    publish(live);
    return true;
  });
}

wire::Response mastodon_error(int status, std::string_view error) {
  return json_answer(status, boost::json::object{{"error", error}});
}

bool mastodon_allows(const Grant& grant, std::string_view need) {
  return grant.allows(need) || grant.allows(need.substr(0, need.find(':')));
}

std::optional<wire::Response> mastodon_unknown(const Call& call,
                                               std::initializer_list<std::string_view> known) {
  for (const std::string& name : call.names()) {
    if (name == "access_token" || std::ranges::find(known, std::string_view(name)) != known.end()) continue;
    return mastodon_error(
        422, fmt::format("Unknown parameter “{}” (the sandbox refuses what the documentation does not name)",
                         name));
  }
  return std::nullopt;
}

const Post* Mastodon::shown_at(const Call& call) {
  const auto& s = call.steps;
  return s.size() == 3 && s[1].starts_with('@') ? shelf_.find(s[2]) : nullptr;
}

}  // namespace carillon::sandbox

#include "sandbox/pinterest/pinterest.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

constexpr int64_t first_board = 700'000'000'000'000'001;
constexpr std::string_view all_scopes = "boards:read,boards:write,pins:read,pins:write,user_accounts:read";

}  // namespace

struct Pinterest::Endpoint {
  std::string_view method;
  std::array<std::string_view, 4> path;  // after /pinterest/v5; "*": any step; "" ends it
  std::string_view scopes;
  wire::Response (Pinterest::*answer)(const Call&, size_t);

  bool is(const Call& call) const {
    const size_t length = static_cast<size_t>(std::ranges::find(path, "") - path.begin());
    if (method != call.method() || call.steps.size() != length + 2 || call.steps[1] != "v5") return false;
    return std::equal(path.begin(), path.begin() + length, call.steps.begin() + 2,
                      [](std::string_view p, std::string_view step) { return p == "*" || p == step; });
  }
};

std::span<const Pinterest::Endpoint> Pinterest::endpoints() {
  static constexpr std::array<Endpoint, 8> table = {{
      {"GET", {"boards"}, "boards:read", &Pinterest::boards},
      {"GET", {"boards", "*"}, "boards:read", &Pinterest::board},
      {"GET", {"boards", "*", "pins"}, "boards:read,pins:read", &Pinterest::pins},
      {"POST", {"pins"}, "boards:read,boards:write,pins:read,pins:write", &Pinterest::create},
      {"GET", {"pins", "*"}, "boards:read,pins:read", &Pinterest::one_pin},
      {"DELETE", {"pins", "*"}, "boards:read,boards:write,pins:read,pins:write", &Pinterest::remove},
      {"POST", {"media"}, "pins:read,pins:write", &Pinterest::announce},
      {"GET", {"media", "*"}, "pins:read,pins:write", &Pinterest::video},
  }};
  return table;
}

Pinterest::Pinterest(Ground& ground) : Network(ground, "pinterest", "pina_"), ids_(0, 16) {}

std::unique_ptr<Network> make_pinterest(Ground& ground) {
  return std::make_unique<Pinterest>(ground);
}

wire::Response pinterest_error(int status, int64_t code, std::string_view message) {
  return json_answer(status, boost::json::object{{"code", code}, {"message", message}});
}

wire::Response Pinterest::serve(const Call& call) {
  if (call.is("POST", {"pinterest", "v5", "oauth", "token"})) return token(call);
  if (call.is("POST", {"pinterest", "storage", "*"})) return take_bytes(call);
  const auto all = endpoints();
  const auto endpoint = std::ranges::find_if(all, [&](const Endpoint& e) { return e.is(call); });
  if (endpoint == all.end()) return pinterest_error(404, 40, "The requested resource was not found.");
  const Grant* grant = grants_.find(call.bearer().value_or(""));
  if (!grant || grant->kind != "access" || !grant->usable(call.now))
    return pinterest_error(401, 2, "Authentication failed.");
  for (const std::string& scope : split(endpoint->scopes, ","))
    if (!grant->allows(scope))
      return pinterest_error(403, 29, "You are not permitted to access that resource. Missing: " + scope);
  const Reading reading =
      meter(fmt::format("calls:{}", grant->person), 100, std::chrono::seconds(1), call.now);
  wire::Response response = reading.over ? throttled(call, reading.reset - call.now, false)
                                         : (this->*endpoint->answer)(call, grant->person);
  return response;
}

wire::Response Pinterest::throttled(const Call&, Duration wait, bool silent) {
  wire::Response response =
      pinterest_error(429, 8, "This request exceeded a rate limit. Please retry later.");
  if (silent) return response;
  const int64_t seconds = seconds_to_wait(wait);
  response.headers.push_back({"X-RateLimit-Limit", "100"});
  response.headers.push_back({"X-RateLimit-Remaining", "0"});
  response.headers.push_back({"X-RateLimit-Reset", number_text(seconds)});
  return response;
}

wire::Response Pinterest::unavailable(const Call&) {
  return pinterest_error(503, 12, "Something went wrong on our end. Sorry about that.");
}

// Person p has the boards 2p and 2p + 1; an identity is a board.
std::optional<size_t> Pinterest::index_of(std::string_view external_id) const {
  const auto number = to_number(external_id);
  const bool one = number && *number >= first_board && *number < first_board + 1'000'000;
  return one ? std::optional(static_cast<size_t>(*number - first_board)) : std::nullopt;
}

Person Pinterest::person(size_t index) const {
  return {std::to_string(first_board + static_cast<int64_t>(index)),
          character(index / 2).name + (index % 2 == 0 ? "" : ": ideas"),
          character(index / 2).handle,
          {}};
}

Person Pinterest::connect(size_t index, Instant now) {
  Person someone = person(index);
  const auto given =
      boost::json::parse(tokens_for(index / 2, std::string(join(split(all_scopes, ","), " ")), now).body);
  someone.credential = {{"access", std::string(given.at("access_token").as_string())},
                        {"refresh", std::string(given.at("refresh_token").as_string())},
                        {"client_id", std::string(app_id)},
                        {"client_secret", std::string(app_secret)}};
  return someone;
}

void Pinterest::adopt(const Effect& effect) {
  Post post{.id = effect.external_id,
            .url = effect.url,
            .person = index_of(effect.account).value_or(0),
            .text = effect.text,
            .at = effect.at};
  post.media.resize(effect.media);
  ids_.seen(post.id);
  shelf_.add(std::move(post));
}

const Post* Pinterest::shown_at(const Call& call) {
  const auto& s = call.steps;
  return s.size() == 3 && s[1] == "pin" ? shelf_.find(s[2]) : nullptr;
}

}  // namespace carillon::sandbox

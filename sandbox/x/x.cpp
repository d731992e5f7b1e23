#include "sandbox/x/x.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

constexpr int64_t first_user = 1'600'000'000'000'000'000;
constexpr int64_t epoch_ms = 1'288'834'974'657;  // of X's post ids
constexpr Duration quarter = std::chrono::minutes(15), day = std::chrono::hours(24);
constexpr std::string_view all_scopes = "tweet.read tweet.write users.read media.write offline.access";

void add_rate(wire::Response& response, const Reading& reading, const std::string& name = "x-rate-limit") {
  response.headers.push_back({name + "-limit", number_text(reading.limit)});
  response.headers.push_back({name + "-remaining", number_text(reading.left())});
  response.headers.push_back({name + "-reset", number_text((reading.reset.us + 999'999) / 1'000'000)});
}

wire::Response too_many() {
  return x_problem(429, "Too Many Requests", "Too Many Requests");
}

}  // namespace

// One line per endpoint: who may, how often per user and window
// (docs.x.com/x-api/fundamentals/rate-limits, 2026-08), and who answers.
struct X::Endpoint {
  std::string_view method;
  std::array<std::string_view, 5> path;  // "*": any step; "" ends it
  std::string_view scopes;
  std::string_view meter;
  int64_t limit;
  wire::Response (X::*answer)(const Call&, size_t);
  Duration window = quarter;

  bool is(const Call& call) const {
    const size_t length = static_cast<size_t>(std::ranges::find(path, "") - path.begin());
    if (method != call.method() || call.steps.size() != length + 1) return false;
    return std::equal(path.begin(), path.begin() + length, call.steps.begin() + 1,
                      [](std::string_view p, std::string_view step) { return p == "*" || p == step; });
  }
};

std::span<const X::Endpoint> X::endpoints() {
  static constexpr std::array<Endpoint, 14> table = {{
      {"POST", {"2", "tweets"}, "tweet.read tweet.write users.read", "post", 100, &X::create},
      {"DELETE", {"2", "tweets", "*"}, "tweet.read tweet.write users.read", "delete", 50, &X::remove},
      {"GET", {"2", "tweets"}, "tweet.read users.read", "posts", 5000, &X::some_posts},
      {"GET", {"2", "tweets", "*"}, "tweet.read users.read", "posts", 5000, &X::one_post},
      {"GET", {"2", "users", "me"}, "tweet.read users.read", "me", 75, &X::me},
      {"GET", {"2", "users", "*", "tweets"}, "tweet.read users.read", "timeline", 900, &X::timeline},
      {"POST", {"2", "media", "upload"}, "media.write", "upload", 500, &X::upload},
      {"POST", {"2", "media", "upload", "initialize"}, "media.write", "initialize", 1875, &X::initialize},
      {"POST", {"2", "media", "upload", "*", "append"}, "media.write", "append", 1875, &X::append},
      {"POST", {"2", "media", "upload", "*", "finalize"}, "media.write", "finalize", 1875, &X::finalize},
      {"GET", {"2", "media", "upload"}, "media.write", "status", 1000, &X::status},
      {"POST", {"2", "media", "metadata"}, "media.write", "metadata", 500, &X::metadata},
      {"POST",
       {"2", "articles", "draft"},
       "tweet.read tweet.write users.read",
       "draft",
       10,
       &X::draft_article,
       day},
      {"POST",
       {"2", "articles", "*", "publish"},
       "tweet.read tweet.write users.read",
       "article",
       5,
       &X::publish_article,
       day},
  }};
  return table;
}

X::X(Ground& ground) : Network(ground, "x", "Xs"), ids_(epoch_ms, 22) {}

std::unique_ptr<Network> make_x(Ground& ground) {
  return std::make_unique<X>(ground);
}

wire::Response X::serve(const Call& call) {
  if (call.is("POST", {"x", "2", "oauth2", "token"})) return token(call);
  if (call.is("POST", {"x", "2", "oauth2", "revoke"})) return revoke(call);
  const auto all = endpoints();
  const auto endpoint = std::ranges::find_if(all, [&](const Endpoint& e) { return e.is(call); });
  if (endpoint == all.end()) return x_problem(404, "Not Found", "There is no such endpoint: " + call.path);
  const Grant* grant = grants_.find(call.bearer().value_or(""));
  if (!grant || grant->kind != "access" || !grant->usable(call.now))
    return x_problem(401, "Unauthorized", "Unauthorized");
  const size_t person = grant->person;
  for (const std::string& scope : split(endpoint->scopes, " ")) {
    if (!grant->allows(scope))
      return x_problem(403, "Forbidden", "Your token was not granted the scope " + scope + ".",
                       "https://api.x.com/2/problems/not-authorized-for-resource");
  }
  const Reading reading =
      meter(fmt::format("{}:{}", endpoint->meter, person), endpoint->limit, endpoint->window, call.now);
  wire::Response response = reading.over ? too_many() : (this->*endpoint->answer)(call, person);
  add_rate(response, reading, endpoint->window == day ? "x-user-limit-24hour" : "x-rate-limit");
  return response;
}

wire::Response X::throttled(const Call& call, Duration wait, bool silent) {
  wire::Response response = too_many();
  if (!silent) add_rate(response, {100, 100, call.now + wait});
  return response;
}

wire::Response X::unavailable(const Call&) {
  return x_problem(503, "Service Unavailable", "Service Unavailable");
}

std::string x_user_id(size_t person) {
  return std::to_string(first_user + static_cast<int64_t>(person));
}

std::optional<size_t> X::index_of(std::string_view external_id) const {
  const auto number = to_number(external_id);
  return number && *number >= first_user ? std::optional(static_cast<size_t>(*number - first_user))
                                         : std::nullopt;
}

Person X::person(size_t index) const {
  const Character who = character(index);
  return {x_user_id(index), who.name, who.handle, {}};
}

Person X::connect(size_t index, Instant now) {
  const Grant access{.kind = "access",
                     .person = index,
                     .client = std::string(app_id),
                     .scopes = std::string(all_scopes),
                     .issued = now,
                     .expires = now + 2h};
  Grant refresh = access;
  refresh.kind = "refresh";
  refresh.expires = Instant::never();
  Person someone = person(index);
  someone.credential = {{"access", grants_.issue(access)},
                        {"refresh", grants_.issue(refresh)},
                        {"client_id", std::string(app_id)},
                        {"client_secret", std::string(app_secret)}};
  return someone;
}

void X::adopt(const Effect& effect) {
  Post post{.id = effect.external_id,
            .url = effect.url,
            .person = index_of(effect.account).value_or(0),
            .text = effect.text,
            .reply_to = effect.reply_to,
            .at = effect.at};
  post.media.resize(effect.media);
  ids_.seen(post.id);
  said_[saying(post)] = post.id;
  shelf_.add(std::move(post));
}

wire::Response x_problem(int status, std::string_view title, std::string_view detail, std::string_view type) {
  wire::Response response = json_answer(
      status, boost::json::object{{"title", title}, {"detail", detail}, {"type", type}, {"status", status}});
  response.headers[0].value = "application/problem+json";
  return response;
}

wire::Response x_invalid(std::string_view parameter, std::string_view value, std::string_view message) {
  const boost::json::object error{{"parameters", boost::json::object{{parameter, boost::json::array{value}}}},
                                  {"message", message}};
  return json_answer(400,
                     boost::json::object{{"errors", boost::json::array{error}},
                                         {"title", "Invalid Request"},
                                         {"detail", "One or more parameters to your request was invalid."},
                                         {"type", "https://api.x.com/2/problems/invalid-request"},
                                         {"status", 400}});
}

wire::Response x_not_found(std::string_view parameter, std::string_view value, std::string_view resource) {
  const std::string detail = fmt::format("Could not find {} with {}: [{}].", resource, parameter, value);
  return x_problem(404, "Not Found Error", detail, "https://api.x.com/2/problems/resource-not-found");
}

std::optional<wire::Response> x_unknown_field(const boost::json::object& body,
                                              std::initializer_list<std::string_view> known,
                                              std::string_view where) {
  for (const auto& field : body) {
    if (std::ranges::find(known, std::string_view(field.key())) != known.end()) continue;
    const std::string path = fmt::format("{}.{}", where, std::string_view(field.key()));
    return x_invalid(
        field.key(), boost::json::serialize(field.value()),
        fmt::format("{}: is not defined in the schema and the schema does not allow additional properties",
                    path));
  }
  return std::nullopt;
}

std::optional<wire::Response> x_unknown_parameter(const Call& call,
                                                  std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : call.query) {
    if (std::ranges::find(known, std::string_view(name)) != known.end()) continue;
    return x_invalid(name, value,
                     fmt::format("The query parameter [{}] is not one of [{}]", name, fmt::join(known, ",")));
  }
  return std::nullopt;
}

const Post* X::shown_at(const Call& call) {
  const auto& s = call.steps;
  return s.size() == 4 && s[2] == "status" ? shelf_.find(s[3]) : nullptr;
}

}  // namespace carillon::sandbox

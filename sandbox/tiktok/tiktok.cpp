#include "sandbox/tiktok/tiktok.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr std::string_view id_begin = "-000carillonsandbox";

}  // namespace

Tiktok::Tiktok(Ground& ground) : Network(ground, "tiktok", "act.") {}

std::unique_ptr<Network> make_tiktok(Ground& ground) {
  return std::make_unique<Tiktok>(ground);
}

wire::Response tiktok_error(int status, std::string_view code, std::string_view message) {
  return json_answer(
      status,
      json::object{
          {"data", json::object{}},
          {"error", json::object{{"code", code}, {"message", message}, {"log_id", "202611200930SANDBOX"}}}});
}

wire::Response tiktok_ok(json::object data) {
  return json_answer(
      200, json::object{
               {"data", std::move(data)},
               {"error", json::object{{"code", "ok"}, {"message", ""}, {"log_id", "202611200930SANDBOX"}}}});
}

wire::Response Tiktok::serve(const Call& call) {
  if (call.is("POST", {"tiktok", "v2", "oauth", "token"})) return token(call);
  if (call.is("PUT", {"tiktok", "upload", "*"})) return take(call);
  const bool asks_user = call.is("GET", {"tiktok", "v2", "user", "info"});
  const bool asks_creator = call.is("POST", {"tiktok", "v2", "post", "publish", "creator_info", "query"});
  const bool inits = call.is("POST", {"tiktok", "v2", "post", "publish", "video", "init"});
  const bool names_photos = call.is("POST", {"tiktok", "v2", "post", "publish", "content", "init"});
  const bool asks_status = call.is("POST", {"tiktok", "v2", "post", "publish", "status", "fetch"});
  if (call.is("POST", {"tiktok", "v2", "oauth", "revoke"})) {
    grants_.revoke(call.param_or("token", ""));
    return json_answer(200, json::object{});
  }
  if (!asks_user && !asks_creator && !inits && !names_photos && !asks_status)
    return tiktok_error(404, "invalid_params", "Unsupported path(Janus)");
  const Grant* grant = grants_.find(call.bearer().value_or(""));
  if (!grant || grant->kind != "access" || !grant->usable(call.now))
    return tiktok_error(401, "access_token_invalid",
                        "The access token is invalid or not found in the request.");
  if (!grant->allows(asks_user ? "user.info.basic" : "video.publish"))
    return tiktok_error(401, "scope_not_authorized", "The user did not authorize the scope required.");
  const size_t who = grant->person;
  if (asks_user) return user(call, who);
  // init 6, status 30, creator 20 a minute and account
  const auto [name, limit] = inits || names_photos ? std::pair("init", 6)
                             : asks_status         ? std::pair("status", 30)
                                                   : std::pair("creator", 20);
  const Reading reading = meter(fmt::format("{}:{}", name, who), limit, std::chrono::minutes(1), call.now);
  if (reading.over) return throttled(call, reading.reset - call.now, false);
  if (inits) return init(call, who);
  if (names_photos) return init_photos(call, who);
  return asks_status ? status(call, who) : creator(who);
}

wire::Response Tiktok::throttled(const Call&, Duration wait, bool silent) {
  wire::Response response = tiktok_error(429, "rate_limit_exceeded", "The API rate limit was exceeded.");
  if (!silent) response.headers.push_back({"Retry-After", number_text(seconds_to_wait(wait))});
  return response;
}

wire::Response Tiktok::unavailable(const Call&) {
  return tiktok_error(503, "internal_error", "Internal error. Please try again later.");
}

std::optional<size_t> Tiktok::index_of(std::string_view external_id) const {
  if (!external_id.starts_with(id_begin)) return std::nullopt;
  const auto number = to_number(external_id.substr(id_begin.size()));
  return number && *number >= 0 && *number < 1'000'000 ? std::optional(static_cast<size_t>(*number))
                                                       : std::nullopt;
}

Person Tiktok::person(size_t index) const {
  return {fmt::format("{}{:06}", id_begin, index), character(index).name, character(index).handle, {}};
}

Person Tiktok::connect(size_t index, Instant now) {
  Person someone = person(index);
  const auto given = json::parse(tokens_for(index, "user.info.basic video.publish", now).body);
  someone.credential = {{"access", std::string(given.at("access_token").as_string())},
                        {"refresh", std::string(given.at("refresh_token").as_string())},
                        {"client_id", std::string(app_id)},
                        {"client_secret", std::string(app_secret)}};
  return someone;
}

void Tiktok::adopt(const Effect& effect) {
  Post post{.id = effect.external_id,
            .url = effect.url,
            .person = index_of(effect.account).value_or(0),
            .text = effect.text,
            .at = effect.at};
  post.media.resize(effect.media);
  shelf_.add(std::move(post));
}

const Post* Tiktok::shown_at(const Call& call) {
  const auto& s = call.steps;
  return s.size() == 4 && (s[2] == "video" || s[2] == "photo") ? shelf_.find(s[3]) : nullptr;
}

}  // namespace carillon::sandbox

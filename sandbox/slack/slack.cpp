#include "sandbox/slack/slack.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr std::string_view channel_begin = "C0SAND";

}  // namespace

struct Slack::Method {
  std::string_view name, http;
  int64_t per_minute;  // docs.slack.dev/apis/web-api/rate-limits (2026-09); 0: its own rule
  wire::Response (Slack::*answer)(const Call&);
};

Slack::Slack(Ground& ground) : Network(ground, "slack", "unused") {}

std::unique_ptr<Network> make_slack(Ground& ground) {
  return std::make_unique<Slack>(ground);
}

wire::Response slack_ok(json::object body) {
  json::object whole{{"ok", true}};
  for (auto& field : body) whole[field.key()] = std::move(field.value());
  return json_answer(200, whole);
}

wire::Response slack_error(std::string_view error) {
  return json_answer(200, json::object{{"ok", false}, {"error", error}});
}

std::optional<wire::Response> slack_unknown(const Call& call, std::initializer_list<std::string_view> known) {
  for (const std::string& name : call.names()) {
    if (std::ranges::find(known, std::string_view(name)) != known.end()) continue;
    return json_answer(200, json::object{{"ok", false}, {"error", "invalid_arguments"}, {"needed", name}});
  }
  return std::nullopt;
}

wire::Response Slack::serve(const Call& call) {
  if (call.steps.size() == 4 && call.steps[1] == "upload") return take_bytes(call);
  if (call.steps.size() != 3 || call.steps[1] != "api") return {404, {}, ""};
  const auto token = call.bearer();
  if (!token) return slack_error("not_authed");
  if (*token != slack_token) return slack_error("invalid_auth");
  if (std::exchange(refuse_next_, false)) return slack_error("token_revoked");
  if (call.malformed) return slack_error("invalid_json");
  return answer(call);
}

wire::Response Slack::answer(const Call& call) {
  static constexpr std::array<Method, 9> methods = {{
      {"auth.test", "", 100, &Slack::who},
      {"conversations.info", "", 50, &Slack::info},
      {"conversations.history", "", 50, &Slack::history},
      {"conversations.replies", "", 50, &Slack::replies},
      {"chat.postMessage", "POST", 0, &Slack::post_message},
      {"chat.delete", "POST", 50, &Slack::remove},
      {"chat.getPermalink", "", 100, &Slack::permalink},
      {"files.getUploadURLExternal", "", 100, &Slack::upload_address},
      {"files.completeUploadExternal", "POST", 100, &Slack::complete},
  }};
  const auto method = std::ranges::find(methods, call.steps[2], &Method::name);
  if (method == methods.end()) return slack_error("unknown_method");
  if (!method->http.empty() && method->http != call.method())
    return slack_error("method_not_supported_for_channel_type");
  if (method->per_minute > 0) {
    const Reading reading = meter(call.steps[2], method->per_minute, std::chrono::minutes(1), call.now);
    if (reading.over) return throttled(call, reading.reset - call.now, false);
  }
  return (this->*method->answer)(call);
}

wire::Response Slack::throttled(const Call&, Duration wait, bool silent) {
  wire::Response response = json_answer(429, json::object{{"ok", false}, {"error", "ratelimited"}});
  if (!silent) response.headers.push_back({"Retry-After", number_text(seconds_to_wait(wait))});
  return response;
}

wire::Response Slack::unavailable(const Call&) {
  return json_answer(503, json::object{{"ok", false}, {"error", "service_unavailable"}});
}

wire::Response Slack::who(const Call& call) {
  if (auto refusal = slack_unknown(call, {})) return *refusal;
  return slack_ok({{"url", base() + "/"},
                   {"team", "Carillon Sandbox"},
                   {"user", "carillon"},
                   {"team_id", "T0SANDBOX"},
                   {"user_id", "U0SANDBOX"},
                   {"bot_id", "B0SANDBOX"}});
}

wire::Response Slack::info(const Call& call) {
  if (auto refusal = slack_unknown(call, {"channel", "include_locale", "include_num_members"}))
    return *refusal;
  const std::string id = call.param_or("channel", "");
  const bool stranger = id == "C0STRANGER", archived = id == "C0ARCHIVED";
  const auto index = index_of(id);
  if (!index && !stranger && !archived) return slack_error("channel_not_found");
  const std::string name = index ? person(*index).name : stranger ? "not-invited" : "archived";
  return slack_ok({{"channel", json::object{{"id", id},
                                            {"name", name},
                                            {"is_channel", true},
                                            {"is_archived", archived},
                                            {"is_private", false},
                                            {"is_member", !stranger}}}});
}

std::optional<size_t> Slack::index_of(std::string_view external_id) const {
  if (!external_id.starts_with(channel_begin)) return std::nullopt;
  const std::string_view digits = external_id.substr(channel_begin.size());
  const auto number = digits.size() == 5 ? to_number(digits) : std::nullopt;
  return number && *number >= 0 ? std::optional(static_cast<size_t>(*number)) : std::nullopt;
}

Person Slack::person(size_t index) const {
  const std::string handle = character(index).handle;
  return {fmt::format("{}{:05}", channel_begin, index), handle, "#" + handle, {}};
}

Person Slack::connect(size_t index, Instant) {
  Person someone = person(index);
  someone.credential = {{"access", std::string(slack_token)},
                        {"token", std::string(slack_token)},
                        {"channel", someone.external_id}};
  return someone;
}

void Slack::adopt(const Effect& effect) {
  Post post{.id = shelf_id(effect),
            .url = effect.url,
            .person = index_of(effect.account).value_or(0),
            .text = effect.text,
            .at = effect.at};
  if (!effect.reply_to.empty()) post.reply_to = post.thread = effect.account + "/" + effect.reply_to;
  post.media.resize(effect.media);
  const size_t dot = effect.external_id.find('.');
  const auto seconds = to_number(effect.external_id.substr(0, dot));
  const auto rest = dot == std::string::npos ? std::nullopt : to_number(effect.external_id.substr(dot + 1));
  if (seconds && rest) last_ts_ = std::max(last_ts_, *seconds * 1'000'000 + *rest);
  shelf_.add(std::move(post));
}

const Post* Slack::shown_at(const Call& call) {
  const auto& s = call.steps;
  if (s.size() != 4 || s[1] != "archives" || !s[3].starts_with('p') || s[3].size() < 8) return nullptr;
  const std::string ts = s[3].substr(1, s[3].size() - 7) + "." + s[3].substr(s[3].size() - 6);
  return shelf_.find(s[2] + "/" + ts);
}

}  // namespace carillon::sandbox

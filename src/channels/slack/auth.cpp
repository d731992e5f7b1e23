// Connecting a bot to a channel: its token, and the channel's id.
// https://docs.slack.dev/reference/methods/auth.test and /conversations.info (2026-09)
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "channels/slack/slack.h"
#include "wire/url.h"

namespace carillon::channels::slack {

namespace json = boost::json;

namespace {

wire::Request info(const std::string& api_base, const std::string& channel_id) {
  return call(api_base, "GET", wire::with_query("conversations.info", {{"channel", channel_id}}));
}

// "C0123456789", or a link that has it: https://shop.slack.com/archives/C0123456789
std::string channel_in(std::string_view typed) {
  const std::string_view text = trimmed(typed);
  const size_t mark = text.find("/archives/");
  std::string_view id = mark == std::string_view::npos ? text : text.substr(mark + 10);
  return std::string(id.substr(0, id.find_first_of("/?")));
}

bool is_channel(std::string_view id) {
  const bool kind = id.starts_with('C') || id.starts_with('G') || id.starts_with('D');
  const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  return kind && id.size() >= 8 && std::ranges::all_of(id, fits);
}

}  // namespace

Result<std::pair<App, Credential>> SlackAuth::read_app(const std::string& api_base,
                                                       const wire::Response&) const {
  return std::pair(App{.network = "slack", .api_base = api_base}, Credential{});
}

Result<Login> SlackAuth::read_typed(const std::map<std::string, std::string>& typed) const {
  const std::string id = channel_in(typed.at("channel"));
  if (!is_channel(id)) {
    return refuse(
        {.code = "bad_channel",
         .text = "\"" + shortened(typed.at("channel"), 80) + "\" is not the id of a channel.",
         .field = "fields.channel",
         .remedy =
             "Open the channel's details in Slack: at the very bottom stands an id that begins with C."});
  }
  return Login{.client_id = id, .secrets = {{"access", Secret(typed.at("token"))}}};
}

wire::Request SlackAuth::exchange(const App& app, const std::string&) const {
  return call(app.api_base, "POST", "auth.test");
}

Result<Tokens> SlackAuth::read_tokens(const wire::Response& response) const {
  if (agreed(response)) return Tokens{};  // the token that was entered is the credential
  return refuse(fault_in(response, Instant{0}));
}

wire::Request SlackAuth::identities(const App& app) const {
  return info(app.api_base, app.client_id);
}

Result<std::vector<Identity>> SlackAuth::read_identities(const App&, const wire::Response& response) const {
  if (!agreed(response)) return refuse(fault_in(response, Instant{0}));
  const auto answer = read_json(response.body);
  Identity who;
  who.external_id = text_at(*answer, {"channel", "id"});
  if (who.external_id.empty()) return refuse(unreadable(slack_traits().label, response));
  who.name = text_at(*answer, {"channel", "name"});
  if (who.name.empty()) who.name = who.external_id;
  who.handle = "#" + who.name;
  const json::value* member = look(*answer, {"channel", "is_member"});
  if (member != nullptr && *member == json::value(false))
    who.missing.emplace_back("membership: invite the bot");
  return std::vector<Identity>{std::move(who)};
}

std::optional<wire::Request> SlackAuth::about(const App& app) const {
  return call(app.api_base, "POST", "auth.test");
}

json::object SlackAuth::read_about(const wire::Response& response) const {
  if (!agreed(response)) return {};
  const auto answer = read_json(response.body);
  return {{"url", text_at(*answer, {"url"})}, {"team", text_at(*answer, {"team"})}};
}

Result<Tokens> SlackAuth::read_refresh(const wire::Response& response) const {
  return agreed(response)
             ? refuse(refused(Refusal::unreadable, {slack_traits().label, response.status, "", ""}))
             : Result<Tokens>(refuse(fault_in(response, Instant{0})));
}

wire::Request SlackAuth::test(const Account& account) const {
  return info(account.api_base, account.external_id);
}

Result<std::string> SlackAuth::read_test(const Account&, const wire::Response& response) const {
  const auto who = read_identities({}, response);
  if (!who) return refuse(who.error());
  if (who->front().missing.empty()) return fmt::format("The bot may post in {}.", who->front().handle);
  return refuse(refused(Refusal::permission_missing, {slack_traits().label, response.status,
                                                      "the bot is not in the channel", response.body}));
}

}  // namespace carillon::channels::slack

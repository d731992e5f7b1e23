// Connecting a webhook: its address says everything. https://docs.discord.com/developers/resources/webhook
// (2026-08)
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "channels/discord/discord.h"
#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "wire/url.h"

namespace carillon::channels::discord {
namespace {

Fault not_a_webhook() {
  return {
      .code = "bad_webhook",
      .text = "This is not the address of a webhook.",
      .field = "fields.webhook",
      .remedy = "Copy it from the channel's settings: https://discord.com/api/webhooks/ and two more steps."};
}

// ".../webhooks/{number}/{token}": where it lives is known already, so that nobody sends us elsewhere.
Result<Login> login_in(const std::string& typed) {
  constexpr std::string_view mark = "/webhooks/";
  const auto url = wire::parse_url(std::string(trimmed(typed)));
  const size_t at = url ? url->path.find(mark) : std::string::npos;
  if (at == std::string::npos) return refuse(not_a_webhook());
  const std::string rest = url->path.substr(at + mark.size());
  const size_t slash = rest.find('/');
  const std::string number = rest.substr(0, slash);
  const std::string token = slash == std::string::npos ? "" : rest.substr(slash + 1);
  const bool digits =
      !number.empty() && std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || token.empty() || token.find('/') != std::string::npos) return refuse(not_a_webhook());
  return Login{.client_id = number, .secrets = {{"access", Secret(token)}}};
}

}  // namespace

Result<std::pair<App, Credential>> DiscordAuth::read_app(const std::string& api_base,
                                                         const wire::Response&) const {
  return std::pair(App{.network = "discord", .api_base = api_base}, Credential{});
}

Result<Login> DiscordAuth::read_typed(const std::map<std::string, std::string>& typed) const {
  return login_in(typed.at("webhook"));
}

wire::Request DiscordAuth::exchange(const App& app, const std::string&) const {
  return request(app.api_base, app.client_id, "GET");
}

Result<Tokens> DiscordAuth::read_tokens(const wire::Response& response) const {
  const auto answer = read_json(response.body);
  if (accepted(response) && answer && !text_at(*answer, {"id"}).empty()) return Tokens{};
  return refuse(accepted(response)
                    ? refused(Refusal::unreadable, {discord_traits().label, response.status, "", ""})
                    : fault_in(response, Instant{0}));
}

wire::Request DiscordAuth::identities(const App& app) const {
  return request(app.api_base, app.client_id, "GET");
}

// The answer holds the token too: of it only names and numbers are kept.
Result<std::vector<Identity>> DiscordAuth::read_identities(const App&, const wire::Response& response) const {
  if (const auto known = read_tokens(response); !known) return refuse(known.error());
  const auto answer = read_json(response.body);
  Identity who;
  who.external_id = text_at(*answer, {"id"});
  who.name = text_at(*answer, {"name"});
  if (who.name.empty()) who.name = "Webhook " + who.external_id;
  who.handle = who.name;
  who.facts = {{"guild_id", text_at(*answer, {"guild_id"})},
               {"channel_id", text_at(*answer, {"channel_id"})}};
  return std::vector<Identity>{std::move(who)};
}

Result<Tokens> DiscordAuth::read_refresh(const wire::Response& response) const {
  return read_tokens(response);
}

wire::Request DiscordAuth::test(const Account& account) const {
  return request(account.api_base, account.external_id, "GET");
}

Result<std::string> DiscordAuth::read_test(const Account&, const wire::Response& response) const {
  const auto who = read_identities({}, response);
  if (!who) return refuse(who.error());
  return fmt::format("The webhook {} is there.", who->front().name);
}

}  // namespace carillon::channels::discord

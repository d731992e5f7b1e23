// Connecting a Telegram bot to a chat: no OAuth, a token from @BotFather. https://core.telegram.org/bots/api
// (2026-06)
#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "channels/telegram/telegram.h"

namespace carillon::channels::telegram {

namespace json = boost::json;

namespace {

wire::Request json_request(const std::string& api_base, const std::string& method, const json::object& body) {
  wire::Request made = request(api_base, method);
  made.headers = {{"Content-Type", "application/json"}};
  made.body = json::serialize(body);
  return made;
}

// The result of an answer that says ok.
const json::value* result_in(const wire::Response& response, std::optional<json::value>& answer) {
  answer = read_json(response.body);
  return accepted(response) && answer && true_at(*answer, {"ok"}) ? look(*answer, {"result"}) : nullptr;
}

}  // namespace

Result<std::pair<App, Credential>> TelegramAuth::read_app(const std::string& api_base,
                                                          const wire::Response&) const {
  return std::pair(App{.network = "telegram", .api_base = api_base}, Credential{});
}

Result<Login> TelegramAuth::read_typed(const std::map<std::string, std::string>& typed) const {
  return Login{.client_id = typed.at("chat"), .secrets = {{"access", Secret(typed.at("token"))}}};
}

// https://core.telegram.org/bots/api#getme
wire::Request TelegramAuth::exchange(const App& app, const std::string&) const {
  return request(app.api_base, "getMe");
}

Result<Tokens> TelegramAuth::read_tokens(const wire::Response& response) const {
  std::optional<json::value> answer;
  if (result_in(response, answer) == nullptr) return refuse(fault_in(response));
  return Tokens{};  // the token that was entered is the credential
}

// https://core.telegram.org/bots/api#getchat
wire::Request TelegramAuth::identities(const App& app) const {
  return json_request(app.api_base, "getChat", {{"chat_id", app.client_id}});
}

Result<std::vector<Identity>> TelegramAuth::read_identities(const App&,
                                                            const wire::Response& response) const {
  std::optional<json::value> answer;
  const json::value* chat = result_in(response, answer);
  const std::string id = chat == nullptr ? "" : text_at(*chat, {"id"});
  if (id.empty()) return refuse(fault_in(response));
  Identity who;
  who.external_id = id;
  who.name = text_at(*chat, {"title"});
  const std::string username = text_at(*chat, {"username"});
  if (who.name.empty()) who.name = text_at(*chat, {"first_name"});
  if (who.name.empty()) who.name = username;
  if (!username.empty()) who.handle = "@" + username;
  who.facts["type"] = text_at(*chat, {"type"});
  return std::vector<Identity>{std::move(who)};
}

std::optional<wire::Request> TelegramAuth::about(const App& app) const {
  return request(app.api_base, "getMe");
}

json::object TelegramAuth::read_about(const wire::Response& response) const {
  std::optional<json::value> answer;
  const json::value* bot = result_in(response, answer);
  const auto id = bot == nullptr ? std::nullopt : number_at(*bot, {"id"});
  if (!id) return {};
  return {{"bot_id", *id}, {"bot", text_at(*bot, {"username"})}};
}

Result<Tokens> TelegramAuth::read_refresh(const wire::Response& response) const {
  return read_tokens(response);
}

// https://core.telegram.org/bots/api#getchatmember, once the bot's own number is known
wire::Request TelegramAuth::test(const Account& account) const {
  const json::value* bot = account.facts.if_contains("bot_id");
  if (bot == nullptr) return json_request(account.api_base, "getChat", {{"chat_id", account.external_id}});
  return json_request(account.api_base, "getChatMember",
                      {{"chat_id", account.external_id}, {"user_id", *bot}});
}

Result<std::string> TelegramAuth::read_test(const Account& account, const wire::Response& response) const {
  std::optional<json::value> answer;
  const json::value* result = result_in(response, answer);
  if (result == nullptr) return refuse(fault_in(response));
  const std::string status = text_at(*result, {"status"});
  if (status.empty()) return fmt::format("The bot sees the chat {}.", text_at(*result, {"title"}));
  const bool is_channel =
      account.facts.if_contains("type") != nullptr && account.facts.at("type") == "channel";
  const bool may = status == "creator" ||
                   (status == "administrator" && (!is_channel || true_at(*result, {"can_post_messages"}))) ||
                   (!is_channel && status == "member");
  if (may) return fmt::format("The bot may post in {} (it is {} there).", account.name, status);
  const std::string words =
      fmt::format("the bot is {} in {} and may not post messages", status, account.name);
  return refuse(
      refused(Refusal::permission_missing, {telegram_traits().label, response.status, words, response.body}));
}

}  // namespace carillon::channels::telegram

#include "sandbox/telegram/telegram.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr int64_t first_channel = -1'001'000'000'001, bot_id = 100'200'300;

bool well_formed(std::string_view token) {
  const size_t colon = token.find(':');
  return colon != std::string_view::npos && all_digits(token.substr(0, colon)) && colon + 1 < token.size();
}

json::object bot() {
  return {{"id", bot_id},
          {"is_bot", true},
          {"first_name", "Carillon Sandbox Bot"},
          {"username", "carillon_sandbox_bot"}};
}

}  // namespace

struct Telegram::Method {
  std::string_view name;
  wire::Response (Telegram::*answer)(const Call&);
};

Telegram::Telegram(Ground& ground) : Network(ground, "telegram", "unused") {}

std::unique_ptr<Network> make_telegram(Ground& ground) {
  return std::make_unique<Telegram>(ground);
}

wire::Response telegram_error(int code, std::string_view description) {
  return json_answer(code, json::object{{"ok", false}, {"error_code", code}, {"description", description}});
}

wire::Response telegram_ok(json::value result) {
  return json_answer(200, json::object{{"ok", true}, {"result", std::move(result)}});
}

std::optional<wire::Response> telegram_unknown(const Call& call,
                                               std::initializer_list<std::string_view> known) {
  for (const std::string& name : call.names()) {
    const bool attached = call.upload(name) != nullptr;  // named by attach://
    if (attached || std::ranges::find(known, std::string_view(name)) != known.end()) continue;
    return telegram_error(400, fmt::format("Bad Request: unknown parameter \"{}\" (the sandbox refuses what "
                                           "the documentation does not name)",
                                           name));
  }
  return std::nullopt;
}

wire::Response Telegram::serve(const Call& call) {
  if (call.steps.size() != 3 || !call.steps[1].starts_with("bot")) return telegram_error(404, "Not Found");
  const std::string token = call.steps[1].substr(3);
  if (!well_formed(token)) return telegram_error(404, "Not Found");
  if (token != telegram_token || std::exchange(refuse_next_, false))
    return telegram_error(401, "Unauthorized");
  if (call.method() != "GET" && call.method() != "POST") return telegram_error(405, "Method Not Allowed");
  if (call.malformed) return telegram_error(400, "Bad Request: can't parse the body");
  return answer(call, call.steps[2]);
}

wire::Response Telegram::answer(const Call& call, std::string_view method) {
  static constexpr std::array<Method, 12> methods = {{{"getme", &Telegram::me},
                                                      {"getchat", &Telegram::chat},
                                                      {"getchatmember", &Telegram::member},
                                                      {"getchatmembercount", &Telegram::count},
                                                      {"sendmessage", &Telegram::send_text},
                                                      {"sendphoto", &Telegram::send_photo},
                                                      {"sendvideo", &Telegram::send_video},
                                                      {"sendanimation", &Telegram::send_animation},
                                                      {"senddocument", &Telegram::send_document},
                                                      {"sendpoll", &Telegram::send_poll},
                                                      {"sendmediagroup", &Telegram::send_album},
                                                      {"deletemessage", &Telegram::remove}}};
  const auto found = std::ranges::find(methods, lowered(method), &Method::name);
  if (found == methods.end()) return telegram_error(404, "Not Found: method not found");
  return (this->*found->answer)(call);
}

wire::Response Telegram::throttled(const Call&, Duration wait, bool silent) {
  if (silent) return telegram_error(429, "Too Many Requests");
  const int64_t seconds = seconds_to_wait(wait);
  return json_answer(429,
                     json::object{{"ok", false},
                                  {"error_code", 429},
                                  {"description", fmt::format("Too Many Requests: retry after {}", seconds)},
                                  {"parameters", json::object{{"retry_after", seconds}}}});
}

wire::Response Telegram::unavailable(const Call&) {
  return telegram_error(503, "Service Unavailable");
}

Telegram::Chat Telegram::channel(size_t index) {
  const std::string number = index == 0 ? "" : std::to_string(index + 1);
  return {first_channel - static_cast<int64_t>(index), index,
          number.empty() ? "carillon_sandbox" : "carillon_sandbox_" + number,
          number.empty() ? "Carillon Sandbox" : "Carillon Sandbox " + number};
}

std::optional<size_t> Telegram::index_of(std::string_view external_id) const {
  const auto id = to_number(external_id);
  const bool one = id && *id <= first_channel && *id > first_channel - 1'000'000;
  return one ? std::optional(static_cast<size_t>(first_channel - *id)) : std::nullopt;
}

// By "@username" or number: a channel of ours, or one of the chats that show how things go wrong.
Telegram::Refusal Telegram::find_chat(const Call& call, Chat& chat) const {
  const std::string given = call.param_or("chat_id", "");
  if (given.empty()) return telegram_error(400, "Bad Request: chat_id is empty");
  static const std::array<Chat, 4> others = {
      {{-1'002'000'000'001, 900'001, "carillon_readonly", "Carillon Read Only", "channel", "reader"},
       {-1'002'000'000'002, 900'002, "carillon_stranger", "Carillon Stranger", "channel", "stranger"},
       {-1'002'000'000'003, 900'003, "carillon_kicked", "Carillon Kicked", "channel", "kicked"},
       {-1'002'000'000'004, 900'004, "carillon_sandbox_group", "Carillon Sandbox Group", "supergroup"}}};
  for (const Chat& other : others)
    if (given == std::to_string(other.id) || given == "@" + other.username) return chat = other, std::nullopt;
  if (const auto index = index_of(given)) return chat = channel(*index), std::nullopt;
  constexpr std::string_view prefix = "@carillon_sandbox";
  if (given == prefix) return chat = channel(0), std::nullopt;
  const auto number = given.starts_with(prefix) && given.size() > prefix.size() + 1
                          ? to_number(std::string_view(given).substr(prefix.size() + 1))
                          : std::nullopt;
  if (number && *number > 1 && *number < 900'000)
    return chat = channel(static_cast<size_t>(*number - 1)), std::nullopt;
  return telegram_error(400, "Bad Request: chat not found");
}

wire::Response Telegram::me(const Call& call) {
  if (auto refusal = telegram_unknown(call, {})) return *refusal;
  json::object body = bot();
  body["can_join_groups"] = true;
  body["can_read_all_group_messages"] = false;
  body["supports_inline_queries"] = false;
  return telegram_ok(std::move(body));
}

wire::Response Telegram::chat(const Call& call) {
  if (auto refusal = telegram_unknown(call, {"chat_id"})) return *refusal;
  Chat chat;
  if (auto refusal = find_chat(call, chat)) return *refusal;
  return telegram_ok(json::object{{"id", chat.id},
                                  {"type", chat.type},
                                  {"title", chat.title},
                                  {"username", chat.username},
                                  {"active_usernames", json::array{chat.username}},
                                  {"accent_color_id", 0},
                                  {"max_reaction_count", 11}});
}

wire::Response Telegram::member(const Call& call) {
  if (auto refusal = telegram_unknown(call, {"chat_id", "user_id"})) return *refusal;
  Chat chat;
  if (auto refusal = find_chat(call, chat)) return *refusal;
  if (chat.standing == "stranger")
    return telegram_error(403, "Forbidden: bot is not a member of the channel chat");
  if (chat.standing == "kicked")
    return telegram_error(403, "Forbidden: bot was kicked from the channel chat");
  if (call.param_or("user_id", "") != std::to_string(bot_id))
    return telegram_error(400, "Bad Request: user not found");
  const bool writes = chat.standing == "administrator";
  return telegram_ok(json::object{{"status", "administrator"},
                                  {"user", bot()},
                                  {"can_be_edited", false},
                                  {"is_anonymous", false},
                                  {"can_manage_chat", true},
                                  {"can_post_messages", writes},
                                  {"can_edit_messages", writes},
                                  {"can_delete_messages", writes},
                                  {"can_post_stories", false}});
}

wire::Response Telegram::count(const Call& call) {
  if (auto refusal = telegram_unknown(call, {"chat_id"})) return *refusal;
  Chat chat;
  if (auto refusal = find_chat(call, chat)) return *refusal;
  return telegram_ok(120);
}

Person Telegram::person(size_t index) const {
  const Chat chat = channel(index);
  return {std::to_string(chat.id), chat.title, chat.username, {}};
}

Person Telegram::connect(size_t index, Instant) {
  Person someone = person(index);
  someone.credential = {{"access", std::string(telegram_token)},
                        {"token", std::string(telegram_token)},
                        {"chat", "@" + channel(index).username}};
  return someone;
}

Character Telegram::speaker(const Post& post) const {
  if (post.person >= 900'000) return {"Carillon Sandbox Group", "carillon_sandbox_group"};
  const Chat chat = channel(post.person);
  return {chat.title, chat.username};
}

void Telegram::adopt(const Effect& effect) {
  Post post{.id = effect.account + "/" + effect.external_id,
            .url = effect.url,
            .person = index_of(effect.account).value_or(0),
            .text = effect.text,
            .reply_to = effect.reply_to,
            .at = effect.at};
  post.media.resize(effect.media);
  int64_t& last = last_message_[to_number(effect.account).value_or(0)];
  last = std::max(
      last, to_number(effect.external_id).value_or(0) + std::max<int64_t>(1, std::ssize(post.media)) - 1);
  shelf_.add(std::move(post));
}

const Post* Telegram::shown_at(const Call& call) {
  const auto& s = call.steps;
  if (s.size() != 3 || !s[1].starts_with("carillon_")) return nullptr;
  for (const Post& post : shelf_.posts())
    if (speaker(post).handle == s[1] && post.id.ends_with("/" + s[2]) && !post.gone) return &post;
  return nullptr;
}

}  // namespace carillon::sandbox

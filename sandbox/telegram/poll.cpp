// Polls: core.telegram.org/bots/api#sendpoll (2026-06).
#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/telegram/telegram.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr size_t max_question = 300, max_answer = 100, max_answers = 12;
constexpr int64_t max_open = 2'628'000;

wire::Response bad(std::string_view what) {
  return telegram_error(400, fmt::format("Bad Request: {}", what));
}

// [{"text":"…"}]: 2 to 12 here (a channel's poll of one answer makes no sense, and the real one refuses it).
std::optional<wire::Response> read_answers(const Call& call, Post& post) {
  boost::system::error_code failed;
  const json::value list = json::parse(call.param_or("options", ""), failed);
  if (failed || !list.is_array()) return bad("can't parse options JSON object");
  for (const json::value& one : list.get_array()) {
    const json::object* answer = one.if_object();
    const json::value* text = answer ? answer->if_contains("text") : nullptr;
    if (!text || !text->is_string())
      return bad("can't parse InputPollOption: field \"text\" must be a String");
    const std::string words(trimmed(text->get_string()));
    if (words.empty()) return bad("poll options must be non-empty");
    if (utf16_units(words) > max_answer) return bad("poll options length must not exceed 100");
    post.choices.push_back(words);
  }
  if (post.choices.size() < 2) return bad("poll must have at least 2 option");
  if (post.choices.size() > max_answers) return bad("poll can't have more than 12 options");
  return std::nullopt;
}

std::optional<wire::Response> read_period(const Call& call) {
  const auto given = call.param("open_period");
  if (!given) return std::nullopt;
  const auto seconds = to_number(*given);
  if (!seconds || *seconds < 5 || *seconds > max_open) return bad("invalid poll open_period specified");
  return std::nullopt;
}

json::object shown_poll(const Post& post, bool several) {
  json::array options;
  for (const std::string& choice : post.choices)
    options.emplace_back(json::object{{"text", choice}, {"voter_count", 0}});
  return {{"id", std::to_string(fingerprint(post.text) >> 8)},
          {"question", post.text},
          {"options", options},
          {"total_voter_count", 0},
          {"is_closed", false},
          {"is_anonymous", true},
          {"type", "regular"},
          {"allows_multiple_answers", several}};
}

}  // namespace

wire::Response Telegram::send_poll(const Call& call) {
  if (auto refusal = telegram_unknown(
          call, {"chat_id", "question", "options", "is_anonymous", "type", "allows_multiple_answers",
                 "open_period", "close_date", "is_closed", "disable_notification", "protect_content",
                 "reply_parameters", "message_thread_id", "question_parse_mode"}))
    return *refusal;
  Chat chat;
  if (auto refusal = find_chat(call, chat)) return *refusal;
  Post post{.text = std::string(trimmed(call.param_or("question", ""))), .at = call.now};
  if (post.text.empty()) return bad("poll question must be non-empty");
  if (utf16_units(post.text) > max_question) return bad("poll question length must not exceed 300");
  if (auto refusal = read_answers(call, post)) return *refusal;
  if (auto refusal = read_period(call)) return *refusal;
  if (call.param_or("is_anonymous", "true") != "true")
    return bad("non-anonymous polls can't be sent to channel chats");
  if (auto refusal = read_reply(call, chat, post)) return *refusal;
  if (auto refusal = may_post(call, chat)) return *refusal;
  json::object shown = message(chat, post, keep(chat, post, 1));
  shown["poll"] = shown_poll(post, call.param_or("allows_multiple_answers", "false") == "true");
  return telegram_ok(std::move(shown));
}

}  // namespace carillon::sandbox

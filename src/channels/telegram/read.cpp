// What answers of the Bot API mean (https://core.telegram.org/bots/api#making-requests, 2026-06; texts as in
// the official server, https://github.com/tdlib/telegram-bot-api, 2026-05).
#include <algorithm>
#include <array>

#include "base/text.h"
#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "channels/retry_after.h"
#include "channels/telegram/telegram.h"

namespace carillon::channels::telegram {
namespace {

using Words = std::initializer_list<std::string_view>;

bool says(const std::string& low, Words words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return low.find(w) != std::string::npos; });
}

Refusal of_bad_request(const std::string& low) {
  if (says(low, {"administrator rights", "not enough rights", "have no rights", "chat_write_forbidden",
                 "chat_admin_required"})) {
    return Refusal::permission_missing;
  }
  if (says(low, {"chat not found", "message to edit not found", "replied not found", "chat_id is empty"}))
    return Refusal::not_found;
  const bool media =
      says(low, {"http url", "web page content", "image_process_failed", "photo_", "file is too big",
                 "wrong file", "video_", "file must be", "wrong type of the web page"});
  return media ? Refusal::media_invalid : Refusal::invalid_request;
}

Refusal refusal_of(int status, const std::string& low) {
  switch (status) {
    case 401: return Refusal::token_expired;
    case 403: return Refusal::permission_missing;
    case 404: return Refusal::token_expired;  // the token does not have the form of one
    case 413: return Refusal::media_invalid;
    case 429: return Refusal::rate_limited;
    default: break;
  }
  if (status >= 500) return Refusal::transient;
  return status >= 400 ? of_bad_request(low) : Refusal::unreadable;
}

}  // namespace

Fault fault_in(const wire::Response& response) {
  const auto answer = read_json(response.body);
  auto seconds = count_in(response.headers, "retry-after");
  if (const auto said = answer ? number_at(*answer, {"parameters", "retry_after"}) : std::nullopt)
    seconds = said;
  std::optional<Duration> wait;
  if (seconds) wait = std::chrono::seconds(std::clamp<int64_t>(*seconds, 0, 90'000));
  const std::string words = answer ? text_at(*answer, {"description"}) : "";
  if (words.empty()) return unreadable_answer(telegram_traits().label, response, wait);
  const Refusal why = refusal_of(response.status, lowered(words));
  const bool later = why == Refusal::rate_limited || why == Refusal::transient;
  return refused(why, {telegram_traits().label, response.status, words, response.body},
                 later ? wait : std::nullopt);
}

// No headers: only a refusal tells, and the lane of its request is closed by the fault itself.
std::vector<LaneNews> TelegramChannel::limits_in(const std::vector<std::string>&,
                                                 const wire::Response& response, Instant now) const {
  if (response.status != 429) return {};
  const Fault fault = fault_in(response);
  const Duration wait = fault.retry_after.value_or(std::chrono::seconds(5));
  return {{"chat", now + wait, "Telegram allows no more messages in this chat for now"}};
}

}  // namespace carillon::channels::telegram

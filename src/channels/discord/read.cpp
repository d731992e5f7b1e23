// What answers of Discord mean (https://docs.discord.com/developers/topics/opcodes-and-status-codes,
// 2026-08), and limits (https://docs.discord.com/developers/topics/rate-limits, 2026-08; spans are seconds
// with a fraction).
#include <algorithm>
#include <array>
#include <cstdlib>

#include "channels/discord/discord.h"
#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "channels/retry_after.h"

namespace carillon::channels::discord {
namespace {

struct Code {
  int64_t code;
  Refusal why;
};

constexpr std::array codes = {
    Code{10015, Refusal::token_expired},      Code{50027, Refusal::token_expired},
    Code{10003, Refusal::not_found},          Code{10008, Refusal::not_found},
    Code{50001, Refusal::permission_missing}, Code{50013, Refusal::permission_missing},
    Code{40005, Refusal::media_invalid},      Code{50045, Refusal::media_invalid},
    Code{50006, Refusal::invalid_request},    Code{50035, Refusal::invalid_request},
    Code{220001, Refusal::invalid_request},   Code{200000, Refusal::content_blocked},
    Code{200001, Refusal::content_blocked},   Code{20016, Refusal::rate_limited},
    Code{20028, Refusal::rate_limited},
};

Refusal of_status(int status) {
  switch (status) {
    case 401: return Refusal::token_expired;
    case 403: return Refusal::permission_missing;
    case 404: return Refusal::not_found;
    case 413: return Refusal::media_invalid;
    default: return status >= 400 ? Refusal::invalid_request : Refusal::unreadable;
  }
}

Refusal refusal_of(int status, int64_t code) {
  if (status == 429) return Refusal::rate_limited;
  if (status >= 500) return Refusal::transient;
  const auto known = std::ranges::find(codes, code, &Code::code);
  return known == codes.end() ? of_status(status) : known->why;
}

std::optional<Duration> fraction(const std::string& text) {
  char* end = nullptr;
  const double seconds = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !(seconds >= 0) || seconds > 90'000) return std::nullopt;
  return Duration(static_cast<int64_t>(seconds * 1e6));
}

std::optional<Duration> wait_of(const wire::Response& response,
                                const std::optional<boost::json::value>& answer, Instant now) {
  const boost::json::value* said = answer ? look(*answer, {"retry_after"}) : nullptr;
  if (said != nullptr && said->is_number()) {
    const double seconds = said->to_number<double>();
    if (seconds >= 0 && seconds < 90'000) return Duration(static_cast<int64_t>(seconds * 1e6));
  }
  return retry_after(response.headers, now);
}

// The first sentence about a field, where the whole is only "Invalid Form Body".
std::string detail_in(const boost::json::value& errors) {
  for (const boost::json::value& one : list_at(errors, {"_errors"}))
    if (auto words = text_at(one, {"message"}); !words.empty()) return words;
  if (const auto* object = errors.if_object()) {
    for (const auto& entry : *object)
      if (auto words = detail_in(entry.value()); !words.empty())
        return std::string(entry.key()) + ": " + words;
  }
  return "";
}

}  // namespace

Fault fault_in(const wire::Response& response, Instant now) {
  const auto answer = read_json(response.body);
  const auto wait = wait_of(response, answer, now);
  std::string words = answer ? text_at(*answer, {"message"}) : "";
  if (words.empty()) return unreadable_answer(discord_traits().label, response, wait);
  if (const auto* errors = look(*answer, {"errors"}))
    if (const auto more = detail_in(*errors); !more.empty()) words += " (" + more + ")";
  const Refusal why = refusal_of(response.status, number_at(*answer, {"code"}).value_or(0));
  const bool later = why == Refusal::rate_limited || why == Refusal::transient;
  return refused(why, {discord_traits().label, response.status, words, response.body},
                 later ? wait : std::nullopt);
}

std::vector<LaneNews> DiscordChannel::limits_in(const std::vector<std::string>& lanes,
                                                const wire::Response& response, Instant now) const {
  const auto remaining = count_in(response.headers, "x-ratelimit-remaining");
  const auto after =
      fraction(std::string(wire::header(response.headers, "x-ratelimit-reset-after").value_or("")));
  if (lanes.empty() || !remaining || *remaining > 0 || !after || after->count() == 0) return {};
  return {{lanes.front(), now + *after, "Discord says that this limit is used up"}};
}

}  // namespace carillon::channels::discord

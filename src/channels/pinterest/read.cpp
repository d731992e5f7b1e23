// What answers of Pinterest mean: {"code":n,"message":"…"}
// (https://developers.pinterest.com/docs/reference/errors/, 2025-12).
#include <algorithm>

#include "base/text.h"
#include "channels/json_answer.h"
#include "channels/pinterest/pinterest.h"
#include "channels/refusal.h"
#include "channels/retry_after.h"

namespace carillon::channels::pinterest {
namespace {

bool says(const std::string& low, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return low.find(w) != std::string::npos; });
}

Refusal refusal_of(int status, const std::string& low) {
  switch (status) {
    case 401: return Refusal::token_expired;
    case 404: return Refusal::not_found;
    case 413: return Refusal::media_invalid;
    case 429: return Refusal::rate_limited;
    default: break;
  }
  if (status >= 500) return Refusal::transient;
  if (says(low, {"spam", "blocked", "violates"})) return Refusal::content_blocked;
  if (status == 403)
    return says(low, {"suspended", "deactivated"}) ? Refusal::account_restricted
                                                   : Refusal::permission_missing;
  if (says(low, {"image", "video", "media"})) return Refusal::media_invalid;
  return status >= 400 ? Refusal::invalid_request : Refusal::unreadable;
}

// "X-RateLimit-Reset" counts seconds from now.
std::optional<Duration> wait_of(const wire::Response& response, Instant now) {
  if (const auto said = retry_after(response.headers, now)) return said;
  const auto seconds = count_in(response.headers, "x-ratelimit-reset");
  if (!seconds || *seconds < 0 || response.status != 429) return std::nullopt;
  return Duration(std::chrono::seconds(std::min<int64_t>(*seconds, 90'000)));
}

}  // namespace

Fault fault_in(const wire::Response& response, Instant now) {
  const auto wait = wait_of(response, now);
  const auto answer = read_json(response.body);
  const std::string words = answer ? text_at(*answer, {"message"}) : "";
  if (words.empty()) return unreadable_answer(pinterest_traits().label, response, wait);
  const Refusal why = refusal_of(response.status, lowered(words));
  const bool later = why == Refusal::rate_limited || why == Refusal::transient;
  return refused(why, {pinterest_traits().label, response.status, words, response.body},
                 later ? wait : std::nullopt);
}

std::vector<LaneNews> PinterestChannel::limits_in(const std::vector<std::string>& lanes,
                                                  const wire::Response& response, Instant now) const {
  const auto wait = response.status == 429 ? wait_of(response, now) : std::nullopt;
  if (lanes.empty() || !wait || wait->count() <= 0) return {};
  return {{lanes.front(), now + *wait, "Pinterest says when it takes more"}};
}

}  // namespace carillon::channels::pinterest

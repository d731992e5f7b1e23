// What answers of YouTube mean: {"error":{"code":403,"message":"…","errors":[{"reason":"quotaExceeded"}]}}
// (https://developers.google.com/youtube/v3/docs/errors, 2026-09).
#include <algorithm>
#include <array>

#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "channels/retry_after.h"
#include "channels/youtube/youtube.h"

namespace carillon::channels::youtube {
namespace {

struct Named {
  std::string_view reason;
  Refusal why;
};

constexpr std::array named = {
    Named{"quotaExceeded", Refusal::rate_limited},
    Named{"dailyLimitExceeded", Refusal::rate_limited},
    Named{"rateLimitExceeded", Refusal::rate_limited},
    Named{"userRateLimitExceeded", Refusal::rate_limited},
    Named{"uploadLimitExceeded", Refusal::rate_limited},
    Named{"uploadRateLimitExceeded", Refusal::rate_limited},
    Named{"authorizationRequired", Refusal::token_expired},
    Named{"authError", Refusal::token_expired},
    Named{"required", Refusal::token_expired},
    Named{"insufficientPermissions", Refusal::permission_missing},
    Named{"forbidden", Refusal::permission_missing},
    Named{"youtubeSignupRequired", Refusal::permission_missing},
    Named{"accountSuspended", Refusal::account_restricted},
    Named{"accountClosed", Refusal::account_restricted},
    Named{"channelSuspended", Refusal::account_restricted},
    Named{"invalidTitle", Refusal::invalid_request},
    Named{"invalidDescription", Refusal::invalid_request},
    Named{"invalidTags", Refusal::invalid_request},
    Named{"invalidVideoMetadata", Refusal::invalid_request},
    Named{"mediaBodyRequired", Refusal::media_invalid},
    Named{"invalidFilename", Refusal::media_invalid},
    Named{"videoNotFound", Refusal::not_found},
    Named{"channelNotFound", Refusal::not_found},
    Named{"backendError", Refusal::transient},
};

Refusal of_status(int status) {
  switch (status) {
    case 401: return Refusal::token_expired;
    case 403: return Refusal::permission_missing;
    case 404:
    case 410: return Refusal::not_found;
    case 413: return Refusal::media_invalid;
    default: return status >= 400 ? Refusal::invalid_request : Refusal::unreadable;
  }
}

Refusal refusal_of(int status, const std::string& reason) {
  if (status == 429) return Refusal::rate_limited;
  if (status >= 500) return Refusal::transient;
  const auto known = std::ranges::find(named, reason, &Named::reason);
  return known == named.end() ? of_status(status) : known->why;
}

// A day's quota ends at midnight Pacific time: it is tried again in an hour, until then.
std::optional<Duration> wait_of(const wire::Response& response, const std::string& reason, Instant now) {
  if (const auto said = retry_after(response.headers, now)) return said;
  const bool daily =
      reason == "quotaExceeded" || reason == "dailyLimitExceeded" || reason == "uploadLimitExceeded";
  return daily ? std::optional<Duration>(std::chrono::hours(1)) : std::nullopt;
}

}  // namespace

Fault fault_in(const wire::Response& response, Instant now) {
  const auto answer = read_json(response.body);
  const std::string words = answer ? text_at(*answer, {"error", "message"}) : "";
  const boost::json::array& errors =
      answer ? list_at(*answer, {"error", "errors"}) : list_at(boost::json::value(), {"error"});
  const std::string reason = errors.empty() ? "" : text_at(errors[0], {"reason"});
  const auto wait = wait_of(response, reason, now);
  if (words.empty()) return unreadable_answer(youtube_traits().label, response, wait);
  const Refusal why = refusal_of(response.status, reason);
  const bool later = why == Refusal::rate_limited || why == Refusal::transient;
  return refused(why, {youtube_traits().label, response.status, words, response.body},
                 later ? wait : std::nullopt);
}

std::vector<LaneNews> YoutubeChannel::limits_in(const std::vector<std::string>& lanes,
                                                const wire::Response& response, Instant now) const {
  if (lanes.empty() || (response.status != 403 && response.status != 429)) return {};
  const Fault fault = fault_in(response, now);
  if (fault.kind != FaultKind::throttled || !fault.retry_after || fault.retry_after->count() <= 0) return {};
  return {{lanes.front(), now + *fault.retry_after, "YouTube's quota is used up"}};
}

}  // namespace carillon::channels::youtube

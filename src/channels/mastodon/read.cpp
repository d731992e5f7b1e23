// What answers of Mastodon mean: refusals by status (https://docs.joinmastodon.org/entities/Error/, 2026-09)
// and limits (https://docs.joinmastodon.org/api/rate-limits/, 2026-09; the reset is a time, not seconds).
#include "base/text.h"
#include "channels/json_answer.h"
#include "channels/mastodon/mastodon.h"
#include "channels/refusal.h"
#include "channels/retry_after.h"

namespace carillon::channels::mastodon {
namespace {

// The reset header stands on every answer; only a refusal for the limit makes it a time to come back.
std::optional<Duration> wait_of(const wire::Response& response, Instant now) {
  const auto reset = time_in(response.headers, "x-ratelimit-reset");
  if (reset && response.status == 429) return until(*reset, now);
  return retry_after(response.headers, now);
}

bool says(const std::string& low, std::string_view words) {
  return low.find(words) != std::string::npos;
}

Refusal of_forbidden(const std::string& low) {
  if (says(low, "scope")) return Refusal::permission_missing;
  const bool locked = says(low, "disabled") || says(low, "suspend") || says(low, "login") ||
                      says(low, "confirm") || says(low, "pending");
  return locked ? Refusal::account_restricted : Refusal::permission_missing;
}

Refusal of_unprocessable(const std::string& low) {
  if (says(low, "not finished processing")) return Refusal::transient;
  const bool media = says(low, "file") || says(low, "media") || says(low, "image") || says(low, "video");
  return media ? Refusal::media_invalid : Refusal::invalid_request;
}

Refusal refusal_of(int status, const std::string& low) {
  switch (status) {
    case 401: return Refusal::token_expired;
    case 403: return of_forbidden(low);
    case 404:
    case 410: return Refusal::not_found;
    case 413: return Refusal::media_invalid;
    case 422: return of_unprocessable(low);
    case 429: return Refusal::rate_limited;
    default: break;
  }
  if (status >= 500) return Refusal::transient;
  return status >= 400 ? Refusal::invalid_request : Refusal::unreadable;
}

}  // namespace

Fault fault_in(const wire::Response& response, Instant now) {
  const auto wait = wait_of(response, now);
  const auto answer = read_json(response.body);
  const std::string error = answer ? text_at(*answer, {"error"}) : "";
  if (error.empty()) return unreadable_answer(mastodon_traits().label, response, wait);
  std::string words = error;
  if (const auto more = text_at(*answer, {"error_description"}); !more.empty()) words += ": " + more;
  const Refusal why = refusal_of(response.status, lowered(words));
  const bool later = why == Refusal::rate_limited || (why == Refusal::transient && response.status >= 500);
  return refused(why, {mastodon_traits().label, response.status, words, response.body},
                 later ? wait : std::nullopt);
}

std::vector<LaneNews> MastodonChannel::limits_in(const std::vector<std::string>& lanes,
                                                 const wire::Response& response, Instant now) const {
  const auto remaining = count_in(response.headers, "x-ratelimit-remaining");
  const auto reset = time_in(response.headers, "x-ratelimit-reset");
  if (lanes.empty() || !remaining || *remaining > 0 || !reset || *reset <= now) return {};
  return {{lanes.front(), now + until(*reset, now), "The server says that this limit is used up"}};
}

}  // namespace carillon::channels::mastodon

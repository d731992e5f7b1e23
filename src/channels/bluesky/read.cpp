// What answers of the AT Protocol mean: {"error":"Name","message":"…"} (https://atproto.com/specs/xrpc,
// 2026-08), and limits (https://docs.bsky.app/docs/advanced-guides/rate-limits, 2026-04).
#include <algorithm>
#include <array>

#include "base/text.h"
#include "channels/bluesky/bluesky.h"
#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "channels/retry_after.h"

namespace carillon::channels::bluesky {
namespace {

struct Named {
  std::string_view error;
  Refusal why;
};

constexpr std::array named = {
    Named{"ExpiredToken", Refusal::token_expired},
    Named{"InvalidToken", Refusal::token_expired},
    Named{"AuthMissing", Refusal::token_expired},
    Named{"AuthenticationRequired", Refusal::token_expired},
    Named{"AuthFactorTokenRequired", Refusal::token_expired},
    Named{"AccountTakedown", Refusal::account_restricted},
    Named{"AccountDeactivated", Refusal::account_restricted},
    Named{"AccountSuspended", Refusal::account_restricted},
    Named{"RateLimitExceeded", Refusal::rate_limited},
    Named{"InvalidMimeType", Refusal::media_invalid},
    Named{"InvalidSize", Refusal::media_invalid},
    Named{"BlobTooLarge", Refusal::media_invalid},
    Named{"RecordNotFound", Refusal::not_found},
    Named{"RepoNotFound", Refusal::not_found},
};

bool says(const std::string& low, std::string_view words) {
  return low.find(words) != std::string::npos;
}

Refusal of_words(int status, const std::string& low) {
  if (says(low, "bad token scope")) return Refusal::permission_missing;
  if (says(low, "could not find repo")) return Refusal::not_found;
  const bool media = says(low, "blob") || says(low, "mime");
  return status == 400 && media ? Refusal::media_invalid : Refusal::invalid_request;
}

Refusal refusal_of(int status, const std::string& error, const std::string& low) {
  if (status == 429) return Refusal::rate_limited;
  if (status >= 500) return Refusal::transient;
  const auto known = std::ranges::find(named, error, &Named::error);
  if (known != named.end()) return known->why;
  if (status == 401) return Refusal::token_expired;
  if (status == 403) return Refusal::permission_missing;
  if (status == 404) return Refusal::not_found;
  if (status == 413) return Refusal::media_invalid;
  return status >= 400 ? of_words(status, low) : Refusal::unreadable;
}

std::optional<Duration> wait_of(const wire::Response& response, Instant now) {
  if (const auto said = retry_after(response.headers, now)) return said;
  const auto reset = epoch_in(response.headers, "ratelimit-reset");
  return reset && response.status == 429 ? std::optional(until(*reset, now)) : std::nullopt;
}

// "5000;w=3600": which of the limits the headers speak of.
std::string lane_of(std::string_view policy, const std::vector<std::string>& lanes) {
  const size_t at = policy.find("w=");
  const std::string_view window = at == std::string_view::npos ? "" : policy.substr(at + 2);
  const std::string_view lane = window == "300"     ? "call"
                                : window == "3600"  ? "post"
                                : window == "86400" ? "post_day"
                                                    : "";
  const auto taken = std::ranges::find(lanes, lane);
  return taken == lanes.end() ? lanes.front() : *taken;
}

}  // namespace

std::string error_in(const wire::Response& response) {
  const auto answer = read_json(response.body);
  return answer ? text_at(*answer, {"error"}) : "";
}

Fault fault_in(const wire::Response& response, Instant now) {
  const auto wait = wait_of(response, now);
  const std::string error = error_in(response);
  if (error.empty()) return unreadable_answer(bluesky_traits().label, response, wait);
  const auto answer = read_json(response.body);
  const std::string words = text_at(*answer, {"message"});
  const Refusal why = refusal_of(response.status, error, lowered(words));
  const bool later = why == Refusal::rate_limited || why == Refusal::transient;
  return refused(why, {bluesky_traits().label, response.status, words.empty() ? error : words, response.body},
                 later ? wait : std::nullopt);
}

std::vector<LaneNews> BlueskyChannel::limits_in(const std::vector<std::string>& lanes,
                                                const wire::Response& response, Instant now) const {
  const auto remaining = count_in(response.headers, "ratelimit-remaining");
  const auto reset = epoch_in(response.headers, "ratelimit-reset");
  if (lanes.empty() || !remaining || *remaining > 0 || !reset || *reset <= now) return {};
  const std::string lane = lane_of(wire::header(response.headers, "ratelimit-policy").value_or(""), lanes);
  return {{lane, now + until(*reset, now), "Bluesky says that this limit is used up"}};
}

}  // namespace carillon::channels::bluesky

// What LinkedIn's answers mean. https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/
// error-handling and the tables of the posts, images, videos and documents pages (2026-09).
#include <algorithm>

#include "base/text.h"
#include "channels/json_answer.h"
#include "channels/linkedin/linkedin.h"
#include "channels/refusal.h"
#include "channels/retry_after.h"

namespace carillon::channels::linkedin {

namespace json = boost::json;

namespace {

bool has(std::string_view text, std::string_view what) {
  return text.find(what) != std::string_view::npos;
}

// Limits are per UTC day and mostly nothing says when to come back: a short rest for bursts, never past
// midnight. A breakdown asks for no rest of its own.
std::optional<Duration> wait_of(const wire::Response& response, Instant now) {
  if (const auto said = retry_after(response.headers, now)) return said;
  if (response.status != 429) return std::nullopt;
  constexpr int64_t day = 86'400'000'000;
  const Duration to_midnight(day - now.us % day);
  return std::min<Duration>(std::chrono::minutes(15), to_midnight);
}

Refusal of_bad_request(std::string_view said) {
  if (has(said, "MEDIA_ASSET_WAITING_UPLOAD")) return Refusal::transient;
  if (has(said, "MEDIA_ASSET_PROCESSING_FAILED") || has(said, "EXPIRED_UPLOAD_URL"))
    return Refusal::media_invalid;
  return Refusal::invalid_request;
}

Refusal why(int status, const std::string& said) {
  switch (status) {
    case 400: return of_bad_request(said);
    case 401: return Refusal::token_expired;
    case 403: return Refusal::permission_missing;
    case 404: return Refusal::not_found;
    case 409: return Refusal::transient;
    case 413:
    case 415: return Refusal::invalid_request;
    case 422: return has(said, "duplicate") ? Refusal::duplicate : Refusal::content_blocked;
    case 429: return Refusal::rate_limited;
    default: return status >= 500 ? Refusal::transient : Refusal::invalid_request;
  }
}

Fault old_version() {
  return {.kind = FaultKind::invalid,
          .code = "version_ended",
          .text = std::string("LinkedIn has switched off the version of its API that this program speaks (") +
                  version + ").",
          .remedy = "Update Carillon, then publish again."};
}

}  // namespace

Fault fault_in(const wire::Response& response, Instant now) {
  const auto answer = read_json(response.body);
  if (response.status == 426) return old_version();
  const std::string words = answer ? text_at(*answer, {"message"}) : "";
  if (!answer || accepted(response) || (words.empty() && text_at(*answer, {"code"}).empty())) {
    return unreadable_answer(linkedin_traits().label, response, wait_of(response, now));
  }
  const std::string said =
      text_at(*answer, {"code"}) + " " + text_at(*answer, {"errorDetailType"}) + " " + words;
  const Refusal reason = why(response.status, said);
  const Heard heard{linkedin_traits().label, response.status, words, response.body};
  const bool later = reason == Refusal::rate_limited || reason == Refusal::transient;
  return refused(reason, heard, later ? wait_of(response, now) : std::nullopt);
}

// {"message":"Content is a duplicate of urn:li:share:6934…","status":422}
std::string duplicate_in(const wire::Response& response) {
  const auto answer = read_json(response.body);
  if (response.status != 422 || !answer) return "";
  const std::string words = text_at(*answer, {"message"});
  const size_t begin = has(words, "duplicate") ? words.find("urn:li:") : std::string::npos;
  if (begin == std::string::npos) return "";
  const size_t end =
      words.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:_-", begin);
  std::string urn = words.substr(begin, end - begin);
  const bool whole = urn.starts_with("urn:li:share:") || urn.starts_with("urn:li:ugcPost:");
  return whole && urn.back() != ':' ? urn : "";
}

}  // namespace carillon::channels::linkedin

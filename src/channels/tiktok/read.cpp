// What answers of TikTok mean: {"data":{…},"error":{"code":"ok","message":"","log_id":"…"}}
// (https://developers.tiktok.com/doc/tiktok-api-v2-error-handling, 2026-09).
#include <algorithm>
#include <array>

#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "channels/retry_after.h"
#include "channels/tiktok/tiktok.h"

namespace carillon::channels::tiktok {
namespace {

struct Named {
  std::string_view code;
  Refusal why;
};

constexpr std::array named = {
    Named{"access_token_invalid", Refusal::token_expired},
    Named{"access_token_expired", Refusal::token_expired},
    Named{"scope_not_authorized", Refusal::permission_missing},
    Named{"scope_permission_missed", Refusal::permission_missing},
    Named{"unaudited_client_can_only_post_to_private_accounts", Refusal::permission_missing},
    Named{"rate_limit_exceeded", Refusal::rate_limited},
    Named{"spam_risk_too_many_posts", Refusal::rate_limited},
    Named{"spam_risk_too_many_pending_share", Refusal::rate_limited},
    Named{"spam_risk_user_banned_from_posting", Refusal::account_restricted},
    Named{"reached_active_user_cap", Refusal::account_restricted},
    Named{"spam_risk_text", Refusal::content_blocked},
    Named{"spam_risk", Refusal::content_blocked},
    Named{"url_ownership_unverified", Refusal::invalid_request},
    Named{"privacy_level_option_mismatch", Refusal::invalid_request},
    Named{"invalid_param", Refusal::invalid_request},
    Named{"invalid_params", Refusal::invalid_request},
    Named{"invalid_publish_id", Refusal::not_found},
    Named{"file_format_check_failed", Refusal::media_invalid},
    Named{"duration_check_failed", Refusal::media_invalid},
    Named{"frame_rate_check_failed", Refusal::media_invalid},
    Named{"picture_size_check_failed", Refusal::media_invalid},
    Named{"video_pull_failed", Refusal::media_invalid},
    Named{"photo_pull_failed", Refusal::media_invalid},
    Named{"internal_error", Refusal::transient},
    Named{"internal", Refusal::transient},
};

Refusal of_status(int status) {
  switch (status) {
    case 401: return Refusal::token_expired;
    case 403: return Refusal::permission_missing;
    case 404: return Refusal::not_found;
    case 413: return Refusal::media_invalid;
    default: return Refusal::invalid_request;
  }
}

Refusal refusal_of(int status, const std::string& code) {
  if (status == 429) return Refusal::rate_limited;
  if (status >= 500) return Refusal::transient;
  const auto known = std::ranges::find(named, code, &Named::code);
  return known == named.end() ? of_status(status) : known->why;
}

// "Too many posts" is about a day: it is tried again in an hour, until then.
std::optional<Duration> wait_of(const wire::Response& response, const std::string& code, Instant now) {
  if (const auto said = retry_after(response.headers, now)) return said;
  if (code == "spam_risk_too_many_posts") return std::chrono::hours(1);
  if (code == "spam_risk_too_many_pending_share") return std::chrono::minutes(10);
  return std::nullopt;
}

}  // namespace

bool says_ok(const wire::Response& response) {
  const auto answer = accepted(response) ? read_json(response.body) : std::nullopt;
  return answer && text_at(*answer, {"error", "code"}) == "ok";
}

Fault fault_in(const wire::Response& response, Instant now) {
  const auto answer = read_json(response.body);
  const std::string code = answer ? text_at(*answer, {"error", "code"}) : "";
  const auto wait = wait_of(response, code, now);
  if (code.empty() || code == "ok") return unreadable_answer(tiktok_traits().label, response, wait);
  std::string words = text_at(*answer, {"error", "message"});
  words = words.empty() ? code : code + ": " + words;
  const Refusal why = refusal_of(response.status, code);
  const bool later = why == Refusal::rate_limited || why == Refusal::transient;
  Fault fault = refused(why, {tiktok_traits().label, response.status, words, response.body},
                        later ? wait : std::nullopt);
  if (code == "url_ownership_unverified")
    fault.remedy =
        "TikTok fetches photos only from addresses that its app has verified: add this server's public "
        "address under "
        "URL properties of the app, then try again.";
  return fault;
}

Fault failure_in(const boost::json::value& status, const wire::Response& response) {
  const std::string reason = text_at(status, {"data", "fail_reason"});
  Refusal why = refusal_of(200, reason);
  if (why != Refusal::media_invalid && why != Refusal::invalid_request) why = Refusal::content_blocked;
  return refused(why, {tiktok_traits().label, response.status,
                       reason.empty() ? "it was not published" : reason, response.body});
}

std::vector<LaneNews> TiktokChannel::limits_in(const std::vector<std::string>& lanes,
                                               const wire::Response& response, Instant now) const {
  if (lanes.empty() || says_ok(response) || response.status >= 500) return {};
  const Fault fault = fault_in(response, now);
  if (fault.kind != FaultKind::throttled || !fault.retry_after || fault.retry_after->count() <= 0) return {};
  return {{lanes.front(), now + *fault.retry_after, "TikTok allows no more right now"}};
}

}  // namespace carillon::channels::tiktok

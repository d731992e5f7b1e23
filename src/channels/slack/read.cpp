// What answers of Slack mean: HTTP 200 with {"ok":false,"error":"name"}
// (https://docs.slack.dev/reference/methods, 2026-09); limits: 429 with Retry-After
// (https://docs.slack.dev/apis/web-api/rate-limits, 2026-09).
#include <algorithm>
#include <array>

#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "channels/retry_after.h"
#include "channels/slack/slack.h"

namespace carillon::channels::slack {

namespace json = boost::json;

namespace {

struct Named {
  std::string_view error;
  Refusal why;
};

constexpr std::array named = {
    Named{"invalid_auth", Refusal::token_expired},
    Named{"token_revoked", Refusal::token_expired},
    Named{"token_expired", Refusal::token_expired},
    Named{"account_inactive", Refusal::token_expired},
    Named{"not_authed", Refusal::token_expired},
    Named{"missing_scope", Refusal::permission_missing},
    Named{"not_in_channel", Refusal::permission_missing},
    Named{"restricted_action", Refusal::permission_missing},
    Named{"is_archived", Refusal::permission_missing},
    Named{"ekm_access_denied", Refusal::permission_missing},
    Named{"channel_not_found", Refusal::not_found},
    Named{"message_not_found", Refusal::not_found},
    Named{"thread_not_found", Refusal::not_found},
    Named{"ratelimited", Refusal::rate_limited},
    Named{"rate_limited", Refusal::rate_limited},
    Named{"message_limit_exceeded", Refusal::rate_limited},
    Named{"file_upload_size_restricted", Refusal::media_invalid},
    Named{"file_type_not_allowed", Refusal::media_invalid},
    Named{"slack_file_not_found", Refusal::media_invalid},
    Named{"internal_error", Refusal::transient},
    Named{"fatal_error", Refusal::transient},
    Named{"service_unavailable", Refusal::transient},
    Named{"request_timeout", Refusal::transient},
};

Refusal refusal_of(int status, const std::string& error) {
  if (status == 429) return Refusal::rate_limited;
  if (status >= 500) return Refusal::transient;
  const auto known = std::ranges::find(named, error, &Named::error);
  if (known != named.end()) return known->why;
  return status == 401   ? Refusal::token_expired
         : status == 403 ? Refusal::permission_missing
                         : Refusal::invalid_request;
}

}  // namespace

bool agreed(const wire::Response& response) {
  const auto answer = accepted(response) ? read_json(response.body) : std::nullopt;
  return answer && true_at(*answer, {"ok"});
}

Fault fault_in(const wire::Response& response, Instant now) {
  const auto wait = retry_after(response.headers, now);
  const auto answer = read_json(response.body);
  const std::string error = answer ? text_at(*answer, {"error"}) : "";
  const json::value* ok = answer ? look(*answer, {"ok"}) : nullptr;
  const bool says_no = ok != nullptr && *ok == json::value(false);
  if (error.empty() || !says_no) return unreadable_answer(slack_traits().label, response, wait);
  std::string words = error;
  if (const auto needed = text_at(*answer, {"needed"}); !needed.empty()) words += ": " + needed;
  const Refusal why = refusal_of(response.status, error);
  const bool later = why == Refusal::rate_limited || why == Refusal::transient;
  return refused(why, {slack_traits().label, response.status, words, response.body},
                 later ? wait : std::nullopt);
}

// Slack says nothing about limits until one is reached.
std::vector<LaneNews> SlackChannel::limits_in(const std::vector<std::string>& lanes,
                                              const wire::Response& response, Instant now) const {
  const auto wait = response.status == 429 ? retry_after(response.headers, now) : std::nullopt;
  if (lanes.empty() || !wait || wait->count() <= 0) return {};
  return {{lanes.front(), now + *wait, "Slack says when it takes more"}};
}

}  // namespace carillon::channels::slack

// What answers of X mean: refusals (https://docs.x.com/x-api/fundamentals/response-codes-and-errors, 2026-09)
// and limits (https://docs.x.com/x-api/fundamentals/rate-limits, 2026-09).
#include <algorithm>
#include <array>

#include "base/text.h"
#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "channels/retry_after.h"
#include "channels/x/x.h"

namespace carillon::channels::x {

namespace json = boost::json;

namespace {

struct Problem {
  int status = 0;
  std::string type, words;  // last segment of the problem's address; its sentence
  int64_t code = 0;         // of the old form {"errors":[{"code":88,…}]}
};

Problem read_problem(const json::value& answer, int status) {
  Problem problem;
  problem.status = status;
  const std::string type = text_at(answer, {"type"});
  problem.type = type.substr(type.rfind('/') + 1);
  problem.words = text_at(answer, {"detail"});
  const json::array& errors = list_at(answer, {"errors"});
  if (!errors.empty()) {
    problem.code = number_at(errors[0], {"code"}).value_or(0);
    const std::string message = text_at(errors[0], {"message"});
    if (!message.empty()) problem.words += (problem.words.empty() ? "" : " ") + message;
  }
  if (problem.words.empty()) problem.words = text_at(answer, {"title"});
  return problem;
}

bool says(const Problem& problem, std::string_view words) {
  return lowered(problem.words).find(words) != std::string::npos;
}

bool has_code(const Problem& problem, std::initializer_list<int64_t> codes) {
  return std::find(codes.begin(), codes.end(), problem.code) != codes.end();
}

Refusal of_forbidden(const Problem& problem) {
  if (says(problem, "duplicate") || problem.code == 187) return Refusal::duplicate;
  if (has_code(problem, {64, 326})) return Refusal::account_restricted;
  if (problem.type == "usage-capped") return Refusal::rate_limited;
  if (says(problem, "longer than")) return Refusal::media_invalid;
  static constexpr std::array<std::string_view, 4> lacks = {
      "client-forbidden", "not-authorized-for-resource", "oauth1-permissions", "unsupported-authentication"};
  const bool lacking = std::find(lacks.begin(), lacks.end(), problem.type) != lacks.end();
  if (lacking || has_code(problem, {261, 453})) return Refusal::permission_missing;
  const bool bare = problem.words.empty() || equals_ignoring_case(problem.words, "forbidden");
  return bare ? Refusal::permission_missing : Refusal::content_blocked;
}

Refusal of_bad_request(const Problem& problem) {
  return says(problem, "media") || problem.code == 324 ? Refusal::media_invalid : Refusal::invalid_request;
}

Refusal refusal_of(const Problem& problem) {
  if (has_code(problem, {32, 89})) return Refusal::token_expired;
  if (problem.code == 88) return Refusal::rate_limited;
  if (has_code(problem, {64, 187, 226, 261, 326, 453})) return of_forbidden(problem);
  switch (problem.status) {
    case 401: return Refusal::token_expired;
    case 402: return Refusal::account_restricted;  // no credits left
    case 403: return of_forbidden(problem);
    case 404: return Refusal::not_found;
    case 413: return Refusal::media_invalid;
    case 429: return Refusal::rate_limited;
    default: break;
  }
  if (problem.status >= 500) return Refusal::transient;
  return problem.status >= 400 ? of_bad_request(problem) : Refusal::unreadable;
}

// A limit as three headers: "<prefix>-remaining" is 0 until "<prefix>-reset".
std::optional<Instant> closed_by(const wire::Headers& headers, const std::string& prefix) {
  const auto remaining = count_in(headers, prefix + "-remaining");
  return remaining && *remaining <= 0 ? epoch_in(headers, prefix + "-reset") : std::nullopt;
}

// The reset header stands on every answer; only a refusal for the limit makes it a time to come back.
std::optional<Duration> wait_of(const wire::Response& response, Instant now) {
  const wire::Headers& headers = response.headers;
  std::optional<Instant> until_then;
  for (const char* prefix : {"x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour"}) {
    const auto at = closed_by(headers, prefix);
    if (at && (!until_then || *until_then < *at)) until_then = at;
  }
  if (!until_then && response.status == 429) until_then = epoch_in(headers, "x-rate-limit-reset");
  return until_then ? std::optional<Duration>(until(*until_then, now)) : retry_after(headers, now);
}

}  // namespace

Fault fault_in(const wire::Response& response, Instant now) {
  const auto wait = wait_of(response, now);
  const auto answer = read_json(response.body);
  if (!answer || !answer->is_object()) return unreadable_answer(x_traits().label, response, wait);
  const Problem problem = read_problem(*answer, response.status);
  const Refusal why = refusal_of(problem);
  const bool later = why == Refusal::rate_limited || why == Refusal::transient;
  return refused(why, {x_traits().label, response.status, problem.words, response.body},
                 later ? wait : std::nullopt);
}

std::vector<LaneNews> XChannel::limits_in(const std::vector<std::string>& lanes,
                                          const wire::Response& response, Instant now) const {
  std::vector<LaneNews> news;
  if (lanes.empty()) return news;
  const auto close = [&](const std::string& lane, const char* prefix, const char* what) {
    const auto at = closed_by(response.headers, prefix);
    if (at && *at > now) news.push_back({lane, now + until(*at, now), what});
  };
  close(lanes.front(), "x-rate-limit", "X says that the limit of this quarter of an hour is used up");
  close(lanes.front(), "x-user-limit-24hour", "X says that this account's limit of 24 hours is used up");
  if (std::find(lanes.begin(), lanes.end(), "post_app") != lanes.end()) {
    close("post_app", "x-app-limit-24hour", "X says that this app's limit of 24 hours is used up");
  }
  return news;
}

}  // namespace carillon::channels::x

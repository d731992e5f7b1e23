// What answers of the Graph API mean: refusals by code and subcode, never by status
// (https://developers.facebook.com/docs/graph-api/guides/error-handling, 2026-09), and usage headers
// (https://developers.facebook.com/docs/graph-api/overview/rate-limiting, 2026-09).
#include <algorithm>

#include "base/text.h"
#include "channels/facebook/facebook.h"
#include "channels/json_answer.h"
#include "channels/refusal.h"
#include "channels/retry_after.h"

namespace carillon::channels::facebook {

namespace json = boost::json;

namespace {

constexpr int64_t full_enough = 90;  // per cent; Facebook refuses at 100
constexpr Duration breather = std::chrono::minutes(5);

bool is_one_of(int64_t code, std::initializer_list<int64_t> codes) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

// Subcodes say more than codes. Those beside 33 are reported by integrators, not documented (2026-09).
std::optional<Refusal> by_subcode(int64_t subcode) {
  if (is_one_of(subcode, {1366046, 2069019, 1363047})) return Refusal::media_invalid;
  if (subcode == 1390008) return Refusal::rate_limited;
  if (is_one_of(subcode, {1346003, 1404102, 1609008, 1609005})) return Refusal::content_blocked;
  if (is_one_of(subcode, {1404006, 1404112, 4854002, 1404078})) return Refusal::account_restricted;
  if (subcode == 1366051) return Refusal::duplicate;
  if (subcode == 1609010) return Refusal::transient;
  if (subcode == 2061006) return Refusal::invalid_request;
  return std::nullopt;
}

Refusal of_block(const std::string& words) {  // code 368
  const std::string low = lowered(words);
  if (low.find("already") != std::string::npos && low.find("posted") != std::string::npos)
    return Refusal::duplicate;
  const bool of_content = low.find("link") != std::string::npos || low.find("content") != std::string::npos ||
                          low.find("text") != std::string::npos;
  return of_content ? Refusal::content_blocked : Refusal::account_restricted;
}

Refusal by_code(int64_t code, int64_t subcode, const std::string& words, bool transient) {
  if (code == 190 || code == 102) return Refusal::token_expired;
  if (is_one_of(code, {4, 17, 32, 341, 613, 80001, 80002, 80006, 80007})) return Refusal::rate_limited;
  if (code == 3 || code == 10 || (code >= 200 && code <= 299)) return Refusal::permission_missing;
  if (code == 368) return of_block(words);
  if (code == 506) return Refusal::duplicate;
  if (code == 1609005) return Refusal::content_blocked;
  if (code == 1 || code == 2 || transient) return Refusal::transient;
  if (code == 803 || (code == 100 && subcode == 33)) return Refusal::not_found;
  return Refusal::invalid_request;
}

std::optional<json::value> json_header(const wire::Headers& headers, std::string_view name) {
  const auto value = wire::header(headers, name);
  return value ? read_json(*value) : std::nullopt;
}

int64_t fullest(const json::value& usage) {
  int64_t percent = 0;
  for (const char* name : {"call_count", "total_cputime", "total_time"}) {
    percent = std::max(percent, number_at(usage, {name}).value_or(0));
  }
  return percent;
}

// How long the page should be left alone; nothing when there is room.
std::optional<Duration> page_rest(const wire::Headers& headers) {
  const auto usage = json_header(headers, "x-business-use-case-usage");
  if (!usage || !usage->is_object()) return std::nullopt;
  std::optional<Duration> rest;
  for (const auto& entry : usage->get_object()) {
    if (!entry.value().is_array()) continue;
    for (const json::value& one : entry.value().get_array()) {
      const int64_t minutes =
          std::clamp<int64_t>(number_at(one, {"estimated_time_to_regain_access"}).value_or(0), 0, 1500);
      if (minutes == 0 && fullest(one) < full_enough) continue;
      const Duration span = minutes > 0 ? Duration(std::chrono::minutes(minutes)) : breather;
      rest = std::max(rest.value_or(span), span);
    }
  }
  return rest;
}

std::optional<Duration> app_rest(const wire::Headers& headers) {
  const auto usage = json_header(headers, "x-app-usage");
  return usage && fullest(*usage) >= full_enough ? std::optional<Duration>(breather) : std::nullopt;
}

std::optional<Duration> wait_of(const wire::Headers& headers, Instant now) {
  if (const auto rest = page_rest(headers)) return rest;
  if (const auto rest = app_rest(headers)) return rest;
  return retry_after(headers, now);
}

}  // namespace

Fault fault_in(const wire::Response& response, Instant now) {
  const auto wait = wait_of(response.headers, now);
  const auto answer = read_json(response.body);
  const json::value* error = answer ? look(*answer, {"error"}) : nullptr;
  if (error == nullptr || !error->is_object())
    return unreadable_answer(facebook_traits().label, response, wait);
  const int64_t subcode = number_at(*error, {"error_subcode"}).value_or(0);
  const auto code = number_at(*error, {"code"});
  std::string words = text_at(*error, {"message"});
  if (const auto said = text_at(*error, {"error_user_msg"}); !said.empty()) words += " " + said;
  Refusal why = response.status >= 500 ? Refusal::transient : Refusal::invalid_request;
  if (code)
    why = by_subcode(subcode).value_or(by_code(*code, subcode, words, true_at(*error, {"is_transient"})));
  if (response.status >= 500 && why == Refusal::invalid_request) why = Refusal::transient;
  if (response.status == 429) why = Refusal::rate_limited;
  const Heard heard{facebook_traits().label, response.status, words, response.body};
  if (why == Refusal::rate_limited) return refused(why, heard, wait.value_or(breather));
  return refused(why, heard, why == Refusal::transient ? wait : std::nullopt);
}

std::vector<LaneNews> FacebookChannel::limits_in(const std::vector<std::string>&,
                                                 const wire::Response& response, Instant now) const {
  std::vector<LaneNews> news;
  if (const auto rest = page_rest(response.headers)) {
    news.push_back({"page", now + *rest, "Facebook says that the calls for this page are nearly used up"});
  }
  if (const auto rest = app_rest(response.headers)) {
    news.push_back({"app", now + *rest, "Facebook says that the calls of this app are nearly used up"});
  }
  return news;
}

}  // namespace carillon::channels::facebook

#include "channels/graph_answer.h"

#include <fmt/format.h>

#include <algorithm>

#include "channels/json_answer.h"
#include "channels/retry_after.h"

namespace carillon::channels {

namespace json = boost::json;

namespace {

constexpr int64_t full_enough = 90;  // per cent; refused at 100
constexpr Duration breather = std::chrono::minutes(5);

Refusal by_code(const GraphError& error) {
  const int64_t code = error.code;
  if (code == 190 || code == 102) return Refusal::token_expired;
  if (is_one_of(code, {4, 17, 32, 341, 613, 80001, 80002, 80006, 80007})) return Refusal::rate_limited;
  if (code == 3 || code == 10 || (code >= 200 && code <= 299)) return Refusal::permission_missing;
  if (code == 368) return Refusal::account_restricted;
  if (code == 506) return Refusal::duplicate;
  if (code == 1609005) return Refusal::content_blocked;
  if (code == 1 || code == 2 || error.transient) return Refusal::transient;
  if (code == 803 || (code == 100 && error.subcode == 33)) return Refusal::not_found;
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

// How long the account should be left alone; nothing when there is room.
std::optional<Duration> account_rest(const wire::Headers& headers) {
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
  if (const auto rest = account_rest(headers)) return rest;
  if (const auto rest = app_rest(headers)) return rest;
  return retry_after(headers, now);
}

Refusal meaning(const GraphError& error, int status, GraphTable own) {
  Refusal why = own(error).value_or(by_code(error));
  if (status >= 500 && why == Refusal::invalid_request) why = Refusal::transient;
  return status == 429 ? Refusal::rate_limited : why;
}

}  // namespace

bool is_one_of(int64_t code, std::initializer_list<int64_t> codes) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::optional<GraphError> graph_error(const wire::Response& response) {
  const auto answer = read_json(response.body);
  const json::value* error = answer ? look(*answer, {"error"}) : nullptr;
  if (error == nullptr || !error->is_object()) return std::nullopt;
  const auto code = number_at(*error, {"code"});
  if (!code) return std::nullopt;
  GraphError read{*code, number_at(*error, {"error_subcode"}).value_or(0), text_at(*error, {"message"}),
                  true_at(*error, {"is_transient"})};
  if (const auto said = text_at(*error, {"error_user_msg"}); !said.empty()) read.words += " " + said;
  return read;
}

Fault graph_fault(std::string_view network, const wire::Response& response, Instant now, GraphTable own) {
  const auto wait = wait_of(response.headers, now);
  const auto error = graph_error(response);
  const auto answer = read_json(response.body);
  const bool said = answer && look(*answer, {"error"}) != nullptr && look(*answer, {"error"})->is_object();
  if (!error && !said) return unreadable_answer(network, response, wait);
  const Heard heard{network, response.status, error ? error->words : "", response.body};
  Refusal why = response.status >= 500 ? Refusal::transient : Refusal::invalid_request;
  if (error) why = meaning(*error, response.status, own);
  if (why == Refusal::rate_limited) return refused(why, heard, wait.value_or(breather));
  return refused(why, heard, why == Refusal::transient ? wait : std::nullopt);
}

std::vector<LaneNews> graph_limits(const Traits& traits, const wire::Response& response, Instant now,
                                   std::string_view account_lane, std::string_view app_lane) {
  std::vector<LaneNews> news;
  if (const auto rest = account_rest(response.headers)) {
    news.push_back({std::string(account_lane), now + *rest,
                    fmt::format("{} says that the calls for this account are nearly used up", traits.label)});
  }
  if (const auto rest = app_rest(response.headers)) {
    news.push_back({std::string(app_lane), now + *rest,
                    fmt::format("{} says that the calls of this app are nearly used up", traits.label)});
  }
  return news;
}

// They write "+0000", RFC 3339 wants "+00:00".
std::optional<Instant> graph_time(std::string text) {
  const size_t n = text.size();
  if (n > 5 && (text[n - 5] == '+' || text[n - 5] == '-')) text.insert(n - 2, ":");
  const auto at = parse_instant(text);
  return at ? std::optional<Instant>(*at) : std::nullopt;
}

}  // namespace carillon::channels

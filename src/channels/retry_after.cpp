#include "channels/retry_after.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/text.h"
#include "channels/json_answer.h"

namespace carillon::channels {
namespace {

// "Fri, 20 Nov 2026 09:30:00 GMT" (RFC 9110 5.6.7, the form that senders must use).
std::optional<Instant> read_date(std::string_view text) {
  static constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 29 || text.substr(26) != "GMT") return std::nullopt;
  const auto month = std::find(months.begin(), months.end(), text.substr(8, 3));
  if (month == months.end()) return std::nullopt;
  char iso[32];
  std::snprintf(iso, sizeof iso, "%.4s-%02d-%.2sT%.8sZ", text.data() + 12,
                static_cast<int>(month - months.begin()) + 1, text.data() + 5, text.data() + 17);
  const auto at = parse_instant(iso);
  return at ? std::optional<Instant>(*at) : std::nullopt;
}

}  // namespace

Duration until(Instant then, Instant now) {
  return std::clamp<Duration>(then - now, Duration(0), std::chrono::hours(25));
}

std::optional<int64_t> count_in(const wire::Headers& headers, std::string_view name) {
  const auto value = wire::header(headers, name);
  return value ? whole_number(trimmed(*value)) : std::nullopt;
}

std::optional<Instant> epoch_in(const wire::Headers& headers, std::string_view name) {
  const auto seconds = count_in(headers, name);
  if (!seconds || *seconds < 0 || *seconds > 100'000'000'000) return std::nullopt;
  return Instant::from_seconds(*seconds);
}

std::optional<Instant> time_in(const wire::Headers& headers, std::string_view name) {
  const auto value = wire::header(headers, name);
  if (!value) return std::nullopt;
  const auto at = parse_instant(trimmed(*value));
  return at ? std::optional<Instant>(*at) : std::nullopt;
}

std::optional<Instant> date_in(const wire::Headers& headers, std::string_view name) {
  const auto value = wire::header(headers, name);
  return value ? read_date(trimmed(*value)) : std::nullopt;
}

std::optional<Duration> retry_after(const wire::Headers& headers, Instant now) {
  const auto value = wire::header(headers, "retry-after");
  if (!value) return std::nullopt;
  const auto text = trimmed(*value);
  if (const auto seconds = whole_number(text)) {
    return std::chrono::seconds(std::clamp<int64_t>(*seconds, 0, 90'000));
  }
  const auto date = read_date(text);
  return date ? std::optional<Duration>(until(*date, now)) : std::nullopt;
}

}  // namespace carillon::channels

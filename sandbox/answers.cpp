#include "sandbox/answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

namespace carillon::sandbox {
namespace {

struct Civil {
  int year;
  unsigned month, day;
  int64_t hour, minute, second, millis;
};

Civil civil(Instant at) {
  using namespace std::chrono;
  const auto whole = floor<days>(sys_time<microseconds>(microseconds(at.us)));
  const year_month_day date(whole);
  const int64_t millis = (at.us - whole.time_since_epoch().count() * 86'400'000'000) / 1000;
  return {int(date.year()),     unsigned(date.month()), unsigned(date.day()), millis / 3'600'000,
          millis / 60'000 % 60, millis / 1000 % 60,     millis % 1000};
}

}  // namespace

wire::Response text_answer(int status, std::string_view type, std::string body) {
  return {status, {{"Content-Type", std::string(type)}}, std::move(body)};
}

wire::Response json_answer(int status, const boost::json::value& body, wire::Headers headers) {
  headers.insert(headers.begin(), {"Content-Type", "application/json; charset=utf-8"});
  return {status, std::move(headers), boost::json::serialize(body)};
}

wire::Response page_answer(int status, std::string html) {
  auto response = text_answer(status, "text/html; charset=utf-8", std::move(html));
  response.headers.push_back({"Cache-Control", "no-store"});
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
  response.headers.push_back(
      {"Content-Security-Policy",
       "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
       "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"});
  return response;
}

wire::Response redirect(std::string location) {
  return {303, {{"Location", std::move(location)}}, ""};
}

std::string iso_millis(Instant at) {
  const Civil c = civil(at);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", c.year, c.month, c.day, c.hour, c.minute,
                     c.second, c.millis);
}

std::string iso_offset(Instant at) {
  const Civil c = civil(at);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+0000", c.year, c.month, c.day, c.hour, c.minute,
                     c.second);
}

std::optional<Instant> epoch_instant(int64_t seconds) {
  constexpr int64_t year_5000 = 95'617'584'000;
  return seconds >= 0 && seconds < year_5000 ? std::optional(Instant::from_seconds(seconds)) : std::nullopt;
}

std::string number_text(int64_t number) {
  return std::to_string(number);
}

int64_t seconds_to_wait(Duration wait) {
  return std::max<int64_t>(1, (wait.count() + 999'999) / 1'000'000);
}

bool id_less(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<int64_t> to_number(std::string_view text) {
  int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(number)
                                                                                    : std::nullopt;
}

}  // namespace carillon::sandbox

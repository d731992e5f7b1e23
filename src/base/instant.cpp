#include "base/instant.h"

#include <fmt/format.h>

#include <optional>

#include "base/scan.h"
#include "base/text.h"

namespace carillon {
namespace {

constexpr int64_t second_us = 1'000'000;
constexpr int64_t day_us = 86'400 * second_us;

constexpr int64_t floor_div(int64_t a, int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

Fault bad_time(std::string_view seen, std::string_view why) {
  return {.kind = FaultKind::invalid,
          .code = "bad_time",
          .text = fmt::format("This is not a time: \"{}\" ({}).", shortened(seen, 60), why),
          .remedy = "Write it like 2026-11-20T09:30:00Z or 2026-11-20T09:30:00+01:00."};
}

std::optional<int64_t> take_date(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take_one(text, "-")) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take_one(text, "-")) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count() * day_us;
}

// Seconds go up to 60: RFC 3339 writes a leap second so. Whether it may stand here is judged once it is in
// UTC.
std::optional<int64_t> take_clock(std::string_view& text, bool& leap) {
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take_one(text, ":")) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59 || !take_one(text, ":")) return std::nullopt;
  const auto second = take_digits(text, 2);
  if (!second || *second > 60) return std::nullopt;
  leap = *second == 60;
  return (*hour * 3600 + *minute * 60 + *second) * second_us;
}

// One to nine digits after the point; what is finer than a microsecond is cut off.
std::optional<int64_t> take_fraction(std::string_view& text) {
  if (!take_one(text, ".")) return 0;
  int64_t value = 0;
  size_t digits = 0;
  for (; digits < 9; ++digits) {
    const auto digit = take_digits(text, 1);
    if (!digit) break;
    if (digits < 6) value = value * 10 + *digit;
  }
  if (digits == 0) return std::nullopt;
  for (size_t i = digits; i < 6; ++i) value *= 10;
  return value;
}

std::optional<int64_t> take_offset(std::string_view& text) {
  if (take_one(text, "Zz")) return 0;
  const bool west = !text.empty() && text.front() == '-';
  if (!take_one(text, "+-")) return std::nullopt;
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take_one(text, ":")) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  const int64_t span = (*hour * 3600 + *minute * 60) * second_us;
  return west ? -span : span;
}

// Digits by hand: every answer of the server holds many times, and a general formatter costs ten times as
// much.
void put_digits(std::string& text, int64_t number, size_t width) {
  text.append(width, '0');
  for (size_t at = text.size(); number > 0; number /= 10) text[--at] = static_cast<char>('0' + number % 10);
}

std::string beyond_four_digits(std::chrono::year year) {
  return fmt::format("{:04}", static_cast<int>(year));
}

}  // namespace

std::string to_text(Instant at) {
  const int64_t days = floor_div(at.us, day_us);
  const int64_t in_day = at.us - days * day_us;
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  const int64_t seconds = in_day / second_us, fraction = in_day % second_us;
  const int year = static_cast<int>(date.year());
  std::string text;
  text.reserve(27);
  if (year >= 0 && year <= 9999) {
    put_digits(text, year, 4);
  } else {
    text = beyond_four_digits(date.year());
  }
  const auto put = [&text](char mark, int64_t number, size_t width) {
    text += mark;
    put_digits(text, number, width);
  };
  put('-', static_cast<unsigned>(date.month()), 2);
  put('-', static_cast<unsigned>(date.day()), 2);
  put('T', seconds / 3600, 2);
  put(':', seconds / 60 % 60, 2);
  put(':', seconds % 60, 2);
  if (fraction % 1000 != 0) {
    put('.', fraction, 6);
  } else if (fraction != 0) {
    put('.', fraction / 1000, 3);
  }
  text += 'Z';
  return text;
}

Result<Instant> parse_instant(std::string_view text) {
  std::string_view rest = text;
  const auto date = take_date(rest);
  if (!date) return refuse(bad_time(text, "it must begin with a date that exists"));
  if (!take_one(rest, "Tt")) return refuse(bad_time(text, "a T must stand between date and time"));
  bool leap = false;
  const auto clock = take_clock(rest, leap);
  if (!clock) return refuse(bad_time(text, "hours, minutes and seconds must follow the date"));
  const auto fraction = take_fraction(rest);
  if (!fraction) return refuse(bad_time(text, "digits must follow the point"));
  const auto offset = take_offset(rest);
  if (!offset) return refuse(bad_time(text, "Z or an offset such as +01:00 must stand at the end"));
  if (!rest.empty()) return refuse(bad_time(text, "something follows the offset"));
  const int64_t whole = *date + *clock - *offset;
  // A leap second ends a UTC day; our count has no room for it, so it is the first second of the next day.
  if (leap && whole % day_us != 0) return refuse(bad_time(text, "there is no second 60 here"));
  return Instant{whole + *fraction};
}

}  // namespace carillon

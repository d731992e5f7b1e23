#include "base/zones.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <exception>
#include <optional>

#include "base/scan.h"
#include "base/text.h"

namespace carillon {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// The library says "unknown zone" and "unreadable file" by exception; here both mean: no such zone.
// "localtime" is whatever this machine happens to be set to: no name to store.
const date::time_zone* find_zone(std::string_view name) {
  if (name == "localtime") return nullptr;
  try {
    const date::time_zone* zone = date::locate_zone(name);
    zone->get_info(date::sys_seconds{});  // reads the file
    return zone;
  } catch (const std::exception&) {
    return nullptr;
  }
}

Fault unknown_zone(std::string_view name) {
  return {.kind = FaultKind::invalid,
          .code = "unknown_zone",
          .text = fmt::format("There is no time zone \"{}\".", shortened(name, 60)),
          .remedy = "Use a name of the IANA database, such as Europe/Berlin, America/New_York or UTC."};
}

Fault bad_time(std::string_view seen, std::string_view why) {
  return {.kind = FaultKind::invalid,
          .code = "bad_time",
          .text = fmt::format("This is not a local time: \"{}\" ({}).", shortened(seen, 60), why),
          .remedy = "Write it like 2026-11-20T09:30, without an offset."};
}

bool exists(const LocalTime& local) {
  if (local.year < 1 || local.year > 9999 || local.month < 1 || local.day < 1) return false;
  const date::year_month_day day(date::year(local.year), date::month(static_cast<unsigned>(local.month)),
                                 date::day(static_cast<unsigned>(local.day)));
  const auto within = [](int value, int end) { return value >= 0 && value < end; };
  return local.month <= 12 && local.day <= 31 && day.ok() && within(local.hour, 24) &&
         within(local.minute, 60) && within(local.second, 60);
}

date::local_seconds to_date(const LocalTime& local) {
  const date::year_month_day day(date::year(local.year), date::month(static_cast<unsigned>(local.month)),
                                 date::day(static_cast<unsigned>(local.day)));
  return date::local_days(day) + hours(local.hour) + minutes(local.minute) + seconds(local.second);
}

LocalTime from_date(date::local_seconds at) {
  const auto midnight = date::floor<date::days>(at);
  const date::year_month_day day(midnight);
  const date::hh_mm_ss<seconds> clock(at - midnight);
  return {static_cast<int>(day.year()),
          static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day())),
          static_cast<int>(clock.hours().count()),
          static_cast<int>(clock.minutes().count()),
          static_cast<int>(clock.seconds().count())};
}

std::optional<LocalTime> scan_local(std::string_view rest) {
  LocalTime local;
  const auto number = [&rest](size_t digits, int& into) {
    const auto value = take_digits(rest, digits);
    into = value.value_or(0);
    return value.has_value();
  };
  const bool read = number(4, local.year) && take_one(rest, "-") && number(2, local.month) &&
                    take_one(rest, "-") && number(2, local.day) && take_one(rest, "Tt") &&
                    number(2, local.hour) && take_one(rest, ":") && number(2, local.minute);
  if (!read) return std::nullopt;
  if (take_one(rest, ":") && !number(2, local.second)) return std::nullopt;
  if (!rest.empty()) return std::nullopt;
  return local;
}

}  // namespace

bool is_zone(std::string_view zone) {
  return find_zone(zone) != nullptr;
}

Result<LocalTime> parse_local(std::string_view text) {
  const auto local = scan_local(text);
  if (!local) return refuse(bad_time(text, "it must be a date, a T, and a clock time"));
  if (!exists(*local)) return refuse(bad_time(text, "there is no such day or hour"));
  return *local;
}

std::string to_text(const LocalTime& local) {
  auto text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}", local.year, local.month, local.day, local.hour,
                          local.minute);
  return local.second == 0 ? text : text + fmt::format(":{:02}", local.second);
}

// In a gap the clock jumps over this time: read with the offset before the jump it lands as far behind the
// gap as it lay inside. In an overlap the offset before the jump is the first occurrence.
Result<Resolved> resolve(const LocalTime& local, std::string_view zone) {
  if (!exists(local)) return refuse(bad_time(to_text(local), "there is no such day or hour"));
  const date::time_zone* found = find_zone(zone);
  if (found == nullptr) return refuse(unknown_zone(zone));
  const date::local_seconds wall = to_date(local);
  const date::local_info meaning = found->get_info(wall);
  const auto note = meaning.result == date::local_info::nonexistent ? Resolved::Note::gap
                    : meaning.result == date::local_info::ambiguous ? Resolved::Note::overlap
                                                                    : Resolved::Note::exact;
  return Resolved{Instant::from_seconds((wall.time_since_epoch() - meaning.first.offset).count()), note};
}

Result<LocalTime> localize(Instant at, std::string_view zone) {
  const date::time_zone* found = find_zone(zone);
  if (found == nullptr) return refuse(unknown_zone(zone));
  const auto utc = date::floor<seconds>(date::sys_time<Duration>(Duration(at.us)));
  return from_date(found->to_local(utc));
}

}  // namespace carillon

#include "plan/blackouts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/days.h"
#include "plan/calendar_words.h"

namespace carillon::plan {

namespace {
// The same date in another year; 29 February is the 28th where there is none.
int64_t in_year(int64_t day, int year) {
  using namespace std::chrono;
  const year_month_day date{sys_days(days(day))};
  year_month_day other = std::chrono::year(year) / date.month() / date.day();
  if (!other.ok()) other = std::chrono::year(year) / date.month() / last;
  return sys_days(other).time_since_epoch().count();
}

int year_of(int64_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return static_cast<int>(date.year());
}

bool closes_in_year(int64_t first, int64_t last, int year, int64_t day) {
  if (year < year_of(first)) return false;
  const int64_t from = in_year(first, year), until = in_year(last, year + year_of(last) - year_of(first));
  return day >= from && day <= until;
}

std::string date_words(int64_t day, bool with_year) {
  const LocalTime wall = on_day(day, 0);
  const std::string all = calendar_words("date", "en", wall).value_or("");
  return with_year ? all : all.substr(0, all.rfind(' '));
}
}  // namespace

std::optional<int64_t> day_from(std::string_view text) {
  if (text.size() != 10) return std::nullopt;
  const auto wall = parse_local(std::string(text) + "T00:00");
  if (!wall || !date_of(*wall).ok()) return std::nullopt;
  return day_number(*wall);
}

std::string day_text(int64_t day) {
  return to_text(on_day(day, 0)).substr(0, 10);
}

bool is_closed(const Blackout& blackout, int64_t day) {
  const auto first = day_from(blackout.first), last = day_from(blackout.last);
  if (!first || !last) return false;
  if (!blackout.yearly) return day >= *first && day <= *last;
  const int year = year_of(day);
  return closes_in_year(*first, *last, year, day) || closes_in_year(*first, *last, year - 1, day);
}

const Blackout* blackout_on(std::span<const Blackout> blackouts, AccountId account, int64_t day) {
  const auto found = std::ranges::find_if(blackouts, [&](const Blackout& each) {
    return (!each.account || *each.account == account) && is_closed(each, day);
  });
  return found == blackouts.end() ? nullptr : &*found;
}

const Blackout* blackout_at(std::span<const Blackout> blackouts, AccountId account, Instant at,
                            std::string_view zone) {
  if (blackouts.empty()) return nullptr;
  const auto wall = localize(at, zone);
  return wall ? blackout_on(blackouts, account, day_number(*wall)) : nullptr;
}

std::vector<Blackout> of_account(std::span<const Blackout> blackouts, AccountId account) {
  std::vector<Blackout> own(blackouts.begin(), blackouts.end());
  std::erase_if(own, [&](const Blackout& each) { return each.account && *each.account != account; });
  return own;
}

std::string spoken(const Blackout& blackout) {
  const auto first = day_from(blackout.first), last = day_from(blackout.last);
  if (!first || !last) return blackout.reason;
  std::string days = date_words(*first, !blackout.yearly);
  if (*first != *last) days += " to " + date_words(*last, !blackout.yearly);
  if (blackout.yearly) days += " of every year";
  return blackout.reason.empty() ? days : fmt::format("{} ({})", days, blackout.reason);
}

}  // namespace carillon::plan

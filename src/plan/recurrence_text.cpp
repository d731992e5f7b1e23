// Rules as text: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10 (2026-11)
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/scan.h"
#include "base/text.h"
#include "plan/recurrence.h"

namespace carillon::plan {

namespace {
constexpr std::array<std::string_view, 4> frequencies = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
constexpr std::array<std::string_view, 7> day_names = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
constexpr int longest_interval = 400, most_times = 1000;

Fault wrong(std::string code, std::string text, std::string remedy) {
  return {.kind = FaultKind::invalid,
          .code = std::move(code),
          .text = std::move(text),
          .field = "rule",
          .remedy = std::move(remedy)};
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (size_t from = 0; from <= text.size();) {
    const size_t end = std::min(text.find(separator, from), text.size());
    parts.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

std::optional<int> number(std::string_view text, int least, int most) {
  int value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return whole && value >= least && value <= most ? std::optional(value) : std::nullopt;
}

std::optional<Rule::Day> day_from(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const auto name = std::ranges::find(day_names, text.substr(text.size() - 2));
  if (name == day_names.end()) return std::nullopt;
  Rule::Day day{0, static_cast<int>(name - day_names.begin())};
  const std::string_view before = text.substr(0, text.size() - 2);
  if (before.empty()) return day;
  const auto nth = number(before, -5, 5);
  if (!nth || *nth == 0) return std::nullopt;
  day.nth = *nth;
  return day;
}

// 20261231, 20261231T093000 or 20261231T083000Z.
std::optional<LocalTime> until_from(std::string_view text, std::string_view zone) {
  LocalTime at{.hour = 23, .minute = 59, .second = 59};
  const auto take = [&](size_t digits, int& into) {
    const auto value = take_digits(text, digits);
    into = value.value_or(-1);
  };
  take(4, at.year), take(2, at.month), take(2, at.day);
  if (take_one(text, "T")) take(2, at.hour), take(2, at.minute), take(2, at.second);
  const bool utc = take_one(text, "Z");
  const auto exact = resolve(at, "UTC");  // also says whether there is such a day
  if (!text.empty() || !exact) return std::nullopt;
  if (!utc) return at;
  const auto wall = localize(exact->at, zone);
  return wall ? std::optional(*wall) : std::nullopt;
}

Result<void> read_part(Rule& rule, std::string_view name, std::string_view value, std::string_view zone) {
  const auto refused = [&](std::string_view example) {
    return refuse(wrong("bad_rule", fmt::format("{}={} cannot be read.", name, shortened(value, 40)),
                        fmt::format("Write it like {}.", example)));
  };
  if (name == "FREQ") {
    const auto found = std::ranges::find(frequencies, value);
    if (found == frequencies.end()) return refused("FREQ=DAILY, WEEKLY, MONTHLY or YEARLY");
    rule.every = static_cast<Rule::Every>(found - frequencies.begin());
  } else if (name == "INTERVAL") {
    const auto interval = number(value, 1, longest_interval);
    if (!interval) return refused("INTERVAL=2");
    rule.interval = *interval;
  } else if (name == "COUNT") {
    rule.count = number(value, 1, most_times);
    if (!rule.count) return refused("COUNT=10; at most 1000");
  } else if (name == "UNTIL") {
    rule.until = until_from(value, zone);
    if (!rule.until) return refused("UNTIL=20261231");
  } else if (name == "BYDAY") {
    for (const auto each : split(value, ',')) {
      const auto day = day_from(each);
      if (!day) return refused("BYDAY=MO,WE or BYDAY=-1FR");
      rule.days.push_back(*day);
    }
  } else if (name == "BYMONTHDAY") {
    for (const auto each : split(value, ',')) {
      const auto day = number(each, -31, 31);
      if (!day || *day == 0) return refused("BYMONTHDAY=15 or BYMONTHDAY=-1");
      rule.month_days.push_back(*day);
    }
  } else if (name != "WKST" || value != "MO") {
    return refuse(wrong("rule_not_known", fmt::format("{} is not understood here.", shortened(name, 40)),
                        "Known are FREQ, INTERVAL, BYDAY, BYMONTHDAY, COUNT and UNTIL."));
  }
  return {};
}

// What does not go together.
Result<void> check(const Rule& rule) {
  const bool months = rule.every == Rule::Every::month;
  const bool numbered = std::ranges::any_of(rule.days, [](const Rule::Day& day) { return day.nth != 0; });
  if (rule.count && rule.until)
    return refuse(wrong("two_ends", "COUNT and UNTIL are both given.", "Give one of them, or none."));
  if (numbered && !months)
    return refuse(wrong("bad_rule", "Only months have a first or last weekday.", "Use FREQ=MONTHLY."));
  if (!rule.month_days.empty() && !months)
    return refuse(wrong("bad_rule", "BYMONTHDAY is for months only.", "Use FREQ=MONTHLY."));
  if (rule.every == Rule::Every::year && !rule.days.empty())
    return refuse(
        wrong("bad_rule", "A year repeats its day; BYDAY does not go with it.", "Use FREQ=MONTHLY."));
  return {};
}

template <class T>
void tidy(std::vector<T>& list) {
  std::ranges::sort(list);
  const auto twice = std::ranges::unique(list);
  list.erase(twice.begin(), twice.end());
}
}  // namespace

Result<Rule> parse_rule(std::string_view text, std::string_view zone) {
  text = trimmed(text);
  if (text.starts_with("RRULE:")) text.remove_prefix(6);
  Rule rule;
  std::vector<std::string_view> seen;
  for (const std::string_view part : split(text, ';')) {
    const size_t equals = std::min(part.find('='), part.size());
    const std::string_view name = part.substr(0, equals);
    if (std::ranges::find(seen, name) != seen.end())
      return refuse(
          wrong("bad_rule", fmt::format("{} is given twice.", shortened(name, 40)), "Give it once."));
    seen.push_back(name);
    const auto value = part.substr(std::min(equals + 1, part.size()));
    if (auto read = read_part(rule, name, value, zone); !read) return refuse(std::move(read.error()));
  }
  if (std::ranges::find(seen, "FREQ") == seen.end())
    return refuse(wrong("bad_rule", "The rule does not say how often.", "Begin with FREQ=WEEKLY."));
  if (auto fits = check(rule); !fits) return refuse(std::move(fits.error()));
  tidy(rule.days);
  tidy(rule.month_days);
  return rule;
}

std::string to_text(const Rule& rule) {
  std::string text = fmt::format("FREQ={}", frequencies[static_cast<size_t>(rule.every)]);
  if (rule.interval != 1) text += fmt::format(";INTERVAL={}", rule.interval);
  const auto list = [&text](std::string_view name, const auto& items, auto write) {
    for (size_t i = 0; i < items.size(); ++i) {
      text += i == 0 ? fmt::format(";{}=", name) : ",";
      text += write(items[i]);
    }
  };
  list("BYDAY", rule.days, [](const Rule::Day& day) {
    const auto name = day_names[static_cast<size_t>(day.weekday)];
    return day.nth == 0 ? std::string(name) : fmt::format("{}{}", day.nth, name);
  });
  list("BYMONTHDAY", rule.month_days, [](int day) { return std::to_string(day); });
  if (rule.count) text += fmt::format(";COUNT={}", *rule.count);
  if (rule.until) {
    const LocalTime& at = *rule.until;
    text += fmt::format(";UNTIL={:04}{:02}{:02}T{:02}{:02}{:02}", at.year, at.month, at.day, at.hour,
                        at.minute, at.second);
  }
  return text;
}

}  // namespace carillon::plan

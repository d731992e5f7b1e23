#include "plan/series_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "plan/blackouts.h"
#include "plan/calendar_words.h"
#include "plan/wording_check.h"

namespace carillon::plan {

namespace {
constexpr size_t most_occurrences = 400;
constexpr size_t named = 3;
constexpr Duration looked_ahead = std::chrono::hours(24 * 366);

// Why nothing goes out then; nullptr: something does.
const Blackout* closed_for_all(const Post& post, const Facts& facts, Instant at) {
  const Blackout* why = nullptr;
  for (const Target& target : post.targets) {
    const auto account = std::ranges::find(facts.accounts, target.account, &Account::id);
    if (account == facts.accounts.end()) continue;
    why = blackout_at(facts.blackouts, account->id, at, zone_of(*account, facts));
    if (!why) return nullptr;
  }
  return why;
}

std::string day_words(const LocalTime& wall, const Blackout& why) {
  const std::string date = calendar_words("date", "en", wall).value_or("");
  return why.reason.empty() ? date : fmt::format("{} ({})", date, why.reason);
}
}  // namespace

std::optional<Finding> check_repeat(const Post& post, const Rule& rule, const Facts& facts) {
  const auto start = facts.schedule ? parse_local(facts.schedule->local) : refuse(Fault{});
  if (!start || facts.blackouts.empty()) return std::nullopt;
  Occurrences occurrences(rule, *start);
  std::vector<std::string> days;
  size_t skipped = 0;
  for (size_t i = 0; i < most_occurrences; ++i) {
    const auto wall = occurrences.next();
    const auto when = wall ? schedule_at(to_text(*wall), facts.schedule->zone) : refuse(Fault{});
    if (!when || when->at > facts.schedule->at + looked_ahead) break;
    const Blackout* why = *wall == *start ? nullptr : closed_for_all(post, facts, when->at);
    if (!why) continue;
    if (++skipped <= named) days.push_back(day_words(*wall, *why));
  }
  if (skipped == 0) return std::nullopt;
  const std::string more = skipped > named ? fmt::format(" and {} more", skipped - named) : "";
  return Finding{"repeat_skips",
                 "schedule",
                 channels::Severity::info,
                 "repeat",
                 fmt::format("Nothing is planned on {}{}: the series leaves {} out.", fmt::join(days, ", "),
                             more, skipped == 1 ? "it" : "them"),
                 "",
                 ""};
}

}  // namespace carillon::plan

#include "plan/neighbours.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "plan/calendar_words.h"
#include "plan/check.h"
#include "plan/likeness.h"

namespace carillon::plan {

namespace {
using channels::Severity;
constexpr size_t quoted = 60;

Duration apart(Instant one, Instant other) {
  return one < other ? other - one : one - other;
}

std::string wall_of(Instant at, const std::string& zone) {
  const auto wall = localize(at, zone);
  if (!wall) return "";
  return fmt::format("{} at {}", *calendar_words("date", "", *wall), *calendar_words("time", "", *wall));
}

std::string quote(const Neighbour& other) {
  const std::string& said = other.title.empty() ? other.text : other.title;
  return shortened(said.substr(0, said.find('\n')), quoted);
}

// "Another post of this account goes out", "Line 7 of this table goes out from this account".
std::string who(const Neighbour& other) {
  if (other.line == 0) return fmt::format("Another post of this account {}", other.out ? "went" : "goes");
  return fmt::format("Line {} of this table, for the same account, goes", other.line);
}

std::string clash_text(const Neighbour& other, Instant at, const std::string& zone) {
  const Duration between = apart(other.at, at);
  if (between < std::chrono::minutes(1))
    return fmt::format("{} out at the same time: “{}”.", who(other), quote(other));
  return fmt::format("{} out only {} {}, on {}: “{}”.", who(other), spoken(between),
                     other.at < at ? "before" : "after", wall_of(other.at, zone), quote(other));
}

Finding clash(const Neighbour& other, const Facts& facts, const std::string& zone) {
  Finding found{"clash",
                "schedule",
                Severity::warning,
                "at.local",
                clash_text(other, facts.schedule->at, zone),
                facts.free ? fmt::format("The next free slot is {}.", spoken(*facts.free))
                           : "Leave more time between them.",
                facts.free ? "take_slot" : "pick_time"};
  if (other.line == 0) found.post = other.post;
  found.slot = facts.free;
  return found;
}

std::string duplicate_text(const Neighbour& other, bool same, const std::string& zone) {
  constexpr const char* why = "Networks refuse or hide what is repeated.";
  if (other.line == 0) {
    return fmt::format("{} text {} out from this account on {}: “{}”. {}",
                       same ? "The same" : "Nearly the same", other.out ? "went" : "goes",
                       wall_of(other.at, zone), quote(other), why);
  }
  return fmt::format("Line {} of this table says {} from this account on {}: “{}”. {}", other.line,
                     same ? "the same" : "nearly the same", wall_of(other.at, zone), quote(other), why);
}

Finding duplicate(const Neighbour& other, bool same, const std::string& zone, const std::string& field) {
  Finding found{"duplicate",
                "content",
                Severity::warning,
                field + ".content",
                duplicate_text(other, same, zone),
                "Say it in other words, or leave this account out.",
                "edit"};
  if (other.line == 0) found.post = other.post;
  return found;
}
}  // namespace

void check_neighbours(const Facts& facts, AccountId account, const std::string& zone, const std::string& text,
                      const std::string& field, std::vector<Finding>& findings) {
  const Instant at = facts.schedule ? facts.schedule->at : facts.now;
  const Neighbour* nearest = nullptr;
  const Neighbour* alike = nullptr;
  double most = nearly_same;
  for (const Neighbour& other : facts.neighbours) {
    if (other.account != account) continue;
    const Duration between = apart(other.at, at);
    if (facts.schedule && between < facts.nearness.clash && (!nearest || between < apart(nearest->at, at)))
      nearest = &other;
    if (between > facts.nearness.duplicate) continue;
    const double how_much = likeness(text, other.text);
    if (how_much >= most && (!alike || how_much > most)) most = how_much, alike = &other;
  }
  tell_neighbours(facts, {nearest, alike, most}, zone, field, findings);
}

void tell_neighbours(const Facts& facts, const Nearby& nearby, const std::string& zone,
                     const std::string& field, std::vector<Finding>& findings) {
  if (nearby.close) findings.push_back(clash(*nearby.close, facts, zone));
  if (nearby.alike) findings.push_back(duplicate(*nearby.alike, nearby.likeness > 0.999, zone, field));
}

}  // namespace carillon::plan

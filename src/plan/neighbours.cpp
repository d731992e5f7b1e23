#include "plan/neighbours.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
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
  const std::string text = to_text(*wall);
  return text.substr(0, 10) + " " + text.substr(11, 5);
}

std::string quote(const Neighbour& other) {
  const std::string& said = other.title.empty() ? other.text : other.title;
  return shortened(said.substr(0, said.find('\n')), quoted);
}

Finding clash(const Neighbour& other, const Facts& facts, const std::string& zone) {
  const Duration between = apart(other.at, facts.schedule->at);
  Finding found{
      "clash",
      "schedule",
      Severity::warning,
      "at.local",
      between < std::chrono::minutes(1)
          ? fmt::format("Another post of this account goes out at the same time: “{}”.", quote(other))
          : fmt::format("Another post of this account {} only {} {}, at {}: “{}”.",
                        other.out ? "went out" : "goes out", spoken(between),
                        other.at < facts.schedule->at ? "before" : "after", wall_of(other.at, zone),
                        quote(other)),
      facts.free ? fmt::format("The next free slot is {}.", spoken(*facts.free))
                 : "Leave more time between them.",
      facts.free ? "take_slot" : "pick_time"};
  found.post = other.post;
  found.slot = facts.free;
  return found;
}

Finding duplicate(const Neighbour& other, double alike, const std::string& zone, const std::string& field) {
  const bool same = alike > 0.999;
  Finding found{
      "duplicate",
      "content",
      Severity::warning,
      field + ".content",
      fmt::format("{} {} {} from this account on {}: “{}”. Networks refuse or hide what is repeated.",
                  same ? "The same text" : "Nearly the same text", other.out ? "went" : "goes", "out",
                  wall_of(other.at, zone), quote(other)),
      "Say it in other words, or leave this account out.",
      "edit"};
  found.post = other.post;
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
  if (nearest) findings.push_back(clash(*nearest, facts, zone));
  if (alike) findings.push_back(duplicate(*alike, most, zone, field));
}

}  // namespace carillon::plan

#include "plan/crowd.h"

#include <algorithm>
#include <span>
#include <utility>

namespace carillon::plan {

namespace {
constexpr size_t most_compared = 24;  // sketches of strangers rarely meet

Duration apart(Instant one, Instant other) {
  return one < other ? other - one : one - other;
}
}  // namespace

const Crowd::Text& Crowd::text_of(const std::string& words) {
  const auto [entry, first] = texts_.try_emplace(words);
  if (first) {
    entry->second.pieces = pieces_of(words);
    entry->second.sketch = sketch(entry->second.pieces);
  }
  return entry->second;
}

void Crowd::add(AccountId account, Instant at, uint64_t sketch, std::function<Neighbour()> read) {
  lines_[account].all.push_back({.at = at, .sketch = sketch, .who = {}, .read = std::move(read)});
  sorted_ = false;
}

void Crowd::add(Neighbour row) {
  const Text& text = text_of(row.text);
  Line& line = lines_[row.account];
  line.all.push_back({.at = row.at, .sketch = text.sketch, .who = std::move(row), .text = &text, .read = {}});
  sorted_ = false;
}

void Crowd::meet(One& one) {
  if (!one.read) return;
  one.who = std::exchange(one.read, {})();
  one.text = &text_of(one.who.text);
}

void Crowd::sort() {
  if (std::exchange(sorted_, true)) return;
  for (auto& [id, line] : lines_) {
    std::ranges::sort(line.all, {}, [](const One& one) { return std::pair(one.at, one.who.line); });
    line.sketches.clear();
    for (const One& one : line.all) line.sketches.push_back(one.sketch);
  }
}

// Of those whose sketches are nearest, the one that shares most.
void Crowd::find_alike(Line& line, size_t mine, Nearby& nearby) {
  const One& me = line.all[mine];
  const auto first = std::ranges::lower_bound(line.all, me.at - nearness_.duplicate, {}, &One::at);
  const auto last = std::ranges::upper_bound(line.all, me.at + nearness_.duplicate, {}, &One::at);
  std::vector<std::pair<int, size_t>> candidates;
  for (auto i = static_cast<size_t>(first - line.all.begin());
       i < static_cast<size_t>(last - line.all.begin()); ++i) {
    const int distance = sketch_distance(line.sketches[i], me.sketch);
    if (distance <= sketch_reach && i != mine && line.sketches[i] != 0) candidates.emplace_back(distance, i);
  }
  const size_t some = std::min(most_compared, candidates.size());
  std::ranges::partial_sort(candidates, candidates.begin() + static_cast<ptrdiff_t>(some));
  double most = nearly_same;
  for (const auto& [distance, i] : std::span(candidates).first(some)) {
    One& other = line.all[i];
    meet(other);
    const double shared = other.text == me.text ? 1 : likeness(other.text->pieces, me.text->pieces);
    if (shared >= most && (!nearby.alike || shared > most))
      most = shared, nearby.alike = &other.who, nearby.likeness = shared;
    if (shared >= 1) return;
  }
}

// The one before or the one after.
void Crowd::find_close(Line& line, size_t mine, Nearby& nearby) {
  const Instant at = line.all[mine].at;
  One* nearest = nullptr;
  const auto look = [&](One& one) {
    const Duration between = apart(one.at, at);
    if (between < nearness_.clash && (!nearest || between < apart(nearest->at, at))) nearest = &one;
  };
  if (mine > 0) look(line.all[mine - 1]);
  if (mine + 1 < line.all.size()) look(line.all[mine + 1]);
  if (!nearest) return;
  meet(*nearest);
  nearby.close = &nearest->who;
}

Nearby Crowd::around(AccountId account, Instant at, size_t row) {
  sort();
  Line& line = lines_[account];
  const auto is_before = [](const One& one, const std::pair<Instant, size_t>& place) {
    return std::pair(one.at, one.who.line) < place;
  };
  const auto found = std::lower_bound(line.all.begin(), line.all.end(), std::pair(at, row), is_before);
  Nearby nearby;
  if (found == line.all.end() || found->at != at || found->who.line != row) return nearby;
  const auto mine = static_cast<size_t>(found - line.all.begin());
  find_close(line, mine, nearby);
  if (found->sketch != 0 && nearness_.duplicate > Duration(0)) find_alike(line, mine, nearby);
  return nearby;
}

}  // namespace carillon::plan

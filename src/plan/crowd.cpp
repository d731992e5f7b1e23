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
  lines_[account].push_back({.at = at, .sketch = sketch, .who = {}, .read = std::move(read)});
  sorted_ = false;
}

void Crowd::add(Neighbour row) {
  const Text& text = text_of(row.text);
  Line& line = lines_[row.account];
  line.push_back({.at = row.at, .sketch = text.sketch, .who = std::move(row), .text = &text, .read = {}});
  sorted_ = false;
}

void Crowd::meet(One& one) {
  if (!one.read) return;
  one.who = std::exchange(one.read, {})();
  one.text = &text_of(one.who.text);
}

// Of those whose sketches are nearest, the one that shares most.
void Crowd::find_alike(const One& mine, Line& line, Nearby& nearby) {
  std::vector<std::pair<int, One*>> candidates;
  const auto from = std::ranges::lower_bound(line, mine.at - nearness_.duplicate, {}, &One::at);
  for (auto one = from; one != line.end() && one->at <= mine.at + nearness_.duplicate; ++one) {
    const int distance = sketch_distance(one->sketch, mine.sketch);
    if (&*one != &mine && one->sketch != 0 && distance <= sketch_reach)
      candidates.emplace_back(distance, &*one);
  }
  const size_t some = std::min(most_compared, candidates.size());
  std::ranges::partial_sort(candidates, candidates.begin() + static_cast<ptrdiff_t>(some));
  double most = nearly_same;
  for (const auto& [distance, one] : std::span(candidates).first(some)) {
    meet(*one);
    const double shared = one->text == mine.text ? 1 : likeness(one->text->pieces, mine.text->pieces);
    if (shared >= most && (!nearby.alike || shared > most))
      most = shared, nearby.alike = &one->who, nearby.likeness = shared;
    if (shared >= 1) return;
  }
}

// The one before or the one after.
void Crowd::find_close(Line& line, Line::iterator mine, Nearby& nearby) {
  One* nearest = nullptr;
  const auto try_one = [&](One& one) {
    const Duration between = apart(one.at, mine->at);
    if (between < nearness_.clash && (!nearest || between < apart(nearest->at, mine->at))) nearest = &one;
  };
  if (mine != line.begin()) try_one(*std::prev(mine));
  if (std::next(mine) != line.end()) try_one(*std::next(mine));
  if (!nearest) return;
  meet(*nearest);
  nearby.close = &nearest->who;
}

Nearby Crowd::around(AccountId account, Instant at, size_t row) {
  if (!std::exchange(sorted_, true)) {
    for (auto& [id, line] : lines_) std::ranges::stable_sort(line, {}, &One::at);
  }
  Line& line = lines_[account];
  const auto same_time = std::ranges::equal_range(line, at, {}, &One::at);
  const auto mine = std::ranges::find(same_time, row, [](const One& one) { return one.who.line; });
  Nearby nearby;
  if (mine == same_time.end()) return nearby;
  find_close(line, mine, nearby);
  if (mine->sketch != 0 && nearness_.duplicate > Duration(0)) find_alike(*mine, line, nearby);
  return nearby;
}

}  // namespace carillon::plan

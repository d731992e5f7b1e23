#include "plan/slot_fill.h"

#include <algorithm>

namespace carillon::plan {

SlotFill::SlotFill(const std::map<AccountId, Queue>& queues, Instant from, Instant until) {
  for (const auto& [account, queue] : queues) {
    Line& line = lines_[account];
    for (const Opening& opening : open_slots(queue, from, until)) line.openings.push_back(opening.at);
    line.taken.insert(queue.taken.begin(), queue.taken.end());
  }
}

void SlotFill::take(std::span<const AccountId> accounts, Instant at) {
  for (const AccountId account : accounts) {
    if (const auto line = lines_.find(account); line != lines_.end()) line->second.taken.insert(at);
  }
}

SlotFill::Common& SlotFill::common(std::span<const AccountId> accounts) {
  std::vector<AccountId> key(accounts.begin(), accounts.end());
  std::ranges::sort(key);
  const auto [found, fresh] = commons_.try_emplace(key);
  if (!fresh) return found->second;
  bool first = true;
  for (const AccountId account : key) {
    const auto line = lines_.find(account);
    const auto openings = line == lines_.end() ? std::vector<Instant>{} : line->second.openings;
    std::vector<Instant> both;
    std::ranges::set_intersection(found->second.openings, openings, std::back_inserter(both));
    found->second.openings = first ? openings : std::move(both);
    first = false;
  }
  return found->second;
}

bool SlotFill::is_free(std::span<const AccountId> accounts, Instant at) const {
  return std::ranges::none_of(accounts, [&](AccountId account) {
    const auto line = lines_.find(account);
    return line != lines_.end() && line->second.taken.contains(at);
  });
}

std::optional<Instant> SlotFill::next(std::span<const AccountId> accounts) {
  Common& common = this->common(accounts);
  for (; common.at < common.openings.size(); ++common.at) {
    const Instant at = common.openings[common.at];
    if (!is_free(accounts, at)) continue;
    take(accounts, at);
    return at;
  }
  return std::nullopt;
}

}  // namespace carillon::plan

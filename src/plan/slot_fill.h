// Filling free slots one post after the other, as bulk scheduling does: each queue is unfolded once, and what
// is given away is taken from then on. Pure, one thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "base/id.h"
#include "plan/slots.h"

namespace carillon::plan {

class SlotFill {
 public:
  SlotFill(const std::map<AccountId, Queue>& queues, Instant from, Instant until);

  // A post that has its time already takes that of its accounts.
  void take(std::span<const AccountId> accounts, Instant at);
  // The next that is free for all of them, and takes it; none: all taken, or none in common.
  std::optional<Instant> next(std::span<const AccountId> accounts);

 private:
  struct Line {
    std::vector<Instant> openings;
    std::set<Instant> taken;
  };
  struct Common {
    std::vector<Instant> openings;
    size_t at = 0;  // those before are taken
  };
  Common& common(std::span<const AccountId> accounts);
  bool is_free(std::span<const AccountId> accounts, Instant at) const;

  std::map<AccountId, Line> lines_;
  std::map<std::vector<AccountId>, Common> commons_;
};

}  // namespace carillon::plan

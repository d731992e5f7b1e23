// What else an account says about the same time: posts that are close, and those that say nearly the same.
// Both are read by windows of the queue's and the record's index. Storage threads.
#pragma once

#include <vector>

#include "plan/neighbours.h"
#include "store/unit.h"

namespace carillon::store {

struct NeighbourQuestion {
  WorkspaceId workspace;
  AccountId account;
  Instant at;
  uint64_t sketch = 0;           // of what will be said (plan/likeness.h); 0: nothing to compare
  std::optional<PostId> except;  // the post itself
};

class Neighbours {
 public:
  explicit Neighbours(Unit& unit) : unit_(unit) {}
  // At most a few of each kind, those that are close by time first. Other occurrences of the same series are meant to
  // say the same: they are no neighbours.
  std::vector<plan::Neighbour> around(const NeighbourQuestion& question, const plan::Nearness& nearness);

 private:
  Unit& unit_;
};

}  // namespace carillon::store

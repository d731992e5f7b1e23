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

// One of what an account says in a span of time; its words are read when they are needed.
struct Utterance {
  PostId post;
  ContentId content;
  Instant at;
  uint64_t sketch = 0;
  bool out = false;
};

class Neighbours {
 public:
  explicit Neighbours(Unit& unit) : unit_(unit) {}
  // At most a few of each kind, those that are close by time first. Other occurrences of the same series are
  // meant to say the same: they are no neighbours.
  std::vector<plan::Neighbour> around(const NeighbourQuestion& question, const plan::Nearness& nearness);

  // Everything in [from, until), for whoever asks about many posts.
  std::vector<Utterance> between(WorkspaceId workspace, AccountId account, Instant from, Instant until);
  plan::Neighbour read(WorkspaceId workspace, AccountId account, const Utterance& one);

 private:
  Unit& unit_;
};

}  // namespace carillon::store

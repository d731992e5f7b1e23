// Which posts of the evergreen pool fill which free slots of one account: the one that was used least
// recently first, never too soon again. Refuses to know where slots and posts are kept. Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/id.h"
#include "base/instant.h"

namespace carillon::plan {

struct PoolPost {
  PostId post;
  Instant expires = Instant::never();
  int64_t most = 0;           // uses; 0: no end
  std::vector<Instant> used;  // by this account, whenever
};

struct Filling {
  Instant slot;
  PostId post;
};

// free: slots, by time. again: the span between two uses of one post, at least. Slots for which there is
// nothing stay free.
std::vector<Filling> fill_gaps(std::vector<PoolPost> pool, std::span<const Instant> free, Duration again);

}  // namespace carillon::plan

#include "plan/evergreen.h"

#include <algorithm>

namespace carillon::plan {

namespace {
Instant last_use(const PoolPost& post) {
  return post.used.empty() ? Instant{INT64_MIN} : *std::ranges::max_element(post.used);
}

bool may_fill(const PoolPost& post, Instant slot, Duration again) {
  if (post.expires <= slot) return false;
  if (post.most > 0 && static_cast<int64_t>(post.used.size()) >= post.most) return false;
  return std::ranges::none_of(post.used, [&](Instant use) {
    const Duration apart = use < slot ? slot - use : use - slot;
    return apart < again;
  });
}

PoolPost* choose(std::vector<PoolPost>& pool, Instant slot, Duration again) {
  PoolPost* best = nullptr;
  for (PoolPost& post : pool) {
    if (may_fill(post, slot, again) && (!best || last_use(post) < last_use(*best))) best = &post;
  }
  return best;
}
}  // namespace

std::vector<Filling> fill_gaps(std::vector<PoolPost> pool, std::span<const Instant> free, Duration again) {
  std::vector<Filling> fillings;
  for (const Instant slot : free) {
    PoolPost* post = choose(pool, slot, again);
    if (!post) continue;
    post->used.push_back(slot);
    fillings.push_back({slot, post->post});
  }
  return fillings;
}

}  // namespace carillon::plan

#include "delivery/backoff.h"

#include <algorithm>

namespace carillon::delivery {

Duration backoff_ceiling(uint32_t tries, Duration base, Duration cap) {
  Duration ceiling = base;
  for (uint32_t i = 1; i < tries && ceiling < cap; ++i) ceiling *= 2;
  return std::min(ceiling, cap);
}

Duration backoff(uint32_t tries, Duration base, Duration cap, Random& random) {
  const auto ceiling = static_cast<uint64_t>(std::max<int64_t>(1, backoff_ceiling(tries, base, cap).count()));
  return std::max<Duration>(1ms, Duration(static_cast<int64_t>(random.below(ceiling) + 1)));
}

}  // namespace carillon::delivery

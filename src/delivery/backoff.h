// How long to wait after a breakdown: exponential with a cap and full jitter (a uniform draw below the
// ceiling), so that a crowd of failures does not come back as a crowd. The ceiling never falls as tries rise.
#pragma once

#include "base/instant.h"
#include "base/random.h"

namespace carillon::delivery {

// tries: counted failures so far, from 1. Result in [1 ms, ceiling].
Duration backoff(uint32_t tries, Duration base, Duration cap, Random& random);
Duration backoff_ceiling(uint32_t tries, Duration base, Duration cap);

}  // namespace carillon::delivery

// The only place that reads the system's clocks.
#pragma once

#include "base/instant.h"

namespace carillon::run {

Instant wall_clock();          // UTC, may jump
Duration monotonic_clock();    // since an arbitrary start, never jumps

}  // namespace carillon::run

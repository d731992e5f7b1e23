// The only place that reads the system's clocks.
#pragma once

#include <string>

#include "base/instant.h"

namespace carillon::run {

Instant wall_clock();          // UTC, may jump
// Since this machine was started, never jumps, goes on while it sleeps: with the wall clock it tells a jump
// from time that went by, and a lease that it measures ends for others, too.
Duration boot_clock();
std::string boot_id();
Duration monotonic_clock();  // since an arbitrary start, never jumps, stands still while the machine sleeps

}  // namespace carillon::run

// Reading the machine and the clock for measurements: percentiles, CPU time, memory. Linux.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/instant.h"

namespace carillon::bench {

// The value below which `share` (0 … 1) of them lie; 0 when there are none. Sorts.
double percentile(std::vector<double>& values, double share);

Duration cpu_time();                             // user and system time of this process
double status_megabytes(std::string_view name);  // "VmRSS", "VmHWM" of /proc/self/status, in 10^6 bytes
std::vector<std::string_view> arguments(int count, char** words, size_t least, std::string_view usage);
int64_t number(std::string_view text);  // exits with a sentence when it is none

}  // namespace carillon::bench

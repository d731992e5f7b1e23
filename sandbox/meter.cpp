#include "sandbox/meter.h"

#include <algorithm>
#include <utility>

namespace carillon::sandbox {

Reading Meter::take(const std::string& key, int64_t limit, Duration window, Instant now) {
  Window& w = windows_[key];
  if (now >= w.reset) w = {now + window};
  if (w.used >= limit) return {limit, w.used, w.reset, true, std::exchange(w.refused, true)};
  ++w.used;
  return {limit, w.used, w.reset};
}

// `reset` of a bucket is the instant at which it is full again: each request moves it by one pace.
Reading Meter::pour(const std::string& key, int64_t burst, Duration pace, Instant now) {
  Window& w = windows_[key];
  const Instant full = std::max(w.reset, now);
  if (full - now > pace * (burst - 1)) {
    const Instant welcome = full - pace * (burst - 1);
    return {burst, burst, welcome, true, std::exchange(w.refused, true)};
  }
  w = {full + pace};
  return {burst, (full - now) / pace + 1, now};
}

}  // namespace carillon::sandbox

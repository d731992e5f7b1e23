// How far this machine's clock is from those of the networks, learned from the Date header of their answers.
// One answer proves nothing: the middle one of the last few is believed. Thread-safe.
#pragma once

#include <deque>
#include <mutex>
#include <optional>

#include "wire/request.h"

namespace carillon::run {

class Drift {
 public:
  // An answer that was asked for and arrived at these times of our clock.
  void hear(const wire::Response& response, Instant asked, Instant arrived);
  // How far our clock is ahead (negative: behind); none: too few answers in the last hours.
  std::optional<Duration> ahead(Instant now) const;

 private:
  struct Heard {
    Instant at;
    Duration ahead;
  };
  mutable std::mutex mutex_;
  std::deque<Heard> heard_;
};

}  // namespace carillon::run

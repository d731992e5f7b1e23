// Counters of requests per window, and buckets that fill up again. Time is an argument.
#pragma once

#include <map>
#include <string>

#include "base/instant.h"

namespace carillon::sandbox {

struct Reading {
  int64_t limit = 0, used = 0;
  Instant reset;
  bool over = false;   // this one is refused
  bool storm = false;  // and the one before was refused too, in the same window
  int64_t left() const { return limit > used ? limit - used : 0; }
};

class Meter {
 public:
  // A window begins with its first request and lasts `window`.
  Reading take(const std::string& key, int64_t limit, Duration window, Instant now);
  // A bucket of `burst` that refills at one per `pace`. reset: when the next one is welcome.
  Reading pour(const std::string& key, int64_t burst, Duration pace, Instant now);

 private:
  struct Window {
    Instant reset;
    int64_t used = 0;
    bool refused = false;
  };
  std::map<std::string, Window> windows_;
};

}  // namespace carillon::sandbox

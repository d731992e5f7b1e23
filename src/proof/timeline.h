// Virtual time: what happens next, happens now. Events at the same instant keep their order. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include "base/instant.h"

namespace carillon::proof {

class Timeline {
 public:
  explicit Timeline(Instant start) : now_(start) {}
  Instant now() const { return now_; }
  void at(Instant when, std::function<void()> what) {
    events_.emplace(std::max(when, now_), std::move(what));
  }
  void in(Duration span, std::function<void()> what) { at(now_ + span, std::move(what)); }
  bool empty() const { return events_.empty(); }
  Instant next() const { return events_.empty() ? Instant::never() : events_.begin()->first; }

  void step() {  // the next event; not on an empty timeline
    auto node = events_.extract(events_.begin());
    now_ = node.key();
    node.mapped()();
  }

 private:
  Instant now_;
  std::multimap<Instant, std::function<void()>> events_;  // equal keys in order of insertion
};

}  // namespace carillon::proof

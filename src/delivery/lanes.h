// The arithmetic of limits: at most `limit` takings in any window of that length, exactly, in integers. The
// window is cut into 64 buckets; a bucket counts until its last instant has left the window, so the count is
// never too low and a slot comes back at most a 64th of the window late. State survives a restart as
// LaneState. Refuses to know what is sent. One thread (the engine's).
#pragma once

#include <set>
#include <string>
#include <unordered_map>

#include "channels/traits.h"
#include "model/lane.h"

namespace carillon::delivery {

class Lanes {
 public:
  // Says what the limit of a lane is; a lane that nobody defined is unlimited but can be closed.
  void define(const LaneKey& key, WorkspaceId workspace, int64_t limit, Duration window);
  void know(const LaneState& state);

  int64_t slots(const LaneKey& key, Instant now) const;     // how many may be taken right now
  Instant opens_at(const LaneKey& key, Instant now) const;  // now, or when the next slot comes free
  void take(const LaneKey& key, Instant now);
  void close(const LaneKey& key, Instant until, const std::string& why);  // never shortens a closure
  // The wall clock moved by `by` against real time: what was taken and closed moves with it. Gives what moved.
  std::vector<LaneState> clock_moved(Duration by);

  LaneState state(const LaneKey& key) const;
  // What was taken or closed since the last call, to be stored with the decision that did it.
  std::vector<LaneState> changed();

 private:
  struct Lane {
    LaneState state;
    int64_t limit = 0;      // 0: unlimited
    int64_t bucket_us = 1;  // length of a bucket
    int64_t window_us = 0;
  };
  static int64_t counted(const Lane& lane, Instant now);
  static Instant leaves(const Lane& lane, int64_t bucket);  // when a bucket has left the window altogether
  std::unordered_map<LaneKey, Lane> lanes_;
  std::set<LaneKey> changed_;
};

}  // namespace carillon::delivery

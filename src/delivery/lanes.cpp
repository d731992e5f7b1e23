#include "delivery/lanes.h"

#include <algorithm>

namespace carillon::delivery {
namespace {

constexpr int64_t buckets_per_window = 64;

int64_t floor_div(int64_t a, int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

}  // namespace

void Lanes::define(const LaneKey& key, WorkspaceId workspace, int64_t limit, Duration window) {
  Lane& lane = lanes_[key];
  lane.state.key = key;
  lane.state.workspace = workspace;
  lane.limit = limit;
  lane.window_us = window.count();
  lane.bucket_us = std::max<int64_t>(1, (window.count() + buckets_per_window - 1) / buckets_per_window);
}

void Lanes::know(const LaneState& state) {
  lanes_[state.key].state = state;
}

Instant Lanes::leaves(const Lane& lane, int64_t bucket) {
  return {(bucket + 1) * lane.bucket_us - 1 + lane.window_us};
}

int64_t Lanes::counted(const Lane& lane, Instant now) {
  int64_t sum = 0;
  for (const auto& [bucket, taken] : lane.state.taken) {
    if (leaves(lane, bucket) > now) sum += taken;
  }
  return sum;
}

int64_t Lanes::slots(const LaneKey& key, Instant now) const {
  const auto found = lanes_.find(key);
  if (found == lanes_.end()) return INT64_MAX;
  const Lane& lane = found->second;
  if (lane.state.closed_until > now) return 0;
  if (lane.limit == 0) return INT64_MAX;
  return std::max<int64_t>(0, lane.limit - counted(lane, now));
}

Instant Lanes::opens_at(const LaneKey& key, Instant now) const {
  const auto found = lanes_.find(key);
  if (found == lanes_.end()) return now;
  const Lane& lane = found->second;
  Instant at = std::max(now, lane.state.closed_until);
  if (lane.limit == 0) return at;
  int64_t sum = counted(lane, at);
  for (const auto& [bucket, taken] : lane.state.taken) {
    if (sum < lane.limit) break;
    if (leaves(lane, bucket) <= at) continue;
    at = leaves(lane, bucket);
    sum -= taken;
  }
  return at;
}

void Lanes::take(const LaneKey& key, Instant now) {
  Lane& lane = lanes_[key];
  lane.state.key = key;
  if (lane.limit == 0) return;
  std::erase_if(lane.state.taken, [&](const auto& entry) { return leaves(lane, entry.first) <= now; });
  const int64_t bucket = floor_div(now.us, lane.bucket_us);
  auto at =
      std::ranges::lower_bound(lane.state.taken, bucket, {}, [](const auto& entry) { return entry.first; });
  if (at == lane.state.taken.end() || at->first != bucket) at = lane.state.taken.insert(at, {bucket, 0});
  ++at->second;
  changed_.insert(key);
}

void Lanes::close(const LaneKey& key, Instant until, const std::string& why) {
  LaneState& state = lanes_[key].state;
  state.key = key;
  if (until <= state.closed_until) return;
  state.closed_until = until;
  state.closed_why = why;
  changed_.insert(key);
}

std::vector<LaneState> Lanes::changed() {
  std::vector<LaneState> states;
  for (const LaneKey& key : changed_) states.push_back(lanes_.at(key).state);
  changed_.clear();
  return states;
}

std::vector<LaneState> Lanes::clock_moved(Duration by) {
  std::vector<LaneState> moved;
  for (auto& [key, lane] : lanes_) {
    LaneState& state = lane.state;
    if (state.taken.empty() && state.closed_until.us == 0) continue;
    // Rounding towards the future keeps the count from being too low.
    const int64_t shift = -floor_div(-by.count(), lane.bucket_us);
    for (auto& entry : state.taken) entry.first += shift;
    if (state.closed_until.us != 0) state.closed_until = state.closed_until + by;
    moved.push_back(state);
  }
  return moved;
}

LaneState Lanes::state(const LaneKey& key) const {
  const auto found = lanes_.find(key);
  return found == lanes_.end() ? LaneState{.key = key} : found->second.state;
}

}  // namespace carillon::delivery

// Keeps posts that repeat some way ahead: their next occurrences stand on the schedule as ordinary posts.
// Runs on a storage thread, inside its transaction.
#pragma once

#include <vector>

#include "store/posts.h"
#include "store/series.h"

namespace carillon::run {

// How far ahead, and how many of one series at once at the most.
inline constexpr Duration series_horizon = std::chrono::hours(24 * 60);
inline constexpr size_t series_posts = 60;

// What was made: the dispatcher is told of it.
struct Expected {
  WorkspaceId workspace;
  AccountId account;
  Instant due;
};

// Makes what is missing up to the horizon (at least the next one). A series that has no more to come is
// ended.
std::vector<Expected> extend(store::Unit& unit, store::Series series, Instant now, store::Minter& mint);
// All that go on.
std::vector<Expected> extend_all(store::Unit& unit, Instant now, store::Minter& mint);

}  // namespace carillon::run

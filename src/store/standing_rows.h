// What a post is in one word, asked of the database: for filters and for counting. Storage threads.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace carillon::store {

// The word of plan/standing.h as one bit, read off the tally; posts_test.cpp holds the two together.
#define STANDING                                                                                      \
  "CASE WHEN p.state = 0 THEN 1 WHEN p.state = 3 THEN 256 WHEN p.state = 4 THEN 512 "                 \
  "WHEN t.waiting + t.uncertain + t.in_flight + t.delivered + t.failed + t.canceled + t.skipped = 0 " \
  "THEN CASE WHEN p.state = 1 THEN 2 ELSE 128 END "                                                   \
  "WHEN t.uncertain > 0 THEN 64 "                                                                     \
  "WHEN t.in_flight + t.delivered + t.failed + t.canceled + t.skipped = 0 THEN 2 "                    \
  "WHEN t.waiting + t.in_flight > 0 THEN 4 "                                                          \
  "WHEN t.failed + t.canceled + t.skipped = 0 THEN 8 "                                                \
  "WHEN t.delivered > 0 THEN 16 WHEN t.failed > 0 THEN 32 ELSE 128 END"
inline constexpr std::array<std::string_view, 10> standings = {"draft",    "scheduled", "publishing", "delivered",
                                                               "partly",   "failed",    "uncertain",  "canceled",
                                                               "proposed", "expired"};
using StandingCounts = std::array<int64_t, standings.size()>;  // posts, by their word
inline constexpr int64_t any_standing = (int64_t{1} << standings.size()) - 1;

}  // namespace carillon::store

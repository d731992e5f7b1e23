// Why a delivery is not settled: the closed list of codes that rows carry and the page translates.
#pragma once

#include <string_view>

namespace carillon::delivery::reason {

inline constexpr std::string_view scheduled = "scheduled";        // its time has not come
inline constexpr std::string_view rate_limit = "rate_limit";      // a lane is full or closed
inline constexpr std::string_view backing_off = "backing_off";    // trying again after a breakdown
inline constexpr std::string_view processing = "processing";      // the platform is still processing
inline constexpr std::string_view account_held = "account_held";  // see the account's hold
inline constexpr std::string_view paused = "paused";              // the post is paused
inline constexpr std::string_view stopped = "stopped";            // its campaign is stopped
inline constexpr std::string_view after_part = "after_part";      // the part before is not out yet
inline constexpr std::string_view late = "late";                  // its time was missed: a person decides
inline constexpr std::string_view next_slot = "next_slot";        // its time was missed: moved by policy
inline constexpr std::string_view sending = "sending";            // a request is out
inline constexpr std::string_view checking = "checking";          // the answer was lost: asking the platform
inline constexpr std::string_view unknown = "unknown";            // nobody can ask: did this go out?
inline constexpr std::string_view proven_absent = "proven_absent";  // it is not there: sending once more
inline constexpr std::string_view recheck = "recheck";              // something changed: looking again
inline constexpr std::string_view part_before_unknown = "part_before_unknown";  // settled: skipped with this
inline constexpr std::string_view part_before_failed = "part_before_failed";    // settled: skipped with this
inline constexpr std::string_view too_late = "too_late";  // settled: skipped by the late policy

}  // namespace carillon::delivery::reason

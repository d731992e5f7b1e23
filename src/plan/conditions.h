// The part of a post's readiness that is about the house it goes out from: files that are missing,
// credentials that cannot be opened, a full disk, a clock that is wrong, what accounts may still send. Any
// thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/instant.h"

namespace carillon::plan {

struct Facts;
struct Finding;

// How much an account has planned for the time around a post, against what its network allows.
struct Load {
  int64_t planned = 0, limit = 0;  // deliveries in a window that contains the post, and how many it may hold
  Duration window{0};
};

struct Conditions {
  std::set<MediaId> missing_media;      // known, but the file is not there
  std::set<AccountId> unreadable;       // their credential cannot be opened
  std::map<AccountId, Load> loads;      // of the tightest lane
  std::optional<double> free_share;     // of the disk where media are kept; none: not known
  std::optional<Duration> clock_ahead;  // of this machine's clock against the networks'; none: not known
  std::string media_trouble;            // the bucket of media cannot be used: what was seen; empty: nothing known
  std::string media_remedy;
};

inline constexpr double low_disk = 0.10, full_disk = 0.02;
inline constexpr Duration clock_warning = std::chrono::seconds(30), clock_alarm = std::chrono::seconds(240);

// About the house; also for the health page.
void check_house(const Conditions& conditions, std::vector<Finding>& findings);
void check_conditions(const Facts& facts, AccountId account, const std::string& name,
                      const std::set<MediaId>& media, const std::string& field,
                      std::vector<Finding>& findings);

}  // namespace carillon::plan

// Other posts of the same account about the same time: too close together, or saying the same again. Both are
// warnings, never more. Refuses to know where posts are kept. Pure, any thread.
#pragma once

#include <string>
#include <vector>

#include "base/id.h"
#include "base/instant.h"

namespace carillon::plan {

// What counts as near; 0: not looked for.
struct Nearness {
  Duration clash = std::chrono::minutes(15);
  Duration duplicate = std::chrono::hours(24 * 7);
};

struct Neighbour {
  PostId post;
  AccountId account;
  Instant at;
  bool out = false;  // it went out then; else it will
  std::string title, text;
  size_t line = 0;  // of the table that brings it, when it is no post yet
};

struct Facts;
struct TargetReport;
struct Finding;
// What the neighbours of one target's account mean for it. `field`: path of the target; `text`: what goes
// out.
void check_neighbours(const Facts& facts, AccountId account, const std::string& zone, const std::string& text,
                      const std::string& field, std::vector<Finding>& findings);

// The same, for whoever found them already.
struct Nearby {
  const Neighbour* close = nullptr;  // the nearest in time
  const Neighbour* alike = nullptr;  // the one that says most nearly the same
  double likeness = 0;
};
void tell_neighbours(const Facts& facts, const Nearby& nearby, const std::string& zone,
                     const std::string& field, std::vector<Finding>& findings);

}  // namespace carillon::plan

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
};

struct Facts;
struct TargetReport;
struct Finding;
// What the neighbours of one target's account mean for it. `field`: path of the target; `text`: what goes
// out.
void check_neighbours(const Facts& facts, AccountId account, const std::string& zone, const std::string& text,
                      const std::string& field, std::vector<Finding>& findings);

}  // namespace carillon::plan

// What health page, readiness probe and metrics are made of. On a storage thread.
#pragma once

#include <string>
#include <vector>

#include "api/desk.h"
#include "model/lane.h"
#include "store/records.h"

namespace carillon::api {

struct State {
  store::Census census;
  std::vector<LaneState> lanes;  // of one workspace, for people; empty else
  bool held = false;
  std::string held_why;
};

State read_state(store::Unit& unit, Instant now);

}  // namespace carillon::api

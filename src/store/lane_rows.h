// Lanes as rows: a restart forgets no limit.
#pragma once

#include <vector>

#include "model/lane.h"
#include "store/connection.h"

namespace carillon::store {

std::vector<LaneState> read_lanes(Connection& connection);
std::vector<LaneState> read_lanes(Connection& connection,
                                  WorkspaceId workspace);  // its own and the shared ones
void write_lane(Connection& connection, const LaneState& lane);

}  // namespace carillon::store

// A place that has a limit, as it is stored: the counts that still matter and until when it is closed.
// The arithmetic is in delivery/lanes.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/instant.h"

namespace carillon {

// "account:<uuid>:post", "app:x:<key>:post": scope and name, unique in the installation.
using LaneKey = std::string;

struct LaneState {
  LaneKey key;
  WorkspaceId workspace;                  // empty for lanes that workspaces share (an app's)
  // (bucket number, taken): one entry per bucket of window/64 in which slots were taken, oldest first.
  std::vector<std::pair<int64_t, int64_t>> taken;
  Instant closed_until;                   // 0: open
  std::string closed_why;
  bool operator==(const LaneState&) const = default;
};

}  // namespace carillon

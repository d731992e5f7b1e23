// Days on which nothing is scheduled. Storage threads.
#pragma once

#include <optional>
#include <vector>

#include "model/blackout.h"
#include "store/unit.h"

namespace carillon::store {

class BlackoutShelf {
 public:
  explicit BlackoutShelf(Unit& unit) : unit_(unit) {}

  std::vector<Blackout> list(WorkspaceId workspace);  // by their first day
  std::optional<Blackout> find(WorkspaceId workspace, BlackoutId id);
  void put(const Blackout& blackout);  // made, or as it is now
  bool remove(WorkspaceId workspace, BlackoutId id);

 private:
  Unit& unit_;
};

}  // namespace carillon::store

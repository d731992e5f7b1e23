// What accounts said lately, for counting in it. Storage threads.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "store/unit.h"

namespace carillon::store {

struct Said {
  std::string text;  // of all parts
  Instant at;
};

// The latest posts that were scheduled or went out to any of them, each once, the latest first.
std::vector<Said> said_lately(Unit& unit, WorkspaceId workspace, const std::set<AccountId>& accounts,
                              size_t most);

}  // namespace carillon::store

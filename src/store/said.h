// What accounts said lately, for counting in it; and what a post's deliveries were frozen to say. Storage
// threads.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "model/content.h"
#include "store/unit.h"

namespace carillon::store {

struct Said {
  std::string text;  // of all parts
  Instant at;
};

// The latest posts that were scheduled or went out to any of them, each once, the latest first.
std::vector<Said> said_lately(Unit& unit, WorkspaceId workspace, const std::set<AccountId>& accounts,
                              size_t most);

struct Frozen {
  AccountId account;
  Content content;  // each part as its own delivery says it
};

// What the deliveries of a post say that wait, are on their way, in doubt or out; each account once.
std::vector<Frozen> frozen_of(Unit& unit, WorkspaceId workspace, PostId post);

}  // namespace carillon::store

// What is known of a new post before it is written: read in one transaction. Runs on a storage thread.
#pragma once

#include <optional>

#include "api/post_desk.h"

namespace carillon::api {

struct Prepared {
  Post post;
  PostFacts facts;
  std::optional<plan::Schedule> schedule;
  bool held = false;
};

// Fault: invalid (accounts or files that are not here, a time that is none), closed (no slot).
Result<Prepared> prepare(store::Unit& unit, Request& request, Desk& desk, const PostInput& input);

}  // namespace carillon::api

// The house as a check sees it: files, keys, disk, clock, and what accounts have planned. Functions that take
// a unit run on a storage thread, inside its transaction.
#pragma once

#include "api/post_desk.h"
#include "plan/conditions.h"

namespace carillon::api {

// Files of the post that are not where they should be.
void look_at_media(store::Unit& unit, const Desk& desk, const PostFacts& facts, WorkspaceId workspace,
                   plan::Conditions& seen);
// Everything about a post at its time.
plan::Conditions conditions_of(store::Unit& unit, const Desk& desk, const Post& post, const PostFacts& facts,
                               Instant at);
// Of the house alone.
plan::Conditions house_conditions(const Desk& desk);

}  // namespace carillon::api

// What a check needs to know beyond the post itself: what else its accounts say about that time, which days
// are closed, and which slot is free. Runs on a storage thread, inside a transaction.
#pragma once

#include <optional>

#include "api/post_desk.h"

namespace carillon::api {

// `post`: already with its time. `itself`: the post that is being edited, which is no neighbour of its own.
// Everything but the slot that is free.
void look_beside(store::Unit& unit, const Post& post, Instant at, std::optional<PostId> itself,
                 PostFacts& facts);
void look_around(store::Unit& unit, const Post& post, const std::optional<plan::Schedule>& schedule,
                 std::optional<PostId> itself, Instant now, PostFacts& facts);

}  // namespace carillon::api

// Making a post's deliveries fit what the post says now: one for each target and thread part, each with its
// frozen content. What is on its way or settled stays as it is.
#pragma once

#include "model/post.h"
#include "store/connection.h"
#include "store/posts.h"

namespace carillon::store {

struct Fit {
  Instant due;         // when the waiting ones shall go
  bool moved = false;  // those that wait already, too
  bool renew = false;  // targets that were canceled, skipped or failed get a new delivery
};

// Takes a waiting delivery off the schedule: its target, its part or its whole post is not wanted any more.
void take_off(Connection& connection, const Delivery& delivery, Instant now, Tally& change);

// All current deliveries, in the order of targets and parts.
std::vector<Delivery> fit(Connection& connection, const Post& post, const Fit& how, Minter& mint);

}  // namespace carillon::store

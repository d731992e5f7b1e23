// Deliveries as people's actions make, replace and take them away; with their tallies.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "model/post.h"
#include "store/connection.h"
#include "store/posts.h"

namespace carillon::store {

inline constexpr Duration part_patience =
    std::chrono::minutes(10);  // a later part is looked at again at the latest

// A fresh one. `before`: the part it follows.
Delivery new_delivery(const Post& post, AccountId account, ContentId content, uint32_t part,
                      const Delivery* before, Instant due, Minter& mint);
void insert_delivery(Connection& connection, const Delivery& delivery, int64_t place);

// Of a post, in the order of targets and parts; with current = true without those that were replaced.
std::vector<Delivery> deliveries_of(Connection& connection, WorkspaceId workspace, PostId post, bool current);

// Another takes its place: kept for the record, no longer counted.
void supersede(Connection& connection, const Delivery& delivery, Tally& change);

// Has a request left whose acceptance would have put it out, without it being known that it was refused?
bool may_be_out(Connection& connection, const Delivery& delivery);

}  // namespace carillon::store

// Tells people of posts that wait for approval, and of those whose time went by: once, and together when
// there are many. Runs on a storage thread, inside its transaction.
#pragma once

#include <vector>

#include "model/people.h"
#include "store/posts.h"

namespace carillon::run {

// The notices that were written: the pages are told of them.
std::vector<Notice> tend_proposals(store::Unit& unit, Instant now, store::Minter& mint);

}  // namespace carillon::run

// What nobody needs any more: without it these tables only grow, some by strangers' doing. Storage threads.
#pragma once

#include "base/instant.h"
#include "store/unit.h"

namespace carillon::store {

// First answers to keyed requests and failed sign-ins of more than a day ago, sessions that are over.
void forget_old(Unit& unit, Instant now);

}  // namespace carillon::store

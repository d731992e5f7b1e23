// Thread parts wait for the part before: what happens to them when that one settles.
#pragma once

#include "model/delivery.h"
#include "store/connection.h"

namespace carillon::store {

// `settled` is out: those that follow it are due now. It is not: they are skipped, and those that follow
// them.
void settle_followers(Connection& connection, const Delivery& settled, Instant now);

}  // namespace carillon::store

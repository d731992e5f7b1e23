// Words and rules that posts share (variables, hashtag groups, marks on links, the evergreen pool) change
// what approved posts will say without touching them. Storage threads.
#pragma once

#include "api/request.h"
#include "store/unit.h"

namespace carillon::api {

// Fault: forbidden, for those whose posts need approval.
Result<void> may_change_shared(store::Unit& unit, const Request& request);

}  // namespace carillon::api

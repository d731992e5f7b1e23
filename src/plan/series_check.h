// What a rule of recurrence will leave out: occurrences on days that are closed. Pure, any thread.
#pragma once

#include <optional>

#include "plan/check.h"
#include "plan/recurrence.h"

namespace carillon::plan {

// Of the coming year (at most 400 occurrences). An occurrence is left out when its day is closed for all
// accounts. None: nothing is left out.
std::optional<Finding> check_repeat(const Post& post, const Rule& rule, const Facts& facts);

}  // namespace carillon::plan

// Tells people of tasks whose time has come. A chore: any thread may begin it.
#pragma once

#include "api/desk.h"

namespace carillon::api {

void tell_due_tasks(Desk& desk, Instant now);

}  // namespace carillon::api

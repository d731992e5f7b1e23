// Looks again at posts before their time, a day, an hour and ten minutes ahead, so that people hear of what
// would stop them while it can be mended; and takes its word back when it is. A chore: any thread may begin
// it.
#pragma once

#include "api/desk.h"

namespace carillon::api {

void look_ahead(Desk& desk, Instant now);

}  // namespace carillon::api

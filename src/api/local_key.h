// Makes the API key with which commands on this machine speak to the server (run/local_key.h): once there is
// an owner, and again when the file is gone or its key does not work any more. One that a person removed on
// the page of keys stays away until its file is removed, too. Storage threads.
#pragma once

#include "base/random.h"
#include "run/config.h"
#include "store/unit.h"

namespace carillon::api {

// Call at the start and after the first owner was made. Does nothing while there is no owner. Fault: the file
// cannot be written.
Result<void> keep_local_key(store::Unit& unit, const run::Config& config, Random& random, Instant now);

}  // namespace carillon::api

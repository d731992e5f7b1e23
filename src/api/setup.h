// The first start: a one-time link, printed by the server on its own terminal, lets one person make the
// workspace and its owner.
#pragma once

#include <optional>
#include <string>

#include "base/random.h"
#include "store/store.h"

namespace carillon::api {

// When nobody is there yet: makes a fresh token, good for one hour, and gives it; the page's address is
// <public url>/setup?token=<token>. Earlier ones are void. none: somebody is there. Waits for the store.
std::optional<std::string> offer_setup(store::Store& store, Random& random, Instant now);

}  // namespace carillon::api

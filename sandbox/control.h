// The control API, in JSON: what was accepted, faults on demand, identities without a browser. For tests,
// drills and the buttons of the front page. Nobody is asked who they are: a sandbox has nothing to protect.
#pragma once

#include "sandbox/call.h"
#include "sandbox/world.h"

namespace carillon::sandbox {

class Faults;

wire::Response control(const Call& call, World& world, Faults& faults);

}  // namespace carillon::sandbox

// The network between the server and the platforms: delays, refusals, losses. One thread.
#pragma once

#include <functional>

#include "proof/scene.h"

namespace carillon::proof {

// Lets a request leave, with its secrets. `done` comes later, exactly once. What has left may arrive although
// the sender died.
void send(Scene& scene, wire::Request request, net::Credential credential,
          std::function<void(net::Outcome)> done);

}  // namespace carillon::proof

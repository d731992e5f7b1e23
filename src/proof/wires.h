// The network between the server and the platforms: delays, refusals, losses. Puts secrets into requests as
// net/ does. One thread.
#pragma once

#include <functional>
#include <string>
#include <variant>

#include "proof/scene.h"

namespace carillon::proof {

struct NotSent {
  std::string why;
};
struct Lost {
  std::string why;
};
using Outcome = std::variant<wire::Response, NotSent, Lost>;

wire::Request with_secrets(wire::Request request, const Credential& credential);

// Lets a request leave. `done` comes later, exactly once. What has left may arrive although the sender died.
void send(Scene& scene, wire::Request request, std::function<void(Outcome)> done);

}  // namespace carillon::proof

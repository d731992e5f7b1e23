// Speaking with the sandbox's own door (sandbox/README.md): the page may not, its content policy knows one
// origin only. The listener's thread.
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "api/awaited.h"
#include "api/desk.h"

namespace carillon::api {

// Fault: closed (no sandbox runs with this server).
Result<void> has_sandbox(const Desk& desk);
// One request to /control/<path>, with a body when there is one. Fault: closed (no sandbox, or it refused,
// with its words), unavailable (no answer).
Awaitable<Result<boost::json::value>> ask_sandbox(Desk& desk, std::string method, std::string path,
                                                  boost::json::value body = nullptr);
// Networks that both this server and the sandbox know, in our order.
Awaitable<Result<std::vector<const channels::Entry*>>> practice_networks(Desk& desk);

}  // namespace carillon::api

// Things of the server that a person names by their name or id. Main thread.
#pragma once

#include <string>

#include "base/result.h"
#include "net/waiting_client.h"

namespace carillon::cli {

// The id of a campaign. Fault: invalid with code "usage", saying which there are.
Result<std::string> find_campaign(net::WaitingClient& client, const std::string& word);

}  // namespace carillon::cli

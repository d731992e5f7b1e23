// How a PostgreSQL address is connected to: what it says, and what Carillon adds where it says nothing. Knows
// addresses only, opens nothing. Any thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace carillon::store {

// Keywords and values for libpq, the address itself last: what it says comes before these. A server that goes
// silent is noticed within half a minute. To hosts elsewhere TLS with their name checked, unless the address
// says otherwise (sslmode=…); on this machine and in private networks as libpq does it.
std::vector<std::pair<std::string, std::string>> postgres_parameters(const std::string& address);

}  // namespace carillon::store

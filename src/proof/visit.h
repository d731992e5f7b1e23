// What a person does in a browser, done by a program over real HTTP: set the server up, say yes on a consent
// page of the sandbox. For the drill. One thread.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "net/waiting_client.h"

namespace carillon::proof {

// Uses the one-time token: makes the owner and signs in. Every later request of this client is the owner's.
Result<void> set_up(net::WaitingClient& server, const std::string& token);

// Follows the address that the server gave for connecting: agrees as the person with that number (0 is the
// first on the page), comes back to the server, takes the first identity. Gives the account.
Result<boost::json::object> agree(net::WaitingClient& server, const std::string& consent_url, int person);

// The fields a form of that page would send, without its buttons; of radio buttons none. And where it goes.
struct Form {
  std::string action;
  std::vector<std::pair<std::string, std::string>> fields;
};
Form first_form(std::string_view html);

}  // namespace carillon::proof

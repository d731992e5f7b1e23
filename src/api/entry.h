// The door: who is it, and may they? Origin and content type belong here too. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "api/permissions.h"
#include "api/request.h"
#include "api/routes.h"
#include "store/unit.h"

namespace carillon::api {

struct Settings;

// Looks the session or key up and asks whether it may; a session that was not used for `idle` is over. Fault:
// unauthorized, forbidden.
struct Asked {
  const Presented& presented;
  Permission permission;
  Instant now;
  Duration idle;
};
Asked asked(const Request& request, const Settings& settings);
Result<store::Caller> admit(store::Unit& unit, const Asked& asked);
// Before the store is asked: nothing presented, or something that cannot be a key.
Result<void> presents_something(const Presented& presented);

// A browser that sends a cookie with a changing request must say that it comes from our own page.
Result<void> same_origin(const Request& request, const Settings& settings, bool must_say);
Result<void> takes_type(const Request& request, Body body);

// The client's address: the peer, or what a trusted proxy says.
std::string client_address(const net::Exchange& exchange, const Settings& settings);
// Its network: what sign-in failures are counted for ("203.0.113.0/24", "2001:db8:1:2::/64").
std::string address_prefix(std::string_view address);

}  // namespace carillon::api

// The steps of connecting that more than one handler takes.
#pragma once

#include <vector>

#include "api/awaited.h"
#include "api/consent.h"

namespace carillon::api {

// One request of the conversation. Fault: unavailable with code network_unreachable (502).
Awaitable<Result<wire::Response>> asked_of(net::Client& client, wire::Request request,
                                           channels::Credential secrets);
// A network's refusal as this API's: never a 401 of ours.
Fault upstream(Fault fault);
// Code or token -> tokens -> longer-lived ones -> whom they speak for -> what the server says about itself.
// Without a fault there is at least one identity.
Awaitable<Ended> log_in(Desk& desk, const channels::Entry& entry, Begun begun, Instant now);
// The same for a login that has its credential already: refreshed once where that is how it works, so that its
// end is known.
Awaitable<Ended> recognize(Desk& desk, const channels::Entry& entry, Begun begun, Instant now);
// Connects those of the identities; gives the accounts. Fault: invalid (not among them).
Result<std::vector<Account>> store_identities(store::Unit& unit, const Request& request, Desk& desk,
                                              const Ended& ended,
                                              const std::vector<std::string>& external_ids);

}  // namespace carillon::api

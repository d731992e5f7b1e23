// A connection under way: what is remembered between the page, the network's consent page and back. Sealed in
// the store, single use, ten minutes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/apps.h"
#include "api/request.h"
#include "channels/auth.h"
#include "model/account.h"
#include "store/records.h"

namespace carillon::api {

// What was asked for.
struct Begun {
  std::string network;
  bool sandbox = false;
  channels::App app;
  channels::Credential secrets;  // client secret, verifier; after the exchange also the login's own
  std::string redirect_uri;
};

// What became of it.
struct Ended {
  std::string network;
  bool sandbox = false;
  std::optional<AccountId> account;            // connected
  std::vector<channels::Identity> identities;  // to choose from
  std::optional<Fault> fault;                  // failed
  Begun begun;                                 // for choosing: the login
  std::vector<std::string> scopes;
  std::optional<Instant> expires;
  boost::json::object about;  // what the server says about itself
};

inline constexpr Duration consent_lasts = std::chrono::minutes(10);

// Both are kept under the hash of a secret handle: OAuth's state, the page's ticket.
store::PendingConsent seal(const Begun& begun, const Request& request, const std::string& handle,
                           const Desk& desk);
store::PendingConsent seal(const Ended& ended, const Request& request, const std::string& handle,
                           const Desk& desk);
// Takes it away; must belong to the same session and workspace. Fault: gone (410: used up, expired,
// another's).
Result<Begun> take_begun(store::Unit& unit, const Request& request, const std::string& handle,
                         const Desk& desk);
Result<Ended> take_ended(store::Unit& unit, const Request& request, const std::string& handle,
                         const Desk& desk);

}  // namespace carillon::api

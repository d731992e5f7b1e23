// Addresses from which networks fetch stored media, for those that take no bytes: signed, for one file, good
// for some hours. Whoever has one needs no session. Refuses to know accounts and posts. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/instant.h"
#include "base/seal.h"
#include "net/client.h"
#include "wire/request.h"

namespace carillon::run {

inline constexpr Duration media_address_lives = std::chrono::hours(6);

// What stands behind /m/ in such an address.
std::string media_token(const Keyring& keyring, MediaId media, Instant until);
// The file that a token is for; none: not ours, or its time is over. In constant time.
std::optional<MediaId> medium_behind(const Keyring& keyring, std::string_view token, Instant now);

// Can a network on the internet reach this address? https, and a name that is not of a private network.
bool is_public_address(std::string_view url);

// Where this server is reached: by networks, and by a sandbox on the same machine.
struct MediaHomes {
  std::string public_url;  // empty or private: networks cannot fetch
  std::string local_url;   // "http://127.0.0.1:8070"
};
MediaHomes media_homes(const std::string& public_url, const std::string& listen);

// Puts the addresses of the files that a request names (wire::media_secret) into the credential. `near`: it
// goes to the sandbox. Fault: closed, "no_public_address".
Result<void> put_media_addresses(const wire::Request& request, const Keyring& keyring,
                                 const MediaHomes& homes, bool near, Instant now,
                                 net::Credential& credential);

}  // namespace carillon::run

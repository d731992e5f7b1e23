// Which internet addresses a target named by a user may lead to: only those that are global unicast, and none
// of the special-purpose blocks of the IANA registries (iana-ipv4-special-registry,
// iana-ipv6-special-registry, read 2026-11), their embedded forms included. Refuses to know names and URLs:
// it judges what a socket would really connect to. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

struct sockaddr;

namespace carillon::net {

struct Address {
  bool v6 = false;
  std::array<uint8_t, 16> bytes{};  // network order; IPv4 in the first four
  bool operator==(const Address&) const = default;
};

// A private network that the owner of the installation allows: "10.1.0.0/16:443", "[fd00::/8]:8443", without
// a port: any.
struct Permit {
  Address base;
  int bits = 0;
  uint16_t port = 0;
};

std::optional<Address> parse_address(std::string_view text);  // dotted quad or IPv6; no names, no short forms
std::optional<Address> address_from(const sockaddr& socket_address);
std::string to_text(const Address& address);
Result<Permit> parse_permit(
    std::string_view text);  // fault: invalid; also for link-local and metadata addresses

// The name of the special block the address lies in; none: ordinary public address.
std::optional<std::string_view> special_block(const Address& address);
// Why a connection is refused, as the end of a sentence ("127.0.0.1 is a loopback address"); none: allowed.
// Link-local and cloud metadata addresses are refused whatever is permitted.
std::optional<std::string> refusal(const Address& address, uint16_t port, std::span<const Permit> permits);

}  // namespace carillon::net

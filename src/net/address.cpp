#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <vector>

#include "base/check.h"

namespace carillon::net {
namespace {

struct Block {
  const char* base;
  int bits;
  const char* what;
};

// The first match names the refusal, so narrow blocks stand before wide ones.
constexpr std::array v4_blocks = {
    Block{"0.0.0.0", 8, "an address of this network"},
    Block{"10.0.0.0", 8, "a private address"},
    Block{"100.64.0.0", 10, "an address shared by a provider's customers"},
    Block{"127.0.0.0", 8, "a loopback address"},
    Block{"169.254.0.0", 16, "a link-local address"},
    Block{"172.16.0.0", 12, "a private address"},
    Block{"192.0.0.0", 24, "an address for protocol assignments"},
    Block{"192.0.2.0", 24, "an address for documentation"},
    Block{"192.31.196.0", 24, "an anycast address of AS112"},
    Block{"192.52.193.0", 24, "an address for multicast tunnels"},
    Block{"192.88.99.0", 24, "a 6to4 relay address"},
    Block{"192.168.0.0", 16, "a private address"},
    Block{"192.175.48.0", 24, "an anycast address of AS112"},
    Block{"198.18.0.0", 15, "an address for benchmarks"},
    Block{"198.51.100.0", 24, "an address for documentation"},
    Block{"203.0.113.0", 24, "an address for documentation"},
    Block{"224.0.0.0", 4, "a multicast address"},
    Block{"255.255.255.255", 32, "the broadcast address"},
    Block{"240.0.0.0", 4, "a reserved address"},
    Block{"168.63.129.16", 32, "a cloud metadata address"},
};

constexpr std::array v6_blocks = {
    Block{"::", 128, "the unspecified address"},
    Block{"::1", 128, "a loopback address"},
    Block{"::ffff:0:0", 96, "an IPv4 address written as IPv6"},
    Block{"::", 96, "an IPv4 address written as IPv6"},
    Block{"64:ff9b::", 96, "an address translated to IPv4"},
    Block{"64:ff9b:1::", 48, "an address translated to IPv4"},
    Block{"100::", 64, "an address whose packets are discarded"},
    Block{"100:0:0:1::", 64, "a dummy address"},
    Block{"2001::", 32, "a Teredo address"},
    Block{"2001::", 23, "an address for protocol assignments"},
    Block{"2001:db8::", 32, "an address for documentation"},
    Block{"2002::", 16, "a 6to4 address"},
    Block{"2620:4f:8000::", 48, "an anycast address of AS112"},
    Block{"3fff::", 20, "an address for documentation"},
    Block{"5f00::", 16, "a segment routing address"},
    Block{"fc00::", 7, "a private address"},
    Block{"fe80::", 10, "a link-local address"},
    Block{"fec0::", 10, "a site-local address"},
    Block{"ff00::", 8, "a multicast address"},
};

// What no permit opens: on cloud machines these hand out credentials.
constexpr std::array never_v4 = {Block{"169.254.0.0", 16, ""}, Block{"100.100.100.200", 32, ""},
                                 Block{"192.0.0.192", 32, ""}, Block{"168.63.129.16", 32, ""}};
constexpr std::array never_v6 = {Block{"fe80::", 10, ""}, Block{"fd00:ec2::254", 128, ""},
                                 Block{"fd20:ce::254", 128, ""}};

struct Ready {
  Address base;
  int bits;
  const char* what;
};

template <size_t n>
std::vector<Ready> prepared(const std::array<Block, n>& blocks) {
  std::vector<Ready> ready;
  for (const Block& block : blocks) {
    const auto base = parse_address(block.base);
    CHECK(base.has_value());
    ready.push_back({*base, block.bits, block.what});
  }
  return ready;
}

bool within(const Address& address, const Address& base, int bits) {
  if (address.v6 != base.v6) return false;
  const int whole = bits / 8, rest = bits % 8;
  if (!std::equal(base.bytes.begin(), base.bytes.begin() + whole, address.bytes.begin())) return false;
  if (rest == 0) return true;
  const auto mask = static_cast<uint8_t>(0xff << (8 - rest));
  return (address.bytes[whole] & mask) == (base.bytes[whole] & mask);
}

const Ready* find_block(const Address& address, const std::vector<Ready>& blocks) {
  const auto found =
      std::ranges::find_if(blocks, [&](const Ready& b) { return within(address, b.base, b.bits); });
  return found == blocks.end() ? nullptr : &*found;
}

struct Carrier {
  const char* base;
  int bits;
  size_t offset;  // of the IPv4 address inside
};
constexpr std::array carriers = {Carrier{"::ffff:0:0", 96, 12}, Carrier{"::", 96, 12},
                                 Carrier{"64:ff9b::", 96, 12}, Carrier{"64:ff9b:1::", 48, 12},
                                 Carrier{"2002::", 16, 2}};

// The IPv4 address that an IPv6 address carries inside, where it does (mapped, compatible, NAT64, 6to4).
std::optional<Address> embedded(const Address& address) {
  for (const Carrier& carrier : carriers) {
    if (!within(address, *parse_address(carrier.base), carrier.bits)) continue;
    Address inner;
    std::copy_n(address.bytes.begin() + static_cast<ptrdiff_t>(carrier.offset), 4, inner.bytes.begin());
    return inner;
  }
  return std::nullopt;
}

bool is_never(const Address& address) {
  static const std::vector<Ready> v4 = prepared(never_v4), v6 = prepared(never_v6);
  if (const auto inner = embedded(address)) return is_never(*inner);
  return find_block(address, address.v6 ? v6 : v4) != nullptr;
}

Fault bad_permit(std::string_view text, std::string why) {
  return {
      .code = "bad_permit",
      .text = "\"" + std::string(text) + "\" is not a network that can be allowed: " + std::move(why) + ".",
      .remedy = "Write it like 10.1.0.0/16:443 or [fd00::/8]:443."};
}

template <class Number>
bool read_number(std::string_view text, Number& into) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), into);
  return !text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size();
}

// A network wide enough to hold a forbidden address may still be permitted: is_never() is asked for each
// connection again. One that is nothing but forbidden is a mistake of the person who wrote it.
bool lies_in_never(const Permit& permit) {
  return is_never(permit.base) && permit.bits >= (permit.base.v6 ? 10 : 16);
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  Address address;
  const std::string terminated(text);
  if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data()) == 1) return address;
  address.v6 = true;
  if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
  return std::nullopt;
}

std::optional<Address> address_from(const sockaddr& socket_address) {
  Address address;
  if (socket_address.sa_family == AF_INET) {
    std::memcpy(address.bytes.data(), &reinterpret_cast<const sockaddr_in&>(socket_address).sin_addr, 4);
  } else if (socket_address.sa_family == AF_INET6) {
    address.v6 = true;
    std::memcpy(address.bytes.data(), &reinterpret_cast<const sockaddr_in6&>(socket_address).sin6_addr, 16);
  } else {
    return std::nullopt;
  }
  return address;
}

std::string to_text(const Address& address) {
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(address.v6 ? AF_INET6 : AF_INET, address.bytes.data(), text, sizeof text);
  return text;
}

Result<Permit> parse_permit(std::string_view text) {
  std::string_view network = text, port;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return refuse(bad_permit(text, "the closing bracket is missing"));
    network = text.substr(1, end - 1);
    port = text.substr(end + 1);
  } else if (std::ranges::count(text, ':') == 1) {
    network = text.substr(0, text.find(':'));
    port = text.substr(text.find(':'));
  }
  Permit permit;
  const auto slash = network.find('/');
  const auto base = parse_address(network.substr(0, slash));
  if (!base) return refuse(bad_permit(text, "it does not begin with an address"));
  permit.base = *base;
  permit.bits = base->v6 ? 128 : 32;
  const int most = permit.bits;
  if (slash != std::string_view::npos && !read_number(network.substr(slash + 1), permit.bits))
    permit.bits = -1;
  if (permit.bits < 0 || permit.bits > most)
    return refuse(bad_permit(text, "the number behind the slash is wrong"));
  if (!port.empty() && !(port[0] == ':' && read_number(port.substr(1), permit.port))) {
    return refuse(bad_permit(text, "the port is not a number up to 65535"));
  }
  if (lies_in_never(permit)) return refuse(bad_permit(text, "link-local and metadata addresses stay closed"));
  return permit;
}

std::optional<std::string_view> special_block(const Address& address) {
  static const std::vector<Ready> v4 = prepared(v4_blocks), v6 = prepared(v6_blocks);
  if (const Ready* block = find_block(address, address.v6 ? v6 : v4)) return block->what;
  const bool global_unicast = !address.v6 || (address.bytes[0] & 0xe0) == 0x20;  // 2000::/3 (RFC 4291)
  if (!global_unicast) return "a reserved address";
  return std::nullopt;
}

std::optional<std::string> refusal(const Address& address, uint16_t port, std::span<const Permit> permits) {
  const auto block = special_block(address);
  if (!block) return std::nullopt;
  const auto fits = [&](const Permit& p) {
    return within(address, p.base, p.bits) && (p.port == 0 || p.port == port);
  };
  if (!is_never(address) && std::ranges::any_of(permits, fits)) return std::nullopt;
  return to_text(address) + " is " + std::string(*block);
}

}  // namespace carillon::net

#include "store/postgres_address.h"

#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <string_view>

namespace carillon::store {
namespace {

constexpr const char* certificates = "/etc/ssl/certs/ca-certificates.crt";  // Debian's

// The value of a keyword, as libpq understands the address (also a list of hosts, or "host=… dbname=…").
std::string value_in(const std::string& address, std::string_view keyword) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(address.c_str(), nullptr), PQconninfoFree);
  for (const PQconninfoOption* one = options.get(); one && one->keyword; ++one) {
    if (one->keyword == keyword) return one->val ? one->val : "";
  }
  return "";
}

// RFC 1918 and loopback, written as four numbers.
bool is_private_address(std::string_view host) {
  if (host.starts_with("127.") || host.starts_with("10.") || host.starts_with("192.168.")) return true;
  int second = 0;
  if (!host.starts_with("172.")) return false;
  std::from_chars(host.data() + 4, host.data() + host.size(), second);
  return second >= 16 && second <= 31;
}

// A socket, this machine, a name of the own network ("db"), a private address.
bool is_near(std::string_view host) {
  if (host.empty() || host.starts_with('/') || host.starts_with('@') || host == "::1") return true;
  return host.find_first_of(".:") == std::string_view::npos || is_private_address(host);
}

bool are_near(std::string_view hosts) {
  for (size_t comma = hosts.find(','); comma != std::string_view::npos; comma = hosts.find(',')) {
    if (!is_near(hosts.substr(0, comma))) return false;
    hosts.remove_prefix(comma + 1);
  }
  return is_near(hosts);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> postgres_parameters(const std::string& address) {
  std::vector<std::pair<std::string, std::string>> all = {{"connect_timeout", "10"},
                                                          {"tcp_user_timeout", "20000"},
                                                          {"keepalives_idle", "20"},
                                                          {"keepalives_interval", "5"},
                                                          {"application_name", "carillon"}};
  const std::string named = value_in(address, "host");
  if (!are_near(named.empty() ? value_in(address, "hostaddr") : named)) {
    all.emplace_back("sslmode", "verify-full");
    all.emplace_back("sslrootcert", certificates);
  }
  all.emplace_back("dbname", address);
  return all;
}

}  // namespace carillon::store

// How configuration is written: lines of a file, addresses, spans of time, what may be shown of a value, and
// which known word an unknown one was probably meant to be. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "net/address.h"

namespace carillon::run {

struct ConfigLine {
  int number = 0;
  std::string name, value;
};

// "name = value" per line, "#" begins a comment line, a value may stand in double quotes. `file` is for
// messages.
Result<std::vector<ConfigLine>> parse_config_lines(std::string_view text, const std::string& file);

Result<Duration> parse_span(std::string_view text);  // "90s", "15min", "2h", "1d"
Result<uint64_t> parse_size(std::string_view text);  // bytes: "500MB", "10GB", "1TB"; powers of ten
// "10.1.0.0/16:443, [fd00::/8]:8443": net/address.h says what goes. Fault: invalid.
Result<std::vector<net::Permit>> parse_networks(std::string_view text);
bool is_address(std::string_view text);              // host:port, [v6]:port
bool is_loopback(std::string_view host);             // localhost, 127.x, [::1]
struct BucketAddress {
  std::string name, prefix;  // prefix: empty, or ends with a slash
};
Result<BucketAddress> bucket_address(std::string_view text);  // "s3://bucket/some/prefix". Fault: invalid
std::string without_password(std::string_view url);           // postgres://user:…@host/db
// The nearest of the known words by edit distance; empty when none is near.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace carillon::run

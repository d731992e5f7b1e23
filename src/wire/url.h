// URLs and forms: RFC 3986 encoding, query and application/x-www-form-urlencoded in both directions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace carillon::wire {

using Fields = std::vector<std::pair<std::string, std::string>>;  // in order, names may repeat

// Scheme and host in lower case; port empty when it is the scheme's own; path begins with "/". Host of an
// IPv6 address keeps its brackets. The fragment is dropped: it never leaves for a server.
struct Url {
  std::string scheme, host, port, path, query;
  std::string origin() const;  // scheme://host[:port]
};

// Absolute http and https only; no user names, no control characters, no host outside ASCII. Path and query
// outside ASCII are percent-encoded. Fault: invalid.
Result<Url> parse_url(std::string_view text);
std::string percent_encode(std::string_view text);                 // everything but unreserved characters
std::optional<std::string> percent_decode(std::string_view text);  // none: a % without two hex digits
// A space is written %20, which every reader of forms and queries understands.
std::string encode_form(const Fields& fields);
// Never fails: "+" is a space, a broken % stays as it is, "a" and "a=" are both an empty value.
Fields parse_form(std::string_view text);
std::string with_query(std::string_view url, const Fields& fields);             // appends; before a fragment
std::optional<std::string> field(const Fields& fields, std::string_view name);  // the first of that name

}  // namespace carillon::wire

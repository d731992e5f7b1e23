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

struct Url {
  std::string scheme, host, port, path, query;  // port and query may be empty; path begins with "/"
  std::string origin() const;                   // scheme://host[:port]
};

Result<Url> parse_url(std::string_view text);       // absolute http/https only; fault: invalid
std::string percent_encode(std::string_view text);  // everything but unreserved characters
std::optional<std::string> percent_decode(std::string_view text);
std::string encode_form(const Fields& fields);
Fields parse_form(std::string_view text);
std::string with_query(std::string_view url, const Fields& fields);
std::optional<std::string> field(const Fields& fields, std::string_view name);

}  // namespace carillon::wire

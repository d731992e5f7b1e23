// Comma-separated values as RFC 4180 wants them. Pure, any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace carillon::api::csv {

// One field: in quotes where it must be. A field that a spreadsheet would take for a formula begins with an
// apostrophe (https://owasp.org/www-community/attacks/CSV_Injection), and so does one that has that already:
// plan/columns.h takes one off again.
std::string field(std::string_view text);
// One record with its line end.
std::string record(std::span<const std::string> fields);

}  // namespace carillon::api::csv

// Who is meant by a word in a table: an id, @handle, name, network, "name (network)", network:handle, or all.
// Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/account.h"

namespace carillon::plan {

// Words separated by semicolons (or commas). Each account once, in the order named. Fault: invalid.
Result<std::vector<AccountId>> accounts_named(std::string_view cell, std::span<const Account> accounts);

// The parts of a cell, trimmed, without empty ones; separated by semicolons, or else by commas.
std::vector<std::string> words_of(std::string_view cell);

}  // namespace carillon::plan

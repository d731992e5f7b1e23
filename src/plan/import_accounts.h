// Who is meant by a word in a table or on the command line: an id, @handle, name, network, "name (network)",
// network:handle, network:name, or all. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/account.h"

namespace carillon::plan {

// Those that one word means. Fault: invalid, "account_unknown"; "account_ambiguous": several, and it is
// neither "all" nor the name of a network.
Result<std::vector<const Account*>> accounts_called(const std::string& word,
                                                    std::span<const Account> accounts);

// Words separated by semicolons (or commas). Each account once, in the order named. Fault: invalid.
Result<std::vector<AccountId>> accounts_named(std::string_view cell, std::span<const Account> accounts);

// The parts of a cell, trimmed, without empty ones; separated by semicolons, or else by commas.
std::vector<std::string> words_of(std::string_view cell);

}  // namespace carillon::plan

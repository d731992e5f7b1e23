// Lists of identities that a network names page by page: the last one found keeps where the list goes on,
// until that is asked for. Pure, any thread.
#pragma once

#include <string>
#include <vector>

#include "channels/auth.h"

namespace carillon::channels {

// Where the list goes on, in the network's words; empty: it has ended.
std::string rest_of(const std::vector<Identity>& found);
// Adds the identities of one answer, each once. `rest`: where it says that the list goes on; where it named
// nobody new the list ends all the same.
void add_found(std::vector<Identity> named, const std::string& rest, std::vector<Identity>& found);

}  // namespace carillon::channels

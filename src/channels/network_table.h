// What every network takes, where its limits are and what is done after a lost answer, as tables for people:
// made of the traits alone. docs/networks/README.md is this text; a test compares them. Pure, any thread.
#pragma once

#include <string>

#include "channels/registry.h"

namespace carillon::channels {

std::string network_tables(const Registry& registry);  // Markdown, ends with a line break
std::string span_words(Duration span);                 // "15 min", "3 h", "2 days"

}  // namespace carillon::channels

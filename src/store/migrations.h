// The migrations, oldest first. A released one never changes; the shape of today is all of them in a row.
#pragma once

#include <span>

namespace carillon::store {

std::span<const char* const> migrations();

}  // namespace carillon::store

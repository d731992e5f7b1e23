// Refusals as values: Result<T> is a T or a Fault that says why not. A broken world (disk, memory) is an
// exception; a bug is CHECK. Any thread.
#pragma once

#include <expected>

#include "base/fault.h"

namespace carillon {

template <class T>
using Result = std::expected<T, Fault>;

// Shorthand for returning a refusal from a function that gives a Result.
inline std::unexpected<Fault> refuse(Fault fault) { return std::unexpected<Fault>(std::move(fault)); }

}  // namespace carillon

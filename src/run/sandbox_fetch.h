// How the sandbox's networks fetch media from the addresses that they are given: one request that asks for
// the beginning of the file. Blocks; the sandbox's thread.
#pragma once

#include <string>

#include "sandbox/world.h"

namespace carillon::run {

sandbox::Fetched fetch_beginning(const std::string& url);

}  // namespace carillon::run

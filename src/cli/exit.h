// Exit codes: the same meaning for every command, those of sysexits.h where it has one.
#pragma once

#include "base/fault.h"

namespace carillon::cli {

enum class Exit : int {
  ok = 0,
  failure = 1,         // it did not work, or a check found something
  usage = 2,           // the command line is wrong
  changes = 2,         // of `plan` alone: it found something to do
  unavailable = 69,    // the server or the database cannot be reached
  temporary = 75,      // not now: try again later
  configuration = 78,  // a setting or a key is wrong
};

Exit exit_for(const Fault& fault);

}  // namespace carillon::cli

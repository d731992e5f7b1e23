#include "cli/exit.h"

namespace carillon::cli {

Exit exit_for(const Fault& fault) {
  if (fault.code == "configuration" || fault.code == "config_line" || fault.code == "key_file")
    return Exit::configuration;
  if (fault.code == "no_key" || fault.code == "key_file_missing" || fault.code == "readable_by_others")
    return Exit::configuration;
  if (fault.code == "usage") return Exit::usage;
  switch (fault.kind) {
    case FaultKind::unavailable: return Exit::unavailable;
    case FaultKind::throttled: return Exit::temporary;
    default: return Exit::failure;
  }
}

}  // namespace carillon::cli

// What `carillon post` was asked, and the names in it turned into what the server knows: accounts, the
// campaign, files that are uploaded on the way. Refuses to know how a post is written.
#pragma once

#include <string>
#include <vector>

#include "cli/composition.h"
#include "cli/remote.h"
#include "cli/terminal.h"
#include "cli/upload.h"

namespace carillon::cli {

struct Asked {
  Composition composition;
  std::vector<std::string> to, files, own, own_files;
  std::string repeat, campaign;
  bool wait = false, check = false;
};

// Fills the ids into asked.composition. Fault: what a name or a file is wrong with, or what the server says.
Result<void> look_up(net::WaitingClient& client, Terminal& terminal, OneFile& source, Asked& asked);

}  // namespace carillon::cli

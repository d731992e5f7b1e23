// The master keys: a file outside the database, one line per key ("<id> <base64 of 32 bytes>"), the last line
// is the one that seals; older ones still open. Main thread, at start.
#pragma once

#include <memory>

#include "base/random.h"
#include "base/result.h"
#include "base/seal.h"
#include "run/config.h"

namespace carillon::run {

// Reads the file; at the first start makes data/ and a file with one fresh key. Fault: invalid (damaged
// file), forbidden (readable by others), gone (there is a database, but its key file is missing).
Result<Keyring> load_keyring(const Config& config, Random& random);

}  // namespace carillon::run

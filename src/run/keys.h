// The master keys: a file outside the database, one line per key ("<id> <base64 of 32 bytes>"), the last line
// is the one that seals; older ones still open. The database keeps one sealed word, by which it knows whether
// a file is its own. Main thread, at start.
#pragma once

#include <memory>

#include "base/random.h"
#include "base/result.h"
#include "base/seal.h"
#include "run/config.h"
#include "store/store.h"

namespace carillon::run {

// Reads the file and opens the word with it; at the first start makes both. Fault: invalid (damaged file),
// forbidden (readable by others), gone (the database is in use, but the file is missing), unauthorized (the
// file of another database).
Result<Keyring> load_keyring(const Config& config, store::Store& store, Random& random);

// When the keys are lost for good: makes a file if there is none, and the word anew. What the lost ones
// sealed stays closed. Fault: invalid, forbidden.
Result<Keyring> replace_keyring(const Config& config, store::Store& store, Random& random);

}  // namespace carillon::run

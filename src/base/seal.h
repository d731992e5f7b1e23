// Sealing: authenticated encryption of small records at rest. XChaCha20-Poly1305 with a random nonce; the key
// id and the place of the record (table, workspace, row, column) are additional data, so a ciphertext moved to
// another row does not open (reference/security.md section 4). Thread-safe: a Keyring is immutable after load.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"

namespace carillon {

class Keyring {
 public:
  // keys: id -> 32 raw bytes; current: the id used for new seals.
  Keyring(std::map<std::string, Secret> keys, std::string current);

  std::string seal(std::string_view plain, std::string_view place, Random& random) const;
  // Fault: unauthorized (unknown key id, moved, damaged).
  Result<Secret> open(std::string_view sealed, std::string_view place) const;
  // A key of its own per purpose ("backup", "cursor"), derived by keyed BLAKE2b from the current master key.
  Secret derive(std::string_view purpose) const;

 private:
  std::map<std::string, Secret> keys_;
  std::string current_;
};

}  // namespace carillon

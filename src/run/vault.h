// The credentials of accounts, opened when a request needs them and kept until the account changes. The only
// place where opened secrets live. Thread-safe.
#pragma once

#include <cstdint>
#include <mutex>
#include <unordered_map>

#include "base/seal.h"
#include "run/credentials.h"
#include "store/store.h"

namespace carillon::run {

class Vault {
 public:
  Vault(store::Store& store, const Keyring& keyring) : store_(store), keyring_(keyring) {}

  // Reads and opens it on the first use. Fault: unauthorized (none stored, does not open), unavailable
  // (store).
  Result<Credential> open(const Account& account);
  void forget(AccountId account);

 private:
  Result<std::optional<std::string>> read(const Account& account);  // sealed; none: none is stored
  store::Store& store_;
  const Keyring& keyring_;
  std::mutex mutex_;
  std::unordered_map<AccountId, Credential> open_;
  uint64_t forgotten_ = 0;  // how often: what was read before the last time may be outdated
};

}  // namespace carillon::run

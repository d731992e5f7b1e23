#include "run/vault.h"

#include "store/accounts.h"

namespace carillon::run {

Result<Credential> Vault::open(const Account& account) {
  uint64_t forgotten = 0;
  {
    const std::lock_guard lock(mutex_);
    forgotten = forgotten_;
    if (const auto found = open_.find(account.id); found != open_.end()) return found->second;
  }
  const auto sealed = read(account);
  if (!sealed) return refuse(sealed.error());
  if (!*sealed) {
    return refuse({.kind = FaultKind::unauthorized,
                   .code = "no_credential",
                   .text = "No credential is stored for " + account.name + ".",
                   .remedy = "Connect the account again."});
  }
  auto credential = open_credential(**sealed, account, keyring_);
  if (!credential) return credential;
  const std::lock_guard lock(mutex_);
  if (forgotten == forgotten_) open_.insert_or_assign(account.id, *credential);
  return credential;
}

// Whoever asks wants to send something: that can wait until the database answers again.
Result<std::optional<std::string>> Vault::read(const Account& account) {
  std::optional<std::string> sealed;
  try {
    store_.read_now(
        [&](store::Unit& unit) { sealed = store::Accounts(unit).credential(account.workspace, account.id); });
  } catch (const store::StoreError& broken) {
    return refuse({.kind = FaultKind::unavailable,
                   .code = "store",
                   .text = "The credential could not be read from the database.",
                   .remedy = "Nothing to do: Carillon tries again by itself.",
                   .detail = broken.what()});
  }
  return sealed;
}

void Vault::forget(AccountId account) {
  const std::lock_guard lock(mutex_);
  ++forgotten_;
  open_.erase(account);
}

}  // namespace carillon::run

// An account's secrets as they are stored: a JSON object of names and texts, sealed to their row. Knows the
// form and the place; refuses to know what the names mean. Any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "base/seal.h"
#include "base/secret.h"
#include "model/account.h"

namespace carillon::run {

// "access", "refresh", "client_id", "client_secret", … the type that net/ and channels/ use too.
using Credential = std::map<std::string, Secret>;

// Additional data of the seal: a ciphertext moved to another account does not open. It is made of what
// identifies the account on its network, which is known before the row has an id and survives a reconnection.
std::string credential_place(const Account& account);

std::string seal_credential(const Credential& credential, const Account& account, const Keyring& keyring,
                            Random& random);
// Fault: unauthorized (it does not open, or is not a credential).
Result<Credential> open_credential(std::string_view sealed, const Account& account, const Keyring& keyring);

// The plain form, for other sealed records that hold secrets (a consent under way).
std::string credential_text(const Credential& credential);
Result<Credential> credential_from_text(std::string_view text);

}  // namespace carillon::run

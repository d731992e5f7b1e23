// Puts the secrets of an account into a request, last thing before it leaves, and refuses a request that
// could not leave as it was meant. Knows values only. Any thread.
#pragma once

#include "base/result.h"
#include "net/client.h"
#include "wire/request.h"

namespace carillon::net {

// A bearer's `field` names another scheme than "Bearer".
// Fault: unauthorized (a secret is missing, named), invalid (method, header or place does not work).
Result<wire::Request> dress(wire::Request request, const Credential& credential);
// Replaces each secret that occurs in `text`: messages of libraries may quote what they were given.
std::string without_secrets(std::string text, const Credential& credential);

}  // namespace carillon::net

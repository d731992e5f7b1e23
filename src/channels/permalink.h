// Where a person sees what was published. Accounts of the sandbox have their posts on its feed page, at the
// post's id.
#pragma once

#include <string>

#include "model/account.h"

namespace carillon::channels {

inline std::string permalink(const Account& account, const std::string& id, const std::string& real) {
  return account.sandbox ? account.api_base + "/feed#" + id : real;
}

}  // namespace carillon::channels

// The part of a post's readiness that is about who speaks: connected, permitted, alive until its time. Any
// thread.
#pragma once

#include <string>
#include <vector>

#include "plan/check.h"

namespace carillon::plan {

void check_account(const Account& account, const channels::Traits& traits, const Facts& facts,
                   const std::string& field, std::vector<Finding>& findings);

// The same knowledge for the account alone: what to say beside its name.
struct Health {
  std::string level;   // good | warning | bad
  std::string text;    // "Connected.", "Expires in 3 days."
  std::string action;  // reconnect | refresh | release | ""
};
Health health(const Account& account, const channels::Traits* traits, Instant now);

}  // namespace carillon::plan

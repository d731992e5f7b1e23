// Days on which nothing is scheduled: one, or a range, of the workspace or of one account. Whether a day is
// one of them is plan/blackouts.h's business.
#pragma once

#include <optional>
#include <string>

#include "base/id.h"

namespace carillon {

struct Blackout {
  BlackoutId id;
  WorkspaceId workspace;
  std::optional<AccountId> account;  // none: all of the workspace
  std::string first, last;           // "2026-12-24", on the account's wall clock; both days are closed
  bool yearly = false;               // the same days every year, from the first one on
  std::string reason;                // for people: "Christmas"
  bool operator==(const Blackout&) const = default;
};

}  // namespace carillon

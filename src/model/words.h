// Words that a workspace keeps for its texts: sets of hashtags, and variables that are written {{name}}.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/id.h"

namespace carillon {

struct HashtagGroup {
  HashtagGroupId id;
  WorkspaceId workspace;
  std::string name;
  std::vector<std::string> tags;  // without "#", in the order in which they are inserted
  bool operator==(const HashtagGroup&) const = default;
};

struct Variable {
  std::string name, text;
  std::map<AccountId, std::string> own;  // what it is for an account that has its own
  bool operator==(const Variable&) const = default;
};

}  // namespace carillon

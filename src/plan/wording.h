// What a post says for one account when it goes out: variables expanded, links marked and put where they
// belong. The one place where this is decided: the check shows it, freezing keeps it. Pure, any thread.
#pragma once

#include <string>
#include <vector>

#include "model/account.h"
#include "model/post.h"
#include "model/words.h"

namespace carillon::plan {

// What the workspace gives to it.
struct Wording {
  std::vector<Variable> variables;
  UtmTemplate utm;
  std::string zone = "UTC";  // of accounts without their own
};

struct Worded {
  struct Unknown {
    std::string field, name;  // "parts[0].text"
  };
  Content content;
  std::vector<Unknown> unknown;
};

// Whether anything in it can change: otherwise the content goes out as it stands.
bool needs_wording(const Post& post);
// `at`: when it goes out. The link of the first part is placed; those of others stay.
Worded worded(const Post& post, const Target& target, const Account& account, const Wording& wording,
              Instant at);
// The texts have a date or a weekday in them: another time is another text.
bool speaks_of_time(const Post& post);

}  // namespace carillon::plan

// What a post says for its accounts, as readers will read it: what was frozen for deliveries that stand, else
// what would be frozen now (plan/wording.h). Storage threads.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/account.h"
#include "model/post.h"
#include "plan/wording.h"
#include "store/unit.h"

namespace carillon::api {

// Of one target.
struct Spoken {
  std::optional<Content> content;      // none: as it was written
  std::vector<std::string> variables;  // names that stand in what was written
};

class Sayings {
 public:
  explicit Sayings(store::Unit& unit) : unit_(unit) {}
  // By target. Of an account that is not among `accounts` nothing is known but what was frozen.
  std::vector<Spoken> of(const Post& post, std::span<const Account> accounts);

 private:
  store::Unit& unit_;
  std::optional<plan::Wording> wording_;
};

bool has_variables(const Post& post);
// How the first part begins for that account; for none: for the first that says the post's own text. None: no
// variable stands there.
std::optional<std::string> beginning(const Post& post, std::span<const Spoken> sayings,
                                     std::optional<AccountId> account = {});

}  // namespace carillon::api

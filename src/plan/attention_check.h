// What only whoever writes can answer, said while they write: is this paid for, is this true, may this be
// shown; and which previews they have not looked at yet. Never blocks. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "model/content.h"

namespace carillon::plan {

struct Finding;

// What a person has said and seen so far.
struct Attention {
  std::vector<std::string> confirmed;          // ids of findings that they answered: "policy_paid"
  std::optional<std::vector<AccountId>> seen;  // previews that were looked at; none: nobody watches
};

// `prefix`: path of the content in the post.
void check_policy(const Attention& attention, const Content& content, const std::string& prefix,
                  std::vector<Finding>& findings);
void check_preview(const Attention& attention, AccountId account, const std::string& network,
                   const std::string& field, std::vector<Finding>& findings);

}  // namespace carillon::plan

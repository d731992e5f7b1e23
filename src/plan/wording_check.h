// Findings about what a post says for one account: variables that nobody knows, a link that the network
// cannot put where it should go, a day that is closed. Pure, any thread.
#pragma once

#include <string>
#include <vector>

#include "plan/check.h"

namespace carillon::plan {

// The content as it goes out for the target.
Content content_of(const Post& post, const Target& target, const Account& account, const Facts& facts,
                   const std::string& prefix, std::vector<Finding>& findings);
void check_link_place(const Target& target, const Content& content, const channels::Traits& traits,
                      const std::string& field, std::vector<Finding>& findings);
void check_day(const Account& account, const Facts& facts, std::vector<Finding>& findings);
// The account's own zone, else the workspace's.
std::string zone_of(const Account& account, const Facts& facts);

}  // namespace carillon::plan

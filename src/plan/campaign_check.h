// The part of a post's readiness that is about its campaign: may these accounts speak for it, is it going on,
// is the time within its days. And why an account cannot be enabled for one. Any thread.
#pragma once

#include <string>
#include <vector>

#include "channels/traits.h"
#include "model/account.h"
#include "model/campaign.h"
#include "model/post.h"

namespace carillon::plan {

struct Facts;
struct Finding;

struct CampaignFacts {
  Campaign campaign;
  std::vector<AccountId> enabled;
};

void check_campaign(const Facts& facts, std::vector<Finding>& findings);
void check_enabled(const Account& account, const Facts& facts, const std::string& field,
                   std::vector<Finding>& findings);

// Why an account cannot be enabled for a campaign now; an empty code: it can.
struct Hindrance {
  std::string code;  // no_posts, disconnected, account_held, scope_missing, token_expired
  std::string text, fix;
  std::string action;  // reconnect | release | ""
};
Hindrance hindrance(const Account& account, const channels::Traits* traits, Instant now);

}  // namespace carillon::plan

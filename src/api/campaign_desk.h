// Campaigns as the API shows them: what one is and everything that belongs to it, with its numbers. Functions
// that take a unit run on a storage thread, inside its transaction.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/desk.h"
#include "api/json.h"
#include "api/request.h"
#include "plan/campaign_check.h"
#include "store/campaigns.h"

namespace carillon::api {

// A campaign of the caller's workspace. Fault: gone.
Result<Campaign> find_campaign(store::Unit& unit, const Request& request);
// What a post's check needs to know of its campaign; none: it belongs to none. Fault: invalid.
Result<std::optional<plan::CampaignFacts>> campaign_facts(store::Unit& unit, const Post& post);

struct DayCount {
  std::string day;  // wall date in the workspace's zone
  store::StandingCounts posts{};
};

// Everything about one campaign.
struct CampaignView {
  Campaign campaign;
  store::CampaignSums sums;
  store::Resumption resumption;
  std::vector<Account> accounts;  // all of the workspace
  std::vector<AccountId> enabled;
  std::vector<Post> next;          // what goes out next
  std::vector<Delivery> failures;  // the latest
  std::vector<DayCount> timeline;
  int64_t open_tasks = 0;
};
CampaignView view_campaign(store::Unit& unit, const Campaign& campaign, Instant now);
std::string render(const CampaignView& view, const Desk& desk, Instant now);  // schema CampaignView
// Schema Campaign; posts by their word.
void write(Json& json, const Campaign& campaign, const store::StandingCounts& posts);

// Tells the dispatcher what of the campaign waits, and the pages what changed.
void tell(Desk& desk, const Campaign& campaign, const std::vector<store::Waiting>& waiting);

}  // namespace carillon::api

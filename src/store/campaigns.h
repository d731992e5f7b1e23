// Campaigns: what they are, who may speak for them, their switch, and what they have come to, counted from
// their posts. Storage threads.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/campaign.h"
#include "model/post.h"
#include "store/standing_rows.h"
#include "store/unit.h"

namespace carillon::store {

// What would become of what waits, if it could go on now.
struct Resumption {
  int64_t on_time = 0;
  std::array<int64_t, 3> late{};  // by LatePolicy::Then
  bool operator==(const Resumption&) const = default;
};

struct CampaignSums {
  StandingCounts posts{};

  std::map<AccountId, Tally> deliveries;  // current ones
};

struct QuarterCount {  // posts whose time is in one quarter of an hour
  Instant from;
  StandingCounts posts{};
};

struct Waiting {  // the first row of one line of one account
  AccountId account;
  Line line;
  Instant due;
};

class Campaigns {
 public:
  explicit Campaigns(Unit& unit) : unit_(unit) {}

  void add(const Campaign& campaign);
  void edit(const Campaign& campaign);  // all but its state
  std::optional<Campaign> find(WorkspaceId workspace, CampaignId id);
  std::vector<Campaign> list(WorkspaceId workspace);  // newest first
  // Not while posts belong to it: gives how many do; 0: it is gone.
  int64_t remove(WorkspaceId workspace, CampaignId id);

  std::vector<AccountId> accounts(WorkspaceId workspace, CampaignId id);  // enabled for it
  void enable(WorkspaceId workspace, CampaignId id, AccountId account);
  // Not while something of it waits for that account: gives how much does; 0: it is no longer enabled.
  int64_t disable(WorkspaceId workspace, CampaignId id, AccountId account);

  // With `stopped`, no new intent is made for anything of it once this is durable. With `active`, what waits
  // is looked at again at its own time. Other states change nothing about what waits.
  void turn(WorkspaceId workspace, CampaignId id, CampaignState state, Instant now);
  Resumption resumption(WorkspaceId workspace, CampaignId id, Instant now);
  std::vector<Waiting> waiting(WorkspaceId workspace, CampaignId id);

  CampaignSums sums(WorkspaceId workspace, CampaignId id);
  std::vector<QuarterCount> timeline(WorkspaceId workspace, CampaignId id);  // posts with a time, by time
  std::vector<Delivery> failures(WorkspaceId workspace, CampaignId id, size_t limit);  // newest first
  // Of all: posts by state, for the list.
  std::map<CampaignId, StandingCounts> posts_of_all(WorkspaceId workspace);

 private:
  Unit& unit_;
};

}  // namespace carillon::store

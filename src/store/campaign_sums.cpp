// Campaigns: what they have come to, in numbers.
#include <bit>

#include "store/campaigns.h"
#include "store/rows.h"
#include "store/standing_rows.h"

namespace carillon::store {
namespace {

constexpr int64_t quarter = 900'000'000;  // microseconds

#define POSTS_AND_TALLIES "posts p JOIN tallies t ON t.workspace = p.workspace AND t.post = p.id"

// The bit of a word is its place.
size_t place_of(int64_t bit) {
  return static_cast<size_t>(std::countr_zero(static_cast<uint64_t>(bit)));
}

}  // namespace

CampaignSums Campaigns::sums(WorkspaceId workspace, CampaignId id) {
  Connection& db = unit_.connection();
  CampaignSums sums;
  const Rows posts = db("SELECT " STANDING " AS standing, count(*) FROM " POSTS_AND_TALLIES
                        " WHERE p.workspace = $1 AND p.campaign = $2 GROUP BY standing",
                        workspace, id);
  for (size_t i = 0; i < posts.size(); ++i) sums.posts[place_of(posts[i].integer(0))] = posts[i].integer(1);
  const Rows deliveries = db(
      "SELECT d.account, d.state, count(*) FROM posts p JOIN deliveries d ON d.workspace = p.workspace AND "
      "d.post = p.id WHERE p.workspace = $1 AND p.campaign = $2 AND d.superseded = 0 "
      "GROUP BY d.account, d.state",
      workspace, id);
  for (size_t i = 0; i < deliveries.size(); ++i) {
    const Row row = deliveries[i];
    sums.deliveries[row.id<AccountId>(0)][enum_at<DeliveryState>(row, 1)] = row.integer(2);
  }
  return sums;
}

std::map<CampaignId, StandingCounts> Campaigns::posts_of_all(WorkspaceId workspace) {
  const Rows rows =
      unit_.connection()("SELECT p.campaign, " STANDING " AS standing, count(*) FROM " POSTS_AND_TALLIES
                         " WHERE p.workspace = $1 AND p.campaign IS NOT NULL "
                         "GROUP BY p.campaign, standing",
                         workspace);
  std::map<CampaignId, StandingCounts> all;
  for (size_t i = 0; i < rows.size(); ++i) {
    auto [entry, first] = all.try_emplace(rows[i].id<CampaignId>(0));
    entry->second[place_of(rows[i].integer(1))] = rows[i].integer(2);
  }
  return all;
}

std::vector<QuarterCount> Campaigns::timeline(WorkspaceId workspace, CampaignId id) {
  const Rows rows = unit_.connection()("SELECT p.due / $3 AS quarter, " STANDING
                                       " AS standing, count(*) FROM " POSTS_AND_TALLIES
                                       " WHERE p.workspace = $1 AND p.campaign = $2 AND p.due < $4 GROUP BY "
                                       "quarter, standing ORDER BY quarter",
                                       workspace, id, quarter, Instant::never());
  std::vector<QuarterCount> all;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Instant from{rows[i].integer(0) * quarter};
    if (all.empty() || all.back().from != from) all.push_back({from});
    all.back().posts[place_of(rows[i].integer(1))] = rows[i].integer(2);
  }
  return all;
}

std::vector<Delivery> Campaigns::failures(WorkspaceId workspace, CampaignId id, size_t limit) {
  const Rows rows = unit_.connection()("SELECT " DELIVERY_COLUMNS
                                       " FROM posts p JOIN deliveries d ON d.workspace = p.workspace AND "
                                       "d.post = p.id WHERE p.workspace = $1 AND p.campaign = $2 AND d.state "
                                       "= 4 AND d.superseded = 0 ORDER BY d.settled DESC, d.id LIMIT $3",
                                       workspace, id, limit);
  std::vector<Delivery> all;
  for (size_t i = 0; i < rows.size(); ++i) all.push_back(delivery_at(rows[i]));
  return all;
}

}  // namespace carillon::store

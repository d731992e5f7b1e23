#include "store/campaigns.h"

#include "store/rows.h"
#include "store/tally_change.h"

namespace carillon::store {
namespace {

#define CAMPAIGN_COLUMNS "workspace, id, name, notes, colour, from_day, to_day, state, created, updated"
#define POSTS_IN "(SELECT id FROM posts WHERE workspace = $1 AND campaign = $2)"

Campaign campaign_at(const Row& row) {
  return {.id = row.id<CampaignId>(1),
          .workspace = row.id<WorkspaceId>(0),
          .name = row.text(2),
          .notes = row.text(3),
          .colour = row.text(4),
          .from_day = row.text(5),
          .to_day = row.text(6),
          .state = enum_at<CampaignState>(row, 7),
          .created = row.instant(8),
          .updated = row.instant(9)};
}

}  // namespace

void Campaigns::add(const Campaign& c) {
  unit_.connection()("INSERT INTO campaigns (" CAMPAIGN_COLUMNS
                     ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                     c.workspace, c.id, c.name, c.notes, c.colour, c.from_day, c.to_day, number_of(c.state),
                     c.created, c.updated);
}

void Campaigns::edit(const Campaign& c) {
  unit_.connection()(
      "UPDATE campaigns SET name = $3, notes = $4, colour = $5, from_day = $6, to_day = $7, updated = $8 "
      "WHERE workspace = $1 AND id = $2",
      c.workspace, c.id, c.name, c.notes, c.colour, c.from_day, c.to_day, c.updated);
}

std::optional<Campaign> Campaigns::find(WorkspaceId workspace, CampaignId id) {
  const Rows rows = unit_.connection()(
      "SELECT " CAMPAIGN_COLUMNS " FROM campaigns WHERE workspace = $1 AND id = $2", workspace, id);
  return rows.empty() ? std::nullopt : std::optional(campaign_at(rows[0]));
}

std::vector<Campaign> Campaigns::list(WorkspaceId workspace) {
  const Rows rows = unit_.connection()(
      "SELECT " CAMPAIGN_COLUMNS " FROM campaigns WHERE workspace = $1 ORDER BY id DESC", workspace);
  std::vector<Campaign> all;
  for (size_t i = 0; i < rows.size(); ++i) all.push_back(campaign_at(rows[i]));
  return all;
}

int64_t Campaigns::remove(WorkspaceId workspace, CampaignId id) {
  Connection& db = unit_.connection();
  db("SELECT state FROM campaigns WHERE workspace = $1 AND id = $2 /*pg FOR UPDATE*/", workspace, id);
  const int64_t posts =
      db("SELECT count(*) FROM posts WHERE workspace = $1 AND campaign = $2", workspace, id)[0].integer(0);
  if (posts > 0) return posts;
  db("DELETE FROM campaign_accounts WHERE workspace = $1 AND campaign = $2", workspace, id);
  db("UPDATE tasks SET campaign = NULL WHERE workspace = $1 AND campaign = $2", workspace, id);
  db("UPDATE series SET campaign = NULL WHERE workspace = $1 AND campaign = $2", workspace, id);
  db("DELETE FROM campaigns WHERE workspace = $1 AND id = $2", workspace, id);
  return 0;
}

std::vector<AccountId> Campaigns::accounts(WorkspaceId workspace, CampaignId id) {
  const Rows rows = unit_.connection()(
      "SELECT account FROM campaign_accounts WHERE workspace = $1 AND campaign = $2 ORDER BY account",
      workspace, id);
  std::vector<AccountId> ids;
  for (size_t i = 0; i < rows.size(); ++i) ids.push_back(rows[i].id<AccountId>(0));
  return ids;
}

void Campaigns::enable(WorkspaceId workspace, CampaignId id, AccountId account) {
  unit_.connection()(
      "INSERT INTO campaign_accounts (workspace, campaign, account) VALUES ($1, $2, $3) ON CONFLICT DO "
      "NOTHING",
      workspace, id, account);
}

int64_t Campaigns::disable(WorkspaceId workspace, CampaignId id, AccountId account) {
  Connection& db = unit_.connection();
  const int64_t waiting =
      db("SELECT count(*) FROM posts p JOIN deliveries d ON d.workspace = p.workspace AND d.post = p.id "
         "WHERE p.workspace = $1 AND p.campaign = $2 AND d.account = $3 AND d.state < 3 AND d.superseded = 0",
         workspace, id, account)[0]
          .integer(0);
  if (waiting > 0) return waiting;
  db("DELETE FROM campaign_accounts WHERE workspace = $1 AND campaign = $2 AND account = $3", workspace, id,
     account);
  return 0;
}

void Campaigns::turn(WorkspaceId workspace, CampaignId id, CampaignState state, Instant now) {
  Connection& db = unit_.connection();
  db("UPDATE campaigns SET state = $3, updated = $4 WHERE workspace = $1 AND id = $2", workspace, id,
     number_of(state), now);
  const int64_t bit = state == CampaignState::stopped ? stopped_by_campaign : 0;
  db("UPDATE tallies SET paused = (paused & 1) | $3 WHERE workspace = $1 AND post IN " POSTS_IN, workspace,
     id, bit);
  if (bit != 0) return;
  db("UPDATE deliveries SET due = planned WHERE workspace = $1 AND post IN " POSTS_IN
     " AND state = 0 AND reason = 'stopped'",
     workspace, id);
}

// Only what can be late at all: a thread part belongs to the one before it.
Resumption Campaigns::resumption(WorkspaceId workspace, CampaignId id, Instant now) {
  const Rows rows = unit_.connection()(
      "SELECT CASE WHEN d.follows IS NULL AND d.wish <> 5 AND d.planned + d.late_within < $3 THEN "
      "d.late_then "
      "ELSE -1 END AS fate, count(*) FROM posts p JOIN deliveries d ON d.workspace = p.workspace AND d.post "
      "= "
      "p.id WHERE p.workspace = $1 AND p.campaign = $2 AND d.state = 0 AND d.superseded = 0 GROUP BY fate",
      workspace, id, now);
  Resumption found;
  for (size_t i = 0; i < rows.size(); ++i) {
    const int64_t fate = rows[i].integer(0);
    (fate < 0 ? found.on_time : found.late[static_cast<size_t>(fate)]) += rows[i].integer(1);
  }
  return found;
}

std::vector<Waiting> Campaigns::waiting(WorkspaceId workspace, CampaignId id) {
  const Rows rows = unit_.connection()(
      "SELECT d.account, d.line, min(d.due) FROM posts p JOIN deliveries d ON d.workspace = p.workspace AND "
      "d.post = p.id WHERE p.workspace = $1 AND p.campaign = $2 AND d.state < 2 AND d.superseded = 0 "
      "GROUP BY d.account, d.line",
      workspace, id);
  std::vector<Waiting> all;
  for (size_t i = 0; i < rows.size(); ++i)
    all.push_back({rows[i].id<AccountId>(0), enum_at<Line>(rows[i], 1), rows[i].instant(2)});
  return all;
}

}  // namespace carillon::store

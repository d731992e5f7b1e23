#include "api/conditions.h"

#include <algorithm>
#include <filesystem>

#include "run/credentials.h"
#include "run/depot.h"
#include "store/accounts.h"
#include "store/findings.h"
#include "store/media.h"

namespace carillon::api {

namespace {
constexpr Duration shortest_budget =
    std::chrono::hours(1);  // a shorter window empties by itself before anybody could act

// The lane of publishing that lasts longest: what a person would call the day's limit.
const channels::LaneRule* budget_lane(const channels::Traits& traits) {
  const channels::LaneRule* found = nullptr;
  for (const channels::LaneRule& rule : traits.lanes) {
    const bool publishing = std::ranges::find(traits.post_lanes, rule.name) != traits.post_lanes.end();
    if (!publishing || rule.limit == 0 || rule.window < shortest_budget) continue;
    if (!found || rule.window > found->window) found = &rule;
  }
  return found;
}

void look_at_account(store::Unit& unit, const Desk& desk, const Post& post, const Account& account,
                     Instant at, plan::Conditions& seen) {
  const auto sealed = store::Accounts(unit).credential(post.workspace, account.id);
  if (sealed && !run::open_credential(*sealed, account, desk.keyring)) seen.unreadable.insert(account.id);
  const channels::Entry* entry = desk.registry.find(account.network);
  const channels::LaneRule* lane = entry ? budget_lane(entry->channel->traits()) : nullptr;
  if (!lane) return;
  const int64_t counted = post.tally[DeliveryState::waiting] > 0 ? 0 : 1;  // itself, when it is not there yet
  const int64_t planned =
      store::Findings(unit).planned(post.workspace, account.id, at - lane->window, at) + counted;
  seen.loads.emplace(account.id, plan::Load{planned, lane->limit, lane->window});
}
}  // namespace

void look_at_media(store::Unit& unit, const Desk& desk, const PostFacts& facts, WorkspaceId workspace,
                   plan::Conditions& seen) {
  store::MediaShelf shelf(unit);
  for (const auto& [id, known] : facts.media) {
    const auto file = shelf.find(workspace, id);
    if (!file || desk.depot.is_lost(file->path)) seen.missing_media.insert(id);
  }
}

plan::Conditions house_conditions(const Desk& desk) {
  plan::Conditions seen;
  std::error_code unknown;
  const auto space = std::filesystem::space(desk.folder.path(), unknown);
  if (!unknown && space.capacity > 0)
    seen.free_share = static_cast<double>(space.available) / static_cast<double>(space.capacity);
  if (const auto trouble = desk.depot.standing().trouble) {
    seen.media_trouble = trouble->text;
    seen.media_remedy = trouble->remedy;
  }
  if (desk.clock_ahead) seen.clock_ahead = desk.clock_ahead();
  return seen;
}

plan::Conditions conditions_of(store::Unit& unit, const Desk& desk, const Post& post, const PostFacts& facts,
                               Instant at) {
  plan::Conditions seen = house_conditions(desk);
  look_at_media(unit, desk, facts, post.workspace, seen);
  for (const Target& target : post.targets) {
    const auto account = std::ranges::find(facts.accounts, target.account, &Account::id);
    if (account != facts.accounts.end()) look_at_account(unit, desk, post, *account, at, seen);
  }
  return seen;
}

}  // namespace carillon::api

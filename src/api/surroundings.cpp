#include "api/surroundings.h"

#include <algorithm>

#include "api/queue_desk.h"
#include "api/words.h"
#include "plan/blackouts.h"
#include "plan/likeness.h"
#include "store/blackouts.h"
#include "store/neighbours.h"
#include "store/phrasebook.h"

namespace carillon::api {

namespace {
void find_neighbours(store::Unit& unit, const Post& post, Instant at, std::optional<PostId> itself,
                     PostFacts& facts) {
  store::Neighbours neighbours(unit);
  for (const Target& target : post.targets) {
    const Account* account = find_account(facts.accounts, target.account);
    if (!account) continue;
    const Content said = plan::worded(post, target, *account, *facts.wording, at).content;
    const uint64_t sketch = said.parts.empty() ? 0 : plan::sketch(said.parts.front().text);
    const auto found = neighbours.around({post.workspace, account->id, at, sketch, itself}, facts.nearness);
    facts.neighbours.insert(facts.neighbours.end(), found.begin(), found.end());
  }
}

bool is_closed_then(const PostFacts& facts, Instant at) {
  return std::ranges::any_of(facts.accounts, [&](const Account& account) {
    const std::string& zone = account.zone.empty() ? facts.wording->zone : account.zone;
    return plan::blackout_at(facts.blackouts, account.id, at, zone) != nullptr;
  });
}

bool is_close(const PostFacts& facts, Instant at) {
  return std::ranges::any_of(facts.neighbours, [&](const plan::Neighbour& other) {
    return (other.at < at ? at - other.at : other.at - at) < facts.nearness.clash;
  });
}
}  // namespace

void look_beside(store::Unit& unit, const Post& post, Instant at, std::optional<PostId> itself,
                 PostFacts& facts) {
  store::Phrasebook phrasebook(unit);
  if (!facts.wording) facts.wording = phrasebook.wording(post.workspace);
  facts.nearness = phrasebook.rules(post.workspace).nearness;
  facts.blackouts = store::BlackoutShelf(unit).list(post.workspace);
  find_neighbours(unit, post, at, itself, facts);
}

void look_around(store::Unit& unit, const Post& post, const std::optional<plan::Schedule>& schedule,
                 std::optional<PostId> itself, Instant now, PostFacts& facts) {
  const Instant at = schedule ? schedule->at : now;
  look_beside(unit, post, at, itself, facts);
  if (!schedule || (!is_close(facts, at) && !is_closed_then(facts, at))) return;
  std::vector<Account> speakers;
  for (const Target& target : post.targets) {
    if (const Account* account = find_account(facts.accounts, target.account)) speakers.push_back(*account);
  }
  if (auto picked = pick_slot(unit, speakers, QueuePick::next, now)) facts.free = std::move(picked->schedule);
}

}  // namespace carillon::api

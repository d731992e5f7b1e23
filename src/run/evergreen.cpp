#include "run/evergreen.h"

#include <algorithm>

#include "plan/check.h"
#include "plan/schedule.h"
#include "plan/slots.h"
#include "store/accounts.h"
#include "store/media.h"
#include "store/people.h"
#include "store/phrasebook.h"
#include "store/queues.h"

namespace carillon::run {

namespace {
constexpr Duration day = std::chrono::hours(24);

std::string zone_of(store::Unit& unit, const Account& account) {
  if (!account.zone.empty()) return account.zone;
  const auto workspace = store::People(unit).workspace(account.workspace);
  return workspace ? workspace->zone : "UTC";
}

bool is_for(const Post& post, AccountId account) {
  return std::ranges::find(post.targets, account, &Target::account) != post.targets.end();
}

// The pool as it is for one account: what it says there, and when it did.
std::vector<plan::PoolPost> pool_of(store::Unit& unit, WorkspaceId workspace, AccountId account) {
  store::Evergreens evergreens(unit);
  const auto uses = evergreens.uses(workspace);
  std::vector<plan::PoolPost> pool;
  for (const store::Evergreen& each : evergreens.list(workspace)) {
    const auto post = store::Posts(unit).find(workspace, each.post);
    if (!post || !is_for(*post, account)) continue;
    plan::PoolPost entry{.post = each.post, .expires = each.expires, .most = each.most};
    for (const store::EvergreenUse& use : uses) {
      if (use.account == account && use.origin == each.post) entry.used.push_back(use.slot);
    }
    if (post->state == PostState::scheduled && post->due)
      entry.used.push_back(*post->due);  // the origin itself
    pool.push_back(std::move(entry));
  }
  return pool;
}

// Free, and never filled before: what a person took off stays off.
std::vector<Instant> gaps_of(store::Unit& unit, const Account& account, int64_t ahead, Instant now) {
  const Instant from = now + plan::queue_lead, until = now + day * ahead;
  const plan::Queue queue = store::Queues(unit).queue(account, zone_of(unit, account), from, until);
  auto free = plan::free_in_common({&queue, 1}, from, until);
  for (const store::EvergreenUse& use : store::Evergreens(unit).uses(account.workspace)) {
    if (use.account == account.id) std::erase(free, use.slot);
  }
  return free;
}

bool goes_out(store::Unit& unit, const Post& post, const Account& account, const plan::Schedule& when,
              Instant now, const channels::Registry& registry) {
  std::map<MediaId, MediaFacts> media;
  for (const Content* content :
       {&post.content, post.targets.front().content ? &*post.targets.front().content : &post.content}) {
    for (const ContentPart& part : content->parts) {
      for (const MediaRef& ref : part.media) {
        const auto file = store::MediaShelf(unit).find(post.workspace, ref.id);
        if (!file) return false;
        media.emplace(ref.id, file->facts);
      }
    }
  }
  const auto wording = store::Phrasebook(unit).wording(post.workspace);
  const plan::Facts facts{
      .accounts = {&account, 1}, .media = media, .schedule = when, .now = now, .wording = &wording};
  return plan::check(post, facts, registry).ready();
}
}  // namespace

Post use_of(const Post& origin, AccountId account, const plan::Schedule& when) {
  Post post = origin;
  post.id = {};
  post.state = PostState::scheduled;
  std::erase_if(post.targets, [&](const Target& target) { return target.account != account; });
  post.local_time = when.local, post.zone = when.zone, post.due = when.at;
  post.tally = {};
  post.paused = post.stopped = false;
  post.revision = 1;
  return post;
}

std::vector<GapFilling> gaps_filled(store::Unit& unit, WorkspaceId workspace,
                                    const store::EvergreenAccount& rule, Instant now) {
  const auto account = store::Accounts(unit).find(workspace, rule.account);
  if (!account || account->hold == Hold::disconnected) return {};
  const std::string zone = zone_of(unit, *account);
  const auto free = gaps_of(unit, *account, rule.ahead, now);
  std::vector<GapFilling> all;
  for (const plan::Filling& each :
       plan::fill_gaps(pool_of(unit, workspace, rule.account), free, day * rule.again)) {
    const auto when = plan::schedule_now(each.slot, zone);
    if (when) all.push_back({rule.account, when->local, when->zone, when->at, each.post});
  }
  return all;
}

std::vector<Expected> fill_queue(store::Unit& unit, WorkspaceId workspace,
                                 const store::EvergreenAccount& rule, Instant now, store::Minter& mint,
                                 const channels::Registry& registry) {
  store::Queues(unit).lock(workspace);
  const auto account = store::Accounts(unit).find(workspace, rule.account);
  std::vector<Expected> made;
  for (const GapFilling& each : gaps_filled(unit, workspace, rule, now)) {
    const auto origin = store::Posts(unit).find(workspace, each.origin);
    const auto when = plan::schedule_now(each.slot, each.zone);
    if (!origin || !when) continue;
    Post post = use_of(*origin, rule.account, *when);
    post.id = mint.make<PostId>();
    post.created = post.updated = now;
    if (!goes_out(unit, post, *account, *when, now, registry)) continue;
    if (!store::Evergreens(unit).use(workspace, {rule.account, each.slot, each.origin, post.id})) continue;
    store::Posts posts(unit);
    posts.add(post);
    posts.schedule(post, now, mint);
    made.push_back({workspace, rule.account, each.slot});
  }
  return made;
}

std::vector<Expected> fill_queues(store::Unit& unit, Instant now, store::Minter& mint,
                                  const channels::Registry& registry) {
  std::vector<Expected> all;
  for (const WorkspaceId workspace : store::Evergreens(unit).workspaces()) {
    for (const store::EvergreenAccount& rule : store::Evergreens(unit).accounts(workspace)) {
      const auto made = fill_queue(unit, workspace, rule, now, mint, registry);
      all.insert(all.end(), made.begin(), made.end());
    }
  }
  return all;
}

}  // namespace carillon::run

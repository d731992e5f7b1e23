#include "api/scheduling.h"

#include "api/queue_desk.h"
#include "api/words.h"
#include "store/queues.h"
#include "store/series.h"

namespace carillon::api {

namespace {
std::vector<Account> speakers_of(const Post& post, std::span<const Account> known) {
  std::vector<Account> speakers;
  for (const Target& target : post.targets) {
    if (const Account* account = find_account(known, target.account)) speakers.push_back(*account);
  }
  return speakers;
}
}  // namespace

Result<std::optional<plan::Schedule>> wanted_time(store::Unit& unit, const PostInput& input, const Post& post,
                                                  std::span<const Account> accounts, Instant now) {
  if (input.queue) {
    auto picked = pick_slot(unit, speakers_of(post, accounts), *input.queue, now);
    if (!picked) return refuse(std::move(picked.error()));
    return std::optional(std::move(picked->schedule));
  }
  const bool needs_zone = input.now || (input.at && input.at->zone.empty());
  const std::string zone = needs_zone ? workspace_zone(unit, post.workspace) : "";
  return schedule_of(input, post, zone, now);
}

Result<Acted> put_on_schedule(store::Unit& unit, Request& request, Desk& desk, Post& post,
                              const PostInput& input) {
  auto facts = load_facts(unit, post);
  if (!facts) return refuse(std::move(facts.error()));
  if (input.queue) store::Queues(unit).lock(post.workspace);
  auto schedule = wanted_time(unit, input, post, facts->accounts, request.now);
  if (!schedule) return refuse(std::move(schedule.error()));
  if (!*schedule) return refuse(invalid("missing_member", "The post has no time.", "at", "Give one."));
  const auto report = judge(post, *facts, *schedule, desk, request.now, false);
  if (auto refusal = blocked(report, request.id)) return Acted{std::move(refusal), {}, 0};
  put_time(post, **schedule);
  post.updated = request.now;
  store::Posts posts(unit);
  if (post.state == PostState::draft) {
    store::Minter mint(request.now, desk.random);
    const auto made = posts.schedule(post, request.now, mint);
    return Acted{std::nullopt, {}, static_cast<int64_t>(made.size())};
  }
  store::SeriesShelf(unit).make_own(post.workspace, post.id);
  const int64_t moved = posts.reschedule(post, *post.due);
  if (moved > 0) return Acted{std::nullopt, {}, moved};
  return refuse(closed("nothing_waits", "Nothing of this post is waiting any more.",
                       "Duplicate it to send it again, or retry what failed."));
}

}  // namespace carillon::api

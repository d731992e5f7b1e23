#include "api/scheduling.h"

#include <algorithm>

#include "api/approval.h"
#include "api/conditions.h"
#include "api/queue_desk.h"
#include "api/surroundings.h"
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

namespace {
using store::Leave;

// The post with the time that the input wants; 422 when a network refuses it then.
Result<std::optional<wire::Response>> prepare(store::Unit& unit, Request& request, Desk& desk, Post& post,
                                              const PostInput& input) {
  auto facts = load_facts(unit, post);
  if (!facts) return refuse(std::move(facts.error()));
  if (input.queue) store::Queues(unit).lock(post.workspace);
  auto schedule = wanted_time(unit, input, post, facts->accounts, request.now);
  if (!schedule) return refuse(std::move(schedule.error()));
  if (!*schedule) return refuse(invalid("missing_member", "The post has no time.", "at", "Give one."));
  facts->conditions = conditions_of(unit, desk, post, *facts, (*schedule)->at);
  const auto report = judge(post, *facts, *schedule, desk, request.now, false);
  if (auto refusal = blocked(report, request.id)) return std::optional(std::move(*refusal));
  put_time(post, **schedule);
  post.updated = request.now;
  return std::optional<wire::Response>();
}

Result<Acted> place(store::Unit& unit, const Request& request, Desk& desk, const Post& post,
                    const Leave& leave) {
  store::Posts posts(unit);
  if (post.state != PostState::scheduled) {
    store::Minter mint(request.now, desk.random);
    store::Proposals(unit).approve(post, leave.who, request.now);
    const auto made = posts.schedule(post, request.now, mint, leave);
    return Acted{std::nullopt, {}, static_cast<int64_t>(made.size())};
  }
  store::SeriesShelf(unit).make_own(post.workspace, post.id);
  const int64_t moved = posts.reschedule(post, *post.due, leave);
  if (moved > 0) return Acted{std::nullopt, {}, moved};
  return refuse(closed("nothing_waits", "Nothing of this post is waiting any more.",
                       "Duplicate it to send it again, or retry what failed."));
}
}  // namespace

Result<Acted> put_on_schedule(store::Unit& unit, Request& request, Desk& desk, Post& post,
                              const PostInput& input) {
  auto prepared = prepare(unit, request, desk, post, input);
  if (!prepared) return refuse(std::move(prepared.error()));
  if (*prepared) return Acted{std::move(*prepared), {}, 0};
  const Leave leave = leave_of(unit, request);
  if (!asks(leave) && !(is_proposal(post.state) && !input.now))
    return place(unit, request, desk, post, leave);
  if (auto asked = propose(unit, request, post, leave); !asked) return refuse(std::move(asked.error()));
  return Acted{};
}

Result<Acted> approve_on_schedule(store::Unit& unit, Request& request, Desk& desk, Post& post,
                                  const PostInput& input) {
  auto prepared = prepare(unit, request, desk, post, input);
  if (!prepared) return refuse(std::move(prepared.error()));
  if (*prepared) return Acted{std::move(*prepared), {}, 0};
  return place(unit, request, desk, post, Leave::given_by(request.caller.user));
}

std::vector<plan::Finding> schedule_warnings(store::Unit& unit, const Desk& desk, const Post& post,
                                             Instant now) {
  std::vector<plan::Finding> warnings;
  auto facts = load_facts(unit, post);
  if (!facts || !post.due || *post.due <= now) return warnings;
  look_beside(unit, post, *post.due, post.id, *facts);
  facts->conditions = conditions_of(unit, desk, post, *facts, *post.due);
  const plan::Schedule schedule{post.local_time, post.zone, *post.due};
  const auto report = judge(post, *facts, schedule, desk, now, false);
  const auto take = [&warnings](const std::vector<plan::Finding>& findings) {
    for (const plan::Finding& finding : findings) {
      const auto same = [&](const plan::Finding& known) { return known.text == finding.text; };
      if (finding.group == "schedule" && finding.severity == channels::Severity::warning &&
          std::ranges::none_of(warnings, same))
        warnings.push_back(finding);
    }
  };
  take(report.findings);
  for (const plan::TargetReport& target : report.targets) take(target.findings);
  return warnings;
}

}  // namespace carillon::api

// Making it so: what one step of a plan does to posts.
#include <fmt/format.h>

#include <algorithm>

#include "api/approval.h"
#include "api/plan_desk.h"
#include "api/queue_desk.h"
#include "plan/recurrence.h"
#include "plan/standing.h"
#include "run/repeating.h"
#include "store/queues.h"

namespace carillon::api {

namespace {
using store::Occurrence;
using store::SeriesShelf;

struct Doing {
  store::Unit& unit;
  const Request& request;
  Desk& desk;
  const JudgedPlan& plan;
  PlanStep& step;
  store::Leave leave;
  WorkspaceId workspace() const { return request.caller.workspace; }
};

void expect(const Doing& in, const std::vector<run::Expected>& made) {
  in.step.expected.insert(in.step.expected.end(), made.begin(), made.end());
}

void expect(const Doing& in, const Post& post) {
  if (post.state == PostState::draft || !post.due) return;
  for (const Target& target : post.targets)
    in.step.expected.push_back({post.workspace, target.account, *post.due});
}

// What the file says, over what is there.
void say(const Doing& in, Post& post) {
  const Post& wanted = in.step.entry.post;
  post.title = wanted.title;
  post.content = wanted.content;
  post.targets = wanted.targets;
  post.tags = wanted.tags;
  post.late = wanted.late;
  const auto campaign = in.plan.campaigns.find(in.step.entry.campaign);
  post.campaign = campaign == in.plan.campaigns.end() ? std::nullopt : std::optional(campaign->second);
  post.updated = in.request.now;
}

Result<void> put_slot(const Doing& in, Post& post) {
  store::Queues(in.unit).lock(post.workspace);
  std::vector<Account> speakers;
  for (const Target& target : post.targets) {
    const auto known = std::ranges::find(in.plan.accounts, target.account, &Account::id);
    if (known != in.plan.accounts.end()) speakers.push_back(*known);
  }
  const auto pick = in.step.entry.best ? QueuePick::best : QueuePick::next;
  const auto slot = pick_slot(in.unit, speakers, pick, in.request.now);
  if (!slot) return refuse(slot.error());
  put_time(post, slot->schedule);
  return {};
}

Result<void> put_when(const Doing& in, Post& post, bool afresh) {
  if (in.step.entry.schedule) put_time(post, *in.step.entry.schedule);
  if (in.step.entry.queued && afresh) return put_slot(in, post);
  if (in.step.entry.draft && !in.step.entry.schedule)
    post.local_time.clear(), post.zone.clear(), post.due.reset();
  return {};
}

void begin_series(const Doing& in, const Post& post) {
  SeriesShelf shelf(in.unit);
  store::Series series{.id = post.id, .workspace = post.workspace, .rule = in.step.entry.repeat};
  series.local_time = series.made_until = post.local_time;
  series.zone = post.zone;
  series.pattern = post;
  speak_for(series, in.leave, post);
  shelf.add(series);
  shelf.add(series, Occurrence{post.local_time, post.id});
  store::Minter mint(in.request.now, in.desk.random);
  expect(in, run::extend(in.unit, std::move(series), in.request.now, mint));
}

void keep(const Doing& in, PostId post) {
  store::PlannedPosts(in.unit).keep(
      in.workspace(), {in.plan.file.name, in.step.entry.key, post, plan::lines_text(in.step.wanted)});
}

Result<void> add(const Doing& in) {
  Post post;
  post.id = PostId::make(in.request.now, in.desk.random);
  post.workspace = in.workspace();
  post.author = in.request.caller.user;
  post.created = in.request.now;
  say(in, post);
  if (auto placed = put_when(in, post, true); !placed) return placed;
  post.state = in.step.entry.draft ? PostState::draft : PostState::scheduled;
  store::Posts posts(in.unit);
  posts.add(post);
  if (!in.step.entry.draft) {
    store::Minter mint(in.request.now, in.desk.random);
    posts.schedule(post, in.request.now, mint, in.leave);
  }
  if (!in.step.entry.repeat.empty()) begin_series(in, post);
  keep(in, post.id);
  expect(in, post);
  in.step.post = std::move(post);
  return {};
}

bool changes_field(const PlanStep& step, std::string_view field) {
  return std::ranges::find(step.changes, field, &plan::PlanChange::field) != step.changes.end();
}

// What still waits of a series and was not changed alone.
std::vector<Post> occurrences_waiting(const Doing& in) {
  std::vector<Post> waiting;
  for (const Occurrence& each : SeriesShelf(in.unit).occurrences(in.workspace(), in.step.series->id)) {
    if (each.own) continue;
    auto post = store::Posts(in.unit).find(in.workspace(), each.post);
    if (post && plan::still_waits(*post)) waiting.push_back(std::move(*post));
  }
  return waiting;
}

// Ends what repeats: those that wait are canceled, but for the first when it shall stay.
void stop_series(const Doing& in, bool keep_first) {
  for (const Post& post : occurrences_waiting(in)) {
    if (keep_first && post.id == in.step.series->id) continue;
    store::Posts(in.unit).cancel(in.workspace(), post.id, in.request.now);
    if (post.id != in.step.series->id) SeriesShelf(in.unit).drop(in.workspace(), post.id);
  }
  store::Series ended = *in.step.series;
  ended.ended = true;
  SeriesShelf(in.unit).put(ended);
}

// Another rule or another time: what waits is taken off, and the series begins anew with its own post.
Result<void> restart_series(const Doing& in, Post& first) {
  stop_series(in, true);
  store::Series series = *in.step.series;
  series.rule = in.step.entry.repeat;
  series.zone = in.step.entry.schedule->zone;
  series.local_time = series.made_until = in.step.entry.schedule->local;
  series.ended = false;
  say(in, series.pattern);
  speak_for(series, in.leave, first);
  const bool open =
      in.step.post->tally[DeliveryState::waiting] > 0 && in.step.entry.schedule->at > in.request.now;
  if (open) {
    say(in, first);
    put_time(first, *in.step.entry.schedule);
    if (auto done = store::Posts(in.unit).edit(first, first.revision, in.leave); !done) return done;
    SeriesShelf(in.unit).move(in.workspace(), first.id, series.local_time);
  }
  SeriesShelf(in.unit).put(series);
  store::Minter mint(in.request.now, in.desk.random);
  expect(in, run::extend(in.unit, std::move(series), in.request.now, mint));
  return {};
}

Result<void> change_series(const Doing& in, Post& first) {
  if (changes_field(in.step, "repeat") || changes_field(in.step, "at")) return restart_series(in, first);
  for (Post& post : occurrences_waiting(in)) {
    say(in, post);
    if (auto done = store::Posts(in.unit).edit(post, post.revision, in.leave); !done) return done;
  }
  store::Series series = *in.step.series;
  say(in, series.pattern);
  speak_for(series, in.leave, first);
  SeriesShelf(in.unit).put(series);
  return {};
}

Result<void> change(const Doing& in) {
  Post post = *in.step.post;
  const bool repeats = !in.step.entry.repeat.empty();
  if (in.step.series && repeats) {
    if (auto done = change_series(in, post); !done) return done;
    keep(in, post.id);
    return {};
  }
  if (in.step.series) stop_series(in, true), SeriesShelf(in.unit).drop(in.workspace(), post.id);
  say(in, post);
  const bool draft = post.state == PostState::draft;
  if (auto placed = put_when(in, post, draft || changes_field(in.step, "queue")); !placed) return placed;
  store::Posts posts(in.unit);
  if (auto edited = posts.edit(post, post.revision, in.leave); !edited) return edited;
  if (draft && !in.step.entry.draft) {
    store::Minter mint(in.request.now, in.desk.random);
    posts.schedule(post, in.request.now, mint, in.leave);
  }
  if (repeats) begin_series(in, post);
  keep(in, post.id);
  if (!in.step.entry.draft) post.state = PostState::scheduled;
  expect(in, post);
  return {};
}

Result<void> remove(const Doing& in) {
  store::Posts posts(in.unit);
  const auto& post = in.step.post;
  if (post && in.step.series) stop_series(in, false);
  if (post && post->state == PostState::draft)
    posts.remove(in.workspace(), post->id);
  else if (post && !in.step.series)
    posts.cancel(in.workspace(), post->id, in.request.now);
  store::PlannedPosts(in.unit).forget(in.workspace(), in.plan.file.name, in.step.entry.key);
  return {};
}

Fault at_its_place(Fault fault, const PlanStep& step) {
  fault.text = fmt::format("{} (\"{}\", line {})", fault.text, step.entry.key, step.entry.line);
  return fault;
}
}  // namespace

Result<void> take_step(store::Unit& unit, const Request& request, Desk& desk, const JudgedPlan& plan,
                       PlanStep& step) {
  const Doing in{unit, request, desk, plan, step, leave_of(unit, request)};
  Result<void> done;
  if (step.state == StepState::added) done = add(in);
  if (step.state == StepState::changed) done = change(in);
  if (step.state == StepState::removed) done = remove(in);
  if (!done) return refuse(at_its_place(std::move(done.error()), step));
  return {};
}

}  // namespace carillon::api

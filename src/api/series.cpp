// Posts that repeat: beginning, looking, spreading a change of one over others, stopping.
#include <fmt/format.h>

#include <algorithm>

#include "api/answers.h"
#include "api/approval.h"
#include "api/awaited.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/post_desk.h"
#include "plan/recurrence.h"
#include "plan/standing.h"
#include "run/repeating.h"
#include "store/queues.h"
#include "store/series.h"

namespace carillon::api {

namespace {
using store::Occurrence;
using store::Series;
using store::SeriesShelf;

constexpr Duration shown_back = std::chrono::hours(24 * 90);

struct ShownSeries {
  Series series;
  std::vector<Occurrence> occurrences;  // of the last three months, and those to come
  std::vector<run::Expected> expected;
};

ShownSeries shown(store::Unit& unit, Series series, Instant now) {
  auto occurrences = SeriesShelf(unit).occurrences(series.workspace, series.id);
  if (const auto since = localize(now - shown_back, series.zone)) {
    const std::string from = to_text(*since);
    std::erase_if(occurrences, [&](const Occurrence& each) { return each.local_time < from; });
  }
  return {std::move(series), std::move(occurrences), {}};
}

void write(Json& json, const ShownSeries& shown) {
  const Series& series = shown.series;
  json.begin().field("id", series.id).field("rule", series.rule).field("local", series.local_time);
  json.field("zone", series.zone).field("ended", series.ended).field("title", series.pattern.title);
  json.key("posts").list();
  for (const Occurrence& each : shown.occurrences)
    json.begin().field("id", each.post).field("local", each.local_time).field("own", each.own).end();
  json.end_list().end();
}

wire::Response series_answer(const ShownSeries& shown, int status = 200) {
  Json json;
  write(json, shown);
  return json_answer(status, json.take());
}

void tell(Desk& desk, WorkspaceId workspace, const ShownSeries& shown) {
  for (const run::Expected& one : shown.expected)
    desk.dispatcher.expect(one.workspace, one.account, Line::bulk, one.due);
  desk.events.publish(workspace, {.kind = "post", .id = shown.series.id.text(), .state = "series"});
}

struct RepeatOrder {
  std::string rule;
};

RepeatOrder read_repeat(Reader& in) {
  return {in.text("rule", {1, 500})};
}

Fault no_series() {
  return closed("not_repeating", "This post does not repeat.", "Give it a rule first.");
}

Result<Series> series_of(store::Unit& unit, const Request& request, PostId id) {
  SeriesShelf shelf(unit);
  const auto belongs = shelf.of_post(request.caller.workspace, id);
  auto series = belongs ? shelf.find(request.caller.workspace, *belongs) : std::nullopt;
  if (!series) return refuse(no_series());
  return std::move(*series);
}

Result<Post> find_post(store::Unit& unit, const Request& request, PostId id) {
  auto post = store::Posts(unit).find(request.caller.workspace, id);
  if (!post) return refuse(not_found("post"));
  return std::move(*post);
}

Series begin_with(const Post& post, const plan::Rule& rule) {
  Series series{.id = post.id, .workspace = post.workspace, .rule = plan::to_text(rule)};
  series.local_time = series.made_until = post.local_time;
  series.zone = post.zone;
  series.pattern = post;
  return series;
}

Result<ShownSeries> repeat(store::Unit& unit, const Request& request, Desk& desk, PostId id,
                           const RepeatOrder& order) {
  auto post = find_post(unit, request, id);
  if (!post) return refuse(std::move(post.error()));
  const bool planned = post->state == PostState::scheduled || post->state == PostState::proposed;
  if (!planned || post->local_time.empty())
    return refuse(closed("not_scheduled", "Only a scheduled post can repeat.", "Schedule it first."));
  const auto rule = plan::parse_rule(order.rule, post->zone);
  if (!rule) return refuse(rule.error());
  store::Queues(unit).lock(post->workspace);
  SeriesShelf shelf(unit);
  if (shelf.of_post(post->workspace, id))
    return refuse(closed("repeats_already", "This post repeats already.", "Stop that first."));
  Series series = begin_with(*post, *rule);
  speak_for(series, leave_of(unit, request), *post);
  if (rule->count && *rule->count <= 1)
    return refuse(invalid("bad_rule", "Once is no repetition.", "rule", "Give a higher COUNT, or none."));
  shelf.add(series);
  shelf.add(series, Occurrence{post->local_time, id});
  store::Minter mint(request.now, desk.random);
  auto expected = run::extend(unit, series, request.now, mint);
  audit(unit, request, "post.repeats", "post:" + id.text(), series.rule);
  auto now = shown(unit, shelf.find(post->workspace, id).value_or(series), request.now);
  now.expected = std::move(expected);
  return now;
}

template <class Work>  // Result<ShownSeries>(store::Unit&, PostId)
Answering change(Request& request, Desk& desk, Work work) {
  const auto id = request.id_in_path<PostId>("post");
  if (!id) co_return refuse(id.error());
  auto unit_work = [&](store::Unit& unit) { return work(unit, *id); };
  auto done = co_await written(desk.store, std::move(unit_work));
  if (!done) co_return refuse(std::move(done.error()));
  tell(desk, request.caller.workspace, *done);
  co_return series_answer(*done);
}
}  // namespace

Answering repeat_post(Request& request, Desk& desk) {
  auto order = read_body(request, read_repeat);
  if (!order) co_return refuse(std::move(order.error()));
  auto work = [&](store::Unit& unit, PostId id) { return repeat(unit, request, desk, id, *order); };
  Answer answer = co_await change(request, desk, work);
  co_return std::move(answer);
}

Answering get_series(Request& request, Desk& desk) {
  const auto id = request.id_in_path<PostId>("post");
  if (!id) co_return refuse(id.error());
  auto look = [&](store::Unit& unit) -> Result<ShownSeries> {
    if (auto post = find_post(unit, request, *id); !post) return refuse(std::move(post.error()));
    auto series = series_of(unit, request, *id);
    if (!series) return refuse(std::move(series.error()));
    return shown(unit, std::move(*series), request.now);
  };
  const auto series = co_await seen(desk.store, std::move(look));
  if (!series) co_return refuse(series.error());
  co_return series_answer(*series);
}

Answering list_series(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) {
    std::vector<ShownSeries> all;
    const auto yesterday = localize(request.now - 24h, "UTC");
    for (Series& series :
         SeriesShelf(unit).list(request.caller.workspace, yesterday ? to_text(*yesterday) : ""))
      all.push_back(shown(unit, std::move(series), request.now));
    return all;
  };
  const auto all = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().key("items").list();
  for (const ShownSeries& each : all) write(json, each);
  json.end_list().end();
  co_return json_answer(200, json.take());
}

namespace {
enum class Scope : uint8_t { following, all };

Scope read_scope(Reader& in) {
  const std::string scope = in.text("scope", {1, 20});
  if (scope != "following" && scope != "all")
    in.refuse("unknown_scope", "There is no scope \"" + scope + "\".", "scope", "Use following or all.");
  return scope == "all" ? Scope::all : Scope::following;
}

// What one occurrence says now, said by another: on its own day, at the clock time of the one.
Result<Post> like(const Post& pattern, Post post, const Series& series) {
  const std::string day = post.local_time.substr(0, 10);
  auto when = plan::schedule_at(day + pattern.local_time.substr(10), series.zone);
  if (!when) return refuse(std::move(when.error()));
  post.title = pattern.title;
  post.content = pattern.content;
  post.targets = pattern.targets;
  post.tags = pattern.tags;
  post.campaign = pattern.campaign;
  post.utm = pattern.utm;
  post.late = pattern.late;
  put_time(post, *when);
  return post;
}

// Each that still waits and that nobody changed alone.
Result<void> spread_to(store::Unit& unit, const Request& request, const Post& pattern, const Series& series,
                       const Occurrence& each, std::vector<run::Expected>& expected) {
  store::Posts posts(unit);
  auto post = posts.find(series.workspace, each.post);
  if (!post || !plan::still_waits(*post)) return {};
  auto changed = like(pattern, std::move(*post), series);
  if (!changed) return refuse(std::move(changed.error()));
  changed->updated = request.now;
  SeriesShelf(unit).move(series.workspace, each.post, changed->local_time);
  for (const Target& target : changed->targets)
    expected.push_back({series.workspace, target.account, *changed->due});
  return posts.edit(*changed, changed->revision, leave_of(unit, request));
}

Result<ShownSeries> spread(store::Unit& unit, const Request& request, PostId id, Scope scope) {
  auto pattern = find_post(unit, request, id);
  if (!pattern) return refuse(std::move(pattern.error()));
  store::Queues(unit).lock(pattern->workspace);
  auto series = series_of(unit, request, id);
  if (!series) return refuse(std::move(series.error()));
  const auto occurrences = SeriesShelf(unit).occurrences(series->workspace, series->id);
  const auto self = std::ranges::find(occurrences, id, &Occurrence::post);
  std::vector<run::Expected> expected;
  for (const Occurrence& each : occurrences) {
    const bool meant = scope == Scope::all || each.local_time > self->local_time;
    if (each.post == id || each.own || !meant) continue;
    auto done = spread_to(unit, request, *pattern, *series, each, expected);
    if (!done) return refuse(std::move(done.error()));
  }
  const std::string clock = pattern->local_time.substr(10);
  series->pattern = *pattern;
  speak_for(*series, leave_of(unit, request), *pattern);
  series->local_time = series->local_time.substr(0, 10) + clock;
  series->made_until = series->made_until.substr(0, 10) + clock;
  SeriesShelf shelf(unit);
  shelf.put(*series);
  shelf.add(*series, Occurrence{self->local_time.substr(0, 10) + clock, id});
  audit(unit, request, "series.edited", "post:" + id.text(), series->rule);
  auto now = shown(unit, std::move(*series), request.now);
  now.expected = std::move(expected);
  return now;
}

// No more to come; of those on the schedule the ones after this one are canceled.
Result<ShownSeries> stop(store::Unit& unit, const Request& request, PostId id) {
  auto post = find_post(unit, request, id);
  if (!post) return refuse(std::move(post.error()));
  store::Queues(unit).lock(post->workspace);
  auto series = series_of(unit, request, id);
  if (!series) return refuse(std::move(series.error()));
  SeriesShelf shelf(unit);
  store::Posts posts(unit);
  const auto occurrences = shelf.occurrences(series->workspace, series->id);
  const auto self = std::ranges::find(occurrences, id, &Occurrence::post);
  for (const Occurrence& each : occurrences) {
    if (each.local_time <= self->local_time || each.own) continue;
    posts.cancel(series->workspace, each.post, request.now);
  }
  series->ended = true;
  series->made_until = self->local_time;
  shelf.put(*series);
  audit(unit, request, "series.stopped", "post:" + id.text(), series->rule);
  return shown(unit, std::move(*series), request.now);
}
}  // namespace

Answering spread_post(Request& request, Desk& desk) {
  auto scope = read_body(request, read_scope);
  if (!scope) co_return refuse(std::move(scope.error()));
  auto work = [&](store::Unit& unit, PostId id) { return spread(unit, request, id, *scope); };
  Answer answer = co_await change(request, desk, work);
  co_return std::move(answer);
}

Answering stop_series(Request& request, Desk& desk) {
  auto work = [&](store::Unit& unit, PostId id) { return stop(unit, request, id); };
  Answer answer = co_await change(request, desk, work);
  co_return std::move(answer);
}

}  // namespace carillon::api

// Tasks for people: what a network lets nobody but a person do. They are shown, told of and ticked off;
// nothing here carries one out.
#include <fmt/format.h>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/csv.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/post_desk.h"
#include "base/text.h"
#include "store/campaigns.h"
#include "store/tasks.h"
#include "wire/url.h"

namespace carillon::api {

namespace {

struct TaskInput {
  std::optional<TaskKind> kind;
  std::optional<std::string> person, link, note;
  std::optional<When> at;
  bool no_time = false, no_campaign = false;
  std::optional<CampaignId> campaign;
};

void check_link(Reader& in, const std::optional<std::string>& link) {
  if (!link || link->empty()) return;
  const auto url = wire::parse_url(*link);
  if (url && url->scheme == "https") return;
  in.refuse("not_a_url", "This is not an https address: \"" + shortened(*link, 80) + "\".", "link",
            "Give the address of the profile or the conversation; it begins with https://.");
}

TaskInput read_edit(Reader& in) {
  TaskInput input;
  if (const auto kind = in.maybe_text("kind", {1, 20})) {
    input.kind = task_kind_from(*kind);
    if (!input.kind)
      in.refuse("unknown_kind", "There is no kind \"" + shortened(*kind, 30) + "\".", "kind",
                "Use message, connect or other.");
  }
  input.person = in.maybe_text("person", {1, 200});
  input.link = in.maybe_text("link", {0, 2000});
  input.note = in.maybe_text("note", {0, 8000});
  input.no_time = in.null("at");
  input.at = read_when(in, "at");
  input.no_campaign = in.null("campaign");
  input.campaign = in.maybe_id<CampaignId>("campaign");
  check_link(in, input.link);
  return input;
}

TaskInput read_task(Reader& in) {
  in.require("person");
  return read_edit(in);
}

Result<void> put_time(store::Unit& unit, const TaskInput& input, Task& task) {
  if (input.no_time) {
    task.local_time.clear();
    task.zone.clear();
    task.due.reset();
  }
  if (!input.at) return {};
  const std::string zone = input.at->zone.empty() ? workspace_zone(unit, task.workspace) : input.at->zone;
  const auto when = plan::schedule_at(input.at->local, zone);
  if (!when) return refuse(when.error());
  task.local_time = when->local;
  task.zone = when->zone;
  task.due = when->at;
  return {};
}

Result<void> apply(store::Unit& unit, const TaskInput& input, Task& task) {
  if (input.kind) task.kind = *input.kind;
  if (input.person) task.person = trimmed(*input.person);
  if (input.link) task.link = *input.link;
  if (input.note) task.note = *input.note;
  if (input.no_campaign) task.campaign.reset();
  if (input.campaign) {
    if (!store::Campaigns(unit).find(task.workspace, *input.campaign)) {
      return refuse(invalid("campaign_unknown", "There is no such campaign here.", "campaign",
                            "Choose one of GET /api/v1/campaigns."));
    }
    task.campaign = input.campaign;
  }
  return put_time(unit, input, task);
}

void write(Json& json, const Task& task, Instant now) {
  json.begin().field("id", task.id).field("kind", carillon::to_text(task.kind)).field("person", task.person);
  json.field("link", task.link).field("note", task.note).key("at");
  if (task.due) {
    json.begin().field("local", task.local_time).field("zone", task.zone).field("utc", *task.due).end();
  } else {
    json.value(nullptr);
  }
  const bool open = task.state == TaskState::open;
  json.field("due", open && task.due && *task.due <= now).field("campaign", task.campaign);
  json.field("state", carillon::to_text(task.state)).field("settled_by", task.settled_by);
  json.field("settled", open ? std::nullopt : std::optional(task.settled))
      .field("created", task.created)
      .end();
}

std::string render(const Task& task, Instant now) {
  Json json;
  write(json, task, now);
  return json.take();
}

Result<Task> find_task(store::Unit& unit, const Request& request) {
  const auto id = request.id_in_path<TaskId>("task");
  if (!id) return refuse(id.error());
  auto task = store::Tasks(unit).find(request.caller.workspace, *id);
  if (!task) return refuse(not_found("task"));
  return std::move(*task);
}

void tell(Desk& desk, const Task& task) {
  desk.events.publish(
      task.workspace,
      {.kind = "task", .id = task.id.text(), .state = std::string(carillon::to_text(task.state))});
}

// Changes one and shows it as it is then.
template <class Change>  // Result<void>(store::Unit&, Task&)
Answering change(Request& request, Desk& desk, const char* action, Change change) {
  auto work = [&](store::Unit& unit) -> Result<Task> {
    auto task = find_task(unit, request);
    if (!task) return task;
    if (auto done = change(unit, *task); !done) return refuse(std::move(done.error()));
    audit(unit, request, action, "task:" + task->id.text(), task->person);
    return store::Tasks(unit).find(task->workspace, task->id).value_or(*task);
  };
  const auto task = co_await written(desk.store, std::move(work));
  if (!task) co_return refuse(task.error());
  tell(desk, *task);
  co_return json_answer(200, render(*task, request.now));
}

Result<store::TaskFilter> read_filter(const Request& request) {
  store::TaskFilter filter{.limit = 500};
  const auto word = wire::field(request.query, "state").value_or("open");
  const auto state = task_state_from(word);
  if (!state) {
    return refuse(invalid("unknown_state", "There is no state \"" + word.substr(0, 40) + "\".", "state",
                          "Use open, done or skipped."));
  }
  filter.state = *state;
  const auto campaign = wire::field(request.query, "campaign").value_or("");
  if (campaign.empty()) return filter;
  filter.campaign = CampaignId::parse(campaign);
  if (filter.campaign) return filter;
  return refuse(invalid("not_an_id", "This is not an id.", "campaign", "Give the id of a campaign."));
}
}  // namespace

Answering list_tasks(Request& request, Desk& desk) {
  const auto filter = read_filter(request);
  if (!filter) co_return refuse(filter.error());
  int64_t due = 0;
  auto look = [&](store::Unit& unit) {
    due = store::Tasks(unit).due(request.caller.workspace, request.now);
    return store::Tasks(unit).list(request.caller.workspace, *filter);
  };
  const auto tasks = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().key("items").list();
  for (const Task& task : tasks) write(json, task, request.now);
  json.end_list().field("due", due).end();
  co_return json_answer(200, json.take());
}

namespace {
// What the import reads (plan/task_import.h), and what only tells.
const std::vector<std::string> columns = {"id", "state", "kind",     "person", "link",   "note",
                                          "at", "zone",  "campaign", "utc",    "settled"};

std::string row_of(const Task& task, std::span<const Campaign> campaigns) {
  const auto campaign = std::ranges::find(campaigns, task.campaign, &Campaign::id);
  const std::vector<std::string> fields = {task.id.text(),
                                           std::string(carillon::to_text(task.state)),
                                           std::string(carillon::to_text(task.kind)),
                                           task.person,
                                           task.link,
                                           task.note,
                                           task.local_time,
                                           task.zone,
                                           campaign == campaigns.end() ? "" : campaign->name,
                                           task.due ? to_text(*task.due) : "",
                                           task.state == TaskState::open ? "" : to_text(task.settled)};
  return csv::record(fields);
}
}  // namespace

Answering export_tasks(Request& request, Desk& desk) {
  auto filter = read_filter(request);
  if (!filter) co_return refuse(std::move(filter.error()));
  filter->limit = store::all_tasks;
  auto look = [&](store::Unit& unit) {
    const WorkspaceId workspace = request.caller.workspace;
    const auto campaigns = store::Campaigns(unit).list(workspace);
    std::string text = csv::record(columns);
    for (const Task& task : store::Tasks(unit).list(workspace, *filter)) text += row_of(task, campaigns);
    return text;
  };
  std::string text = co_await seen(desk.store, std::move(look));
  co_return wire::Response{200, file_headers(csv_type, "carillon-tasks.csv"), std::move(text)};
}

Answering make_task(Request& request, Desk& desk) {
  auto input = read_body(request, read_task);
  if (!input) co_return refuse(std::move(input.error()));
  auto key = key_of(request);
  if (!key) co_return refuse(std::move(key.error()));
  Task task{.id = TaskId::make(request.now, desk.random),
            .workspace = request.caller.workspace,
            .created = request.now};
  auto work = [&](store::Unit& unit) {
    return once(unit, request, *key, print_of(request), [&]() -> Result<Made> {
      if (auto fits = apply(unit, *input, task); !fits) return refuse(std::move(fits.error()));
      store::Tasks(unit).add(task);
      audit(unit, request, "task.made", "task:" + task.id.text(), task.person);
      return Made{201, render(task, request.now)};
    });
  };
  auto made = co_await written(desk.store, std::move(work));
  if (!made) co_return refuse(std::move(made.error()));
  if (!made->replayed) tell(desk, task);
  co_return made_answer(std::move(*made));
}

Answering get_task(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return find_task(unit, request); };
  const auto task = co_await seen(desk.store, std::move(look));
  if (!task) co_return refuse(task.error());
  co_return json_answer(200, render(*task, request.now));
}

Answering edit_task(Request& request, Desk& desk) {
  auto input = read_body(request, read_edit);
  if (!input) co_return refuse(std::move(input.error()));
  auto edit = [&](store::Unit& unit, Task& task) -> Result<void> {
    if (auto fits = apply(unit, *input, task); !fits) return fits;
    store::Tasks(unit).edit(task);
    return {};
  };
  Answer answer = co_await change(request, desk, "task.edited", edit);
  co_return std::move(answer);
}

Answering remove_task(Request& request, Desk& desk) {
  auto work = [&](store::Unit& unit) -> Result<Task> {
    auto task = find_task(unit, request);
    if (!task) return task;
    store::Tasks(unit).remove(task->workspace, task->id);
    audit(unit, request, "task.removed", "task:" + task->id.text(), task->person);
    return task;
  };
  const auto task = co_await written(desk.store, std::move(work));
  if (!task) co_return refuse(task.error());
  tell(desk, *task);
  co_return nothing();
}

namespace {
Answering settle(Request& request, Desk& desk, TaskState state) {
  auto tick = [&](store::Unit& unit, Task& task) -> Result<void> {
    store::Tasks(unit).settle(task.workspace, task.id, state, request.caller.user, request.now);
    return {};
  };
  Answer answer =
      co_await change(request, desk, state == TaskState::done ? "task.done" : "task.skipped", tick);
  co_return std::move(answer);
}
}  // namespace

Answering finish_task(Request& request, Desk& desk) {
  return settle(request, desk, TaskState::done);
}

Answering skip_task(Request& request, Desk& desk) {
  return settle(request, desk, TaskState::skipped);
}

Answering reopen_task(Request& request, Desk& desk) {
  auto reopen = [&](store::Unit& unit, Task& task) -> Result<void> {
    store::Tasks(unit).reopen(task.workspace, task.id);
    return {};
  };
  Answer answer = co_await change(request, desk, "task.reopened", reopen);
  co_return std::move(answer);
}

}  // namespace carillon::api

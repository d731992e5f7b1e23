// Tasks for people from a table: looking at it, and making those of its good rows.
#include <algorithm>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/import_batches.h"
#include "api/import_desk.h"
#include "plan/task_import.h"
#include "store/campaigns.h"
#include "store/imports.h"
#include "store/tasks.h"

namespace carillon::api {

namespace {

struct TaskOrder {  // schema TaskImportRequest
  std::string csv, zone;
  TaskKind kind = TaskKind::message;
  std::optional<CampaignId> campaign;
  bool dry_run = false;
};

TaskOrder read_order(Reader& in) {
  TaskOrder order;
  order.csv = in.text("csv", {1, size_t{8} << 20});
  order.zone = read_zone(in);
  order.dry_run = in.maybe_flag("dry_run").value_or(false);
  order.campaign = in.maybe_id<CampaignId>("campaign");
  const std::string kind = in.maybe_text("kind", {1, 20}).value_or("message");
  const auto known = task_kind_from(kind);
  if (!known)
    in.refuse("unknown_kind", "There is no kind \"" + kind + "\".", "kind", "Use message, connect or other.");
  order.kind = known.value_or(TaskKind::message);
  return order;
}

struct JudgedTask {
  plan::TaskRow row;
  RowState state = RowState::ready;
};

struct JudgedTasks {
  std::vector<std::string> ignored;
  std::vector<JudgedTask> rows;
};

bool is_there(store::Unit& unit, WorkspaceId workspace, plan::TaskRow& row) {
  if (const auto known = store::Imports(unit).known_task(workspace, row.key)) {
    row.known = known;
    return true;
  }
  return row.known && store::Tasks(unit).find(workspace, *row.known);
}

JudgedTask judged(store::Unit& unit, WorkspaceId workspace, plan::TaskRow row) {
  if (is_there(unit, workspace, row)) {
    row.troubles.clear();
    row.warnings.clear();
    return {std::move(row), RowState::there};
  }
  const RowState state = row.troubles.empty() ? RowState::ready : RowState::wrong;
  return {std::move(row), state};
}

// Those that were imported before are among the open ones: they are no news beside themselves.
void warn_of_same(store::Unit& unit, WorkspaceId workspace, std::span<JudgedTask> rows) {
  std::vector<plan::TaskRow*> ready;
  for (JudgedTask& one : rows) {
    if (one.state == RowState::ready) ready.push_back(&one.row);
  }
  plan::warn_of_same_tasks(ready, store::Tasks(unit).list(workspace, {.limit = store::all_tasks}));
}

Result<JudgedTasks> judge(store::Unit& unit, const Request& request, const TaskOrder& order) {
  const auto table = read_table(order.csv);
  if (!table) return refuse(table.error());
  const WorkspaceId workspace = request.caller.workspace;
  const auto campaigns = store::Campaigns(unit).list(workspace);
  if (order.campaign && std::ranges::find(campaigns, *order.campaign, &Campaign::id) == campaigns.end()) {
    return refuse(invalid("campaign_unknown", "There is no such campaign here.", "campaign",
                          "Choose one of GET /api/v1/campaigns."));
  }
  const std::string zone = order.zone.empty() ? workspace_zone(unit, workspace) : order.zone;
  auto read = plan::read_task_import(*table, {zone, order.kind, order.campaign, campaigns, request.now});
  if (!read) return refuse(std::move(read.error()));
  JudgedTasks all{std::move(read->ignored), {}};
  for (plan::TaskRow& row : read->rows) all.rows.push_back(judged(unit, workspace, std::move(row)));
  warn_of_same(unit, workspace, all.rows);
  return all;
}

void make_task_of(store::Unit& unit, const Request& request, Desk& desk, JudgedTask& judged) {
  const WorkspaceId workspace = request.caller.workspace;
  if (judged.state != RowState::ready) return;
  plan::TaskRow& row = judged.row;
  if (is_there(unit, workspace, row)) {
    judged.state = RowState::there;
    return;
  }
  row.task.id = TaskId::make(request.now, desk.random);
  row.task.workspace = workspace;
  row.task.created = request.now;
  store::Tasks(unit).add(row.task);
  store::Imports(unit).keep_task(workspace, row.key, row.task.id);
  row.known = row.task.id;
  judged.state = RowState::imported;
}

Awaitable<Result<bool>> make_all(Request& request, Desk& desk, std::span<JudgedTask> all) {
  auto make = [&](store::Unit& unit, std::span<JudgedTask> rows) {
    for (JudgedTask& judged : rows) make_task_of(unit, request, desk, judged);
    const auto made = std::ranges::count(rows, RowState::imported, &JudgedTask::state);
    if (made > 0) audit(unit, request, "tasks.imported", "tasks", std::to_string(made));
  };
  auto made = [](std::span<const JudgedTask>) {};
  return make_in_batches(desk.store, all, std::move(make), made);
}

void write_row(Json& json, const JudgedTask& judged) {
  const auto& [row, state] = judged;
  const Task& task = row.task;
  json.begin().field("line", row.line).field("state", to_text(state)).field("key", row.key);
  const bool made = state == RowState::there || state == RowState::imported;
  json.field("task", made ? row.known : std::nullopt);
  json.field("kind", carillon::to_text(task.kind)).field("person", task.person).field("link", task.link);
  json.field("note", task.note).field("campaign", task.campaign).key("at");
  if (task.due) {
    json.begin().field("local", task.local_time).field("zone", task.zone).field("utc", *task.due).end();
  } else {
    json.value(nullptr);
  }
  write_troubles(json, "troubles", row.troubles);
  write_troubles(json, "warnings", row.warnings);
  json.end();
}

std::string render(const JudgedTasks& judged) {
  Json json;
  json.begin();
  std::vector<RowState> states;
  for (const JudgedTask& one : judged.rows) states.push_back(one.state);
  write_head(json, judged.ignored, states);
  json.key("rows").list();
  for (const JudgedTask& one : judged.rows) write_row(json, one);
  return json.end_list().end().take();
}
}  // namespace

Answering import_tasks(Request& request, Desk& desk) {
  auto order = read_body(request, read_order);
  if (!order) co_return refuse(std::move(order.error()));
  auto look = [&](store::Unit& unit) { return judge(unit, request, *order); };
  auto judged = co_await seen(desk.store, std::move(look));
  if (!judged) co_return refuse(std::move(judged.error()));
  if (!order->dry_run) {
    auto made = co_await make_all(request, desk, judged->rows);
    if (!made) co_return refuse(std::move(made.error()));
    desk.events.publish(request.caller.workspace, {.kind = "task", .id = "imported", .state = "open"});
  }
  co_return json_answer(200, render(*judged));
}

}  // namespace carillon::api

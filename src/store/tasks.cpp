#include "store/tasks.h"

#include "store/notice_rows.h"
#include "store/rows.h"

namespace carillon::store {
namespace {

#define TASK_COLUMNS                                                                                       \
  "workspace, id, kind, person, link, note, local_time, zone, due, campaign, state, settled_by, settled, " \
  "notice, created"

Task task_at(const Row& row) {
  size_t i = 0;
  Task task;
  task.workspace = row.id<WorkspaceId>(i++);
  task.id = row.id<TaskId>(i++);
  task.kind = enum_at<TaskKind>(row, i++);
  task.person = row.text(i++);
  task.link = row.text(i++);
  task.note = row.text(i++);
  task.local_time = row.text(i++);
  task.zone = row.text(i++);
  const Instant due = row.instant(i++);
  if (due != Instant::never()) task.due = due;
  task.campaign = optional_id<CampaignId>(row, i++);
  task.state = enum_at<TaskState>(row, i++);
  task.settled_by = optional_id<UserId>(row, i++);
  task.settled = row.instant(i++);
  task.notice = optional_id<NoticeId>(row, i++);
  task.created = row.instant(i++);
  return task;
}

std::vector<Task> all_of(const Rows& rows) {
  std::vector<Task> tasks;
  for (size_t i = 0; i < rows.size(); ++i) tasks.push_back(task_at(rows[i]));
  return tasks;
}

}  // namespace

void Tasks::add(const Task& t) {
  unit_.connection()("INSERT INTO tasks (" TASK_COLUMNS
                     ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                     t.workspace, t.id, number_of(t.kind), t.person, t.link, t.note, t.local_time, t.zone,
                     t.due.value_or(Instant::never()), t.campaign, number_of(t.state), t.settled_by,
                     t.settled, t.notice, t.created);
}

void Tasks::edit(const Task& t) {
  withdraw(t.workspace, t.id);
  unit_.connection()(
      "UPDATE tasks SET kind = $3, person = $4, link = $5, note = $6, local_time = $7, zone = $8, due = $9, "
      "campaign = $10 WHERE workspace = $1 AND id = $2",
      t.workspace, t.id, number_of(t.kind), t.person, t.link, t.note, t.local_time, t.zone,
      t.due.value_or(Instant::never()), t.campaign);
}

std::optional<Task> Tasks::find(WorkspaceId workspace, TaskId id) {
  const Rows rows = unit_.connection()("SELECT " TASK_COLUMNS " FROM tasks WHERE workspace = $1 AND id = $2",
                                       workspace, id);
  return rows.empty() ? std::nullopt : std::optional(task_at(rows[0]));
}

std::vector<Task> Tasks::list(WorkspaceId workspace, const TaskFilter& f) {
  const bool open = f.state == TaskState::open;
  const char* all =
      open ? "SELECT " TASK_COLUMNS
             " FROM tasks WHERE workspace = $1 AND state = $2 ORDER BY due, id LIMIT $3"
           : "SELECT " TASK_COLUMNS
             " FROM tasks WHERE workspace = $1 AND state = $2 ORDER BY settled DESC, id LIMIT $3";
  const char* some =
      open ? "SELECT " TASK_COLUMNS
             " FROM tasks WHERE workspace = $1 AND state = $2 AND campaign = $4 ORDER BY due, id LIMIT $3"
           : "SELECT " TASK_COLUMNS
             " FROM tasks WHERE workspace = $1 AND state = $2 AND campaign = $4 ORDER BY settled DESC, id "
             "LIMIT $3";
  Connection& db = unit_.connection();
  if (f.campaign) return all_of(db(some, workspace, number_of(f.state), f.limit, *f.campaign));
  return all_of(db(all, workspace, number_of(f.state), f.limit));
}

int64_t Tasks::due(WorkspaceId workspace, Instant now) {
  return unit_
      .connection()("SELECT count(*) FROM tasks WHERE workspace = $1 AND state = 0 AND due <= $2", workspace,
                    now)[0]
      .integer(0);
}

void Tasks::settle(WorkspaceId workspace, TaskId id, TaskState state, UserId by, Instant now) {
  withdraw(workspace, id);
  unit_.connection()(
      "UPDATE tasks SET state = $3, settled_by = $4, settled = $5 WHERE workspace = $1 AND id = $2",
      workspace, id, number_of(state), by, now);
}

void Tasks::reopen(WorkspaceId workspace, TaskId id) {
  unit_.connection()(
      "UPDATE tasks SET state = 0, settled_by = NULL, settled = 0 WHERE workspace = $1 AND id = $2",
      workspace, id);
}

void Tasks::remove(WorkspaceId workspace, TaskId id) {
  withdraw(workspace, id);
  unit_.connection()("DELETE FROM tasks WHERE workspace = $1 AND id = $2", workspace, id);
}

std::vector<Task> Tasks::untold(Instant now, size_t limit) {
  return all_of(unit_.connection()("SELECT " TASK_COLUMNS
                                   " FROM tasks WHERE state = 0 AND due <= $1 AND notice IS NULL "
                                   "ORDER BY due, id LIMIT $2",
                                   now, limit));
}

void Tasks::tell(const Task& task, const Notice& notice) {
  Connection& db = unit_.connection();
  const bool fresh =
      db("UPDATE tasks SET notice = $3 WHERE workspace = $1 AND id = $2 AND notice IS NULL AND "
         "state = 0",
         task.workspace, task.id, notice.id)
          .changed == 1;
  if (fresh) write_notice(db, notice);
}

void Tasks::withdraw(WorkspaceId workspace, TaskId id) {
  Connection& db = unit_.connection();
  db("DELETE FROM notices WHERE workspace = $1 AND id IN (SELECT notice FROM tasks WHERE workspace = $1 AND "
     "id "
     "= $2 AND notice IS NOT NULL)",
     workspace, id);
  db("UPDATE tasks SET notice = NULL WHERE workspace = $1 AND id = $2", workspace, id);
}

}  // namespace carillon::store

#include "store/imports.h"

namespace carillon::store {

std::optional<PostId> Imports::known(WorkspaceId workspace, const std::string& key) {
  const Rows rows = unit_.connection()(
      "SELECT i.post FROM imports i /*lite CROSS*/ JOIN posts p ON p.workspace = i.workspace AND p.id = "
      "i.post "
      "WHERE i.workspace = $1 AND i.name = $2",
      workspace, key);
  return rows.empty() ? std::nullopt : std::optional(rows[0].id<PostId>(0));
}

void Imports::keep(WorkspaceId workspace, const std::string& key, PostId post) {
  unit_.connection().tell(
      "INSERT INTO imports (workspace, name, post) VALUES ($1, $2, $3) "
      "ON CONFLICT (workspace, name) DO UPDATE SET post = excluded.post",
      workspace, key, post);
}

std::optional<TaskId> Imports::known_task(WorkspaceId workspace, const std::string& key) {
  const Rows rows = unit_.connection()(
      "SELECT i.task FROM imported_tasks i /*lite CROSS*/ JOIN tasks t ON t.workspace = i.workspace AND t.id "
      "= "
      "i.task WHERE i.workspace = $1 AND i.name = $2",
      workspace, key);
  return rows.empty() ? std::nullopt : std::optional(rows[0].id<TaskId>(0));
}

void Imports::keep_task(WorkspaceId workspace, const std::string& key, TaskId task) {
  unit_.connection().tell(
      "INSERT INTO imported_tasks (workspace, name, task) VALUES ($1, $2, $3) "
      "ON CONFLICT (workspace, name) DO UPDATE SET task = excluded.task",
      workspace, key, task);
}

}  // namespace carillon::store

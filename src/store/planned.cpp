#include "store/planned.h"

namespace carillon::store {

namespace {
Planned planned_at(const Row& row) {
  return {row.text(0), row.text(1), row.id<PostId>(2), row.text(3)};
}
}  // namespace

void PlannedPosts::lock(WorkspaceId workspace) {
  unit_.connection()("SELECT id FROM workspaces WHERE id = $1 /*pg FOR UPDATE*/", workspace);
}

std::optional<Planned> PlannedPosts::find(WorkspaceId workspace, const std::string& plan,
                                          const std::string& key) {
  const Rows rows = unit_.connection()(
      "SELECT plan, name, post, written FROM plan_posts WHERE workspace = $1 AND plan = $2 AND name = $3",
      workspace, plan, key);
  return rows.empty() ? std::nullopt : std::optional(planned_at(rows[0]));
}

std::vector<Planned> PlannedPosts::list(WorkspaceId workspace, const std::string& plan) {
  const Rows rows = unit_.connection()(
      "SELECT plan, name, post, written FROM plan_posts WHERE workspace = $1 AND plan = $2 ORDER BY name",
      workspace, plan);
  std::vector<Planned> all;
  for (size_t i = 0; i < rows.size(); ++i) all.push_back(planned_at(rows[i]));
  return all;
}

std::optional<Planned> PlannedPosts::of_post(WorkspaceId workspace, PostId post) {
  const Rows rows = unit_.connection()(
      "SELECT plan, name, post, written FROM plan_posts WHERE workspace = $1 AND post = $2 ORDER BY plan "
      "LIMIT 1",
      workspace, post);
  return rows.empty() ? std::nullopt : std::optional(planned_at(rows[0]));
}

void PlannedPosts::keep(WorkspaceId workspace, const Planned& planned) {
  unit_.connection().tell(
      "INSERT INTO plan_posts (workspace, plan, name, post, written) VALUES ($1, $2, $3, $4, $5) "
      "ON CONFLICT (workspace, plan, name) DO UPDATE SET post = excluded.post, written = excluded.written",
      workspace, planned.plan, planned.key, planned.post, planned.written);
}

void PlannedPosts::forget(WorkspaceId workspace, const std::string& plan, const std::string& key) {
  unit_.connection().tell("DELETE FROM plan_posts WHERE workspace = $1 AND plan = $2 AND name = $3",
                          workspace, plan, key);
}

std::vector<PlannedPosts::Named> PlannedPosts::plans(WorkspaceId workspace) {
  const Rows rows = unit_.connection()(
      "SELECT plan, count(*) FROM plan_posts WHERE workspace = $1 GROUP BY plan ORDER BY plan", workspace);
  std::vector<Named> all;
  for (size_t i = 0; i < rows.size(); ++i) all.push_back({rows[i].text(0), rows[i].integer(1)});
  return all;
}

std::optional<MediaId> media_with(Unit& unit, WorkspaceId workspace, const std::string& sha256) {
  const Rows rows =
      unit.connection()("SELECT id FROM media WHERE workspace = $1 AND sha256 = $2 ORDER BY id DESC LIMIT 1",
                        workspace, sha256);
  return rows.empty() ? std::nullopt : std::optional(rows[0].id<MediaId>(0));
}

}  // namespace carillon::store

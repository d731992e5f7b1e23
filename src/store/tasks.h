// Tasks for people: made, looked at, ticked off. Storage threads.
#pragma once

#include <optional>
#include <vector>

#include "model/people.h"
#include "model/task.h"
#include "store/unit.h"

namespace carillon::store {

inline constexpr size_t all_tasks = 1'000'000;  // more than there are

struct TaskFilter {
  TaskState state = TaskState::open;
  std::optional<CampaignId> campaign;
  size_t limit = 200;
};

class Tasks {
 public:
  explicit Tasks(Unit& unit) : unit_(unit) {}

  void add(const Task& task);
  void edit(const Task& task);  // what it says and when; one that was told of is told of again
  std::optional<Task> find(WorkspaceId workspace, TaskId id);
  // Open: by due time, those without one last. Settled: newest first.
  std::vector<Task> list(WorkspaceId workspace, const TaskFilter& filter);
  int64_t due(WorkspaceId workspace, Instant now);  // open and due: how many
  void settle(WorkspaceId workspace, TaskId id, TaskState state, UserId by, Instant now);
  void reopen(WorkspaceId workspace, TaskId id);
  void remove(WorkspaceId workspace, TaskId id);

  std::vector<Task> untold(Instant now, size_t limit);  // due, and nobody was told; in all workspaces
  void tell(const Task& task, const Notice& notice);    // once

 private:
  void withdraw(WorkspaceId workspace, TaskId id);  // its notice, if any

  Unit& unit_;
};

}  // namespace carillon::store

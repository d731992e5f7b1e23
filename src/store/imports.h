// Which row of an imported table became which post or task: the same file twice makes no doubles. Storage
// threads.
#pragma once

#include <optional>
#include <string>

#include "model/post.h"
#include "model/task.h"
#include "store/unit.h"

namespace carillon::store {

class Imports {
 public:
  explicit Imports(Unit& unit) : unit_(unit) {}

  // The post that this row became, as long as it is there.
  std::optional<PostId> known(WorkspaceId workspace, const std::string& key);
  void keep(WorkspaceId workspace, const std::string& key, PostId post);
  std::optional<TaskId> known_task(WorkspaceId workspace, const std::string& key);
  void keep_task(WorkspaceId workspace, const std::string& key, TaskId task);

 private:
  Unit& unit_;
};

}  // namespace carillon::store

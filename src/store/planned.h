// What plans made: which entry became which post, and what the plan last wrote into it. Storage threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/post.h"
#include "store/unit.h"

namespace carillon::store {

struct Planned {
  std::string plan, key;
  PostId post;
  std::string written;  // lines of plan/plan_diff.h
};

class PlannedPosts {
 public:
  explicit PlannedPosts(Unit& unit) : unit_(unit) {}
  // Whoever applies a plan holds this until the end of the transaction.
  void lock(WorkspaceId workspace);
  std::optional<Planned> find(WorkspaceId workspace, const std::string& plan, const std::string& key);
  std::vector<Planned> list(WorkspaceId workspace, const std::string& plan);  // by key
  std::optional<Planned> of_post(WorkspaceId workspace, PostId post);
  void keep(WorkspaceId workspace, const Planned& planned);
  void forget(WorkspaceId workspace, const std::string& plan, const std::string& key);
  struct Named {
    std::string plan;
    int64_t posts = 0;
  };
  std::vector<Named> plans(WorkspaceId workspace);

 private:
  Unit& unit_;
};

// The newest file with these contents.
std::optional<MediaId> media_with(Unit& unit, WorkspaceId workspace, const std::string& sha256);

}  // namespace carillon::store

// Posts that repeat: the rule, what is repeated, and which occurrences are posts already. Which wall times a
// rule means is plan/recurrence.h's business. Storage threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/post.h"
#include "store/unit.h"

namespace carillon::store {

struct Series {
  PostId id;  // of the post that it began with: no two begin with the same
  WorkspaceId workspace;
  std::string rule, local_time, zone;  // from which wall time on
  Post pattern;            // content, targets, title, tags, late, author: what new occurrences say
  std::string made_until;  // wall time of the last occurrence that is a post; those after it are to come
  bool ended = false;      // no more to come
  bool approved = false;   // by somebody who may; else its occurrences need what its author's posts need
};

struct Occurrence {
  std::string local_time;  // the wall time that the rule gave it, wherever the post is now
  PostId post;
  bool own = false;  // a person changed this one alone: changes to all pass it by
};

class SeriesShelf {
 public:
  explicit SeriesShelf(Unit& unit) : unit_(unit) {}

  void add(const Series& series);
  void put(const Series& series);  // as it is now
  std::optional<Series> find(WorkspaceId workspace, PostId id);
  std::optional<PostId> of_post(WorkspaceId workspace, PostId post);  // the series that a post belongs to
  // Those that go on, or have an occurrence at `since` (a wall time) or later.
  std::vector<Series> list(WorkspaceId workspace, const std::string& since);
  std::vector<Series> going_on();  // in all workspaces

  void add(const Series& series, const Occurrence& occurrence);
  std::vector<Occurrence> occurrences(WorkspaceId workspace, PostId series);  // by time
  void move(WorkspaceId workspace, PostId post, const std::string& local_time);
  void make_own(WorkspaceId workspace, PostId post);  // nothing when it belongs to none
  void drop(WorkspaceId workspace, PostId post);      // it belongs to none any more

 private:
  Unit& unit_;
};

}  // namespace carillon::store

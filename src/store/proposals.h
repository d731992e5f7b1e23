// Posts that wait for somebody who may approve them. While one waits it has nothing that could go out: what
// was on the schedule is taken off when it becomes a proposal, so the engine needs to know nothing of this.
// Storage threads.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "model/post.h"
#include "store/unit.h"

namespace carillon::store {

// Whose word it is that puts a post on the schedule. by_author: nobody's but its author's (a feed's, a
// series'), who may need approval; given: `who` may approve; ask: `who` may not.
struct Leave {
  enum class Kind : uint8_t { by_author, given, ask } kind = Kind::by_author;
  UserId who{};
  static Leave given_by(UserId who) { return {Kind::given, who}; }
  static Leave ask_for(UserId who) { return {Kind::ask, who}; }
};

// Does the workspace want posts of this person approved? False for those who may approve.
bool needs_approval(Unit& unit, WorkspaceId workspace, UserId person);

// A post that waits, and how long it has.
struct WaitingPost {
  WorkspaceId workspace;
  PostId post;
  UserId asked_by;
};

class Proposals {
 public:
  explicit Proposals(Unit& unit) : unit_(unit) {}

  // Must this wait for approval?
  bool must_ask(const Post& post, const Leave& leave);
  // The post waits from now on, at the time that it has. Fault: closed, when something of it is on its way or
  // unclear.
  Result<void> propose(const Post& post, const Proposal& proposal);
  std::optional<Proposal> find(WorkspaceId workspace, PostId post);
  void answer(const Post& post, const Proposal& answered);
  // The word on one that is still open, when there is one.
  void approve(const Post& post, UserId who, Instant now);
  // The post was canceled: what was asked is no question any more.
  void close(WorkspaceId workspace, PostId post, Instant now);
  // Sent back or withdrawn: a draft again; canceled when something of it was out once (it has a record).
  PostState put_back(const Post& post, const Proposal& answered, Instant now);

  std::vector<WaitingPost> untold();             // in all workspaces, at most a thousand; told from now on
  std::vector<WaitingPost> expire(Instant now);  // those whose time has gone by

 private:
  Unit& unit_;
};

// What somebody asks for by putting this post on the schedule now.
Proposal proposal_of(const Post& post, const Leave& leave, Instant now);

}  // namespace carillon::store

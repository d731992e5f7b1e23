// What was found amiss with posts that wait for their time, and the notice that told of each: so that a
// person hears of it once, and no longer when it is mended. What can be amiss is plan/check.h's business.
// Storage threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/people.h"
#include "model/post.h"
#include "store/unit.h"

namespace carillon::store {

struct FindingKey {
  AccountId account;  // zeros: the post as a whole
  std::string code;
  auto operator<=>(const FindingKey&) const = default;
};

class Findings {
 public:
  explicit Findings(Unit& unit) : unit_(unit) {}

  std::vector<FindingKey> of_post(WorkspaceId workspace, PostId post);
  void add(WorkspaceId workspace, PostId post, const FindingKey& key, const Notice& notice);
  // It is mended, or too late: its notice goes with it.
  void withdraw(WorkspaceId workspace, PostId post, const FindingKey& key);

  struct Told {
    WorkspaceId workspace;
    PostId post;
  };
  std::vector<Told> posts(size_t limit);  // those with findings, in all workspaces

  // How much an account has on its schedule, or has delivered, within (after, until].
  int64_t planned(WorkspaceId workspace, AccountId account, Instant after, Instant until);

  // Scheduled posts whose time is in (after, until], that still have something waiting. At most `limit`.
  std::vector<Post> coming(WorkspaceId workspace, Instant after, Instant until, size_t limit);

 private:
  Unit& unit_;
};

}  // namespace carillon::store

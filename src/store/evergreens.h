// The evergreen pool: posts that fill what is free, the accounts for which they do, and each slot that was
// filled, once. Storage threads.
#pragma once

#include <optional>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "store/unit.h"

namespace carillon::store {

struct Evergreen {
  PostId post;  // what is said, and by whom
  Instant expires = Instant::never();
  int64_t most = 0;  // uses for each account; 0: as often as there is room
  Instant added;
};

struct EvergreenAccount {
  AccountId account;
  int64_t ahead = 7;   // days that are kept filled
  int64_t again = 30;  // days at least until the same post again
};

struct EvergreenUse {
  AccountId account;
  Instant slot;
  PostId origin, post;
};

class Evergreens {
 public:
  explicit Evergreens(Unit& unit) : unit_(unit) {}
  void put(WorkspaceId workspace, const Evergreen& evergreen);
  void remove(WorkspaceId workspace, PostId post);     // what it filled stays
  std::vector<Evergreen> list(WorkspaceId workspace);  // whose posts are there, the oldest first
  std::optional<Evergreen> find(WorkspaceId workspace, PostId post);

  void fill_for(WorkspaceId workspace, const EvergreenAccount& account);
  void leave(WorkspaceId workspace, AccountId account);
  std::vector<EvergreenAccount> accounts(WorkspaceId workspace);
  std::vector<WorkspaceId> workspaces();  // where anything is filled by itself

  // False: this slot was filled before, whatever became of that.
  bool use(WorkspaceId workspace, const EvergreenUse& use);
  std::vector<EvergreenUse> uses(WorkspaceId workspace);  // by time
  std::optional<EvergreenUse> use_of(WorkspaceId workspace, PostId post);

 private:
  Unit& unit_;
};

}  // namespace carillon::store

// One world: its time, its dice, its networks, its one durable store, and everybody who acts in it. Passed
// around by reference; nobody owns anybody. One thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "channels/registry.h"
#include "net/client.h"
#include "proof/plot.h"
#include "proof/simulate.h"
#include "proof/timeline.h"
#include "sandbox/world.h"
#include "store/transaction.h"
#include "store/unit.h"

namespace carillon::proof {

class Process;
class Oracle;

struct Scene {
  Scene(uint64_t seed, store::Connection& database, std::function<void(const std::string&)> line);

  const uint64_t seed;
  SeededRandom dice;
  SeededRandom platform_dice;
  Timeline time;
  Duration skew{0};  // wall clock minus real time
  sandbox::World platform;
  store::Connection& database;
  const channels::Registry& channels;
  Troubles troubles;
  bool healed = false;  // the liveness phase
  int64_t epoch = 0;    // of whoever took office last
  WorkspaceId workspace;
  std::vector<AccountId> accounts;
  std::vector<Part> parts;
  std::function<void(AccountId)> on_refresh;  // the request has left: the worst moment; may be empty
  Process* process = nullptr;  // in office, or trying to be; nullptr: nobody is
  Oracle* oracle = nullptr;
  SimulateReport report;

  Instant wall() const { return time.now() + skew; }
  Duration soon(int64_t most_us) {
    return Duration(static_cast<int64_t>(dice.below(static_cast<uint64_t>(most_us)) + 1));
  }
  void tell(const std::string& what);  // a line of the story, and of the trace
  void violate(const std::string& invariant, const std::string& text);

  // One durable transaction.
  template <class Work>
  auto transact(Work work) {
    store::Transaction transaction(database);
    store::Unit unit(database);
    if constexpr (std::is_void_v<decltype(work(unit))>) {
      work(unit);
      transaction.commit();
    } else {
      auto result = work(unit);
      transaction.commit();
      return result;
    }
  }

 private:
  std::function<void(const std::string&)> line_;
};

// Stored credentials are plain JSON here: sealing is tested where it is done.
std::string credential_text(const net::Credential& credential);
net::Credential credential_from(const std::string& text);

}  // namespace carillon::proof

// The pump: the server's driver of the engine. A dumb loop on the engine thread: hands in what happened,
// carries the effects out in order, reports back. Decides nothing. Methods may be called from any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "delivery/engine.h"
#include "net/client.h"
#include "run/depot.h"
#include "run/dispatcher.h"
#include "run/log.h"
#include "run/vault.h"
#include "store/journal.h"
#include "store/store.h"

namespace carillon::run {

// Lets a request leave and reports what became of it, from any thread.
using Transport =
    std::function<void(wire::Request, net::Credential, std::move_only_function<void(net::Outcome)>)>;

struct PumpWiring {
  store::Store& store;
  const channels::Registry& channels;
  Vault& vault;
  Log& log;
  Transport transport;
  std::function<void(const delivery::Save&)> changed;   // a decision became durable; storage thread
  std::function<void(WorkspaceId, AccountId)> refresh;  // the engine wants this credential refreshed
  std::function<void()> out_of_office;                  // another server took over: stop at once
  Depot* depot = nullptr;                               // brings the files of a request; none: they are here
};

// The store must be closed before the pump goes: what the store still has to do tells the pump.
class Pump {
 public:
  Pump(PumpWiring wiring, delivery::Policy policy);
  ~Pump();

  // Takes office as `holder` (an installation takes itself over at once), loads what the engine has to know,
  // settles what was open when the last one died, and starts the loop. Fault: unavailable, another server is
  // in office.
  Result<void> start(const std::string& holder);
  // No new claims; waits until what is in flight is settled, at most `patience`.
  void stop(Duration patience);

  void expect(WorkspaceId workspace, AccountId account, Line line, Instant due);
  void know(const Account& account);
  void hold_all(bool held);
  size_t in_hand() const { return in_hand_.load(std::memory_order_relaxed); }

 private:
  using Work = std::move_only_function<delivery::Effects(Instant)>;
  void post(Work work);
  void later(Duration span, Work work);  // engine thread
  void loop();
  std::vector<Work> wait_for_work();
  void watch_the_clock(Instant now);
  void tell_of_jump(Duration by);
  void carry_out(delivery::Effects effects);
  void save(std::shared_ptr<delivery::Save> save);
  void transmit(delivery::Transmit transmit);
  void let_leave(delivery::Transmit transmit, std::shared_ptr<Depot::Hold> files);
  void read(const delivery::Claim& claim, Instant now);
  void keep_office();
  bool drained();

  PumpWiring wiring_;
  SystemRandom random_;
  delivery::Engine engine_;
  store::Tenure tenure_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Work> inbox_;
  std::atomic<bool> stopping_ = false;
  Duration give_up_{0};                    // monotonic
  std::multimap<Duration, Work> delayed_;  // by monotonic time
  Instant last_wall_;
  Duration last_boot_{0};
  Duration office_renewed_{0};                // of the boot clock, as the next
  std::atomic<int64_t> office_until_us_ = 0;  // after this another holder may be in office
  size_t reads_ = 0;                          // claims being read
  std::atomic<size_t> in_hand_ = 0;
  std::thread thread_;
};

}  // namespace carillon::run

#include "proof/simulate.h"

#include <fmt/format.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "proof/oracle.h"
#include "proof/people.h"
#include "proof/process.h"
#include "proof/scene.h"
#include "store/schema.h"
#include "store/sqlite.h"

namespace carillon::proof {
namespace {

constexpr Duration safety_lasts = 40min;
constexpr Duration patience = 96h;       // of virtual time, after healing, until everything has settled
constexpr int64_t most_steps = 400'000;  // of one world: more is a livelock
constexpr int rows_every = 64;           // steps between two looks at every row

using Line = std::function<void(const std::string&)>;

// Brings a server back into office a while after the last one died.
void restart(Scene& scene, Duration after, const std::string& holder) {
  scene.time.in(after, [&scene, holder] {
    if (scene.process) return;
    auto process = std::make_shared<Process>(scene, holder);
    scene.process = process.get();
    if (!process->start()) {
      scene.process = nullptr;
      return restart(scene, 3s, holder);
    }
  });
}

// A server that froze is replaced by another holder once its lease is over, and wakes up to find that.
void take_over(Scene& scene) {
  Process* process = scene.process;
  if (!process || !process->awake()) return;
  ++scene.report.take_overs;
  process->freeze(Duration(20s) + scene.soon(60'000'000));
  scene.process = nullptr;
  restart(scene, Duration(15s) + scene.soon(3'000'000), fmt::format("stand-in-{}", scene.report.take_overs));
}

void watch(Scene& scene) {  // whoever died comes back
  scene.time.in(scene.healed ? Duration(10min) : Duration(2s), [&scene] {
    if (!scene.process) restart(scene, scene.soon(4'000'000), "home");
    watch(scene);
  });
}

void order_fault(Scene& scene) {
  std::vector<std::string> kinds;
  const Troubles& t = scene.troubles;
  if (t.limits) kinds.insert(kinds.end(), {"rate_limit", "rate_limit_silent"});
  if (t.server_errors) kinds.insert(kinds.end(), {"error_after_accept", "error_before", "give_up"});
  if (t.garbage) kinds.insert(kinds.end(), {"garbage", "html", "empty"});
  if (t.lost_answers) kinds.insert(kinds.end(), {"lose_answer", "hang"});
  if (t.lost_requests) kinds.emplace_back("lose_request");
  if (t.expiry) kinds.emplace_back("expire_tokens");
  if (kinds.empty()) return;
  sandbox::FaultOrder fault;
  fault.kind = kinds[scene.dice.below(kinds.size())];
  const auto& networks = sandbox::World::networks();
  if (scene.dice.chance(70)) fault.network = networks[scene.dice.below(networks.size())];
  fault.times = fault.kind == "expire_tokens" ? 1 : static_cast<int64_t>(1 + scene.dice.below(4));
  fault.percent = scene.dice.chance(50) ? 100 : 40;
  scene.tell(fmt::format("trouble: {} x{} on {}", fault.kind, fault.times,
                         fault.network.empty() ? "all" : fault.network));
  scene.platform.order(fault);
}

void step_clock(Scene& scene) {
  const auto by = Duration(static_cast<int64_t>(scene.dice.below(1'200'000'000)) - 600'000'000);
  scene.skew += by;
  ++scene.report.clock_steps;
  scene.tell(fmt::format("the wall clock steps by {:.1f} s", static_cast<double>(by.count()) / 1e6));
  if (scene.process && scene.process->awake()) scene.process->clock_moved(by);
}

void plan_troubles(Scene& scene) {
  const auto within = [&] { return scene.soon(600'000'000); };
  for (uint64_t i = 0; i < 3 + scene.dice.below(6); ++i)
    scene.time.in(within(), [&scene] { order_fault(scene); });
  if (scene.troubles.take_overs) {
    for (uint64_t i = 0; i < 1 + scene.dice.below(2); ++i)
      scene.time.in(within(), [&scene] { take_over(scene); });
  }
  if (scene.troubles.clock) scene.time.in(within(), [&scene] { step_clock(scene); });
  if (scene.troubles.late) {
    scene.time.in(within() / 4, [&scene] {
      if (scene.process) scene.process->die();
      restart(scene, Duration(10min) + scene.soon(1'500'000'000), "home");
    });
  }
}

void heal(Scene& scene) {
  scene.tell("everything is healed");
  scene.healed = true;
  scene.platform.heal();
}

void live(Scene& scene, Oracle& oracle) {
  const Instant healing = scene.time.now() + safety_lasts;
  scene.time.at(healing, [&scene] { heal(scene); });
  for (int64_t steps = 0; scene.report.violations.empty(); ++steps) {
    if (steps >= most_steps) return scene.violate("L1", "it goes round in circles");
    scene.time.step();
    oracle.look_at_ledger();
    if (scene.time.now() > healing + patience) return;  // at_rest() says what did not settle
    if (steps % rows_every != 0 || !oracle.take_changed()) continue;
    oracle.look_at_rows();
    if (scene.healed && oracle.all_settled()) return;
  }
}

SimulateReport run_world(uint64_t seed, store::Connection& database, Line line) {
  Scene scene(seed, database, std::move(line));
  Oracle oracle(scene);
  scene.oracle = &oracle;
  People people(scene);
  people.connect_accounts();
  people.plan_posts();
  people.interfere();
  people.go_round();
  plan_troubles(scene);
  watch(scene);
  restart(scene, 0s, "home");
  live(scene, oracle);
  if (scene.report.violations.empty()) oracle.at_rest();
  scene.report.worlds = 1;
  return scene.report;
}

void add(SimulateReport& sum, const SimulateReport& one) {
  sum.worlds += one.worlds, sum.deliveries += one.deliveries, sum.delivered += one.delivered;
  sum.failed += one.failed, sum.canceled += one.canceled, sum.skipped += one.skipped;
  sum.requests += one.requests, sum.lost_answers += one.lost_answers, sum.crashes += one.crashes;
  sum.take_overs += one.take_overs, sum.clock_steps += one.clock_steps,
      sum.person_verdicts += one.person_verdicts;
  sum.trace += one.trace * 0x9e3779b97f4a7c15ULL;  // independent of the order in which threads finish
  sum.violations.insert(sum.violations.end(), one.violations.begin(), one.violations.end());
}

std::unique_ptr<store::Connection> fresh_database() {
  auto database = store::connect_sqlite(":memory:");
  store::migrate(*database);
  return database;
}

}  // namespace

SimulateReport simulate(const SimulateOptions& options) {
  SimulateReport sum;
  std::mutex mutex;
  std::atomic<int64_t> next = 0;
  const auto work = [&] {
    const auto database = fresh_database();
    for (int64_t world = next++; world < options.worlds; world = next++) {
      store::wipe(*database);
      const SimulateReport one = run_world(options.seed + static_cast<uint64_t>(world), *database, nullptr);
      const std::lock_guard lock(mutex);
      add(sum, one);
      if (options.progress) options.progress(sum.worlds);
      if (static_cast<int64_t>(sum.violations.size()) >= options.stop_after) next = options.worlds;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 1; i < options.threads; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  return sum;
}

SimulateReport replay(uint64_t seed, const std::function<void(const std::string&)>& line) {
  const auto database = fresh_database();
  return run_world(seed, *database, line);
}

std::vector<Hunt> hunt_mutants(uint64_t seed, int64_t worlds) {
  std::vector<Hunt> hunts;
#ifdef CARILLON_MUTANTS
  for (const delivery::MutantName& mutant : delivery::mutants()) {
    delivery::switch_on(mutant.mutant);
    const SimulateReport report = simulate({.seed = seed, .worlds = worlds, .stop_after = 1});
    Hunt hunt{.mutant = std::string(mutant.name),
              .what = std::string(mutant.what),
              .caught = !report.violations.empty(),
              .worlds = report.worlds};
    if (hunt.caught) hunt.by = report.violations.front();
    hunts.push_back(std::move(hunt));
  }
  delivery::switch_on(delivery::Mutant::none);
#endif
  return hunts;
}

}  // namespace carillon::proof

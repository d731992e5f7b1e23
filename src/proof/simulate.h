// The simulator: the shipped engine in worlds of virtual time, where networks lose answers, servers crash
// between any two steps, clocks jump and people change their minds; then everything is healed and must come
// to its end. After every step the invariants are checked against the networks' own ledgers. One seed is one
// world, the same on every machine. Refuses to know real time. Thread: any; several worlds run on threads of
// their own.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "delivery/mutants.h"

namespace carillon::proof {

struct SimulateOptions {
  uint64_t seed = 1;  // of the first world; the next ones count up
  int64_t worlds = 1000;
  int threads = 1;
  int64_t stop_after = 10;                            // violations
  std::function<void(int64_t worlds_done)> progress;  // from any of the threads
};

struct Violation {
  uint64_t seed = 0;
  std::string invariant;  // "D1", "L2", … as in ARCHITECTURE.md
  std::string text;
};

// What the worlds went through, so that "0 violations" can be judged.
struct SimulateReport {
  int64_t worlds = 0, deliveries = 0, delivered = 0, failed = 0, canceled = 0, skipped = 0;
  int64_t requests = 0, lost_answers = 0, crashes = 0, take_overs = 0, clock_steps = 0, person_verdicts = 0;
  uint64_t trace = 0;  // hash over everything that happened, in order of seeds
  std::vector<Violation> violations;
};

SimulateReport simulate(const SimulateOptions& options);

// One world again, telling what happens line by line.
SimulateReport replay(uint64_t seed, const std::function<void(const std::string&)>& line);

struct Hunt {
  std::string mutant, what;
  bool caught = false;
  int64_t worlds = 0;  // tried until it was caught
  Violation by;
};
// Each deliberate bug must be caught within `worlds` worlds. Empty when this build has no mutants.
std::vector<Hunt> hunt_mutants(uint64_t seed, int64_t worlds);

}  // namespace carillon::proof

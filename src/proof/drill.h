// The crash drill: the real server on a temporary data folder, the sandbox's networks in another process,
// posts due within seconds, and while they go out the server is killed (SIGKILL) and started again at random
// moments and the networks misbehave. Then everything is healed, all must settle, and what the networks
// accepted is compared with what the server believes. Thread: one, and one more for the killing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"

namespace carillon::proof {

struct DrillOptions {
  std::filesystem::path program;  // carillon itself
  int64_t posts = 200, kills = 50;
  uint64_t seed = 1;
  std::string database;  // empty: SQLite in the temporary folder
  bool keep = false;     // keep the folder
  std::function<Instant()> now;
  std::function<void(std::string_view what, double done, double total)> progress;
};

struct DrillReport {
  int64_t posts = 0, targets = 0, kills = 0, delivered = 0, uncertain = 0, doubles = 0, losses = 0;
  int64_t told = 0;  // of those delivered: a person had to look at the network
  double seconds = 0;
  std::vector<std::string> findings;  // each double, each loss, in words
  std::filesystem::path folder;       // when it was kept: always, when something was found
  bool passed() const { return doubles == 0 && losses == 0 && findings.empty(); }
};

// Throws std::runtime_error with a sentence when the drill itself cannot go on.
DrillReport drill(const DrillOptions& options);

}  // namespace carillon::proof

// The whole house under one roof: every room made, wired to the others, started in order and stopped in
// order. Decides nothing. Main thread.
#pragma once

#include <memory>

#include "run/config.h"

namespace carillon::cli {

class House {
 public:
  // Opens everything: throws std::runtime_error with a sentence for people when something is not there.
  explicit House(const run::Config& config);
  ~House();
  // Serves until SIGTERM or SIGINT, then finishes what is in flight. 0, or an exit code.
  int run();

 private:
  struct Rooms;
  std::unique_ptr<Rooms> rooms_;
};

}  // namespace carillon::cli

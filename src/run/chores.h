// Periodic housekeeping: what has a clock of its own and no audience. Runs on the io_context it is given.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <vector>

#include "base/instant.h"
#include "run/log.h"

namespace carillon::run {

struct Chore {
  const char* name;
  Duration every;
  std::function<void(Instant now)> what;
};

class Chores {
 public:
  Chores(boost::asio::io_context& context, Log& log, std::vector<Chore> chores);
  void start();  // each for the first time soon, then every `every`
  void stop();

 private:
  struct Clockwork {
    Chore chore;
    boost::asio::steady_timer timer;
  };
  void wind(Clockwork& clockwork, Duration span);
  Log& log_;
  std::vector<Clockwork> clockworks_;
};

}  // namespace carillon::run

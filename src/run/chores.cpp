#include "run/chores.h"

#include "run/clock.h"

namespace carillon::run {

Chores::Chores(boost::asio::io_context& context, Log& log, std::vector<Chore> chores) : log_(log) {
  for (Chore& chore : chores) clockworks_.push_back({std::move(chore), boost::asio::steady_timer(context)});
}

void Chores::start() {
  for (Clockwork& clockwork : clockworks_) wind(clockwork, 1s);
}

void Chores::stop() {
  for (Clockwork& clockwork : clockworks_) clockwork.timer.cancel();
}

void Chores::wind(Clockwork& clockwork, Duration span) {
  clockwork.timer.expires_after(span);
  clockwork.timer.async_wait([this, &clockwork](boost::system::error_code canceled) {
    if (canceled) return;
    try {
      clockwork.chore.what(wall_clock());
    } catch (const std::exception& broken) {  // the next time may be better
      log_.error("chore.broken", broken.what(), {{"chore", clockwork.chore.name}});
    }
    wind(clockwork, clockwork.chore.every);
  });
}

}  // namespace carillon::run

#include "cli/signals.h"

#include <csignal>

namespace carillon::cli {
namespace {

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

}  // namespace

void hold_signals() {
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

int wait_for_stop() {
  const sigset_t set = stop_signals();
  int which = 0;
  sigwait(&set, &which);
  return which;
}

}  // namespace carillon::cli

// Waiting to be told to stop (SIGTERM, SIGINT). Call hold_signals() before any thread is started. Main
// thread.
#pragma once

namespace carillon::cli {

void hold_signals();  // from now on they wait for wait_for_stop()
int wait_for_stop();  // gives the signal

}  // namespace carillon::cli

// What the listeners of this house are given: its clock, and its log for what no answer can say. Any thread.
#pragma once

#include "net/listener.h"
#include "run/clock.h"
#include "run/log.h"

namespace carillon::run {

inline net::ListenHooks hooks_of(Log& log) {
  return {wall_clock, [&log](std::string_view sentence) { log.warning("http.trouble", sentence); }};
}

}  // namespace carillon::run

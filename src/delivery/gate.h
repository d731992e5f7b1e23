// May it go now, and if not, why and until when. Asked again for every delivery right before its next intent.
// Pure: facts in, verdict out.
#pragma once

#include <string>

#include "delivery/engine.h"

namespace carillon::delivery {

struct Verdict {
  enum class Kind : uint8_t {
    go,
    wait,    // stays unsettled until `due` with `reason`
    settle,  // ends as `state` with `reason`
  } kind = Kind::go;
  std::string reason = {};
  Instant due = {};
  DeliveryState state = DeliveryState::skipped;
  bool moved = false;  // the planned time itself was moved (next_slot)
  bool tell = false;   // a person should hear of it
};

// `remind`: how long until a person is reminded of something that waits for them.
Verdict gate(const Ticket& ticket, const Account& account, Duration remind, Instant now);

}  // namespace carillon::delivery

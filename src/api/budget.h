// What an account may still do: its limits with what was taken of them, by the engine's own arithmetic. Any
// thread.
#pragma once

#include <span>

#include "api/json.h"
#include "channels/traits.h"
#include "model/account.h"
#include "model/lane.h"

namespace carillon::api {

// "lanes" of the schema Account. states: of the whole installation, as they are stored.
void write_budget(Json& json, const Account& account, const channels::Traits& traits,
                  std::span<const LaneState> states, Instant now);

}  // namespace carillon::api

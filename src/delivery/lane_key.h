// The name under which a limit is kept: of one account, or of an app that accounts share. Any thread.
#pragma once

#include <string_view>

#include "channels/traits.h"
#include "model/account.h"
#include "model/lane.h"

namespace carillon::delivery {

// A lane that no network's traits have: it has no limit, and is closed while an account was told to wait and
// the request that was told so took no lane of the account.
inline constexpr const char* every_request = "requests";

// A name that the traits do not know is a lane of the account.
LaneKey lane_key(const Account& account, const channels::Traits& traits, std::string_view name);

}  // namespace carillon::delivery

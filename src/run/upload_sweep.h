// Uploads that nobody goes on with: forgotten after a day, with their bytes; and what killed servers left
// behind among what arrives. Waits for the store and the disk: not on the I/O thread.
#pragma once

#include "media/parts.h"
#include "run/depot.h"
#include "store/store.h"

namespace carillon::run {

inline constexpr Duration upload_lives = std::chrono::hours(24);  // since its last byte

// started: of this server. Gives how many uploads were forgotten.
size_t sweep_uploads(store::Store& store, Depot& depot, media::Parts& parts, Instant now, Instant started);
// What the depot is in doubt about: the store knows whether it stays. Gives how many media were removed.
size_t sweep_doubts(store::Store& store, Depot& depot, Instant started);

}  // namespace carillon::run

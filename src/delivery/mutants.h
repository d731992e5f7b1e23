// Deliberate bugs, one at a time, in test builds only: the simulator must catch each of them, which proves
// that its oracle can fail. In a release build every question is answered "no" at compile time.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace carillon::delivery {

enum class Mutant : uint8_t {
  none,
  publish_marked_safe,      // a lost publishing request is sent again without asking
  send_before_saved,        // the request leaves before its intent is durable
  intent_not_stored,        // no attempt is written at all
  fault_without_due,        // a breakdown leaves the row without a time to come back
  throttle_counts_as_try,   // being told to wait uses up the tries
  ignore_retry_after,       // the lane does not close
  server_error_is_failure,  // 5xx after a publishing request settles as failed
  unclear_is_absent,        // "cannot say" is taken for "not there"
  lanes_forgotten,          // a restart forgets what was taken
  lanes_unlimited,          // limits are not asked
  late_owner_accepted,      // the store takes writes of an old tenure
  cancel_ignored,           // a canceled delivery is sent all the same
  part_before_its_parent,   // a thread part does not wait for the part before
  unauthorized_fails,       // an expired token fails the delivery
  recover_as_unsent,        // after a crash, open attempts are taken as never sent
  hold_without_release,     // a refreshed account's queue is not woken
};

struct MutantName {
  Mutant mutant;
  std::string_view name, what;
};
std::span<const MutantName> mutants();
std::optional<Mutant> mutant_from(std::string_view name);

#ifdef CARILLON_MUTANTS
bool is_on(Mutant mutant);
void switch_on(Mutant mutant);  // for this process; none switches off
#else
constexpr bool is_on(Mutant) {
  return false;
}
#endif

}  // namespace carillon::delivery

#include "delivery/mutants.h"

#include <array>

namespace carillon::delivery {
namespace {

constexpr std::array names = {
    MutantName{Mutant::publish_marked_safe, "publish_marked_safe",
               "a lost publishing request is sent again without asking"},
    MutantName{Mutant::send_before_saved, "send_before_saved",
               "the request leaves before its intent is durable"},
    MutantName{Mutant::intent_not_stored, "intent_not_stored", "no attempt is written at all"},
    MutantName{Mutant::fault_without_due, "fault_without_due",
               "a breakdown leaves the row without a time to come back"},
    MutantName{Mutant::throttle_counts_as_try, "throttle_counts_as_try",
               "being told to wait uses up the tries"},
    MutantName{Mutant::ignore_retry_after, "ignore_retry_after", "a refused lane does not close"},
    MutantName{Mutant::server_error_is_failure, "server_error_is_failure",
               "a 5xx after publishing settles as failed"},
    MutantName{Mutant::unclear_is_absent, "unclear_is_absent", "\"cannot say\" is taken for \"not there\""},
    MutantName{Mutant::lanes_forgotten, "lanes_forgotten", "a restart forgets what lanes have given"},
    MutantName{Mutant::lanes_unlimited, "lanes_unlimited", "limits are not asked"},
    MutantName{Mutant::late_owner_accepted, "late_owner_accepted", "the store takes writes of an old tenure"},
    MutantName{Mutant::cancel_ignored, "cancel_ignored", "a canceled delivery is sent all the same"},
    MutantName{Mutant::part_before_its_parent, "part_before_its_parent",
               "a thread part does not wait for the part before"},
    MutantName{Mutant::unauthorized_fails, "unauthorized_fails", "an expired token fails the delivery"},
    MutantName{Mutant::recover_as_unsent, "recover_as_unsent",
               "after a crash, open attempts count as never sent"},
    MutantName{Mutant::hold_without_release, "hold_without_release",
               "a refreshed account's queue is not woken"},
};

}  // namespace

std::span<const MutantName> mutants() {
  return names;
}

std::optional<Mutant> mutant_from(std::string_view name) {
  for (const MutantName& known : names) {
    if (known.name == name) return known.mutant;
  }
  return std::nullopt;
}

#ifdef CARILLON_MUTANTS
namespace {
Mutant chosen = Mutant::none;
}
bool is_on(Mutant mutant) {
  return chosen == mutant;
}
void switch_on(Mutant mutant) {
  chosen = mutant;
}
#endif

}  // namespace carillon::delivery

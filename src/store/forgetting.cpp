#include "store/forgetting.h"

#include "store/records.h"

namespace carillon::store {

void forget_old(Unit& unit, Instant now) {
  const Instant yesterday = now - std::chrono::hours(24);
  Idempotency(unit).forget_before(yesterday);
  unit.connection()("DELETE FROM failures WHERE last < $1", yesterday);
  unit.connection()("DELETE FROM sessions WHERE expires <= $1", now);
}

}  // namespace carillon::store

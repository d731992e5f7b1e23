#include "base/sodium.h"

#include <sodium.h>

#include "base/check.h"

namespace carillon {

void need_sodium() {
  static const bool ready = sodium_init() >= 0;
  CHECK(ready);
}

}  // namespace carillon

#include "base/secret.h"

#include <sodium.h>

namespace carillon {
namespace {
// The whole capacity: a text that was moved away or made shorter leaves its characters behind its end.
void wipe(std::string& text) {
  sodium_memzero(text.data(), text.capacity());
}
}  // namespace

Secret::Secret(std::string text) : text_(std::move(text)) {
  wipe(text);  // NOLINT(clang-analyzer-cplusplus.Move): a short text was copied and still stands here
}

Secret& Secret::operator=(const Secret& other) {
  Secret copy(other);  // dies with the old characters, and wipes them
  text_.swap(copy.text_);
  return *this;
}

Secret::~Secret() {
  wipe(text_);
}

}  // namespace carillon

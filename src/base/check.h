// CHECK: a condition that only a bug can break. Stays on in production: aborting is safe, because intents
// are durable before anything is sent. Any thread.
#pragma once

namespace carillon {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}

#define CHECK(condition) \
  (static_cast<bool>(condition) ? void() : ::carillon::check_failed(#condition, __FILE__, __LINE__))

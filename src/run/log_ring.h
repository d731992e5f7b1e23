// The last records of the log, for the page: kept in memory, gone with the process; and the rule by which
// whatever looks like a secret is blotted out before it is written anywhere. Thread-safe.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.h"

namespace carillon::run {

enum class Level : uint8_t { debug, info, warning, error };
std::string_view to_text(Level level);
std::optional<Level> level_from(std::string_view text);

struct LogRecord {
  uint64_t number = 0;  // rises by one
  Instant at;
  Level level = Level::info;
  std::string event, text;
  std::vector<std::pair<std::string, std::string>> fields;
};

struct LogFilter {
  Level least = Level::debug;
  std::string text;  // in the event, the text or a field; without case; empty: all
};

class LogRing {
 public:
  static constexpr size_t most = 2000;

  void keep(LogRecord record);  // gives it its number
  // Newest first, those before `before`; one more than `limit` tells that there are more.
  std::vector<LogRecord> list(std::optional<uint64_t> before, size_t limit, const LogFilter& filter);

 private:
  std::mutex mutex_;
  std::deque<LogRecord> records_;
  uint64_t last_ = 0;
};

// Passwords in addresses, values of parameters and headers that carry secrets, keys of ours: "•••" in their
// place.
std::string blotted(std::string_view text);
// Of a field: its name can tell that its value is a secret.
std::string blotted_value(std::string_view name, std::string_view value);

}  // namespace carillon::run

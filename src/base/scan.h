// Reads a text from its front: fixed-width numbers and single characters. On success the front is consumed;
// on failure the text stays as it was. Any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace carillon {

// Exactly `count` ASCII digits (at most 9).
inline std::optional<int> take_digits(std::string_view& text, size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

// One character out of `choices`.
inline bool take_one(std::string_view& text, std::string_view choices) {
  if (text.empty() || choices.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace carillon

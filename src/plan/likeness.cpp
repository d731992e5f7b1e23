#include "plan/likeness.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/text.h"
#include "plan/links.h"

namespace carillon::plan {

namespace {
constexpr size_t piece = 5;

// FNV-1a, then stirred: every bit of the piece moves half of the bits.
uint64_t hash_of(std::string_view piece) {
  uint64_t hash = 1469598103934665603ULL;
  for (const char c : piece) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdULL;
  hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53ULL;
  return hash ^ (hash >> 33);
}

// Bytes will do: what is compared was cut the same way.
Pieces cut(std::string_view words) {
  Pieces pieces;
  if (words.empty()) return pieces;
  const size_t count = words.size() < piece ? 1 : words.size() - piece + 1;
  pieces.reserve(count);
  for (size_t i = 0; i < count; ++i) pieces.push_back(hash_of(words.substr(i, piece)));
  std::ranges::sort(pieces);
  const auto twice = std::ranges::unique(pieces);
  pieces.erase(twice.begin(), twice.end());
  return pieces;
}

// Most texts have no letters but those of ASCII, and ICU takes its time.
std::string without_case(std::string_view text) {
  const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii ? lowered(text) : folded(text);
}

bool is_space(char c) {
  const auto byte = static_cast<unsigned char>(c);
  const bool letter = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || byte >= 0x80;
  return !letter;
}
}  // namespace

std::string plain_words(std::string_view text) {
  const auto bare = [](const std::string& url) { return url.substr(0, url.find_first_of("?#")); };
  std::string words;
  for (const char c : without_case(change_links(text, bare))) {
    if (!is_space(c)) {
      words += c;
    } else if (!words.empty() && words.back() != ' ') {
      words += ' ';
    }
  }
  if (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

Pieces pieces_of(std::string_view text) {
  return cut(plain_words(text));
}

uint64_t sketch(std::string_view text) {
  return sketch(pieces_of(text));
}

uint64_t sketch(std::span<const uint64_t> pieces) {
  if (pieces.empty()) return 0;
  std::array<int32_t, 64> ones{};
  for (const uint64_t hash : pieces) {
    for (size_t bit = 0; bit < ones.size(); ++bit) ones[bit] += static_cast<int32_t>((hash >> bit) & 1U);
  }
  uint64_t sketch = 0;
  for (size_t bit = 0; bit < ones.size(); ++bit) {
    if (static_cast<size_t>(ones[bit]) * 2 > pieces.size()) sketch |= uint64_t{1} << bit;
  }
  return sketch == 0 ? 1 : sketch;
}

int sketch_distance(uint64_t one, uint64_t other) {
  return std::popcount(one ^ other);
}

double likeness(std::string_view one, std::string_view other) {
  return likeness(pieces_of(one), pieces_of(other));
}

double likeness(std::span<const uint64_t> one, std::span<const uint64_t> other) {
  if (one.empty() || other.empty()) return 0;
  size_t both = 0;
  for (auto mine = one.begin(), theirs = other.begin(); mine != one.end() && theirs != other.end();) {
    if (*mine == *theirs) ++both;
    const bool forward = *mine <= *theirs;
    if (*theirs <= *mine) ++theirs;
    if (forward) ++mine;
  }
  return static_cast<double>(both) / static_cast<double>(one.size() + other.size() - both);
}

}  // namespace carillon::plan

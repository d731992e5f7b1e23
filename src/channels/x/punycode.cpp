// How long a label is as DNS has it: Punycode (RFC 3492), of which only the length matters here.
#include <algorithm>

#include "channels/x/count.h"

namespace carillon::channels::x {
namespace {

constexpr uint64_t base = 36, tmin = 1, tmax = 26, skew = 38, damp = 700, first_bias = 72, first_point = 0x80;

uint64_t adapted(uint64_t delta, uint64_t points, bool first) {
  delta = first ? delta / damp : delta / 2;
  delta += delta / points;
  uint64_t k = 0;
  for (; delta > ((base - tmin) * tmax) / 2; k += base) delta /= base - tmin;
  return k + ((base - tmin + 1) * delta) / (delta + skew);
}

// Number of digits that a delta is written with.
uint64_t digits(uint64_t delta, uint64_t bias) {
  uint64_t count = 1;
  for (uint64_t k = base;; k += base, ++count) {
    const uint64_t t = k <= bias ? tmin : std::min(k - bias, tmax);
    if (delta < t) return count;
    delta = (delta - t) / (base - t);
  }
}

}  // namespace

uint64_t dns_length(std::u32string_view label) {
  const auto ascii = static_cast<uint64_t>(std::ranges::count_if(label, [](char32_t p) { return p < 0x80; }));
  if (ascii == label.size()) return ascii;
  uint64_t length = 4 + ascii + (ascii > 0 ? 1 : 0);  // "xn--", the plain letters, "-"
  uint64_t handled = ascii, delta = 0, bias = first_bias, n = first_point;
  while (handled < label.size()) {
    char32_t next = 0x110000;
    for (const char32_t p : label)
      if (p >= n) next = std::min(next, p);
    delta += (next - n) * (handled + 1);
    n = next;
    for (const char32_t p : label) {
      if (p < n) ++delta;
      if (p != n) continue;
      length += digits(delta, bias);
      bias = adapted(delta, handled + 1, handled == ascii);
      delta = 0;
      ++handled;
    }
    ++delta, ++n;
  }
  return length;
}

}  // namespace carillon::channels::x

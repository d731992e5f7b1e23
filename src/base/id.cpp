#include "base/id.h"

#include <algorithm>

#include "base/digest.h"

namespace carillon {

// RFC 9562 section 5.7, with method 3 of section 6.2: the twelve bits after the millisecond hold its
// fraction, so ids of one millisecond are in order too, to a quarter of a microsecond.
IdBytes make_id_bytes(Instant born, Random& random) {
  const int64_t us = std::max<int64_t>(born.us, 0);
  const auto millis = static_cast<uint64_t>(us / 1000);
  const auto fraction = static_cast<uint64_t>(us % 1000) * 4096 / 1000;
  IdBytes id{};
  for (size_t i = 0; i < 6; ++i) id[i] = static_cast<uint8_t>(millis >> (40 - 8 * i));
  id[6] = static_cast<uint8_t>(0x70 | (fraction >> 8));
  id[7] = static_cast<uint8_t>(fraction);
  random.fill(std::span(id).subspan(8));
  id[8] = static_cast<uint8_t>(0x80 | (id[8] & 0x3f));
  return id;
}

std::string id_text(const IdBytes& bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text(36, '-');
  size_t at = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) ++at;  // the dash that is there
    text[at++] = digits[bytes[i] >> 4];
    text[at++] = digits[bytes[i] & 15];
  }
  return text;
}

std::optional<IdBytes> parse_id_bytes(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  std::string digits;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash != (text[i] == '-')) return std::nullopt;
    if (!dash) digits += text[i];
  }
  const auto raw = from_hex(digits);
  if (!raw) return std::nullopt;
  IdBytes bytes{};
  std::memcpy(bytes.data(), raw->data(), bytes.size());
  return bytes;
}

}  // namespace carillon

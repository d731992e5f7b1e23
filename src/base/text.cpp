#include "base/text.h"

#include <algorithm>

namespace carillon {
namespace {

constexpr char32_t replacement = 0xfffd;

struct Decoded {
  char32_t point = 0;
  size_t length = 0;  // 0: not UTF-8 here
};

// One code point (RFC 3629): shortest form only, no surrogates, nothing above U+10FFFF.
Decoded decode(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() - at < length) return {};
  char32_t point = lead & (0xff >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80) return {};
    point = (point << 6) | (byte(at + i) & 0x3f);
  }
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = point >= 0xd800 && point <= 0xdfff;
  if (point < smallest[length] || surrogate || point > 0x10ffff) return {};
  return {point, length};
}

void append_utf8(std::string& out, char32_t point) {
  const auto tail = [](char32_t bits) { return static_cast<char>(0x80 | (bits & 0x3f)); };
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) point = replacement;
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += {static_cast<char>(0xc0 | (point >> 6)), tail(point)};
  } else if (point < 0x10000) {
    out += {static_cast<char>(0xe0 | (point >> 12)), tail(point >> 6), tail(point)};
  } else {
    out += {static_cast<char>(0xf0 | (point >> 18)), tail(point >> 12), tail(point >> 6), tail(point)};
  }
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t length = decode(text, at).length;
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::u32string to_code_points(std::string_view utf8) {
  std::u32string points;
  points.reserve(utf8.size());
  for (size_t at = 0; at < utf8.size();) {
    const Decoded one = decode(utf8, at);
    points += one.length == 0 ? replacement : one.point;
    at += std::max<size_t>(one.length, 1);
  }
  return points;
}

std::string to_utf8(std::u32string_view points) {
  std::string utf8;
  utf8.reserve(points.size());
  for (const char32_t point : points) append_utf8(utf8, point);
  return utf8;
}

size_t utf16_units(std::string_view utf8) {
  size_t units = 0;
  for (size_t at = 0; at < utf8.size();) {
    const Decoded one = decode(utf8, at);
    units += one.point > 0xffff ? 2 : 1;
    at += std::max<size_t>(one.length, 1);
  }
  return units;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n\f\v";
  const size_t begin = text.find_first_not_of(white);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(white) - begin + 1);
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string shortened(std::string_view text, size_t max_bytes) {
  constexpr std::string_view ellipsis = "\u2026";
  if (text.size() <= max_bytes) return std::string(text);
  if (max_bytes < ellipsis.size()) return {};
  const size_t room = max_bytes - ellipsis.size();
  // Boundaries up to `room` depend on what stands before them and on one character behind.
  const auto starts = grapheme_starts(text.substr(0, room + 8));
  const size_t cut = *std::prev(std::ranges::upper_bound(starts, room));
  return std::string(text.substr(0, cut)).append(ellipsis);
}

}  // namespace carillon

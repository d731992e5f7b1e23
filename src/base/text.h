// Text as people write it: UTF-8, counted in the units that networks use (ICU for normalisation and breaks).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace carillon {

bool is_utf8(std::string_view text);
std::u32string to_code_points(std::string_view utf8);
std::string to_utf8(std::u32string_view points);
std::string nfc(std::string_view utf8);
size_t utf16_units(std::string_view utf8);
size_t graphemes(std::string_view utf8);            // extended grapheme clusters (UAX 29)
// Byte offsets of grapheme starts, then the end: boundaries of what a person sees as one character.
std::vector<size_t> grapheme_starts(std::string_view utf8);

std::string_view trimmed(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);  // ASCII
std::string lowered(std::string_view text);                         // ASCII
std::string folded(std::string_view utf8);                          // Unicode case folding, for searching
std::string escape_html(std::string_view text);
// Cuts at a character boundary, at most max_bytes, with "…" when something was cut.
std::string shortened(std::string_view text, size_t max_bytes);

}  // namespace carillon

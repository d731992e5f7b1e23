#include "channels/x/count.h"

#include <cctype>

#include "base/text.h"

namespace carillon::channels::x {
namespace {

constexpr uint64_t url_weight = 23;
constexpr uint64_t emoji_weight = 2;

// config/v3.json: ranges of weight 100 of 100; default weight 200.
uint64_t weight_of(char32_t point) {
  const bool light = point <= 4351 || (point >= 8192 && point <= 8205) || (point >= 8208 && point <= 8223) ||
                     (point >= 8242 && point <= 8247);
  return light ? 1 : 2;
}

}  // namespace

uint64_t weighted_length(std::string_view utf8) {
  const std::u32string text = to_code_points(nfc(utf8));
  const std::vector<FoundUrl> urls = urls_in(text);
  uint64_t length = 0;
  auto url = urls.begin();
  for (size_t at = 0; at < text.size();) {
    if (url != urls.end() && url->begin == at) {
      length += url_weight;
      at = (url++)->end;
    } else if (const size_t points = emoji_at(text, at)) {
      length += emoji_weight;
      at += points;
    } else {
      length += weight_of(text[at++]);
    }
  }
  return length;
}

namespace {

size_t letters_at(std::string_view text, size_t at, size_t most) {
  size_t count = 0;
  while (at + count < text.size() && count <= most &&
         std::isalpha(static_cast<unsigned char>(text[at + count])) != 0)
    ++count;
  return count;
}

bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// A cashtag that begins at this "$".
bool is_cashtag(std::string_view text, size_t at) {
  const size_t letters = letters_at(text, at + 1, 6);
  size_t end = at + 1 + letters;
  if (letters == 0 || letters > 6 || (at > 0 && !is_blank(text[at - 1]))) return false;
  if (end < text.size() && (text[end] == '.' || text[end] == '_')) {
    const size_t more = letters_at(text, end + 1, 2);
    if (more == 1 || more == 2) end += 1 + more;
  }
  return end == text.size() || is_blank(text[end]) ||
         (text[end] != '$' && std::ispunct(static_cast<unsigned char>(text[end])) != 0);
}

}  // namespace

size_t cashtags_in(std::string_view utf8) {
  size_t count = 0;
  for (size_t at = 0; at < utf8.size(); ++at) count += utf8[at] == '$' && is_cashtag(utf8, at) ? 1 : 0;
  return count;
}

bool has_refused_characters(std::string_view utf8) {
  for (const char32_t point : to_code_points(utf8)) {
    if (point == 0xFFFE || point == 0xFEFF || point == 0xFFFF) return true;
  }
  return false;
}

}  // namespace carillon::channels::x

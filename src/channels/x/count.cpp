#include "channels/x/count.h"

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

bool has_refused_characters(std::string_view utf8) {
  for (const char32_t point : to_code_points(utf8)) {
    if (point == 0xFFFE || point == 0xFEFF || point == 0xFFFF) return true;
  }
  return false;
}

}  // namespace carillon::channels::x

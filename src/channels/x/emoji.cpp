// Emoji sequences (Unicode Technical Standard 51) with ICU's tables. X joins exactly the sequences that are
// recommended for interchange; others fall apart into their emoji.
#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include "channels/x/count.h"

namespace carillon::channels::x {
namespace {

constexpr char32_t joiner = 0x200D, emoji_look = 0xFE0F, text_look = 0xFE0E, keycap = 0x20E3,
                   tag_end = 0xE007F;

bool has(char32_t point, UProperty property) {
  return u_hasBinaryProperty(static_cast<UChar32>(point), property);
}

char32_t point_at(std::u32string_view text, size_t at) {
  return at < text.size() ? text[at] : U'\0';
}

size_t keycap_at(std::u32string_view text, size_t at) {
  const char32_t first = text[at];
  if (first != '#' && first != '*' && !(first >= '0' && first <= '9')) return 0;
  const size_t mark = point_at(text, at + 1) == emoji_look ? at + 2 : at + 1;
  return point_at(text, mark) == keycap ? mark + 1 - at : 0;
}

size_t flag_at(std::u32string_view text, size_t at) {
  if (!has(text[at], UCHAR_REGIONAL_INDICATOR)) return 0;
  return at + 1 < text.size() && has(text[at + 1], UCHAR_REGIONAL_INDICATOR) ? 2 : 1;
}

size_t tags_at(std::u32string_view text,
               size_t at) {  // the tail of a flag of a region: tags up to the end tag
  size_t end = at;
  while (point_at(text, end) >= 0xE0020 && point_at(text, end) <= 0xE007E) ++end;
  return end > at && point_at(text, end) == tag_end ? end + 1 - at : 0;
}

// One emoji with its look, skin tone or tags; without joiners.
size_t element_at(std::u32string_view text, size_t at) {
  const char32_t first = point_at(text, at);
  if (first < 0xA9 || !has(first, UCHAR_EMOJI)) return 0;
  const char32_t second = point_at(text, at + 1);
  if (second == text_look) return 0;
  const bool looks_like_text = first == 0xA9 || first == 0xAE || first == 0x2122 || first == 0x265F;
  if (looks_like_text && second != emoji_look) return 0;
  size_t points = second == emoji_look ? 2 : 1;
  if (has(first, UCHAR_EMOJI_MODIFIER_BASE) && has(point_at(text, at + points), UCHAR_EMOJI_MODIFIER))
    ++points;
  return points + tags_at(text, at + points);
}

// The sequence as it is written in the recommended list: every emoji that looks like text by default has its
// look.
std::u16string qualified(std::u32string_view sequence) {
  std::u16string out;
  const auto add = [&out](char32_t point) {
    UChar units[2];
    int32_t length = 0;
    UErrorCode failed = U_ZERO_ERROR;
    const auto one = static_cast<UChar32>(point);
    u_strFromUTF32(units, 2, &length, &one, 1, &failed);
    out.append(units, static_cast<size_t>(length));
  };
  for (size_t i = 0; i < sequence.size(); ++i) {
    const char32_t next = point_at(sequence, i + 1);
    if (sequence[i] == emoji_look && has(next, UCHAR_EMOJI_MODIFIER)) continue;
    add(sequence[i]);
    const bool bare = has(sequence[i], UCHAR_EMOJI) && !has(sequence[i], UCHAR_EMOJI_PRESENTATION);
    if (bare && next != emoji_look && !has(next, UCHAR_EMOJI_MODIFIER)) add(emoji_look);
  }
  return out;
}

bool recommended(std::u32string_view sequence) {
  const std::u16string text = qualified(sequence);
  return u_stringHasBinaryProperty(text.data(), static_cast<int32_t>(text.size()), UCHAR_RGI_EMOJI);
}

}  // namespace

size_t emoji_at(std::u32string_view text, size_t at) {
  if (const size_t points = keycap_at(text, at)) return points;
  if (const size_t points = flag_at(text, at)) return points;
  const size_t first = element_at(text, at);
  if (first == 0) return 0;
  size_t longest = first;
  for (size_t end = at + first; point_at(text, end) == joiner;) {
    const size_t next = element_at(text, end + 1);
    if (next == 0) break;
    end += 1 + next;
    if (recommended(text.substr(at, end - at))) longest = end - at;
  }
  return longest;
}

}  // namespace carillon::channels::x

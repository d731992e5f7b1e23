#include "channels/linkedin/little_text.h"

#include <cctype>

namespace carillon::channels::linkedin {
namespace {

constexpr std::string_view reserved = "\\|{}@[]()<>#*_~";

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

bool begins_tag(std::string_view text, size_t at) {
  const bool alone = at == 0 || !is_word(text[at - 1]);
  return text[at] == '#' && alone && at + 1 < text.size() && is_word(text[at + 1]);
}

// "@[Name](urn:li:person:abc)": its length, 0 when there is none.
size_t mention_length(std::string_view text, size_t at) {
  if (!text.substr(at).starts_with("@[")) return 0;
  const size_t close = text.find(']', at);
  if (close == std::string_view::npos || close == at + 2) return 0;
  const std::string_view rest = text.substr(close + 1);
  const bool known = rest.starts_with("(urn:li:person:") || rest.starts_with("(urn:li:organization:");
  const size_t end = text.find(')', close);
  const std::string_view inside = text.substr(at, end == std::string_view::npos ? 0 : end - at);
  const bool clean = inside.find('\n') == std::string_view::npos;
  return known && end != std::string_view::npos && clean ? end + 1 - at : 0;
}

// "{hashtag|\#|bells}" as LinkedIn writes tags: what is seen of it; the length goes to `used`.
std::string seen_tag(std::string_view text, size_t& used) {
  constexpr std::string_view open = "{hashtag|\\#|";
  const size_t end = text.starts_with(open) ? text.find('}') : std::string_view::npos;
  used = end == std::string_view::npos ? 0 : end + 1;
  return used == 0 ? "" : "#" + std::string(text.substr(open.size(), end - open.size()));
}

}  // namespace

std::string little_text(std::string_view typed) {
  std::string out;
  for (size_t i = 0; i < typed.size(); ++i) {
    if (const size_t mention = mention_length(typed, i); mention > 0) {
      out += typed.substr(i, mention);
      i += mention - 1;
      continue;
    }
    const bool markup = reserved.find(typed[i]) != std::string_view::npos && !begins_tag(typed, i);
    if (markup) out += '\\';
    out += typed[i];
  }
  return out;
}

std::string seen_of(std::string_view little) {
  std::string out;
  for (size_t i = 0; i < little.size(); ++i) {
    size_t used = 0;
    if (const std::string tag = seen_tag(little.substr(i), used); used > 0) {
      out += tag;
      i += used - 1;
    } else if (const size_t mention = mention_length(little, i); mention > 0) {
      out += little.substr(i + 2, little.find(']', i) - i - 2);
      i += mention - 1;
    } else {
      if (little[i] == '\\' && i + 1 < little.size()) ++i;
      out += little[i];
    }
  }
  return out;
}

}  // namespace carillon::channels::linkedin

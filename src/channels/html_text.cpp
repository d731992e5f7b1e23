#include "channels/html_text.h"

#include <array>
#include <charconv>
#include <utility>

#include "base/text.h"

namespace carillon::channels {
namespace {

std::string reference(std::string_view name) {  // between "&" and ";"
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> names = {
      {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", "\xC2\xA0"}}};
  for (const auto& [known, text] : names) {
    if (name == known) return std::string(text);
  }
  if (name.size() < 2 || name[0] != '#') return {};
  const bool hex = name[1] == 'x' || name[1] == 'X';
  const std::string_view digits = name.substr(hex ? 2 : 1);
  uint32_t point = 0;
  const auto [end, failed] =
      std::from_chars(digits.data(), digits.data() + digits.size(), point, hex ? 16 : 10);
  if (failed != std::errc() || end != digits.data() + digits.size() || point == 0 || point > 0x10FFFF)
    return {};
  return to_utf8(std::u32string(1, static_cast<char32_t>(point)));
}

bool breaks_line(std::string_view tag) {  // between "<" and ">"
  const std::string low = lowered(tag);
  return low.starts_with("br") || low == "/p" || low == "/li" || low == "/blockquote" || low == "/div";
}

}  // namespace

std::string text_of_html(std::string_view html) {
  std::string text;
  for (size_t at = 0; at < html.size(); ++at) {
    const char opening = html[at];
    const size_t end = opening == '<'   ? html.find('>', at)
                       : opening == '&' ? html.find(';', at)
                                        : std::string_view::npos;
    if (end == std::string_view::npos) {
      text += opening;
      continue;
    }
    const std::string_view inside = html.substr(at + 1, end - at - 1);
    if (opening == '<') {
      if (breaks_line(inside)) text += '\n';
      at = end;
    } else if (const std::string resolved = reference(inside); !resolved.empty()) {
      text += resolved;
      at = end;
    } else {
      text += opening;
    }
  }
  return text;
}

}  // namespace carillon::channels

#include "sandbox/counting.h"

#include <algorithm>

#include "base/text.h"

namespace carillon::sandbox {
namespace {

constexpr size_t link_length = 23;

bool light(char32_t c) {
  return c <= 4351 || (c >= 8192 && c <= 8205) || (c >= 8208 && c <= 8223) || (c >= 8242 && c <= 8247);
}

// Pictures that are one on their own; those of the text kind need U+FE0F behind them.
bool picture(char32_t c) {
  constexpr std::u32string_view singles = U"\u203c\u2049\u2139\u3030\u303d\u3297\u3299\u24c2";
  return c >= 0x1f000 || (c >= 0x2194 && c <= 0x21aa) || (c >= 0x2300 && c <= 0x23ff) ||
         (c >= 0x25aa && c <= 0x27bf) || (c >= 0x2934 && c <= 0x2935) || (c >= 0x2b05 && c <= 0x2b55) ||
         singles.find(c) != std::u32string_view::npos;
}

// One cluster that is drawn as one emoji: a sequence with joiners, skin, flags, a keycap.
bool emoji(std::u32string_view cluster) {
  constexpr char32_t emoji_style = 0xfe0f, text_style = 0xfe0e, keycap = 0x20e3;
  if (cluster.find(text_style) != std::u32string_view::npos) return false;
  const char32_t first = cluster.front();
  if (cluster.back() == keycap) return (first >= '0' && first <= '9') || first == '#' || first == '*';
  if (first == 0xa9 || first == 0xae || first == 0x2122)
    return cluster.size() > 1 && cluster[1] == emoji_style;
  return picture(first);
}

size_t weight(std::string_view cluster) {
  if (cluster.size() == 1) return 1;
  const std::u32string points = to_code_points(cluster);
  if (emoji(points)) return 2;
  size_t sum = 0;
  for (const char32_t c : points) sum += light(c) ? 1 : 2;
  return sum;
}

bool ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

size_t weigh(std::string_view text) {
  if (ascii(text)) return text.size();
  const auto starts = grapheme_starts(text);
  size_t sum = 0;
  for (size_t i = 0; i + 1 < starts.size(); ++i)
    sum += weight(text.substr(starts[i], starts[i + 1] - starts[i]));
  return sum;
}

// Drops the domains of @user@domain.
std::string without_domains(std::string_view text) {
  std::string out;
  const auto word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  for (size_t at = 0; at < text.size();) {
    const bool begins = text[at] == '@' && (at == 0 || (!word(text[at - 1]) && text[at - 1] != '/'));
    size_t name = at + 1;
    while (begins && name < text.size() && (word(text[name]) || text[name] == '-' || text[name] == '.'))
      ++name;
    if (!begins || name == at + 1 || name >= text.size() || text[name] != '@') {
      out += text[at++];
      continue;
    }
    size_t domain = name + 1;
    while (domain < text.size() && (word(text[domain]) || text[domain] == '-' || text[domain] == '.'))
      ++domain;
    while (domain > name + 1 && !word(text[domain - 1])) --domain;
    if (domain == name + 1) {  // "@user@": no domain
      out += text.substr(at, name - at);
      at = name;
      continue;
    }
    out += text.substr(at, name - at);
    at = domain;
  }
  return out;
}

}  // namespace

size_t x_length(std::string_view raw) {
  const std::string text = nfc(raw);
  size_t sum = 0, at = 0;
  for (const Span link : links_on_x(text)) {
    sum += weigh(std::string_view(text).substr(at, link.begin - at)) + link_length;
    at = link.end;
  }
  return sum + weigh(std::string_view(text).substr(at));
}

size_t mastodon_length(std::string_view text) {
  std::string rest;
  size_t links = 0, at = 0;
  for (const Span link : plain_links(text)) {
    rest += text.substr(at, link.begin - at);
    rest += '\x01';  // stands for the link, so that its neighbours do not melt together
    ++links;
    at = link.end;
  }
  rest += text.substr(at);
  return graphemes(without_domains(rest)) + links * (link_length - 1);
}

}  // namespace carillon::sandbox

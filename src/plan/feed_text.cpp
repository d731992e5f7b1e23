// From HTML to text, and from an item to the text of a post.
#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "plan/feed_file.h"
#include "plan/variables.h"

namespace carillon::plan {

namespace {
struct Entity {
  std::string_view name, text;
};
constexpr auto entities = std::to_array<Entity>(
    {{"amp", "&"},    {"lt", "<"},     {"gt", ">"},     {"quot", "\""},  {"apos", "'"},   {"nbsp", " "},
     {"hellip", "…"}, {"mdash", "—"},  {"ndash", "–"},  {"lsquo", "‘"},  {"rsquo", "’"},  {"ldquo", "“"},
     {"rdquo", "”"},  {"laquo", "«"},  {"raquo", "»"},  {"bdquo", "„"},  {"sbquo", "‚"},  {"euro", "€"},
     {"copy", "©"},   {"reg", "®"},    {"trade", "™"},  {"bull", "•"},   {"middot", "·"}, {"deg", "°"},
     {"auml", "ä"},   {"ouml", "ö"},   {"uuml", "ü"},   {"Auml", "Ä"},   {"Ouml", "Ö"},   {"Uuml", "Ü"},
     {"szlig", "ß"},  {"eacute", "é"}, {"egrave", "è"}, {"agrave", "à"}, {"ccedil", "ç"}, {"ntilde", "ñ"},
     {"aacute", "á"}, {"iacute", "í"}, {"oacute", "ó"}, {"uacute", "ú"}, {"ecirc", "ê"},  {"acirc", "â"}});

std::optional<std::string> numbered(std::string_view name) {
  if (!name.starts_with('#')) return std::nullopt;
  const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
  const std::string_view digits = name.substr(hex ? 2 : 1);
  uint32_t point = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), point, hex ? 16 : 10);
  const bool good =
      parsed.ec == std::errc{} && parsed.ptr == digits.data() + digits.size() && !digits.empty();
  if (!good || point == 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return std::nullopt;
  return to_utf8(std::u32string(1, static_cast<char32_t>(point)));
}

// What stands at an ampersand: how much of it, and what it means.
std::pair<size_t, std::string> entity_at(std::string_view rest) {
  const size_t end = rest.substr(0, 12).find(';');
  if (end == std::string_view::npos) return {1, "&"};
  const std::string_view name = rest.substr(1, end - 1);
  if (auto text = numbered(name)) return {end + 1, std::move(*text)};
  const auto known = std::ranges::find(entities, name, &Entity::name);
  return known == entities.end() ? std::pair<size_t, std::string>{1, "&"}
                                 : std::pair{end + 1, std::string(known->text)};
}

bool is_tag(std::string_view rest) {
  if (rest.size() < 2) return false;
  const char c = rest[1];
  return c == '/' || c == '!' || c == '?' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

size_t end_of_tag(std::string_view html, size_t at) {
  const bool comment = html.substr(at).starts_with("<!--");
  const size_t end = comment ? html.find("-->", at) : html.find('>', at);
  if (end == std::string_view::npos) return html.size();
  return end + (comment ? 3 : 1);
}

// Scripts and styles are no text.
size_t after_hidden(std::string_view html, size_t at) {
  for (const std::string_view name : {"script", "style"}) {
    if (!equals_ignoring_case(html.substr(at + 1, name.size()), name)) continue;
    const size_t end = lowered(html.substr(at)).find("</" + std::string(name));
    return end == std::string::npos ? html.size() : at + end;
  }
  return at;
}

std::string one_spaced(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

struct Word {
  size_t begin = 0, end = 0;  // with its braces
  std::string name;
};

std::optional<Word> next_word(std::string_view form, size_t from) {
  const size_t begin = form.find("{{", from);
  const size_t end = begin == std::string_view::npos ? begin : form.find("}}", begin);
  if (end == std::string_view::npos) return std::nullopt;
  return Word{begin, end + 2, std::string(trimmed(form.substr(begin + 2, end - begin - 2)))};
}

std::optional<std::string_view> value_of(std::string_view word, const FeedItem& item, std::string_view feed) {
  if (word == "title") return item.title;
  if (word == "link") return item.link;
  if (word == "summary") return item.summary;
  if (word == "feed") return feed;
  return std::nullopt;
}
}  // namespace

std::string plain_text(std::string_view html) {
  std::string out;
  for (size_t i = 0; i < html.size();) {
    if (html[i] == '<' && is_tag(html.substr(i))) {
      const size_t hidden = after_hidden(html, i);
      i = hidden > i ? hidden : end_of_tag(html, i);
      out += ' ';
    } else if (html[i] == '&') {
      auto [length, text] = entity_at(html.substr(i));
      out += text;
      i += length;
    } else {
      out += html[i++];
    }
  }
  return one_spaced(out);
}

std::string fill_template(std::string_view form, const FeedItem& item, std::string_view feed) {
  std::string out;
  size_t from = 0;
  while (const auto word = next_word(form, from)) {
    out += form.substr(from, word->begin - from);
    const auto value = value_of(word->name, item, feed);
    out += value ? escaped_variables(*value) : form.substr(word->begin, word->end - word->begin);
    from = word->end;
  }
  return std::string(trimmed(out + std::string(form.substr(from))));
}

ContentPart said_of(std::string_view form, const FeedItem& item, std::string_view feed) {
  ContentPart part;
  part.text = fill_template(form, item, feed);
  const std::string link = escaped_variables(item.link);
  if (part.text.find(link) == std::string::npos) part.link = link;
  return part;
}

std::optional<std::string> unknown_word(std::string_view form, std::span<const Variable> variables) {
  const FeedItem nothing;
  for (size_t from = 0;;) {
    const auto word = next_word(form, from);
    if (!word) return std::nullopt;
    const std::string name = lowered(word->name);
    const bool known = value_of(word->name, nothing, "") || is_built_in(name) ||
                       std::ranges::find(variables, name, &Variable::name) != variables.end();
    if (!known) return word->name;
    from = word->end;
  }
}

}  // namespace carillon::plan

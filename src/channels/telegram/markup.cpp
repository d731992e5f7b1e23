// Signs that Telegram refuses a message for, told before it is sent.
// https://core.telegram.org/bots/api#formatting-options (2026-06)
#include <algorithm>
#include <array>

#include "base/text.h"
#include "channels/telegram/telegram.h"

namespace carillon::channels::telegram {
namespace {

// Where what begins here ends: behind the next `end` that no backslash stands before; npos: nowhere.
size_t behind(std::string_view text, size_t from, std::string_view end) {
  for (size_t at = from; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text.substr(at).starts_with(end))
      return at + end.size();
  }
  return std::string_view::npos;
}

// Code, and the address of a link: no sign means anything in it. 0: neither begins here.
size_t behind_verbatim(std::string_view text, size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("```")) return behind(text, at + 3, "```");
  if (rest.starts_with("`")) return behind(text, at + 1, "`");
  return rest.starts_with("](") ? behind(text, at + 2, ")") : 0;
}

// Signs that mean something only at a certain place: a quotation, a spoiler, a picture.
bool stands_well(std::string_view text, size_t at) {
  const std::string_view before = text.substr(0, at);
  if (text[at] == '>') return before.empty() || before.ends_with('\n') || before.ends_with("**");
  if (text[at] == '|') return before.ends_with('|') || text.substr(at + 1).starts_with('|');
  return text[at] == '!' && text.substr(at + 1).starts_with('[');
}

std::string stray_in_markdown(std::string_view text) {
  constexpr std::string_view never_alone = "()>#+-=|{}.!";
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (const size_t end = behind_verbatim(text, at); end == std::string_view::npos) {
      return std::string(1, text[at]);
    } else if (end > 0) {
      at = end - 1;
    } else if (never_alone.contains(text[at]) && !stands_well(text, at)) {
      return std::string(1, text[at]);
    }
  }
  return "";
}

std::string stray_in_html(std::string_view text) {
  constexpr auto tags = std::to_array<std::string_view>({"b", "strong", "i", "em", "u", "ins", "s", "strike",
                                                         "del", "span", "tg-spoiler", "a", "tg-emoji",
                                                         "tg-time", "code", "pre", "blockquote"});
  for (size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const size_t begin = at + (text.substr(at + 1).starts_with('/') ? 2 : 1);
    const std::string name =
        lowered(text.substr(begin, std::min(text.find_first_of("> \n\t", begin), text.size()) - begin));
    if (std::ranges::find(tags, name) == tags.end() || text.find('>', at) == std::string_view::npos)
      return "<" + name;
  }
  return "";
}

}  // namespace

std::string stray_sign(std::string_view message, const std::string& parse_mode) {
  if (parse_mode == "MarkdownV2") return stray_in_markdown(message);
  return parse_mode == "HTML" ? stray_in_html(message) : "";
}

}  // namespace carillon::channels::telegram

// The text of a message: its markup, the link at its end, its length as Telegram counts.
// https://core.telegram.org/bots/api#formatting-options (2026-06)
#include "base/text.h"
#include "channels/finding.h"
#include "channels/html_text.h"
#include "channels/look_up.h"
#include "channels/telegram/telegram.h"

namespace carillon::channels::telegram {
namespace {

// In MarkdownV2 these must be escaped outside of markup.
constexpr std::string_view special = "_*[]()~`>#+-=|{}.!\\";

std::string escape_markdown(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

Escape escape_for(std::string_view mode) {
  if (mode.empty()) return nullptr;
  return mode == "HTML" ? escape_html : escape_markdown;
}

// Upper bound of what stays of MarkdownV2: the marks and the addresses of links away.
std::string without_markdown(const std::string& text) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      out += text[++at];
    } else if (text.compare(at, 2, "](") == 0 && text.find(')', at) != std::string::npos) {
      at = text.find(')', at);
    } else if (std::string_view("*_~|`[]").find(text[at]) == std::string_view::npos) {
      out += text[at];
    }
  }
  return out;
}

}  // namespace

std::string parse_mode_of(const boost::json::object& options) {
  const std::string mode = kept_text(options, "parse_mode");
  return mode == "HTML" || mode == "MarkdownV2" ? mode : std::string();
}

std::string message_of(const ContentPart& part, const boost::json::object& options) {
  const std::string mode = parse_mode_of(options);
  if (mode.empty() || part.link.empty() || part.text.find(part.link) != std::string::npos)
    return with_link(part);
  const std::string link = escape_for(mode)(part.link);
  if (part.text.find(link) != std::string::npos) return part.text;
  return part.text.empty() ? link : part.text + "\n" + link;
}

// The question of a poll has no markup.
Escape TelegramChannel::escape(const ContentPart& part, const boost::json::object& options) const {
  return part.poll ? nullptr : escape_for(parse_mode_of(options));
}

uint64_t length_of(const std::string& message, const std::string& parse_mode) {
  if (parse_mode == "HTML") return utf16_units(text_of_html(message));
  if (parse_mode == "MarkdownV2") return utf16_units(without_markdown(message));
  return utf16_units(message);
}

}  // namespace carillon::channels::telegram

// Formatting options: core.telegram.org/bots/api#formatting-options (2026-06). Offsets of entities are UTF-16
// units.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/telegram/telegram.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;

struct Open {
  std::string mark;  // the tag, or the signs that close it
  std::string_view type;
  size_t offset = 0, byte = 0;
  std::string url;
};

class Marker {
 public:
  Marked done;
  std::vector<Open> open;

  void push(std::string mark, std::string_view type, size_t byte, std::string url = {}) {
    open.push_back({std::move(mark), type, utf16_units(done.text), byte, std::move(url)});
  }
  void pop() {
    const Open& last = open.back();
    const size_t length = utf16_units(done.text) - last.offset;
    json::object entity{{"type", last.type}, {"offset", last.offset}, {"length", length}};
    if (!last.url.empty()) entity["url"] = last.url;
    if (length > 0 && !last.type.empty()) done.entities.push_back(std::move(entity));
    open.pop_back();
  }
  Marked fail(std::string why) {
    done.wrong = std::move(why);
    return std::move(done);
  }
};

struct Tag {
  std::string_view name, type;
};
constexpr std::array<Tag, 14> tags = {{{"b", "bold"},
                                       {"strong", "bold"},
                                       {"i", "italic"},
                                       {"em", "italic"},
                                       {"u", "underline"},
                                       {"ins", "underline"},
                                       {"s", "strikethrough"},
                                       {"strike", "strikethrough"},
                                       {"del", "strikethrough"},
                                       {"code", "code"},
                                       {"pre", "pre"},
                                       {"blockquote", "blockquote"},
                                       {"tg-spoiler", "spoiler"},
                                       {"span", "spoiler"}}};

// "&lt;" and its like; unknown ones stay as they are. Moves `at` behind it.
std::string entity_at(std::string_view text, size_t& at) {
  const size_t end = text.find(';', at);
  const std::string_view name =
      end == std::string_view::npos || end - at > 10 ? "" : text.substr(at + 1, end - at - 1);
  std::string out;
  if (name == "lt")
    out = "<";
  else if (name == "gt")
    out = ">";
  else if (name == "amp")
    out = "&";
  else if (name == "quot")
    out = "\"";
  else if (name.starts_with('#') && all_digits(name.substr(1)))
    out = to_utf8(std::u32string(1, static_cast<char32_t>(to_number(name.substr(1)).value_or(0xfffd))));
  if (out.empty()) return std::string(1, text[at++]);
  at = end + 1;
  return out;
}

std::string attribute(std::string_view tag, std::string_view name) {
  const size_t at = tag.find(fmt::format("{}=\"", name));
  if (at == std::string_view::npos) return "";
  const size_t begin = at + name.size() + 2;
  const std::string_view raw = tag.substr(begin, tag.find('"', begin) - begin);
  std::string out;
  for (size_t i = 0; i < raw.size();) {
    if (raw[i] == '&')
      out += entity_at(raw, i);
    else
      out += raw[i++];
  }
  return out;
}

// One tag between "<" and ">". "" or what is wrong with it.
std::string read_tag(Marker& marker, std::string_view inside, size_t byte) {
  const bool closes = inside.starts_with('/');
  const std::string name =
      lowered(inside.substr(closes ? 1 : 0, inside.find_first_of(" \n\t") - (closes ? 1 : 0)));
  if (closes) {
    if (marker.open.empty()) return fmt::format("Unexpected end tag at byte offset {}", byte);
    if (marker.open.back().mark != name)
      return fmt::format("Unmatched end tag at byte offset {}, expected \"</{}>\", found \"</{}>\"", byte,
                         marker.open.back().mark, name);
    marker.pop();
    return "";
  }
  if (name == "a") return marker.push(name, "text_link", byte, attribute(inside, "href")), "";
  if (name == "tg-emoji") return marker.push(name, "custom_emoji", byte), "";
  const auto tag = std::ranges::find(tags, name, &Tag::name);
  if (tag == tags.end()) return fmt::format("Unsupported start tag \"{}\" at byte offset {}", name, byte);
  if (name == "span" && attribute(inside, "class") != "tg-spoiler")
    return fmt::format("Tag \"span\" must have class \"tg-spoiler\" at byte offset {}", byte);
  marker.push(name, tag->type, byte);
  return "";
}

constexpr std::string_view reserved = "_*[]()~`>#+-=|{}.!";

// Which sign stands here, longest first.
std::string_view sign_at(std::string_view text, size_t at) {
  for (const std::string_view sign : {"```", "||", "__", "*", "_", "~", "`", "["})
    if (text.substr(at).starts_with(sign)) return sign;
  return "";
}

std::string_view type_of(std::string_view sign) {
  if (sign == "*") return "bold";
  if (sign == "_") return "italic";
  if (sign == "__") return "underline";
  if (sign == "~") return "strikethrough";
  if (sign == "||") return "spoiler";
  if (sign == "`") return "code";
  return sign == "```" ? "pre" : "text_link";
}

// Where a link's address ends; npos: nowhere.
size_t link_end(std::string_view text, size_t at, std::string& url) {
  if (at >= text.size() || text[at] != '(') return std::string_view::npos;
  for (++at; at < text.size() && text[at] != ')'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    url += text[at];
  }
  return at < text.size() ? at + 1 : std::string_view::npos;
}

std::string titled(std::string_view type) {
  if (type == "text_link") return "Url";
  std::string out(type);
  out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

}  // namespace

Marked telegram_html(std::string_view text) {
  Marker marker;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '&') {
      marker.done.text += entity_at(text, at);
    } else if (text[at] == '<') {
      const size_t end = text.find('>', at);
      if (end == std::string_view::npos)
        return marker.fail(fmt::format("Unclosed start tag at byte offset {}", at));
      if (auto wrong = read_tag(marker, text.substr(at + 1, end - at - 1), at); !wrong.empty())
        return marker.fail(std::move(wrong));
      at = end + 1;
    } else {
      marker.done.text += text[at++];
    }
  }
  if (!marker.open.empty())
    return marker.fail(
        fmt::format("Can't find end tag corresponding to start tag \"{}\"", marker.open.back().mark));
  return std::move(marker.done);
}

Marked telegram_markdown(std::string_view text) {
  Marker marker;
  for (size_t at = 0; at < text.size();) {
    const bool code =
        !marker.open.empty() && (marker.open.back().mark == "`" || marker.open.back().mark == "```");
    const bool line_start = at == 0 || text[at - 1] == '\n';
    if (text[at] == '\\' && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0x80) {
      marker.done.text += text[at + 1];
      at += 2;
      continue;
    }
    const std::string_view sign = sign_at(text, at);
    if (!marker.open.empty() &&
        marker.open.back().mark == (marker.open.back().type == "text_link" ? text.substr(at, 1) : sign)) {
      at += marker.open.back().mark.size();
      if (marker.open.back().type == "text_link") {
        const size_t end = link_end(text, at, marker.open.back().url);
        if (end == std::string_view::npos)
          return marker.fail(fmt::format("Can't find end of a URL at byte offset {}", at));
        at = end;
      }
      marker.pop();
    } else if (!code && !sign.empty()) {
      marker.push(sign == "[" ? "]" : std::string(sign), type_of(sign), at);
      at += sign.size();
    } else if (!code && text[at] == '>' && line_start) {
      ++at;  // a quotation
    } else if (!code && reserved.find(text[at]) != std::string_view::npos) {
      return marker.fail(
          fmt::format("Character '{}' is reserved and must be escaped with the preceding '\\'", text[at]));
    } else {
      marker.done.text += text[at++];
    }
  }
  if (!marker.open.empty())
    return marker.fail(fmt::format("Can't find end of {} entity at byte offset {}",
                                   titled(marker.open.back().type), marker.open.back().byte));
  return std::move(marker.done);
}

}  // namespace carillon::sandbox

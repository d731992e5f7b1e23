// https://www.rfc-editor.org/rfc/rfc5545 (2026-11)
#include "api/icalendar.h"

#include <algorithm>

namespace carillon::api::icalendar {

namespace {
constexpr size_t longest = 75;  // octets of a line, without its end

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::string folded(std::string_view text) {
  std::string out;
  size_t room = longest;
  while (text.size() > room) {
    size_t cut = room;
    while (cut > 0 && continues(text[cut])) --cut;
    out.append(text.substr(0, cut)).append("\r\n ");
    text.remove_prefix(cut);
    room = longest - 1;  // the space counts
  }
  return out.append(text).append("\r\n");
}
}  // namespace

std::string line(std::string_view name, std::string_view value) {
  return folded(std::string(name).append(":").append(value));
}

std::string escaped(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (c == '\n' || c == '\r')
      out += "\\n";
    else if (c == '\\' || c == ';' || c == ',')
      (out += '\\') += c;
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t')
      out += c;
  }
  return out;
}

std::string text_line(std::string_view name, std::string_view text) {
  return line(name, escaped(text));
}

std::string moment(Instant at) {
  std::string text = to_text(Instant::from_seconds(at.seconds()));  // 2026-11-20T08:30:00Z
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

std::string opening(std::string_view name) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Carillon//Carillon//EN\r\nCALSCALE:GREGORIAN\r\n" +
         text_line("X-WR-CALNAME", name);
}

std::string closing() {
  return "END:VCALENDAR\r\n";
}

}  // namespace carillon::api::icalendar

#include "wire/letter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "base/digest.h"

namespace carillon::wire {
namespace {

constexpr size_t line_bytes = 57;  // 76 characters of base64, RFC 2045 section 6.8
constexpr size_t word_bytes = 45;  // an encoded word has at most 75 characters, RFC 2047 section 2

// Cut where a character ends.
size_t piece(std::string_view text, size_t most) {
  if (text.size() <= most) return text.size();
  size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return end == 0 ? most : end;
}

std::string one_line(std::string_view text) {
  std::string line(text);
  std::ranges::replace_if(line, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return line;
}

bool is_plain(std::string_view text) {
  return text.find("=?") == std::string_view::npos &&
         std::ranges::all_of(text, [](unsigned char c) { return c >= 0x20 && c < 0x7f; });
}

// RFC 2047: what is not plain ASCII as encoded words.
std::string header_text(std::string_view given) {
  const std::string text = one_line(given);
  if (is_plain(text) && text.size() < 60) return text;
  std::string words;
  for (std::string_view rest = text; !rest.empty();) {
    const size_t size = piece(rest, word_bytes);
    words += fmt::format("{}=?UTF-8?B?{}?=", words.empty() ? "" : "\r\n ", to_base64(rest.substr(0, size)));
    rest.remove_prefix(size);
  }
  return words;
}

// RFC 5322 section 3.3, in UTC.
std::string date_of(Instant at) {
  using namespace std::chrono;
  constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const sys_seconds when(seconds(at.us / 1'000'000));
  const auto day = floor<std::chrono::days>(when);
  const year_month_day date(day);
  const hh_mm_ss clock(when - day);
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000", days[weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

std::string body_of(std::string_view text) {
  std::string body;
  for (; !text.empty(); text.remove_prefix(std::min(line_bytes, text.size())))
    body += to_base64(text.substr(0, line_bytes)) + "\r\n";
  return body;
}

}  // namespace

bool is_mail_address(std::string_view text) {
  const size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size() || text.size() > 254) return false;
  if (text.find('@', at + 1) != std::string_view::npos) return false;
  return std::ranges::all_of(text, [](unsigned char c) {
    return c > 0x20 && c < 0x7f &&
           std::string_view("<>()[],;:\\\"").find(static_cast<char>(c)) == std::string_view::npos;
  });
}

std::string written(const Letter& letter) {
  std::string text;
  text += fmt::format("Date: {}\r\n", date_of(letter.at));
  text += fmt::format("From: {} <{}>\r\n", header_text(letter.name), one_line(letter.from));
  text += fmt::format("To: <{}>\r\n", one_line(letter.to));
  text += fmt::format("Subject: {}\r\n", header_text(letter.subject));
  text += fmt::format("Message-ID: <{}>\r\n", one_line(letter.id));
  text += "Auto-Submitted: auto-generated\r\n";  // RFC 3834: nobody answers it by itself
  text +=
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\n";
  return text + body_of(letter.text);
}

}  // namespace carillon::wire

#include "net/head_writer.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "base/text.h"

namespace carillon::net {
namespace {

bool is_ours(std::string_view name) {
  switch (name.empty() ? ' ' : name[0] | 0x20) {
    case 'c': return equals_ignoring_case(name, "content-length") || equals_ignoring_case(name, "connection");
    case 'd': return equals_ignoring_case(name, "date");
    case 't': return equals_ignoring_case(name, "transfer-encoding");
    default: return false;
  }
}

// A line break in a name or value would begin a header of its own.
void append_clean(std::string& out, std::string_view text) {
  const size_t from = out.size();
  out += text;
  for (size_t i = from; i < out.size(); ++i) {
    if (out[i] == '\r' || out[i] == '\n' || out[i] == '\0') out[i] = ' ';
  }
}

void append_number(std::string& out, uint64_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

}  // namespace

void write_head(std::string& out, int status, const wire::Headers& headers, const Framing& framing,
                std::string_view date) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<uint64_t>(status));
  out += ' ';
  out += reason_phrase(status);
  for (const wire::Header& header : headers) {
    if (is_ours(header.name)) continue;
    out += "\r\n";
    append_clean(out, header.name);
    out += ": ";
    append_clean(out, header.value);
  }
  if (framing.length) {
    out += "\r\nContent-Length: ";
    append_number(out, *framing.length);
  }
  if (framing.chunked) out += "\r\nTransfer-Encoding: chunked";
  if (framing.close) out += "\r\nConnection: close";
  if (framing.http10_keep) out += "\r\nConnection: keep-alive";
  if (!date.empty()) {
    out += "\r\nDate: ";
    out += date;
  }
  out += "\r\n\r\n";
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 411: return "Length Required";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 416: return "Range Not Satisfiable";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    default: return "Status";
  }
}

std::string http_date(Instant at) {
  static constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::sys_time<Duration> point{Duration(at.us)};
  const auto day = std::chrono::floor<std::chrono::days>(point);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(point - day));
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[std::chrono::weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

wire::Response problem(int status, std::string_view sentence) {
  return {.status = status,
          .headers = {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}},
          .body = fmt::format(R"({{"type":"about:blank","title":"{}","status":{},"detail":"{}"}})",
                              reason_phrase(status), status, sentence)};
}

}  // namespace carillon::net

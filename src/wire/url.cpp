#include "wire/url.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"

namespace carillon::wire {
namespace {

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_unreserved(char c) {
  return is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

void append_escaped(std::string& out, char c) {
  constexpr char digits[] = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += {'%', digits[byte >> 4], digits[byte & 15]};
}

// The byte that "%41" at this place means; none when two hex digits do not follow.
std::optional<char> escaped_at(std::string_view text, size_t at) {
  if (text.size() - at < 3) return std::nullopt;
  const auto byte = from_hex(text.substr(at + 1, 2));
  return byte ? std::optional<char>(byte->front()) : std::nullopt;
}

Fault bad_url(std::string_view seen, std::string_view why) {
  return {.kind = FaultKind::invalid,
          .code = "bad_url",
          .text = fmt::format("This is not a web address: \"{}\" ({}).", shortened(seen, 120), why),
          .remedy = "Write it in full, like https://example.com/page."};
}

// Characters that no URL contains, or that programs read in different ways.
bool has_forbidden(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f || c == '"' || c == '<' || c == '>' || c == '\\';
  });
}

bool is_name(std::string_view host) {
  return !host.empty() && host.front() != '.' && host.find("..") == std::string_view::npos &&
         std::ranges::all_of(host, [](char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_'; });
}

bool is_bracketed(std::string_view host) {
  if (host.size() < 4 || host.front() != '[' || host.back() != ']') return false;
  return std::ranges::all_of(host.substr(1, host.size() - 2), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
  });
}

bool is_port(std::string_view port) {
  const bool digits = !port.empty() && port.size() <= 5 &&
                      std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return false;
  const int number = std::stoi(std::string(port));
  return number >= 1 && number <= 65535;
}

// "host", "host:port", "[v6]:port" into the URL. The answer says what is wrong; empty: nothing.
std::string_view read_authority(std::string_view authority, Url& url) {
  if (authority.find('@') != std::string_view::npos) return "a user name or password in it is not allowed";
  const size_t colon =
      authority.find(':', authority.starts_with('[') ? std::max<size_t>(authority.find(']'), 1) : 0);
  const std::string_view host = authority.substr(0, colon);
  if (!is_name(host) && !is_bracketed(host)) {
    const bool foreign =
        std::ranges::any_of(host, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    return foreign ? "write an international host name in its xn-- form"
                   : "the host name is missing or malformed";
  }
  url.host = lowered(host);
  if (colon == std::string_view::npos) return {};
  const std::string_view port = authority.substr(colon + 1);
  if (!port.empty() && !is_port(port)) return "the port must be a number from 1 to 65535";
  const bool own = (url.scheme == "http" && port == "80") || (url.scheme == "https" && port == "443");
  url.port = own ? std::string() : std::string(port);
  return {};
}

bool has_broken_escape(std::string_view text) {
  for (size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (!escaped_at(text, at)) return true;
  }
  return false;
}

std::string in_ascii(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80)
      append_escaped(out, c);
    else
      out += c;
  }
  return out;
}

// Reads "+" as a space; what is not an escape stays as it is.
std::string form_text(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    const auto byte = text[at] == '%' ? escaped_at(text, at) : std::nullopt;
    if (byte) at += 2;
    out += byte ? *byte : text[at] == '+' ? ' ' : text[at];
  }
  return out;
}

}  // namespace

std::string Url::origin() const {
  return scheme + "://" + host + (port.empty() ? "" : ":" + port);
}

Result<Url> parse_url(std::string_view text) {
  if (has_forbidden(text))
    return refuse(bad_url(text, "it contains a space or a character that must be encoded"));
  if (!is_utf8(text)) return refuse(bad_url(text, "it is not UTF-8"));
  const size_t scheme_end = text.find("://");
  Url url{.scheme = lowered(text.substr(0, scheme_end == std::string_view::npos ? 0 : scheme_end))};
  if (url.scheme != "http" && url.scheme != "https") {
    return refuse(bad_url(text, "it must begin with https:// or http://"));
  }
  std::string_view rest = text.substr(scheme_end + 3);
  rest = rest.substr(0, rest.find('#'));
  if (has_broken_escape(rest)) return refuse(bad_url(text, "two hex digits must follow a %"));
  const size_t authority_end = std::min(rest.find_first_of("/?"), rest.size());
  const std::string_view wrong = read_authority(rest.substr(0, authority_end), url);
  if (!wrong.empty()) return refuse(bad_url(text, wrong));
  rest.remove_prefix(authority_end);
  const size_t question = std::min(rest.find('?'), rest.size());
  url.path = in_ascii(rest.substr(0, question));
  if (url.path.empty()) url.path = "/";
  if (question < rest.size()) url.query = in_ascii(rest.substr(question + 1));
  return url;
}

std::string percent_encode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c))
      out += c;
    else
      append_escaped(out, c);
  }
  return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      out += text[at];
      continue;
    }
    const auto byte = escaped_at(text, at);
    if (!byte) return std::nullopt;
    out += *byte;
    at += 2;
  }
  return out;
}

std::string encode_form(const Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out += '&';
    out += percent_encode(name) + "=" + percent_encode(value);
  }
  return out;
}

Fields parse_form(std::string_view text) {
  Fields fields;
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(piece.size() + 1, text.size()));
    if (piece.empty()) continue;
    const size_t equals = std::min(piece.find('='), piece.size());
    fields.emplace_back(form_text(piece.substr(0, equals)),
                        form_text(piece.substr(std::min(equals + 1, piece.size()))));
  }
  return fields;
}

std::string with_query(std::string_view url, const Fields& fields) {
  if (fields.empty()) return std::string(url);
  const size_t fragment = std::min(url.find('#'), url.size());
  const std::string_view before = url.substr(0, fragment);
  const bool open = before.ends_with('?') || before.ends_with('&');
  const std::string_view joint = open ? "" : before.find('?') == std::string_view::npos ? "?" : "&";
  return fmt::format("{}{}{}{}", before, joint, encode_form(fields), url.substr(fragment));
}

std::optional<std::string> field(const Fields& fields, std::string_view name) {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return std::nullopt;
}

}  // namespace carillon::wire

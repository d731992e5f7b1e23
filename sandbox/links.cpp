// Finding links in a text, byte by byte. Non-ASCII characters count as letters of a name where names may have
// them.
#include <algorithm>

#include "base/text.h"
#include "sandbox/counting.h"

namespace carillon::sandbox {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alnum(char c) {
  return is_letter(c) || is_digit(c);
}
bool is_wide(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}
bool one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

// Length of the non-ASCII character at `at` when it may stand in a path: accented Latin (U+00C0–U+024F) or
// Cyrillic (U+0400–U+04FF), the en dash; else 0.
size_t path_letter(std::string_view text, size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if ((lead >= 0xc3 && lead <= 0xc9) || (lead >= 0xd0 && lead <= 0xd3)) return 2;
  return text.substr(at).starts_with("\u2013") ? 3 : 0;
}

// The end of what matches at `from` (path, or query when it begins with "?"), without the punctuation that
// closes a sentence rather than an address; brackets in pairs belong to it.
size_t tail_end(std::string_view text, size_t from, std::string_view also, std::string_view last) {
  size_t end = from, kept = from;
  int open = 0;
  while (end < text.size()) {
    const char c = text[end];
    const size_t wide = is_wide(c) ? path_letter(text, end) : 0;
    if (is_wide(c) ? wide == 0 : !is_alnum(c) && !one_of(c, also)) break;
    if (c == '(') ++open;
    const bool closes = c == ')' && open > 0;
    if (c == ')' && open-- <= 0) break;
    end += std::max<size_t>(wide, 1);
    if (wide > 0 || is_alnum(c) || one_of(c, last) || closes) kept = end;
  }
  return std::max(kept, from);
}

// After the host: port, path, query.
size_t address_end(std::string_view text, size_t at) {
  if (at + 1 < text.size() && text[at] == ':' && is_digit(text[at + 1])) {
    for (++at; at < text.size() && is_digit(text[at]);) ++at;
  }
  if (at < text.size() && text[at] == '/') at = tail_end(text, at, "!*';:=+,.$/%#[]-_~@|&()", "=_#/+-");
  if (at < text.size() && text[at] == '?') {
    const size_t end = tail_end(text, at + 1, "!?*'@();:&=+$/%#[]-_.,~|", "-_&=#/");
    if (end > at + 1) at = end;
  }
  return at;
}

struct Host {
  size_t end = 0;      // of the longest name that ends in a top level domain; 0: none
  size_t read_to = 0;  // everything that looked like a host
};

bool good_label(std::string_view label) {
  return !label.empty() && label.front() != '-' && label.back() != '-' && label.front() != '_' &&
         label.back() != '_';
}

Host read_host(std::string_view text, size_t begin, bool wide) {
  Host host;
  size_t at = begin;
  std::string_view before;  // the label before this one
  for (bool first = true;; first = false) {
    size_t end = at;
    while (end < text.size() &&
           (is_alnum(text[end]) || one_of(text[end], "-_") || (wide && is_wide(text[end]))))
      ++end;
    const std::string_view label = text.substr(at, end - at);
    host.read_to = std::max(end, begin);
    if (!good_label(label)) break;
    const bool named =
        !first && before.find('_') == std::string_view::npos && is_top_level_domain(lowered(label));
    if (named && !(end < text.size() && one_of(text[end], "@+"))) host.end = end;
    if (end >= text.size() || text[end] != '.') break;
    before = label;
    at = end + 1;
  }
  return host;
}

size_t scheme_length(std::string_view text, size_t at) {
  for (const std::string_view scheme : {"https://", "http://"})
    if (equals_ignoring_case(text.substr(at, scheme.size()), scheme)) return scheme.size();
  return 0;
}

bool may_stand_before(std::string_view text, size_t at, bool bare) {
  if (at == 0) return true;
  const char c = text[at - 1];
  if (is_alnum(c) || one_of(c, bare ? "@$#-_./" : "@$#")) return false;
  const std::string_view wide = text.substr(0, at);
  return !wide.ends_with("\uff20") && !wide.ends_with("\uff03");  // full-width @ and #
}

}  // namespace

std::vector<Span> links_on_x(std::string_view text) {
  std::vector<Span> links;
  if (text.find('.') == std::string_view::npos) return links;
  for (size_t at = 0; at < text.size();) {
    const size_t scheme = scheme_length(text, at);
    const bool bare = scheme == 0;
    if ((bare && !is_alnum(text[at])) || !may_stand_before(text, at, bare)) {
      ++at;
      continue;
    }
    const Host host = read_host(text, at + scheme, !bare);
    if (host.end == 0) {
      at = bare ? std::max(host.read_to, at + 1) : at + scheme;
      continue;
    }
    const size_t end = address_end(text, host.end);
    links.push_back({at, end});
    at = end;
  }
  return links;
}

std::vector<Span> plain_links(std::string_view text) {
  std::vector<Span> links;
  for (size_t at = text.find("http"); at != std::string_view::npos; at = text.find("http", at + 1)) {
    const size_t scheme = scheme_length(text, at);
    if (scheme == 0 || !may_stand_before(text, at, false)) continue;
    size_t host = at + scheme;
    while (host < text.size() && (is_alnum(text[host]) || one_of(text[host], "-_.") || is_wide(text[host])))
      ++host;
    while (host > at + scheme && text[host - 1] == '.') --host;
    if (host == at + scheme) continue;
    links.push_back({at, address_end(text, host)});
    at = links.back().end - 1;
  }
  return links;
}

}  // namespace carillon::sandbox

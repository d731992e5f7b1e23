// Where X sees a URL in a text. Rules as twitter-text documents them in its conformance data
// (https://github.com/twitter/twitter-text/tree/master/conformance, read 2026-09), written as a plain
// scanner.
#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "channels/x/count.h"

namespace carillon::channels::x {
namespace {

using Text = std::u32string_view;

bool ascii_letter(char32_t p) {
  return (p >= 'a' && p <= 'z') || (p >= 'A' && p <= 'Z');
}
bool ascii_digit(char32_t p) {
  return p >= '0' && p <= '9';
}
bool ascii_word(char32_t p) {
  return ascii_letter(p) || ascii_digit(p);
}
bool one_of(char32_t p, Text set) {
  return set.find(p) != Text::npos;
}
bool latin_accent(char32_t p) {
  return p >= 0xC0 && p <= 0x24F && p != 0xD7 && p != 0xF7;
}
bool cyrillic(char32_t p) {
  return p >= 0x400 && p <= 0x4FF;
}

bool domain_point(char32_t p) {
  if (p < 0x80) return ascii_word(p);
  const auto point = static_cast<UChar32>(p);
  return !u_isUWhiteSpace(point) && !u_ispunct(point) && !u_iscntrl(point) &&
         u_charType(point) != U_FORMAT_CHAR;
}

bool may_precede(Text text, size_t at) {
  if (at == 0) return true;
  const char32_t before = text[at - 1];
  return !ascii_word(before) && !one_of(before, U"@\uFF20$#\uFF03\uFFFE\uFEFF\uFFFF");
}

bool tld_ends(Text text, size_t at) {
  return at >= text.size() || !(ascii_word(text[at]) || one_of(text[at], U"@+-"));
}

size_t ascii_start(Text name) {
  return static_cast<size_t>(std::find_if(name.begin(), name.end(), [](char32_t p) { return p >= 0x80; }) -
                             name.begin());
}

// End of the longest name that ends in a known top-level domain, from the labels that begin at `at`; 0: none.
// With only_ascii, as for names without a scheme: labels of ASCII.
size_t domain_end(Text text, size_t at, bool only_ascii) {
  size_t best = 0, label = at, labels = 0;
  for (size_t i = at; i <= text.size(); ++i) {
    const bool inside = i < text.size() && (domain_point(text[i]) || one_of(text[i], U"-_")) &&
                        (!only_ascii || text[i] < 0x80);
    if (inside) continue;
    const Text name = text.substr(label, i - label);
    if (name.empty() || name.size() > 63 || name.front() == '-' || name.front() == '_') break;
    const size_t tld = label + ascii_start(name);  // "comこれ" ends after "com"
    if (labels > 0 && tld_ends(text, tld) && is_known_tld(text.substr(label, tld - label))) best = tld;
    const bool sound_end = name.back() != '-' && name.back() != '_';
    if (i >= text.size() || text[i] != '.' || !sound_end) break;
    ++labels;
    label = i + 1;
  }
  return best;
}

// A name whose label before the top-level domain holds "_" is none.
bool sound_name(Text name) {
  const size_t tld = name.rfind('.');
  const size_t before = name.rfind('.', tld - 1);
  const size_t from = before == Text::npos ? 0 : before + 1;
  return name.substr(from, tld - from).find('_') == Text::npos;
}

bool path_point(char32_t p) {
  return ascii_word(p) || latin_accent(p) || cyrillic(p) || one_of(p, U"!*';:=+,.$/%#[]-\u2013_~@|&()");
}
bool path_end_point(char32_t p) {
  return ascii_word(p) || latin_accent(p) || cyrillic(p) || one_of(p, U"+-=_#/");
}

// Where a path ends: at a point that may end it, or at a bracket that closes one in it.
size_t path_end(Text text, size_t at) {
  size_t end = at;
  int open = 0;
  for (size_t i = at; i < text.size() && path_point(text[i]); ++i) {
    if (text[i] == '(') ++open;
    if (text[i] == ')' && --open < 0) break;
    if (open == 0 && (path_end_point(text[i]) || text[i] == ')')) end = i + 1;
  }
  return end;
}

size_t query_end(Text text, size_t at) {
  size_t end = at;
  for (size_t i = at + 1; i < text.size(); ++i) {
    if (!ascii_word(text[i]) && !one_of(text[i], U"!?*'@();:&=+$/%#[]-_.,~|")) break;
    if (ascii_word(text[i]) || one_of(text[i], U"-_&=#/")) end = i + 1;
  }
  return end;
}

size_t after_domain(Text text, size_t at) {
  size_t end = at;
  if (end < text.size() && text[end] == ':') {
    size_t digits = end + 1;
    while (digits < text.size() && ascii_digit(text[digits])) ++digits;
    if (digits > end + 1) end = digits;
  }
  if (end < text.size() && text[end] == '/') end = std::max(end + 1, path_end(text, end));
  if (end < text.size() && text[end] == '?') end = query_end(text, end);
  return end;
}

size_t scheme_length(Text text, size_t at) {
  for (const Text scheme : {Text(U"https://"), Text(U"http://")}) {
    if (at + scheme.size() > text.size()) continue;
    const auto same = [](char32_t a, char32_t b) { return a == b || (ascii_letter(a) && (a | 0x20) == b); };
    if (std::equal(scheme.begin(), scheme.end(), text.begin() + at,
                   [&](char32_t a, char32_t b) { return same(b, a); })) {
      return scheme.size();
    }
  }
  return 0;
}

// t.co addresses end after their letters and digits, whatever follows.
size_t shortener_end(Text text, size_t begin, size_t domain, size_t end) {
  const Text name = text.substr(begin, domain - begin);
  if (name != U"t.co" || domain >= text.size() || text[domain] != '/') return end;
  size_t slug = domain + 1;
  while (slug < text.size() && ascii_word(text[slug])) ++slug;
  return slug > domain + 1 ? slug : end;
}

size_t url_end(Text text, size_t at) {
  const size_t scheme = scheme_length(text, at);
  const size_t name = at + scheme;
  const bool bare_allowed = at == 0 || !one_of(text[at - 1], U"-_./");
  if (scheme == 0 && !bare_allowed) return 0;
  const size_t domain = domain_end(text, name, scheme == 0);
  if (domain == 0 || !sound_name(text.substr(name, domain - name))) return 0;
  const size_t end = after_domain(text, domain);
  return scheme > 0 ? shortener_end(text, name, domain, end) : end;
}

}  // namespace

std::vector<FoundUrl> urls_in(Text text) {
  std::vector<FoundUrl> urls;
  if (text.find('.') == Text::npos) return urls;
  for (size_t at = 0; at < text.size();) {
    const bool begins = domain_point(text[at]) && may_precede(text, at);
    const size_t end = begins ? url_end(text, at) : 0;
    if (end == 0) {
      ++at;
      continue;
    }
    urls.push_back({at, end});
    at = end;
  }
  return urls;
}

}  // namespace carillon::channels::x

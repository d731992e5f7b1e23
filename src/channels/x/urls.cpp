// Where X sees an address in a text: the rules of twitter-text (https://github.com/twitter/twitter-text,
// js/src, 3.1.0, read 2026-11) written as a plain scanner. tests/peers compares it with twitter-text itself.
#include <algorithm>

#include "channels/x/count.h"

namespace carillon::channels::x {
namespace {

using Text = std::u32string_view;

constexpr size_t most_labels = 127;  // of a name, as DNS has it: bounds the work on nonsense
constexpr size_t longest_tld = 24;

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
bool within(char32_t p, char32_t first, char32_t last) {
  return p >= first && p <= last;
}
bool latin_accent(char32_t p) {
  const bool letter = within(p, 0xC0, 0x24F) && p != 0xD7 && p != 0xF7;
  return letter || one_of(p, U"ɓɔɖɗəɛɣɨɯɲʉʋʻ") || within(p, 0x300, 0x36F) || within(p, 0x1E00, 0x1EFF);
}
bool cyrillic(char32_t p) {
  return within(p, 0x400, 0x4FF);
}
bool space(char32_t p) {
  return within(p, 0x09, 0x0D) || within(p, 0x2000, 0x200A) ||
         one_of(p, U"\u0020\u0085\u00A0\u1680\u180E\u2028\u2029\u202F\u205F\u3000");
}
bool turns_direction(char32_t p) {
  return within(p, 0x202A, 0x202E) || within(p, 0x2066, 0x2069) || one_of(p, U"\u061C\u200E\u200F");
}

bool domain_point(char32_t p) {
  return !one_of(p, U"!'#%&()*+,\\-./:;<=>?@[]^_{|}~$\uFFFE\uFEFF\uFFFF") && !space(p) && !turns_direction(p);
}
bool label_point(char32_t p) {  // inside a label, not at its ends
  return domain_point(p) || one_of(p, U"-_");
}
bool ascii_label_point(char32_t p) {
  return ascii_word(p) || p == '-' || latin_accent(p);
}

bool may_precede(Text text, size_t at) {
  return at == 0 || !(ascii_word(text[at - 1]) || one_of(text[at - 1], U"@\uFF20$#\uFF03\uFFFE\uFEFF\uFFFF"));
}

// "xn--" and what belongs to it.
size_t punycode_end(Text text, size_t at) {
  if (text.substr(at, 4) != U"xn--") return 0;
  size_t end = at + 4;
  while (end < text.size() && (ascii_word(text[end]) || text[end] == '-')) ++end;
  return end > at + 4 ? end : 0;
}

// End of the top-level domain that begins at `at`; 0: none does.
size_t tld_end(Text text, size_t at) {
  const auto ends = [&](size_t i) {
    return i >= text.size() || !(ascii_word(text[i]) || one_of(text[i], U"@+-"));
  };
  for (size_t length = std::min(longest_tld, text.size() - at); length >= 2; --length) {
    if (ends(at + length) && is_known_tld(text.substr(at, length))) return at + length;
  }
  return punycode_end(text, at);
}

// End of the longest name with a known top-level domain whose first label begins at `at`; 0: none does. The
// label before the top-level domain holds no "_".
size_t domain_end(Text text, size_t at) {
  size_t best = 0, label = at;
  for (size_t labels = 0; labels < most_labels; ++labels) {
    size_t end = label;
    while (end < text.size() && label_point(text[end])) ++end;
    const bool sound = end > label && domain_point(text[label]) && domain_point(text[end - 1]);
    if (!sound || end >= text.size() || text[end] != '.') break;
    const bool underscored = text.substr(label, end - label).find('_') != Text::npos;
    label = end + 1;
    if (const size_t found = underscored ? 0 : tld_end(text, label); found > 0) best = found;
  }
  return best;
}

// The same for a name of Latin labels.
size_t ascii_domain_end(Text domain, size_t at) {
  size_t best = 0, label = at;
  for (size_t labels = 0; labels < most_labels; ++labels) {
    size_t end = label;
    while (end < domain.size() && ascii_label_point(domain[end])) ++end;
    if (end == label || end >= domain.size() || domain[end] != '.') break;
    label = end + 1;
    if (const size_t found = tld_end(domain, label); found > 0) best = found;
  }
  return best;
}

// Labels that are too long for DNS make the name none.
bool fits_dns(Text domain) {
  constexpr uint64_t longest_label = 63;
  for (size_t at = 0; at <= domain.size();) {
    const size_t end = std::min(domain.find('.', at), domain.size());
    const Text label = domain.substr(at, end - at);
    // A code point makes one character at least: no need to write a whole chapter as Punycode.
    if (label.empty() || label.size() > longest_label || dns_length(label) > longest_label) return false;
    at = end + 1;
  }
  return true;
}

bool path_point(char32_t p) {
  return ascii_word(p) || latin_accent(p) || cyrillic(p) || one_of(p, U"!*';:=+,.$/%#[]-\u2013_~@|&");
}
bool path_end_point(char32_t p) {
  return ascii_word(p) || latin_accent(p) || cyrillic(p) || one_of(p, U"+-=_#/");
}

size_t skip_path(Text text, size_t at) {
  while (at < text.size() && path_point(text[at])) ++at;
  return at;
}

// End of "(…)" or "(…(…)…)" that begins at `at`; 0: it is not closed, or empty.
size_t brackets_end(Text text, size_t at) {
  if (at >= text.size() || text[at] != '(') return 0;
  const auto closes = [&](size_t i) { return i < text.size() && text[i] == ')'; };
  size_t i = skip_path(text, at + 1);
  if (closes(i)) return i > at + 1 ? i + 1 : 0;
  if (i >= text.size() || text[i] != '(') return 0;
  const size_t inner = skip_path(text, i + 1);
  if (inner == i + 1 || !closes(inner)) return 0;
  i = skip_path(text, inner + 1);
  return closes(i) ? i + 1 : 0;
}

// Where a path ends: at a point that may end it, or at a bracket that closes one in it. `at`: after its first
// slash.
size_t path_end(Text text, size_t at) {
  size_t end = at;
  for (size_t i = at; i < text.size();) {
    if (const size_t closed = brackets_end(text, i)) {
      end = i = closed;
    } else if (path_point(text[i])) {
      if (path_end_point(text[i])) end = i + 1;
      ++i;
    } else {
      break;
    }
  }
  // "/@name/": the slash may end it, and does above.
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

struct Tail {  // what follows a domain
  size_t end = 0;
  bool path = false;
};

Tail tail(Text text, size_t at) {
  Tail tail{at};
  const auto next_is = [&](char32_t p) { return tail.end < text.size() && text[tail.end] == p; };
  if (next_is(':')) {
    size_t digits = tail.end + 1;
    while (digits < text.size() && ascii_digit(text[digits])) ++digits;
    if (digits > tail.end + 1) tail.end = digits;
  }
  if (next_is('/')) tail.end = path_end(text, tail.end + 1), tail.path = true;
  if (next_is('?')) tail.end = query_end(text, tail.end);
  return tail;
}

size_t scheme_length(Text text, size_t at) {
  for (const Text scheme : {Text(U"https://"), Text(U"http://")}) {
    const auto same = [](char32_t wanted, char32_t seen) {
      return wanted == seen || (ascii_letter(seen) && (seen | 0x20) == wanted);
    };
    const Text there = text.substr(at, scheme.size());
    if (std::ranges::equal(scheme, there, same)) return scheme.size();
  }
  return 0;
}

// t.co addresses end after their letters and digits and a query, whatever follows; 0: it is none.
size_t shortened_end(Text text, size_t name, size_t domain) {
  if (text.substr(name, domain - name) != U"t.co" || domain >= text.size() || text[domain] != '/') return 0;
  size_t slug = domain + 1;
  while (slug < text.size() && ascii_word(text[slug])) ++slug;
  if (slug == domain + 1) return 0;
  return slug < text.size() && text[slug] == '?' ? query_end(text, slug) : slug;
}

// Addresses without a scheme: the Latin names within a name; the last of them has what follows it.
void add_bare(Text text, FoundUrl name, const Tail& tail, std::vector<FoundUrl>& urls) {
  const Text domain = text.substr(name.begin, name.end - name.begin);
  const size_t before = urls.size();
  for (size_t at = 0; at < domain.size();) {
    const size_t end = ascii_domain_end(domain, at);
    if (end > 0) urls.push_back({name.begin + at, name.begin + end});
    at = std::max(at + 1, end);
  }
  if (urls.size() > before && tail.path) urls.back().end = tail.end;
}

// No name begins at `at`: then none begins later in the same label either, but behind a point that changes
// what the label is, or at a scheme. Without this, long texts without spaces would cost their length squared.
size_t next_chance(Text text, size_t at) {
  size_t next = at + 1;
  const auto changes = [&](size_t i) { return one_of(text[i], U"hH") || one_of(text[i - 1], U"-_"); };
  while (next < text.size() && label_point(text[next]) && !changes(next)) ++next;
  return next;
}

// Looks for an address that begins at `at`. Gives where to go on.
size_t read_url(Text text, size_t at, std::vector<FoundUrl>& urls) {
  const size_t scheme = scheme_length(text, at), name = at + scheme;
  const size_t domain = domain_end(text, name);
  if (domain == 0) return next_chance(text, at);
  const Tail rest = tail(text, domain);
  const bool bare_allowed = at == 0 || !one_of(text[at - 1], U"-_./");
  if (!fits_dns(text.substr(name, domain - name))) return rest.end + 1;
  if (scheme > 0) {
    const size_t shortened = shortened_end(text, name, domain);
    urls.push_back({at, shortened > 0 ? shortened : rest.end});
  } else if (bare_allowed) {
    add_bare(text, {name, domain}, rest, urls);
  }
  return rest.end + 1;  // the next one needs a point before it
}

}  // namespace

std::vector<FoundUrl> urls_in(Text text) {
  std::vector<FoundUrl> urls;
  if (text.find('.') == Text::npos) return urls;
  for (size_t at = 0; at < text.size();) {
    const bool begins = domain_point(text[at]) && may_precede(text, at);
    at = begins ? read_url(text, at, urls) : at + 1;
  }
  return urls;
}

}  // namespace carillon::channels::x

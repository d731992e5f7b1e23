#include "channels/mastodon/count.h"

#include <algorithm>

#include "base/text.h"

namespace carillon::channels::mastodon {
namespace {

bool letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool name_char(char c) {
  return letter_or_digit(c) || c == '_' || c == '-' || c == '.';
}

// A URL ends at white space; closing punctuation after it is not part of it.
size_t url_end(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && static_cast<unsigned char>(text[end]) > ' ' && text[end] != '<' &&
         text[end] != '>' && text[end] != '"')
    ++end;
  while (end > at && std::string_view(".,;:!?'\")").find(text[end - 1]) != std::string_view::npos) {
    const std::string_view url = text.substr(at, end - at);
    const bool closes = text[end - 1] == ')' &&
                        std::count(url.begin(), url.end(), '(') >= std::count(url.begin(), url.end(), ')');
    if (closes) break;
    --end;
  }
  return end;
}

// Where a URL with a scheme begins that has at least a host.
size_t url_length(std::string_view text, size_t at) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!equals_ignoring_case(text.substr(at, scheme.size()), scheme)) continue;
    const size_t end = url_end(text, at);
    return end > at + scheme.size() ? end - at : 0;
  }
  return 0;
}

}  // namespace

std::string short_mentions(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t end = at + 1;
    const bool begins = text[at] == '@' && (at == 0 || (!name_char(text[at - 1]) && text[at - 1] != '/'));
    while (begins && end < text.size() && name_char(text[end])) ++end;
    out.append(text.substr(at, end - at));
    if (begins && end > at + 1 && end + 1 < text.size() && text[end] == '@' &&
        letter_or_digit(text[end + 1])) {
      for (++end; end < text.size() && name_char(text[end]);) ++end;
      while (text[end - 1] == '.' || text[end - 1] == '-') --end;
    }
    at = end;
  }
  return out;
}

uint64_t length_of(std::string_view text, uint32_t url_weight) {
  std::string counted;  // the text with every URL away
  uint64_t length = 0;
  const std::string shown = short_mentions(text);
  for (size_t at = 0; at < shown.size();) {
    if (const size_t url = url_length(shown, at)) {
      length += url_weight - 1;
      counted += ' ';  // counts as one, and keeps apart what stood beside the URL
      at += url;
    } else {
      counted += shown[at++];
    }
  }
  return length + graphemes(counted);
}

}  // namespace carillon::channels::mastodon

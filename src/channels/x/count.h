// The length of a post as X counts it: the rules of twitter-text, configuration v3
// (https://github.com/twitter/twitter-text/blob/master/config/v3.json, read 2026-09). The text is taken in
// NFC; code points of the light ranges weigh 1, all others 2; an emoji, however many code points, weighs 2; a
// URL weighs 23, also without a scheme when its top-level domain is known. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace carillon::channels::x {

uint64_t weighted_length(std::string_view utf8);

// URLs as X finds them, in code points of the text in NFC: [begin, end).
struct FoundUrl {
  size_t begin = 0, end = 0;
  bool operator==(const FoundUrl&) const = default;
};
std::vector<FoundUrl> urls_in(std::u32string_view text);

// Number of code points of the emoji that begins at `at`; 0 when none does.
size_t emoji_at(std::u32string_view text, size_t at);

// Characters that X refuses in any post: U+FFFE, U+FEFF, U+FFFF.
bool has_refused_characters(std::string_view utf8);

// "$ABC", "$BRK.A": up to six letters after white space, and up to two more.
// https://github.com/twitter/twitter-text/blob/master/js/src/regexp/cashtag.js (2026-09)
size_t cashtags_in(std::string_view utf8);

// Characters of a label of a name as DNS has it; at most 63 are allowed.
uint64_t dns_length(std::u32string_view label);

// Is this a top-level domain that makes a bare name a URL?
bool is_known_tld(std::u32string_view label);

}  // namespace carillon::channels::x

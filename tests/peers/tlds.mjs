// Writes src/channels/x/tlds.cpp: the top-level domains that twitter-text knows, as data.   node tlds.mjs
import { writeFileSync } from 'node:fs'
import { topLevelDomains } from './domains.mjs'

const words = topLevelDomains()
words.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))

const lines = []
let line = ''
for (const word of words) {
  if (Buffer.byteLength(line) + Buffer.byteLength(word) > 100) lines.push(line), (line = '')
  line += word + ' '
}
lines.push(line.trimEnd())

writeFileSync('../../src/channels/x/tlds.cpp', `// Top-level domains that make a name an address: those that twitter-text 3.1.0 knows. Written by tests/peers/tlds.mjs.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "channels/x/count.h"

namespace carillon::channels::x {
namespace {

constexpr std::string_view known =
${lines.map((l) => `    "${l}"`).join('\n')};

std::vector<std::string_view> separate(std::string_view list) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at < list.size();) {
    const size_t end = std::min(list.find(' ', at), list.size());
    words.push_back(list.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

}  // namespace

bool is_known_tld(std::u32string_view label) {
  static const std::vector<std::string_view> words = separate(known);  // sorted by bytes
  std::u32string lower(label);
  for (char32_t& point : lower)
    if (point >= 'A' && point <= 'Z') point += 'a' - 'A';
  return std::ranges::binary_search(words, std::string_view(to_utf8(lower)));
}

}  // namespace carillon::channels::x
`)
console.log(words.length)

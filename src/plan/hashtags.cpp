#include "plan/hashtags.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"

namespace carillon::plan {

namespace {
bool is_ascii_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c == U'_';
}

// Punctuation, symbols and pictures end a tag; letters of all scripts and their marks go on.
bool is_other_letter(char32_t c) {
  if (c < 0xC0 || c == 0xD7 || c == 0xF7) return c == 0xAA || c == 0xB5 || c == 0xBA;
  const bool punctuation = (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x3004) ||
                           (c >= 0x3008 && c <= 0x3020) || (c >= 0xFF00 && c <= 0xFF0F);
  const bool picture = (c >= 0x2190 && c <= 0x2BFF) || (c >= 0xFE00 && c <= 0xFE0F) || c >= 0x1F000;
  return !punctuation && !picture;
}

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool belongs(char32_t c) {
  return is_digit(c) || is_ascii_letter(c) || is_other_letter(c);
}

bool has_letter(std::u32string_view tag) {
  return std::ranges::any_of(tag, [](char32_t c) { return !is_digit(c); });
}
}  // namespace

std::vector<std::string> hashtags_in(std::string_view text) {
  std::vector<std::string> tags;
  std::set<std::string> seen;
  const std::u32string points = to_code_points(text);
  for (size_t i = 0; i < points.size(); ++i) {
    const bool begins = points[i] == U'#' && (i == 0 || (!belongs(points[i - 1]) && points[i - 1] != U'&'));
    if (!begins) continue;
    size_t end = i + 1;
    while (end < points.size() && belongs(points[end])) ++end;
    const std::u32string_view tag(points.data() + i + 1, end - i - 1);
    if (!has_letter(tag)) continue;
    std::string written = to_utf8(tag);
    if (seen.insert(folded(written)).second) tags.push_back(std::move(written));
  }
  return tags;
}

bool is_hashtag(std::string_view tag) {
  const std::u32string points = to_code_points(tag);
  return has_letter(points) && std::ranges::all_of(points, belongs);
}

std::vector<TagSuggestion> suggest_hashtags(std::span<const TaggedPost> history,
                                            std::span<const std::string> beside, std::string_view beginning,
                                            size_t most) {
  std::set<std::string> there;
  for (const std::string& tag : beside) there.insert(folded(tag));
  std::map<std::string, TagSuggestion> counted;
  for (const TaggedPost& post : history) {
    std::map<std::string, std::string> tags;
    for (const std::string& tag : post.tags) tags.emplace(folded(tag), tag);
    const bool together =
        std::ranges::any_of(tags, [&](const auto& each) { return there.contains(each.first); });
    for (const auto& [key, tag] : tags) {
      TagSuggestion& one = counted[key];
      ++one.uses;
      if (together) ++one.together;
      if (one.tag.empty() || post.at > one.last) one.tag = tag, one.last = post.at;
    }
  }
  const std::string wanted = folded(beginning);
  std::vector<TagSuggestion> best;
  for (auto& [key, one] : counted) {
    if (!there.contains(key) && key.starts_with(wanted)) best.push_back(std::move(one));
  }
  std::ranges::sort(best, [](const TagSuggestion& a, const TagSuggestion& b) {
    return std::tuple(-a.together, -a.uses, -a.last.us, std::string_view(a.tag)) <
           std::tuple(-b.together, -b.uses, -b.last.us, std::string_view(b.tag));
  });
  if (best.size() > most) best.resize(most);
  return best;
}

}  // namespace carillon::plan

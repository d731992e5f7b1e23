// Links, mentions and tags in a text: without facets they are dead words there.
// https://docs.bsky.app/docs/advanced-guides/post-richtext (2026-04)
#include <algorithm>

#include "base/text.h"
#include "channels/bluesky/bluesky.h"
#include "channels/finding.h"

namespace carillon::channels::bluesky {
namespace {

constexpr size_t max_tag = 64;  // graphemes, app.bsky.richtext.facet (2026-08)

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

bool begins_word(std::string_view text, size_t at) {
  return at == 0 || is_space(text[at - 1]) || text[at - 1] == '(';
}

size_t end_of_word(std::string_view text, size_t at) {
  while (at < text.size() && !is_space(text[at])) ++at;
  return at;
}

// What ends a sentence does not belong to a link or a tag.
size_t without_tail(std::string_view text, size_t begin, size_t end) {
  while (end > begin && std::string_view(".,;:!?\"'").contains(text[end - 1])) --end;
  const bool opened = text.substr(begin, end - begin).contains('(');
  if (end > begin && text[end - 1] == ')' && !opened) return without_tail(text, begin, end - 1);
  return end;
}

std::optional<Facet> link_at(std::string_view text, size_t at) {
  const std::string_view rest = text.substr(at);
  const size_t scheme = rest.starts_with("https://") ? 8 : rest.starts_with("http://") ? 7 : 0;
  if (scheme == 0) return std::nullopt;
  const size_t end = without_tail(text, at, end_of_word(text, at));
  if (end <= at + scheme) return std::nullopt;
  return Facet{Facet::Kind::link, at, end, std::string(text.substr(at, end - at))};
}

std::optional<Facet> mention_at(std::string_view text, size_t at) {
  size_t end = at + 1;
  while (end < text.size() && (is_alnum(text[end]) || text[end] == '.' || text[end] == '-')) ++end;
  while (end > at + 1 && !is_alnum(text[end - 1])) --end;
  const std::string_view handle = text.substr(at + 1, end - at - 1);
  if (handle.find('.') == std::string_view::npos || handle.contains("..")) return std::nullopt;
  return Facet{Facet::Kind::mention, at, end, lowered(handle)};
}

std::optional<Facet> tag_at(std::string_view text, size_t at) {
  const size_t end = without_tail(text, at, end_of_word(text, at));
  const std::string_view tag = text.substr(at + 1, end - std::min(end, at + 1));
  const bool digits = std::ranges::all_of(tag, [](char c) { return c >= '0' && c <= '9'; });
  if (tag.empty() || digits || tag.contains('#') || graphemes(tag) > max_tag) return std::nullopt;
  return Facet{Facet::Kind::tag, at, end, std::string(tag)};
}

std::optional<Facet> facet_at(std::string_view text, size_t at) {
  if (!begins_word(text, at)) return std::nullopt;
  if (text[at] == '@') return mention_at(text, at);
  return text[at] == '#' ? tag_at(text, at) : link_at(text, at);
}

}  // namespace

std::vector<Facet> facets_in(std::string_view text) {
  std::vector<Facet> all;
  for (size_t at = 0; at < text.size();) {
    auto facet = facet_at(text, at);
    at = facet ? facet->end : at + 1;
    if (facet) all.push_back(std::move(*facet));
  }
  return all;
}

std::string text_of(const ContentPart& part) {
  return part.media.empty() ? part.text : with_link(part);
}

}  // namespace carillon::channels::bluesky

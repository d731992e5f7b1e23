#include "plan/parts_text.h"

#include <algorithm>

#include "base/text.h"

namespace carillon::plan {

namespace {
constexpr std::string_view next_part = "---", next_comment = "--- comment";

bool is_mark(std::string_view line) {
  return line == next_part || lowered(line) == next_comment;
}

// A mark, or one that backslashes keep from being one.
bool may_be_mark(std::string_view line) {
  const std::string_view words = trimmed(line);
  return is_mark(words.substr(std::min(words.find_first_not_of('\\'), words.size())));
}

// What stands before the next line end, taken off the text.
std::string_view take_line(std::string_view& text) {
  const size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

void add_line(std::string& text, std::string_view line) {
  if (!text.empty()) text += '\n';
  text += line;
}

void add(std::string& out, std::string_view part) {
  while (!part.empty()) {
    const std::string_view line = take_line(part);
    out += may_be_mark(line) ? "\n\\" : "\n";
    out += may_be_mark(line) ? trimmed(line) : line;
  }
}
}  // namespace

std::string parts_text(std::span<const ContentPart> parts) {
  std::string out;
  for (const ContentPart& part : parts) {
    if (&part != parts.data()) out.append("\n").append(part.comment ? next_comment : next_part);
    add(out, part.text);
  }
  return out.substr(std::min<size_t>(1, out.size()));
}

std::vector<ContentPart> parts_from(std::string_view text) {
  std::vector<ContentPart> parts(1);
  while (!text.empty()) {
    std::string_view line = take_line(text);
    const std::string_view words = trimmed(line);
    if (is_mark(words)) {
      parts.push_back({.comment = words != next_part});
      continue;
    }
    if (may_be_mark(line)) line = words.substr(1);
    add_line(parts.back().text, line);
  }
  for (ContentPart& part : parts) part.text = std::string(trimmed(part.text));
  return parts;
}

}  // namespace carillon::plan

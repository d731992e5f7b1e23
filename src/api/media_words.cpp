#include "api/media_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/problem.h"
#include "base/text.h"

namespace carillon::api {
namespace {

constexpr size_t longest_name = 200, longest_path = 400, deepest = 8;

bool is_control(unsigned char c) {
  return c < ' ' || c == 0x7f;
}

Fault bad_folder(std::string text, std::string_view field) {
  return invalid("bad_folder", std::move(text), std::string(field),
                 "Name folders as \"Summer/Cakes\", at most eight within each other.");
}

}  // namespace

Result<std::string> file_name(std::string_view text, std::string_view field) {
  if (!is_utf8(text)) {
    return refuse(invalid("bad_name", "The file's name is not UTF-8.", std::string(field),
                          "Send it as UTF-8, percent-encoded in a header."));
  }
  std::string name(text);
  if (const auto slash = name.find_last_of("/\\"); slash != std::string::npos) name.erase(0, slash + 1);
  std::erase_if(name, is_control);
  name = trimmed(name);
  return name.empty() ? "file" : shortened(name, longest_name);
}

Result<std::string> folder_path(std::string_view text, std::string_view field) {
  if (!is_utf8(text) || std::ranges::any_of(text, is_control))
    return refuse(bad_folder("The folder's name has characters that names cannot have.", field));
  std::string path;
  size_t depth = 0;
  while (!text.empty()) {
    const size_t slash = std::min(text.find('/'), text.size());
    const std::string_view name = trimmed(text.substr(0, slash));
    text.remove_prefix(std::min(slash + 1, text.size()));
    if (name.empty()) continue;
    if (name == "." || name == "..")
      return refuse(bad_folder("A folder cannot be called \".\" or \"..\".", field));
    path += (path.empty() ? "" : "/") + std::string(name);
    ++depth;
  }
  if (depth > deepest) return refuse(bad_folder(fmt::format("The folder is {} folders deep.", depth), field));
  if (path.size() > longest_path)
    return refuse(bad_folder(
        fmt::format("The folder's name is {} bytes long; {} are possible.", path.size(), longest_path),
        field));
  return path;
}

Result<std::vector<std::string>> tag_list(std::vector<std::string> tags, std::string_view field) {
  std::vector<std::string> tidy;
  for (const std::string& tag : tags) {
    const std::string plain(trimmed(tag));
    if (plain.empty() || std::ranges::find(tidy, plain) != tidy.end()) continue;
    if (plain.size() > longest_tag || std::ranges::any_of(plain, is_control)) {
      return refuse(invalid("bad_tag", fmt::format("\"{}\" cannot be a tag.", shortened(plain, 40)),
                            std::string(field), fmt::format("Use at most {} characters.", longest_tag)));
    }
    tidy.push_back(plain);
  }
  if (tidy.size() <= most_tags) return tidy;
  return refuse(invalid("bad_tag", fmt::format("There are {} tags.", tidy.size()), std::string(field),
                        fmt::format("A file has at most {}.", most_tags)));
}

Fault as_ours(Fault fault) {
  if (fault.code == "media_too_large") fault.code = "too_large";
  if (fault.code == "media_type_refused") fault.code = "wrong_content_type";
  return fault;
}

}  // namespace carillon::api

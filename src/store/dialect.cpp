#include "store/dialect.h"

#include <algorithm>

#include "base/text.h"

namespace carillon::store {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

std::string clean(std::string text) {
  if (!is_utf8(text)) text = to_utf8(to_code_points(text));
  std::ranges::replace(text, '\0', ' ');
  return text;
}

std::string in_dialect(Engine engine, std::string_view sql) {
  const std::string_view mark = engine == Engine::sqlite ? "/*lite " : "/*pg ";
  std::string out;
  out.reserve(sql.size());
  while (!sql.empty()) {
    const size_t open = sql.find("/*");
    out += sql.substr(0, open);
    if (open == std::string_view::npos) break;
    const size_t close = sql.find("*/", open);
    if (sql.substr(open, mark.size()) == mark) {
      out += sql.substr(open + mark.size(), close - open - mark.size());
    }
    sql.remove_prefix(close + 2);
  }
  if (engine == Engine::sqlite) replace_all(out, "BYTEA", "BLOB");
  return out;
}

}  // namespace carillon::store

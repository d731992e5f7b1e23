// https://www.rfc-editor.org/rfc/rfc4180 (2026-11)
#include "api/csv.h"

namespace carillon::api::csv {

std::string field(std::string_view text) {
  const size_t first = text.find_first_not_of('\'');  // what looks guarded is guarded once more
  std::string out;
  if (first != std::string_view::npos && std::string_view("=+-@\t\r").contains(text[first])) out = "'";
  out += text;
  if (out.find_first_of("\",\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

std::string record(std::span<const std::string> fields) {
  std::string line;
  for (const std::string& one : fields) {
    if (&one != fields.data()) line += ',';
    line += field(one);
  }
  return line + "\r\n";
}

}  // namespace carillon::api::csv

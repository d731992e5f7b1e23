#include "cli/import_view.h"

#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <iterator>

#include "cli/command.h"
#include "cli/remote.h"

namespace carillon::cli {

namespace json = boost::json;

Result<std::string> read_table_file(const std::string& name) {
  if (name == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream in(name, std::ios::binary);
  if (in) return std::string(std::istreambuf_iterator<char>(in), {});
  return refuse({.kind = FaultKind::invalid,
                 .code = "usage",
                 .text = fmt::format("{} cannot be read.", name),
                 .field = "file",
                 .remedy = "Give the path of a CSV file, or - for standard input."});
}

namespace {
std::string number_text(const json::value& value) {
  return value.is_int64() ? std::to_string(value.get_int64()) : "";
}

std::string said(const json::value& trouble) {
  return text_of(trouble, "text") + " " + text_of(trouble, "fix");
}
}  // namespace

std::string rows_text(const json::value& result, bool looked,
                      const std::function<RowWords(const json::value&)>& words_of) {
  std::vector<std::vector<std::string>> rows;
  for (const json::value& row : list_of(result, "rows")) {
    const std::string line = number_text(row.at("line")), state = text_of(row, "state");
    const auto [time, words] = words_of(row);
    const auto& troubles = list_of(row, "troubles");
    if (troubles.empty() && looked) rows.push_back({line, state, time, "", words});
    for (const json::value& trouble : troubles)
      rows.push_back({line, state, time, text_of(trouble, "column"), said(trouble)});
    if (!looked) continue;
    for (const json::value& warning : list_of(row, "warnings"))
      rows.push_back({"", "warning", "", text_of(warning, "column"), said(warning)});
  }
  return rows.empty() ? "" : table({"line", "state", "time", "column", ""}, rows);
}

std::string import_summary(const json::value& result) {
  const json::value& counts = result.at("counts");
  std::string text;
  for (const char* state : {"imported", "ready", "there", "wrong"}) {
    if (const std::string n = number_text(counts.at(state)); n != "0")
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", n,
                          state == std::string("there") ? "there already" : state);
  }
  for (const json::value& column : list_of(result, "ignored"))
    text += fmt::format("\nColumn \"{}\" is not known here and was left out.",
                        std::string_view(column.get_string()));
  return (text.empty() ? "No rows." : text) + "\n";
}

bool is_any_wrong(const json::value& result) {
  return number_text(result.at("counts").at("wrong")) != "0";
}

}  // namespace carillon::cli

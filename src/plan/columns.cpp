#include "plan/columns.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace carillon::plan {

namespace {
const Column* column_of(const std::string& heading, std::span<const Column> known) {
  if (heading.empty()) return nullptr;
  const auto found = std::ranges::find_if(known, [&](const Column& column) {
    return heading == column.name || std::ranges::find(column.also, heading) != column.also.end();
  });
  return found == known.end() ? nullptr : &*found;
}

// Or like one that has been guarded: what api/csv.h puts an apostrophe before.
bool looks_like_a_formula(std::string_view text) {
  const size_t first = text.find_first_not_of('\'');
  return first != std::string_view::npos && std::string_view("=+-@\t\r").contains(text[first]);
}
}  // namespace

Result<Columns> Columns::find(const Table& table, std::span<const Column> known,
                              std::span<const std::string_view> told, std::vector<std::string>& ignored) {
  Columns columns;
  columns.width_ = table.header.size();
  for (size_t i = 0; i < table.header.size(); ++i) {
    const std::string name = lowered(trimmed(table.header[i]));
    const Column* column = column_of(name, known);
    if (column && !columns.places_.emplace(column->name, i).second) {
      return refuse({.kind = FaultKind::invalid,
                     .code = "duplicate_column",
                     .text = fmt::format("There are two columns for \"{}\".", column->name),
                     .field = "csv",
                     .remedy = "Keep one of them."});
    }
    if (name == "utc") columns.exported_ = true;
    if (!column && !name.empty() && std::ranges::find(told, name) == told.end())
      ignored.push_back(table.header[i]);
  }
  return columns;
}

std::string Columns::cell(const Table::Record& record, std::string_view column) const {
  const auto place = places_.find(column);
  if (place == places_.end() || place->second >= record.fields.size()) return {};
  const std::string& text = record.fields[place->second];
  return exported_ && text.starts_with('\'') && looks_like_a_formula(text) ? text.substr(1) : text;
}

std::string Columns::time(const Table::Record& record) const {
  std::string at(trimmed(cell(record, "at")));
  const std::string date(trimmed(cell(record, "date")));
  if (at.empty() && !date.empty()) at = date + "T" + std::string(trimmed(cell(record, "time")));
  return at;
}

void Columns::refuse_surplus(const Table::Record& record, std::vector<RowTrouble>& troubles) const {
  for (size_t i = width_; i < record.fields.size(); ++i) {
    const std::string_view extra = trimmed(record.fields[i]);
    if (extra.empty()) continue;
    troubles.push_back({"", "too_many_fields",
                        fmt::format("This row has more fields than there are columns: \"{}\" is in none.",
                                    shortened(extra, 60)),
                        "Put texts with commas between quotes."});
    return;
  }
}

std::string RowKeys::take(std::string own, const std::string& print, std::vector<RowTrouble>& troubles) {
  const bool named = !own.empty();
  std::string key = named ? std::move(own) : print;
  const int times = ++seen_[key];
  if (times == 1) return key;
  if (!named) return key + fmt::format("#{}", times);
  troubles.push_back({"key", "duplicate_key", "This key is in the file twice.", "Give each row its own."});
  return key;
}

}  // namespace carillon::plan

// The columns of a table by the names that people give them, and what a row says in one. Pure, any thread.
#pragma once

#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "plan/table.h"

namespace carillon::plan {

struct RowTrouble {
  std::string column, code, text, fix;
  bool operator==(const RowTrouble&) const = default;
};

// A column by the names that it may have; those of the export are among them.
struct Column {
  std::string_view name;
  std::array<std::string_view, 3> also;
};

class Columns {
 public:
  // told: what the export says and nobody reads. ignored: gets the headings that nobody knows. Fault:
  // invalid: two columns for one thing.
  static Result<Columns> find(const Table& table, std::span<const Column> known,
                              std::span<const std::string_view> told, std::vector<std::string>& ignored);

  bool has(std::string_view column) const { return places_.contains(column); }
  // In a table of an export without the apostrophe that keeps a spreadsheet from taking it for a formula;
  // empty: there is none.
  std::string cell(const Table::Record& record, std::string_view column) const;
  // What stands in "at", or in "date" and "time".
  std::string time(const Table::Record& record) const;
  // A field beyond the headings: most often the rest of a text with a comma that nobody quoted.
  void refuse_surplus(const Table::Record& record, std::vector<RowTrouble>& troubles) const;

 private:
  std::map<std::string_view, size_t> places_;
  size_t width_ = 0;       // headings
  bool exported_ = false;  // has the column that all exports have and people do not write
};

// By what a row is known again: its own key, or a print of what it says; rows that say the same are told
// apart by their number.
class RowKeys {
 public:
  // The key to use. Trouble: it is the row's own, and another row has it.
  std::string take(std::string own, const std::string& print, std::vector<RowTrouble>& troubles);

 private:
  std::map<std::string, int> seen_;
};

}  // namespace carillon::plan

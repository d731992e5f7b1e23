// A table as people keep it in a file: comma-separated values (RFC 4180), as spreadsheets write them: with or
// without a byte order mark, with either line end, with semicolons or tabs where a comma is the decimal sign.
// Refuses to know what the columns mean. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace carillon::plan {

struct Table {
  struct Record {
    size_t line = 0;  // of the file, from 1, where it begins
    std::vector<std::string> fields;
  };
  std::vector<std::string> header;
  std::vector<Record> records;  // empty lines are left out
};

// Fault: invalid (not UTF-8, no header, a quote that never ends), with the line in its text. A record with
// too few fields lacks the last ones; too many are no fault of the table: Columns says so, beside that row.
Result<Table> parse_table(std::string_view text);

}  // namespace carillon::plan

// Tables that are imported, on the command line: reading one, and telling what became of its rows.
#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <string>

#include "base/result.h"

namespace carillon::cli {

// A file; "-": standard input. Fault: invalid: it cannot be read.
Result<std::string> read_table_file(const std::string& name);

// What a row says, for people: its time and its words.
struct RowWords {
  std::string time, words;
};
// Each trouble in a line of its own; good rows and warnings only when the file is looked at.
std::string rows_text(const boost::json::value& result, bool looked,
                      const std::function<RowWords(const boost::json::value&)>& words_of);
// "12 imported, 3 wrong", and the columns that were left out.
std::string import_summary(const boost::json::value& result);
bool is_any_wrong(const boost::json::value& result);

}  // namespace carillon::cli

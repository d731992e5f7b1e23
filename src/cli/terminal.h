// What a command says: results on standard output, as text or (--json) as one JSON value; faults and progress
// on standard error, the bar only when that is a terminal. Main thread.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/exit.h"

namespace carillon::cli {

class Terminal {
 public:
  bool json = false;

  // The result: the one form or the other.
  void show(const boost::json::value& machine, std::string_view people) const;
  // A remark that is not the result; left out with --json.
  void note(std::string_view text) const;
  // Says what is wrong and what to do; gives the exit code for it.
  Exit fail(const Fault& fault) const;

  // A bar that is drawn over itself. Nothing when standard error is no terminal, or with --json.
  void progress(std::string_view label, double done, double total);
  void progress_done();

 private:
  bool drawn_ = false;
};

// Columns under a header, as wide as needed; control characters are shown, not sent to the terminal.
std::string table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows);
std::string printable(std::string_view text);

}  // namespace carillon::cli

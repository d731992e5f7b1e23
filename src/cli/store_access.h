// The database as commands use it without the server. Main thread.
#pragma once

#include <filesystem>
#include <memory>

#include "run/config.h"
#include "store/store.h"

namespace carillon::cli {

// The file of a SQLite database. Fault: invalid for another kind (what to use instead), gone when it is not
// there.
Result<std::filesystem::path> database_file(const run::Config& config);

// A copy of a SQLite database, consistent while a server writes, gone with this object.
class Copy {
 public:
  Copy(const std::filesystem::path& database, const std::filesystem::path& to);
  ~Copy();
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;
  const std::filesystem::path& file() const { return file_; }

 private:
  std::filesystem::path file_;
};

}  // namespace carillon::cli

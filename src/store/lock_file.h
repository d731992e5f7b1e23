// One server per SQLite file: an advisory lock on a file beside it, held as long as this lives. The system
// drops it when the process dies, however it dies.
#pragma once

#include <filesystem>

namespace carillon::store {

class LockFile {
 public:
  explicit LockFile(const std::filesystem::path& database);  // throws StoreError, naming who holds it
  ~LockFile();
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

 private:
  int file_;
};

}  // namespace carillon::store

// Which installation this is: the data folder, held by one process at a time, and the name under which it
// takes office. Main thread, at start.
#pragma once

#include <filesystem>
#include <string>

#include "base/random.h"
#include "store/lock_file.h"

namespace carillon::run {

class Installation {
 public:
  // Makes the folder when it is not there. Throws std::runtime_error with a sentence when another server
  // holds it.
  Installation(const std::filesystem::path& data, Random& random);
  const std::string& name() const { return name_; }

 private:
  store::LockFile lock_;
  std::string name_;
};

}  // namespace carillon::run

#include "store/lock_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "store/connection.h"

namespace carillon::store {
namespace {

std::string holder_of(int file) {
  std::array<char, 32> text{};
  const ssize_t length = pread(file, text.data(), text.size() - 1, 0);
  return length > 0 ? fmt::format("process {}", std::string(text.data(), static_cast<size_t>(length)))
                    : "another process";
}

}  // namespace

LockFile::LockFile(const std::filesystem::path& database) {
  const std::string path = database.string() + ".lock";
  file_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file_ < 0) {
    throw StoreError(StoreError::Kind::broken,
                     fmt::format("{} cannot be written: {}. Check that the data folder exists "
                                 "and belongs to the user Carillon runs as.",
                                 path, std::strerror(errno)));
  }
  if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const std::string holder = holder_of(file_);
    close(file_);
    throw StoreError(
        StoreError::Kind::busy,
        fmt::format("{} is in use by {}: two servers cannot share one SQLite file. Stop that one, or give "
                    "this one another data folder, or use PostgreSQL.",
                    database.string(), holder));
  }
  const std::string me = std::to_string(getpid());
  if (ftruncate(file_, 0) != 0 || pwrite(file_, me.data(), me.size(), 0) < 0) {
    // The number is only for the message above.
  }
}

LockFile::~LockFile() {
  close(file_);
}

}  // namespace carillon::store

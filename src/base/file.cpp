#include "base/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/digest.h"

namespace carillon {

File& File::operator=(File&& other) noexcept {
  close();
  number_ = std::exchange(other.number_, -1);
  return *this;
}

void File::close() {
  if (is_open()) ::close(std::exchange(number_, -1));
}

bool write_all(const File& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

int64_t read_at(const File& file, uint64_t offset, char* into, size_t size) {
  size_t done = 0;
  while (done < size) {
    const ssize_t got = ::pread(file.number(), into + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  return static_cast<int64_t>(done);
}

std::string sha256_of(const std::filesystem::path& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return "";
  Sha256Stream hash;
  std::string piece(256 << 10, '\0');
  for (uint64_t offset = 0; true;) {
    const int64_t got = read_at(file, offset, piece.data(), piece.size());
    if (got < 0) return "";
    hash.feed(std::string_view(piece).substr(0, static_cast<size_t>(got)));
    offset += static_cast<uint64_t>(got);
    if (static_cast<size_t>(got) < piece.size()) return to_hex(hash.finish());
  }
}

std::system_error disk_error(const std::filesystem::path& path) {
  return {errno, std::generic_category(), path.string()};
}

}  // namespace carillon

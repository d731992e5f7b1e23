#include "media/landing.h"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>
#include <utility>

namespace carillon::media {
namespace {

[[noreturn]] void broken(const std::filesystem::path& path) {
  throw std::system_error(errno, std::generic_category(), path.string());
}

}  // namespace

Landing::Landing(MediaFolder& folder, std::string name, Random& random)
    : folder_(folder), name_(std::move(name)), path_(folder.path() / arriving / random_token(random, 16)) {
  file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file_ < 0) broken(path_);
}

Landing::~Landing() {
  ::close(file_);
  std::error_code landed;
  std::filesystem::remove(path_, landed);
}

void Landing::write(std::string_view bytes) {
  hash_.feed(bytes);
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) broken(path_);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

bool Landing::land(const std::string& sha256) {
  if (to_hex(hash_.finish()) != sha256) return false;
  if (::fsync(file_) != 0) broken(path_);
  folder_.move_in(path_, name_);
  return true;
}

}  // namespace carillon::media

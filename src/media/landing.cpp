#include "media/landing.h"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>
#include <utility>

namespace carillon::media {

Landing::Landing(MediaFolder& folder, std::string name, Random& random)
    : folder_(folder), name_(std::move(name)), path_(folder.path() / arriving / random_token(random, 16)) {
  file_ = File(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file_.is_open()) throw disk_error(path_);
}

Landing::~Landing() {
  std::error_code landed;
  std::filesystem::remove(path_, landed);
}

void Landing::write(std::string_view bytes) {
  hash_.feed(bytes);
  if (!write_all(file_, bytes)) throw disk_error(path_);
}

bool Landing::land(const std::string& sha256) {
  if (to_hex(hash_.finish()) != sha256) return false;
  if (::fsync(file_.number()) != 0) throw disk_error(path_);
  folder_.move_in(path_, name_);
  return true;
}

}  // namespace carillon::media

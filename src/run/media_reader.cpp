#include "run/media_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "media/stored_name.h"

namespace carillon::run {
namespace {

constexpr size_t kept_open = 16;

[[noreturn]] void broken(const std::filesystem::path& path) {
  throw std::system_error(errno, std::generic_category(), path.string());
}

}  // namespace

MediaReader::~MediaReader() {
  for (const Open& open : open_) ::close(open.file);
}

int MediaReader::file_of(MediaId media) {
  const auto known = std::ranges::find(open_, media, &Open::media);
  if (known != open_.end()) {
    open_.splice(open_.begin(), open_, known);
    return open_.front().file;
  }
  const std::filesystem::path path = folder_ / media::stored_name(media);
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) broken(path);
  open_.push_front({media, file});
  if (open_.size() > kept_open) {
    ::close(open_.back().file);
    open_.pop_back();
  }
  return file;
}

size_t MediaReader::read(MediaId media, uint64_t offset, char* into, size_t size) {
  const ssize_t got = ::pread(file_of(media), into, size, static_cast<off_t>(offset));
  if (got < 0) broken(folder_ / media::stored_name(media));
  return static_cast<size_t>(got);
}

}  // namespace carillon::run

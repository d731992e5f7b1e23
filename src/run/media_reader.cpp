#include "run/media_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "media/stored_name.h"

namespace carillon::run {
namespace {

constexpr size_t kept_open = 16;

}  // namespace

const File& MediaReader::file_of(MediaId media) {
  const auto known = std::ranges::find(open_, media, &Open::media);
  if (known != open_.end()) {
    open_.splice(open_.begin(), open_, known);
    return open_.front().file;
  }
  const std::filesystem::path path = folder_ / media::stored_name(media);
  File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.is_open()) throw disk_error(path);
  open_.push_front({media, std::move(file)});
  if (open_.size() > kept_open) open_.pop_back();
  return open_.front().file;
}

size_t MediaReader::read(MediaId media, uint64_t offset, char* into, size_t size) {
  const int64_t got = read_at(file_of(media), offset, into, size);
  if (got < 0) throw disk_error(folder_ / media::stored_name(media));
  return static_cast<size_t>(got);
}

}  // namespace carillon::run

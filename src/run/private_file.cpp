#include "run/private_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace carillon::run {
namespace {

std::unexpected<Fault> broken(std::string_view what, const std::filesystem::path& path) {
  const int error = errno;
  return refuse({.kind = error == EEXIST ? FaultKind::closed : FaultKind::unavailable,
                 .code = error == EEXIST ? "exists" : "disk",
                 .text = fmt::format("{} {}: {}.", path.string(), what, std::strerror(error)),
                 .remedy = "Check the folder, its owner and the free space."});
}

bool write_durably(const std::filesystem::path& path, std::string_view text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool durable = written && fsync(file) == 0;
  close(file);
  return durable;
}

void sync_folder(const std::filesystem::path& folder) {
  const int handle = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return;
  fsync(handle);
  close(handle);
}

}  // namespace

Result<void> make_private_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return {};
  std::filesystem::create_directories(folder.parent_path(), error);
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return broken("cannot be made", folder);
  return {};
}

Result<void> write_private_file(const std::filesystem::path& file, std::string_view text, bool replace) {
  const std::filesystem::path fresh = file.string() + fmt::format(".{}", getpid());
  bool done = write_durably(fresh, text);
  if (done) done = (replace ? rename(fresh.c_str(), file.c_str()) : link(fresh.c_str(), file.c_str())) == 0;
  const int error = errno;
  unlink(fresh.c_str());
  errno = error;
  if (!done) return broken("cannot be written", file);
  sync_folder(file.parent_path());
  return {};
}

Result<std::optional<std::string>> read_private_file(const std::filesystem::path& file) {
  struct stat facts = {};
  if (stat(file.c_str(), &facts) != 0) {
    if (errno == ENOENT) return std::nullopt;
    return broken("cannot be read", file);
  }
  if ((facts.st_mode & S_IROTH) != 0) {
    return refuse(
        {.kind = FaultKind::forbidden,
         .code = "readable_by_others",
         .text = fmt::format("{} holds secrets and everybody on this machine may read it.", file.string()),
         .remedy = fmt::format("chmod 600 {}", file.string())});
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) return broken("cannot be read", file);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace carillon::run

#include "run/doubts.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <system_error>

namespace carillon::run {
namespace {

namespace fs = std::filesystem;

void make_durable(const fs::path& path) {
  const int opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = opened >= 0 && ::fsync(opened) == 0;
  const int why = errno;
  if (opened >= 0) ::close(opened);
  if (!done) throw std::system_error(why, std::generic_category(), path.string());
}

}  // namespace

Doubts::Doubts(fs::path folder) : folder_(std::move(folder)) {
  fs::create_directories(folder_);
}

void Doubts::note(WorkspaceId workspace, MediaId media) {
  const fs::path path = folder_ / media.text();
  {
    std::ofstream out(path, std::ios::trunc);
    out << workspace.text() << "\n";
    if (!out.flush()) throw std::system_error(errno, std::generic_category(), path.string());
  }
  make_durable(path);
  make_durable(folder_);
}

void Doubts::drop(MediaId media) {
  std::error_code ignored;  // it is looked at again
  fs::remove(folder_ / media.text(), ignored);
}

bool Doubts::has(MediaId media) const {
  return fs::exists(folder_ / media.text());
}

std::vector<Doubt> Doubts::all() const {
  std::vector<Doubt> found;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const auto media = MediaId::parse(entry.path().filename().string());
    std::ifstream in(entry.path());
    std::string line;
    std::getline(in, line);
    const auto workspace = WorkspaceId::parse(line);
    struct stat facts{};
    if (!media || !workspace || ::stat(entry.path().c_str(), &facts) != 0) continue;
    found.push_back({*workspace, *media, Instant::from_seconds(facts.st_mtim.tv_sec)});
  }
  return found;
}

}  // namespace carillon::run

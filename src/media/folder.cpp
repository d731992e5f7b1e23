#include "media/folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "base/check.h"
#include "media/probe.h"
#include "media/sniff.h"
#include "media/stored_name.h"
#include "media/thumbnail.h"

namespace carillon::media {
namespace {

// "3f/019a….thumb": two hexadecimal digits, a slash, an id. Nothing else is ever opened.
std::pair<std::string, std::string> split(std::string_view name) {
  if (!is_stored_name(name)) throw std::invalid_argument("not a name of a stored file");
  return {std::string(name.substr(0, 2)), std::string(name.substr(3))};
}

}  // namespace

// ---- Intake ----

Intake::Intake(MediaFolder& folder, std::string name, uint64_t limit)
    : folder_(&folder), name_(std::move(name)), limit_(limit) {
  file_ = File(::open(path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file_.is_open()) throw disk_error(path());
}

Intake::Intake(Intake&& other) noexcept
    : folder_(std::exchange(other.folder_, nullptr)),
      name_(std::move(other.name_)),
      limit_(other.limit_),
      bytes_(other.bytes_),
      file_(std::move(other.file_)),
      first_(std::move(other.first_)),
      sniffed_(other.sniffed_),
      hash_(other.hash_) {}

Intake::~Intake() {
  if (folder_ == nullptr) return;
  std::error_code ignored;
  std::filesystem::remove(path(), ignored);
  std::filesystem::remove(thumbnail(), ignored);
}

std::filesystem::path Intake::path() const {
  return folder_->path() / arriving / name_;
}
std::filesystem::path Intake::thumbnail() const {
  return folder_->path() / arriving / (name_ + std::string(thumbnail_ending));
}

Result<void> Intake::look_at(std::string_view bytes) {
  bytes_ += bytes.size();
  if (bytes_ > limit_) {
    return refuse(
        {.code = "media_too_large",
         .text = fmt::format("The file is larger than the {} MB that are accepted.", limit_ / 1'000'000),
         .field = "file",
         .remedy = "Upload a smaller file."});
  }
  if (!sniffed_) {
    first_.append(bytes.substr(0, sniff_bytes - first_.size()));
    sniffed_ = first_.size() == sniff_bytes;
    const auto kind = sniffed_ ? accepted_kind(first_) : Result<Kind>();
    if (!kind) return refuse(kind.error());
  }
  hash_.feed(bytes);
  return {};
}

Result<void> Intake::feed(std::string_view bytes) {
  if (auto taken = look_at(bytes); !taken) return taken;
  if (!write_all(file_, bytes)) throw disk_error(path());
  return {};
}

Result<void> Intake::take_written() {
  CHECK(bytes_ == 0);
  const File written(::open(path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!written.is_open()) throw disk_error(path());
  std::string piece(256 << 10, '\0');
  while (true) {
    const int64_t got = read_at(written, bytes_, piece.data(), piece.size());
    if (got < 0) throw disk_error(path());
    if (got == 0) return {};
    if (auto taken = look_at(std::string_view(piece).substr(0, static_cast<size_t>(got))); !taken)
      return taken;
  }
}

Result<MediaFacts> Intake::finish(const ChildLimits& limits) {
  CHECK(file_.is_open());
  if (::fsync(file_.number()) != 0) throw disk_error(path());
  file_.close();
  auto facts = probe(path(), folder_->pictures(), limits);
  if (!facts) return facts;
  const auto shown = make_thumbnail(path(), *facts, thumbnail(), folder_->pictures());
  if (!shown) return refuse(shown.error());
  facts->sha256 = to_hex(hash_.finish());
  return facts;
}

void Intake::keep(MediaId id) {
  CHECK(folder_ != nullptr && !file_.is_open());
  folder_->move_in(thumbnail(), thumbnail_name(id));
  folder_->move_in(path(), stored_name(id));
  folder_ = nullptr;
}

// ---- MediaFolder ----

MediaFolder::MediaFolder(std::filesystem::path path, Pictures pictures)
    : path_(std::filesystem::absolute(std::move(path))), pictures_(std::move(pictures)) {
  std::filesystem::create_directories(path_ / arriving);
  ::chmod(path_.c_str(), 0700);
  handle_ = File(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!handle_.is_open()) throw disk_error(path_);
}

Intake MediaFolder::receive(uint64_t limit, Random& random) {
  return Intake(*this, random_token(random, 16), limit);
}

File MediaFolder::open_shelf(std::string_view name, bool create) const {
  const std::string shelf = split(name).first;
  if (create && ::mkdirat(handle_.number(), shelf.c_str(), 0700) == 0) ::fsync(handle_.number());
  File opened(::openat(handle_.number(), shelf.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!opened.is_open()) throw disk_error(path_ / shelf);
  return opened;
}

File MediaFolder::open(std::string_view name) const {
  const File shelf = open_shelf(name, false);
  File file(
      ::openat(shelf.number(), split(name).second.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file.is_open()) throw disk_error(path_ / name);
  return file;
}

size_t MediaFolder::read(std::string_view name, uint64_t offset, char* into, size_t size) const {
  const int64_t got = read_at(open(name), offset, into, size);
  if (got < 0) throw disk_error(path_ / name);
  return static_cast<size_t>(got);
}

uint64_t MediaFolder::size(std::string_view name) const {
  const File file = open(name);
  struct stat facts{};
  if (::fstat(file.number(), &facts) != 0) throw disk_error(path_ / name);
  return static_cast<uint64_t>(facts.st_size);
}

void MediaFolder::move_in(const std::filesystem::path& from, const std::string& name) {
  const File shelf = open_shelf(name, true);
  if (::renameat(AT_FDCWD, from.c_str(), shelf.number(), split(name).second.c_str()) != 0)
    throw disk_error(path_ / name);
  if (::fsync(shelf.number()) != 0) throw disk_error(path_ / name);
}

void MediaFolder::link_in(const std::filesystem::path& from, const std::string& name) {
  const File shelf = open_shelf(name, true);
  const std::string file = split(name).second;
  int failed = ::linkat(AT_FDCWD, from.c_str(), shelf.number(), file.c_str(), 0);
  if (failed != 0 && errno == EEXIST) return;
  if (failed != 0 && (errno == EPERM || errno == EOPNOTSUPP))  // a disk without links
    failed = ::renameat(AT_FDCWD, from.c_str(), shelf.number(), file.c_str());
  if (failed != 0 || ::fsync(shelf.number()) != 0) throw disk_error(path_ / name);
}

void MediaFolder::remove(MediaId id) {
  for (const std::string& name : {thumbnail_name(id), stored_name(id)}) forget(name);
}

void MediaFolder::forget(std::string_view name) {
  const auto [shelf, file] = split(name);
  const File opened(
      ::openat(handle_.number(), shelf.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!opened.is_open() && errno == ENOENT) return;
  if (!opened.is_open()) throw disk_error(path_ / name);
  if (::unlinkat(opened.number(), file.c_str(), 0) != 0 && errno != ENOENT) throw disk_error(path_ / name);
}

bool MediaFolder::has(std::string_view name) const {
  if (!is_stored_name(name)) return false;
  const auto [shelf, file] = split(name);
  return ::faccessat(handle_.number(), (shelf + "/" + file).c_str(), R_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

std::vector<MediaFolder::Shelved> MediaFolder::shelved() const {
  std::vector<Shelved> all;
  for (const auto& shelf : std::filesystem::directory_iterator(path_)) {
    if (shelf.path().filename().string().size() != 2 || !shelf.is_directory()) continue;
    for (const auto& file : std::filesystem::directory_iterator(shelf.path())) {
      struct stat facts{};
      if (::lstat(file.path().c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) continue;  // it has just gone
      const auto used = std::max(facts.st_atim.tv_sec, facts.st_mtim.tv_sec);
      all.push_back({shelf.path().filename().string() + "/" + file.path().filename().string(),
                     static_cast<uint64_t>(facts.st_size), Instant::from_seconds(used)});
    }
  }
  std::erase_if(all, [](const Shelved& one) { return !is_stored_name(one.name); });
  return all;
}

}  // namespace carillon::media

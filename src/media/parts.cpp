#include "media/parts.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <system_error>
#include <utility>

#include "media/probe.h"
#include "media/stored_name.h"
#include "media/thumbnail.h"

namespace carillon::media {
namespace {

constexpr std::string_view ending = ".part";

Result<void> overtaken() {
  return refuse({.kind = FaultKind::closed,
                 .code = "taken_over",
                 .text = "Another connection goes on with this upload.",
                 .remedy = "Ask how far it is before you send more."});
}

Result<void> full_or_broken(const std::filesystem::path& path) {
  if (errno != ENOSPC && errno != EDQUOT) throw disk_error(path);
  return refuse({.kind = FaultKind::unavailable,
                 .code = "disk_full",
                 .text = "The server's disk is full; what has arrived is kept.",
                 .remedy = "Make room on the server's disk, then go on."});
}

std::optional<UploadId> upload_in(const std::string& name) {
  const size_t end = name.find(ending);
  return end == std::string::npos ? std::nullopt : UploadId::parse(name.substr(0, end));
}

}  // namespace

// ---- Part ----

Part::Part(std::shared_ptr<Hold> hold, std::filesystem::path path)
    : hold_(std::move(hold)), path_(std::move(path)), turn_(++hold_->turn) {}

Part::Part(Part&& other) noexcept
    : hold_(std::move(other.hold_)),
      path_(std::move(other.path_)),
      turn_(other.turn_),
      file_(std::move(other.file_)) {}

bool Part::held() const {
  return hold_->turn == turn_;
}

Result<void> Part::open(uint64_t received) {
  const std::lock_guard lock(hold_->mutex);
  if (!held()) return overtaken();
  file_ = File(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  struct stat facts{};
  if (!file_.is_open() || ::fstat(file_.number(), &facts) != 0) return full_or_broken(path_);
  if (static_cast<uint64_t>(facts.st_size) < received) {
    return refuse({.kind = FaultKind::gone,
                   .code = "part_lost",
                   .text = "What had arrived of this file is not on the server's disk any more.",
                   .remedy = "Upload the file again."});
  }
  if (::ftruncate(file_.number(), static_cast<off_t>(received)) != 0) throw disk_error(path_);
  return {};
}

Result<void> Part::write(uint64_t offset, std::string_view bytes) {
  const std::lock_guard lock(hold_->mutex);
  if (!held()) return overtaken();
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file_.number(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return full_or_broken(path_);
    bytes.remove_prefix(static_cast<size_t>(written));
    offset += static_cast<uint64_t>(written);
  }
  return {};
}

// Not under the lock: it takes long, and does no harm when somebody else has gone on.
Result<void> Part::settle() {
  if (::fdatasync(file_.number()) != 0) return full_or_broken(path_);
  return {};
}

// ---- Parts ----

std::filesystem::path Parts::path_of(UploadId id) const {
  return folder_.path() / arriving / (id.text() + std::string(ending));
}

std::filesystem::path Parts::thumbnail_of(UploadId id) const {
  return path_of(id).string() + std::string(thumbnail_ending);
}

Part Parts::take(UploadId id) {
  std::shared_ptr<Part::Hold> hold;
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(holds_, [](const auto& entry) { return entry.second.expired(); });
    hold = holds_[id].lock();
    if (!hold) holds_[id] = hold = std::make_shared<Part::Hold>();
  }
  const std::lock_guard lock(hold->mutex);
  return Part(hold, path_of(id));
}

Result<MediaFacts> Parts::measure(UploadId id, const ChildLimits& limits) {
  auto facts = probe(path_of(id), folder_.pictures(), limits);
  if (!facts) return facts;
  const auto shown = make_thumbnail(path_of(id), *facts, thumbnail_of(id), folder_.pictures());
  if (!shown) return refuse(shown.error());
  return facts;
}

void Parts::keep(UploadId id, MediaId medium) {
  folder_.move_in(thumbnail_of(id), thumbnail_name(medium));
  folder_.link_in(path_of(id), stored_name(medium));
}

void Parts::drop(UploadId id) {
  std::filesystem::remove(path_of(id));
  std::filesystem::remove(thumbnail_of(id));
}

void Parts::sweep(const std::set<UploadId>& known, Instant since) {
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / arriving)) {
    const auto id = upload_in(entry.path().filename().string());
    if (id && known.contains(*id)) continue;
    struct stat facts{};
    if (::stat(entry.path().c_str(), &facts) != 0) continue;  // it has just moved on
    const Instant touched =
        Instant::from_seconds(facts.st_mtim.tv_sec) + std::chrono::microseconds(facts.st_mtim.tv_nsec / 1000);
    if (touched >= since) continue;
    std::error_code gone;
    std::filesystem::remove(entry.path(), gone);
  }
}

uint64_t Parts::free_bytes() const {
  return std::filesystem::space(folder_.path()).available;
}

std::optional<Parts::Finishing> Parts::begin_finishing(UploadId id) {
  const std::lock_guard lock(mutex_);
  if (!finishing_.insert(id).second) return std::nullopt;
  return Finishing(*this, id);
}

Parts::Finishing::~Finishing() {
  if (parts_ == nullptr) return;
  const std::lock_guard lock(parts_->mutex_);
  parts_->finishing_.erase(id_);
}

}  // namespace carillon::media

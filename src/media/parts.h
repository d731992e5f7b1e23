// Files that arrive in pieces: the bytes so far lie beside the shelves under the upload's id until the file
// is whole. One connection at a time writes to a file: whoever goes on with it takes it over, and what the
// connection before still wants to write is refused. Refuses to know how far an upload is (store/media.h).
// Any thread; disks are slow.
#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

#include "media/folder.h"

namespace carillon::media {

class Part {
 public:
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;
  Part(Part&& other) noexcept;

  bool held() const;  // nobody took it over meanwhile
  // What lies beyond `received` is dropped: it was never durable. Fault: gone, "part_lost": fewer bytes are
  // there; closed, "taken_over"; unavailable, "disk_full". As for the others; throws std::system_error when
  // the disk is broken.
  Result<void> open(uint64_t received);
  Result<void> write(uint64_t offset, std::string_view bytes);
  Result<void> settle();  // durable from here on

 private:
  friend class Parts;
  struct Hold {
    std::mutex mutex;
    std::atomic<uint64_t> turn = 0;
  };
  Part(std::shared_ptr<Hold> hold, std::filesystem::path path);

  std::shared_ptr<Hold> hold_;
  std::filesystem::path path_;
  uint64_t turn_ = 0;
  File file_;
};

class Parts {
 public:
  explicit Parts(MediaFolder& folder) : folder_(folder) {}

  Part take(UploadId id);  // from whoever has it
  // Probes the whole file and makes its thumbnail. Facts without id and sha256. Fault: as Intake::finish().
  Result<MediaFacts> measure(UploadId id, const ChildLimits& limits = {});
  // Puts it on its shelf as well, under its medium's name. May be repeated until drop().
  void keep(UploadId id, MediaId medium);
  void drop(UploadId id);  // the part; what keep() made stays
  // Removes what lies there and belongs to none of these, if nothing was written to it since.
  void sweep(const std::set<UploadId>& known, Instant since);
  uint64_t free_bytes() const;  // on the disk

  // One at a time makes a medium of an upload.
  class Finishing {
   public:
    Finishing(Finishing&& other) noexcept : parts_(std::exchange(other.parts_, nullptr)), id_(other.id_) {}
    ~Finishing();

   private:
    friend class Parts;
    Finishing(Parts& parts, UploadId id) : parts_(&parts), id_(id) {}
    Parts* parts_;
    UploadId id_;
  };
  std::optional<Finishing> begin_finishing(UploadId id);  // none: somebody does it already

 private:
  std::filesystem::path path_of(UploadId id) const;
  std::filesystem::path thumbnail_of(UploadId id) const;

  MediaFolder& folder_;
  std::mutex mutex_;
  std::map<UploadId, std::weak_ptr<Part::Hold>> holds_;
  std::set<UploadId> finishing_;
};

}  // namespace carillon::media

// The media folder: where uploads arrive, and where they lie under names that nobody chose (stored_name.h).
// Everything is opened relative to the folder's handle, and no link is followed. Any thread, but not the I/O
// one: disks are slow.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/file.h"
#include "base/instant.h"
#include "base/random.h"
#include "base/result.h"
#include "media/child.h"
#include "media/pictures.h"
#include "model/content.h"

namespace carillon::media {

class MediaFolder;

inline constexpr const char* arriving = ".arriving";  // beside the shelves, on the same disk

// One upload on its way in. What is not kept is removed again. One thread at a time.
class Intake {
 public:
  Intake(Intake&& other) noexcept;
  ~Intake();

  // The next bytes. Fault: invalid, "media_too_large", or "media_type_refused" as soon as the first bytes
  // tell. Throws std::system_error when the disk is full or broken.
  Result<void> feed(std::string_view bytes);
  // Where the bytes arrive: for a child that writes them itself, instead of feed().
  std::filesystem::path path() const;
  // What a child has written there counts as fed. Fault: as feed().
  Result<void> take_written();
  // All bytes are there: makes them durable, probes them and makes the thumbnail. Facts with sha256, without
  // an id. Fault: what probe() and make_thumbnail() say. Nothing of a refused file remains.
  Result<MediaFacts> finish(const ChildLimits& limits = {});
  // Puts file and thumbnail in their places, under the names of stored_name.h. Once, after finish().
  void keep(MediaId id);

 private:
  friend class MediaFolder;
  Intake(MediaFolder& folder, std::string name, uint64_t limit);
  Result<void> look_at(std::string_view bytes);
  std::filesystem::path thumbnail() const;

  MediaFolder* folder_;
  std::string name_;  // random
  uint64_t limit_, bytes_ = 0;
  File file_;
  std::string first_;  // bytes, for sniffing
  bool sniffed_ = false;
  Sha256Stream hash_;
};

class MediaFolder {
 public:
  // Creates it (mode 0700) when it is not there. Throws std::system_error.
  explicit MediaFolder(std::filesystem::path path, Pictures pictures);
  MediaFolder(const MediaFolder&) = delete;
  MediaFolder& operator=(const MediaFolder&) = delete;

  // limit: bytes at most.
  Intake receive(uint64_t limit, Random& random);
  // Up to `size` bytes at `offset`; fewer at the end. `name` as stored_name() and thumbnail_name() give it.
  // Throws std::system_error when it is not there, is a link, or cannot be read; std::invalid_argument for
  // any other name.
  size_t read(std::string_view name, uint64_t offset, char* into, size_t size) const;
  // Open for reading. For whoever reads one file many times.
  File open(std::string_view name) const;
  uint64_t size(std::string_view name) const;
  void remove(MediaId id);  // with its thumbnail; nothing happens when it is not there

  // For whoever keeps only some of the files here (the rest lies elsewhere).
  struct Shelved {
    std::string name;
    uint64_t bytes = 0;
    Instant used;  // read or written; as exact as the disk notes it
  };
  std::vector<Shelved> shelved() const;  // everything on the shelves
  bool has(std::string_view name) const;
  void forget(std::string_view name);  // this one file
  const std::filesystem::path& path() const { return path_; }
  const Pictures& pictures() const { return pictures_; }

 private:
  friend class Intake;
  friend class Landing;
  friend class Parts;
  File open_shelf(std::string_view name, bool create) const;
  void move_in(const std::filesystem::path& from, const std::string& name);
  void link_in(const std::filesystem::path& from, const std::string& name);  // nothing when it is there

  std::filesystem::path path_;
  Pictures pictures_;
  File handle_;
};

}  // namespace carillon::media

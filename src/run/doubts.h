// Media of which it is not decided yet whether they stay: being sent to the bucket and not written down in
// the store, or written off in the store and not yet removed from the bucket. One small file for each, so
// that a crash leaves no object that nobody knows of. Thread-safe; touches the disk.
#pragma once

#include <filesystem>
#include <vector>

#include "base/id.h"
#include "base/instant.h"

namespace carillon::run {

struct Doubt {
  WorkspaceId workspace;
  MediaId media;
  Instant noted;
};

class Doubts {
 public:
  explicit Doubts(std::filesystem::path folder);    // made when it is not there
  void note(WorkspaceId workspace, MediaId media);  // durable. Throws std::system_error
  void drop(MediaId media);
  bool has(MediaId media) const;
  std::vector<Doubt> all() const;

 private:
  std::filesystem::path folder_;
};

}  // namespace carillon::run

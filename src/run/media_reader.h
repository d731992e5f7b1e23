// Bytes of stored media for requests that carry them: read in slices as the client asks, never held. A few
// files are kept open. Thread: the HTTP client's.
#pragma once

#include <filesystem>
#include <list>

#include "base/file.h"
#include "net/client.h"

namespace carillon::run {

class MediaReader final : public net::MediaSource {
 public:
  explicit MediaReader(std::filesystem::path folder) : folder_(std::move(folder)) {}
  // Throws std::system_error when the file is not there or cannot be read.
  size_t read(MediaId media, uint64_t offset, char* into, size_t size) override;

 private:
  struct Open {
    MediaId media;
    File file;
  };
  const File& file_of(MediaId media);

  std::filesystem::path folder_;
  std::list<Open> open_;  // most recently used first
};

}  // namespace carillon::run

// A backup as one file: a plain tar archive (ustar, POSIX 1003.1) that any tar can read. Its last entry is
// the manifest with the size and SHA-256 of every other one; without it an archive is not whole. One thread.
// Throws std::runtime_error with a sentence when the disk refuses.
#pragma once

#include <boost/json/object.hpp>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace carillon::cli {

struct ArchiveEntry {
  std::string name;  // "carillon.db", "media/3f/….jpg"
  uint64_t bytes = 0;
  std::string sha256;  // hex
};

class ArchiveWriter {
 public:
  explicit ArchiveWriter(
      std::filesystem::path file);  // must not be there yet; written beside it until finish()
  ~ArchiveWriter();                 // without finish(): leaves nothing behind
  ArchiveWriter(const ArchiveWriter&) = delete;
  ArchiveWriter& operator=(const ArchiveWriter&) = delete;

  void add(const std::string& name, const std::filesystem::path& from);
  // Writes the manifest around `about` and makes the archive durable under its name.
  void finish(boost::json::object about);
  const std::vector<ArchiveEntry>& entries() const { return entries_; }

 private:
  void header(const std::string& name, uint64_t bytes);
  void pad(uint64_t bytes);
  std::filesystem::path file_, part_;
  std::ofstream out_;
  std::vector<ArchiveEntry> entries_;
};

// Unpacks into `folder` (made by the caller, empty). Every entry is checked against the manifest, which is
// given back. Fault: invalid when it is not whole, damaged, or wants to write elsewhere.
Result<boost::json::object> unpack_archive(const std::filesystem::path& file,
                                           const std::filesystem::path& folder);

}  // namespace carillon::cli

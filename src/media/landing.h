// A stored file on its way back to its shelf, from wherever it lay meanwhile: nobody sees it there before it
// is whole and what it was. What is not landed is removed again. One thread at a time; disks are slow.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/random.h"
#include "media/folder.h"

namespace carillon::media {

class Landing {
 public:
  // name: as stored_name.h gives it. Throws std::system_error when the disk is full or broken, as all do.
  Landing(MediaFolder& folder, std::string name, Random& random);
  ~Landing();
  Landing(const Landing&) = delete;
  Landing& operator=(const Landing&) = delete;

  void write(std::string_view bytes);
  // Durable, and on its shelf. false: these are not the bytes of that SHA-256; nothing was put anywhere.
  bool land(const std::string& sha256);

 private:
  MediaFolder& folder_;
  std::string name_;
  std::filesystem::path path_;
  File file_;
  Sha256Stream hash_;
};

}  // namespace carillon::media

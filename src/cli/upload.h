// Files of this machine on their way to the server: streamed, never held. Main thread.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "net/waiting_client.h"

namespace carillon::cli {

// The one file that is being uploaded.
class OneFile final : public net::MediaSource {
 public:
  size_t read(MediaId media, uint64_t offset, char* into, size_t size) override;
  Result<uint64_t> open(const std::filesystem::path& file);  // its length in bytes

 private:
  std::ifstream in_;
};

// Gives the id of the media file. `source` is the one that `client` reads from.
Result<std::string> upload(net::WaitingClient& client, OneFile& source, const std::filesystem::path& file);

}  // namespace carillon::cli

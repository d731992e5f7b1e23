// Files of this machine on their way to the server: streamed, never held. Large ones go in pieces, wait out a
// server or a network that is gone for a while, and go on where they stood when the command is run again.
// Main thread.
#pragma once

#include <boost/json/value.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "cli/terminal.h"
#include "net/waiting_client.h"

namespace carillon::cli {

// The one file that is being uploaded.
class OneFile final : public net::MediaSource {
 public:
  size_t read(MediaId media, uint64_t offset, char* into, size_t size) override;
  Result<uint64_t> open(const std::filesystem::path& file);  // its length in bytes
  Result<std::string> sha256();                              // of the open file, hexadecimal

 private:
  std::ifstream in_;
};

struct UploadOrder {
  std::filesystem::path file;
  std::string folder;  // of the library; empty: none
  std::function<void(std::string_view what, double bytes, double all)> tell = nullptr;
  Duration patience = std::chrono::minutes(10);  // without one byte getting through
};

// The bar of a terminal.
inline auto drawn_on(Terminal& terminal) {
  return
      [&terminal](std::string_view what, double bytes, double all) { terminal.progress(what, bytes, all); };
}

// Gives the media file as the API writes it. `source` is the one that `client` reads from.
Result<boost::json::value> upload(net::WaitingClient& client, OneFile& source, const UploadOrder& order);

}  // namespace carillon::cli

#include "cli/upload.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "cli/remote.h"
#include "wire/url.h"

namespace carillon::cli {

size_t OneFile::read(MediaId, uint64_t offset, char* into, size_t size) {
  in_.clear();
  in_.seekg(static_cast<std::streamoff>(offset));
  in_.read(into, static_cast<std::streamsize>(size));
  if (in_.bad()) throw std::runtime_error("The file cannot be read any more.");
  return static_cast<size_t>(in_.gcount());
}

Result<uint64_t> OneFile::open(const std::filesystem::path& file) {
  in_ = std::ifstream(file, std::ios::binary);
  std::error_code error;
  const uint64_t length = std::filesystem::file_size(file, error);
  if (!in_ || error) {
    return refuse({.kind = FaultKind::invalid,
                   .code = "usage",
                   .text = fmt::format("{} cannot be read: {}.", file.string(),
                                       error ? error.message() : std::strerror(errno)),
                   .field = "media",
                   .remedy = "Check the name of the file."});
  }
  return length;
}

Result<std::string> upload(net::WaitingClient& client, OneFile& source, const std::filesystem::path& file) {
  const auto length = source.open(file);
  if (!length) return refuse(length.error());
  wire::Request request{.method = "POST",
                        .url = "/api/v1/media",
                        .headers = {{"content-type", "application/octet-stream"},
                                    {"x-file-name", wire::percent_encode(file.filename().string())}},
                        .body = wire::MediaSlice{.offset = 0, .length = *length},
                        .timeout = std::chrono::minutes(30)};
  const auto stored = client.json(std::move(request));
  if (!stored) return refuse(stored.error());
  return text_of(*stored, "id");
}

}  // namespace carillon::cli

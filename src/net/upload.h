// The body of an outgoing request as a stream of known length: text, a slice of a stored file, or multipart
// of both. Files are read as they are sent. Thread: the client's.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "net/client.h"
#include "wire/request.h"

namespace carillon::net {

class Upload {
 public:
  Upload() = default;
  Upload(const wire::Body& body, MediaSource* media);  // `body` must outlive it

  uint64_t length() const { return length_; }
  // Reads the last byte of each file: what cannot be sent whole is not begun. Throws what the source throws.
  void check();
  // Up to `size` bytes; 0 at the end. Throws when a file cannot be read or is shorter than it was.
  size_t read(char* into, size_t size);

 private:
  using Piece = std::variant<std::string, std::string_view, wire::MediaSlice>;
  void add(Piece piece);
  void add(const wire::Multipart& multipart);

  MediaSource* media_ = nullptr;
  std::vector<Piece> pieces_;
  uint64_t length_ = 0;
  size_t piece_ = 0;     // being sent
  uint64_t offset_ = 0;  // in it
};

}  // namespace carillon::net

// Chunked bodies, reading side (RFC 9112 section 7.1): strict, because what two readers understand
// differently is how requests are smuggled. Trailers are read and dropped. Knows bytes only. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace carillon::net {

class Chunks {
 public:
  enum class State { reading, done, broken };
  // Takes from `raw` (advances it) until it is empty, the body ends, or `out` has `room` bytes more.
  State take(std::string_view& raw, std::string& out, size_t room);
  State state() const { return state_; }

 private:
  enum class At { size, extension, size_lf, data, data_cr, data_lf, trailer, trailer_lf, last_lf };
  void step(char c);
  void step_size(char c);
  void step_trailer(char c);
  void end_of_size();
  State fail() { return state_ = State::broken; }

  State state_ = State::reading;
  At at_ = At::size;
  uint64_t left_ = 0;     // bytes of this chunk
  size_t digits_ = 0;     // of the chunk size
  size_t extension_ = 0;  // bytes, at most 256
  size_t trailer_ = 0;    // bytes of all trailers, at most 4096
  size_t trailer_line_ = 0;
};

}  // namespace carillon::net

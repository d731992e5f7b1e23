// The head of a request: finds where it ends, refuses what could be read two ways (request smuggling, RFC
// 9112 sections 2.2, 5.2, 6.3), and reads it. Knows bytes only; refuses to know sockets and time. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/listener.h"
#include "wire/request.h"

namespace carillon::net {

// Why a request is not even looked at. The connection is closed after it: what follows cannot be trusted.
struct Refusal {
  int status = 400;
  std::string_view sentence;  // for the person reading it; has a static life
};

struct RequestHead {
  std::string method, target;
  wire::Headers headers;
  bool http11 = true, keep_alive = true, chunked = false, expects_continue = false;
  uint64_t length = 0;  // of the body, when not chunked
};

// Looks for the empty line, each byte once. One scan per request.
class HeadScan {
 public:
  enum class Found { nothing_yet, head, fault };
  // `bytes`: everything received since the request began; earlier bytes must not have changed.
  Found look(std::string_view bytes, const ListenLimits& limits);
  size_t begin() const { return begin_; }  // an empty line before the request line is skipped
  size_t end() const { return end_; }      // of the head, after the empty line
  const Refusal& refusal() const { return refusal_; }

 private:
  Found judge_line(std::string_view line, const ListenLimits& limits);
  Found refuse(int status, std::string_view sentence);

  size_t begin_ = 0, end_ = 0, line_ = 0, seen_ = 0, lines_ = 0;
  Refusal refusal_;
};

// Reads a whole head (with its empty line). `into` is reused: its strings keep their room.
std::optional<Refusal> read_head(std::string_view bytes, const ListenLimits& limits, RequestHead& into);

}  // namespace carillon::net

// The head of an answer and the few bodies the listener writes by itself. Knows bytes only. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "wire/request.h"

namespace carillon::net {

// How the end of an answer's body is marked.
struct Framing {
  std::optional<uint64_t> length;
  bool chunked = false;  // neither: the end of the connection is the end of the body
  bool close = false;    // the connection ends after this answer
  bool http10_keep = false;
};

// Appends status line, headers and the empty line. Line breaks in values become spaces; Content-Length,
// Transfer-Encoding, Connection and Date among `headers` are dropped: they are this function's.
void write_head(std::string& out, int status, const wire::Headers& headers, const Framing& framing,
                std::string_view date);
std::string_view reason_phrase(int status);
std::string http_date(Instant at);                              // "Fri, 20 Nov 2026 09:30:00 GMT"
wire::Response problem(int status, std::string_view sentence);  // RFC 9457; the sentence needs no escaping

}  // namespace carillon::net

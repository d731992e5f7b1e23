// multipart/form-data (RFC 7578), reading side: a body that is already in memory. Writing is streamed by
// net/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "wire/request.h"

namespace carillon::wire {

// Splits a received body. Every value is text (bytes). Fault: invalid.
Result<std::vector<Part>> parse_multipart(std::string_view content_type, std::string_view body);
// What is written, in order: for each part its head, its value and part_tail; then multipart_end.
std::string part_head(const Multipart& multipart, const Part& part);
inline constexpr std::string_view part_tail = "\r\n";
std::string multipart_end(const Multipart& multipart);
std::string content_type_of(const Multipart& multipart);

}  // namespace carillon::wire

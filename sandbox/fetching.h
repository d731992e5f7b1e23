// Networks that fetch media from an address: what they see there. Knows no network. Pure apart from the port.
#pragma once

#include <optional>
#include <string>

#include "sandbox/network.h"

namespace carillon::sandbox {

// What lies at an address; none: nothing can be fetched from there.
struct Found {
  std::string type;   // by its first bytes; what was expected when nobody can fetch
  std::string bytes;  // the beginning; empty when nobody can fetch
  uint64_t size = 0;  // 0: not known
};
std::optional<Found> found_at(const Ground& ground, const std::string& url, std::string_view expected);

// Width and height of a JPEG or PNG by its header; none: not told by these bytes.
struct Pixels {
  uint32_t width = 0, height = 0;
};
std::optional<Pixels> pixels_of(std::string_view bytes);

}  // namespace carillon::sandbox

#include "sandbox/fetching.h"

namespace carillon::sandbox {
namespace {

uint32_t number(std::string_view bytes, size_t at, size_t length) {
  uint32_t value = 0;
  for (size_t i = 0; i < length; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// A JPEG is a row of segments; the start of a frame says how large it is (ITU T.81 B.2.2).
std::optional<Pixels> of_jpeg(std::string_view bytes) {
  size_t at = 2;
  while (at + 9 < bytes.size() && static_cast<unsigned char>(bytes[at]) == 0xff) {
    const auto kind = static_cast<unsigned char>(bytes[at + 1]);
    const bool frame = kind >= 0xc0 && kind <= 0xcf && kind != 0xc4 && kind != 0xc8 && kind != 0xcc;
    if (frame) return Pixels{number(bytes, at + 7, 2), number(bytes, at + 5, 2)};
    at += 2 + number(bytes, at + 2, 2);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Found> found_at(const Ground& ground, const std::string& url, std::string_view expected) {
  if (!wire::parse_url(url)) return std::nullopt;
  if (!ground.fetch) return Found{std::string(expected), "", 0};
  Fetched fetched = ground.fetch(url);
  if (fetched.status < 200 || fetched.status > 299 || fetched.beginning.empty()) return std::nullopt;
  std::string type = sniff(fetched.beginning);
  return Found{std::move(type), std::move(fetched.beginning), fetched.size};
}

std::optional<Pixels> pixels_of(std::string_view bytes) {
  const std::string type = sniff(bytes);
  if (type == "image/jpeg") return of_jpeg(bytes);
  if (type == "image/png" && bytes.size() >= 24) return Pixels{number(bytes, 16, 4), number(bytes, 20, 4)};
  return std::nullopt;
}

}  // namespace carillon::sandbox

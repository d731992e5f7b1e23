// How one file is made from another: a copy that fits a network, a crop, a still of a video. The original
// stays; what was made is a file of its own that remembers its recipe. Plain data; no branches here.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "base/instant.h"
#include "base/result.h"

namespace carillon {

struct Box {  // in pixels of the upright original
  uint32_t x = 0, y = 0, width = 0, height = 0;
  bool operator==(const Box&) const = default;
};

struct Extent {
  uint32_t width = 0, height = 0;
  bool operator==(const Extent&) const = default;
};

struct Piece {  // of a video
  Duration from{0}, length{0};
  bool operator==(const Piece&) const = default;
};

struct Recipe {
  std::string into = "image/jpeg";  // or image/png, video/mp4
  std::optional<Box> crop;
  uint32_t max_width = 0, max_height = 0;  // made smaller to fit, after the crop; 0: as it is
  uint64_t max_bytes = 0;                  // compressed until it fits; 0: no limit
  std::string background = "#ffffff";      // where a transparent picture becomes JPEG
  std::optional<Duration> at;              // of a video: a picture of this moment
  std::optional<Piece> cut;                // of a video: no more than this piece of it
  bool operator==(const Recipe&) const = default;
};

// The size of what is made from an original of that size, exactly. Sides of a video are even.
Extent extent_of(const Recipe& recipe, Extent original);
// How long what is made from a video of that length is: never longer than what is left of it.
Duration span_of(const Recipe& recipe, Duration original);

boost::json::object to_json(const Recipe& recipe);
Result<Recipe> recipe_from_json(const boost::json::value& json);  // fault: invalid, names the field
// Equal recipes over equal originals, equal prints (hex SHA-256): what was made once is not made again.
std::string print_of(const Recipe& recipe, const std::string& original_sha256);

}  // namespace carillon

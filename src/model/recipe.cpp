#include "model/recipe.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cmath>

#include "base/digest.h"
#include "base/text.h"

namespace carillon {
namespace {

namespace json = boost::json;

constexpr uint64_t most_pixels = 100'000;  // of a side; nothing larger is ever read
constexpr std::array results = {"image/jpeg", "image/png", "video/mp4"};

Fault wrong(std::string field, std::string text, std::string remedy) {
  return {.kind = FaultKind::invalid,
          .code = "bad_recipe",
          .text = std::move(text),
          .field = std::move(field),
          .remedy = std::move(remedy)};
}

// A whole number that is not negative; a missing one is 0.
Result<uint64_t> number_of(const json::object& object, const std::string& field, std::string_view name,
                           uint64_t most) {
  const json::value* value = object.if_contains(json::string_view(name.data(), name.size()));
  if (value == nullptr || value->is_null()) return 0;
  const int64_t* number = value->if_int64();
  if (number != nullptr && *number >= 0 && static_cast<uint64_t>(*number) <= most)
    return static_cast<uint64_t>(*number);
  return refuse(
      wrong(field, fmt::format("{} must be a whole number from 0 to {}.", field, most), "Give a number."));
}

Result<std::string> text_of(const json::object& object, const char* name, std::string otherwise) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr) return otherwise;
  if (const json::string* text = value->if_string()) return std::string(text->data(), text->size());
  return refuse(wrong(name, fmt::format("{} must be a text.", name), "Send a text there."));
}

Result<Box> box_from(const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr)
    return refuse(wrong("crop", "crop must be an object.", "Send x, y, width and height."));
  Box box;
  const std::array<std::pair<const char*, uint32_t*>, 4> sides = {
      {{"x", &box.x}, {"y", &box.y}, {"width", &box.width}, {"height", &box.height}}};
  for (const auto& [name, side] : sides) {
    const auto number = number_of(*object, fmt::format("crop.{}", name), name, most_pixels);
    if (!number) return refuse(number.error());
    *side = static_cast<uint32_t>(*number);
  }
  if (box.width > 0 && box.height > 0) return box;
  return refuse(wrong("crop", "The crop is empty.", "Give it a width and a height in pixels."));
}

Result<void> read_words(const json::object& object, Recipe& recipe) {
  auto into = text_of(object, "into", recipe.into);
  if (!into) return refuse(into.error());
  if (std::ranges::find(results, *into) == results.end()) {
    return refuse(wrong("into", fmt::format("No file of the type \"{}\" can be made.", shortened(*into, 40)),
                        "Use image/jpeg, image/png or video/mp4."));
  }
  auto background = text_of(object, "background", recipe.background);
  if (!background) return refuse(background.error());
  const bool color =
      background->size() == 7 && (*background)[0] == '#' &&
      std::ranges::all_of(background->substr(1), [](unsigned char c) { return std::isxdigit(c); });
  if (!color) return refuse(wrong("background", "The background is no color.", "Write it like #ffffff."));
  recipe.into = std::move(*into);
  recipe.background = lowered(*background);
  return {};
}

Result<void> read_numbers(const json::object& object, Recipe& recipe) {
  const auto width = number_of(object, "max_width", "max_width", most_pixels);
  if (!width) return refuse(width.error());
  const auto height = number_of(object, "max_height", "max_height", most_pixels);
  if (!height) return refuse(height.error());
  const auto bytes = number_of(object, "max_bytes", "max_bytes", uint64_t{1} << 42);
  if (!bytes) return refuse(bytes.error());
  recipe.max_width = static_cast<uint32_t>(*width);
  recipe.max_height = static_cast<uint32_t>(*height);
  recipe.max_bytes = *bytes;
  return {};
}

// Moments of a video, in thousandths of a second.
Result<void> read_moments(const json::object& object, Recipe& recipe) {
  constexpr uint64_t a_day = 86'400'000;
  const auto at = number_of(object, "at_ms", "at_ms", a_day);
  if (!at) return refuse(at.error());
  if (object.contains("at_ms")) recipe.at = std::chrono::milliseconds(*at);
  const auto from = number_of(object, "from_ms", "from_ms", a_day);
  if (!from) return refuse(from.error());
  const auto length = number_of(object, "length_ms", "length_ms", a_day);
  if (!length) return refuse(length.error());
  if (!object.contains("from_ms") && !object.contains("length_ms")) return {};
  if (*length == 0)
    return refuse(
        wrong("length_ms", "The piece of the video is empty.", "Say how long it is, in milliseconds."));
  recipe.cut = Piece{std::chrono::milliseconds(*from), std::chrono::milliseconds(*length)};
  return {};
}

}  // namespace

Extent extent_of(const Recipe& recipe, Extent original) {
  const Extent shown = recipe.crop ? Extent{recipe.crop->width, recipe.crop->height} : original;
  if (shown.width == 0 || shown.height == 0) return shown;
  double scale = 1;
  if (recipe.max_width > 0) scale = std::min(scale, static_cast<double>(recipe.max_width) / shown.width);
  if (recipe.max_height > 0) scale = std::min(scale, static_cast<double>(recipe.max_height) / shown.height);
  const bool film = recipe.into == "video/mp4";  // H.264 has even sides
  const auto side = [&](uint32_t pixels) {
    const auto scaled = static_cast<uint32_t>(std::lround(pixels * scale));
    return film ? std::max(2U, scaled & ~1U) : std::max(1U, scaled);
  };
  return {side(shown.width), side(shown.height)};
}

Duration span_of(const Recipe& recipe, Duration original) {
  if (!recipe.cut) return original;
  return std::clamp(original - recipe.cut->from, Duration(0), recipe.cut->length);
}

json::object to_json(const Recipe& recipe) {
  json::object out{{"into", recipe.into}};
  if (recipe.crop) {
    const Box& box = *recipe.crop;
    out["crop"] = json::object{{"x", int64_t{box.x}},
                               {"y", int64_t{box.y}},
                               {"width", int64_t{box.width}},
                               {"height", int64_t{box.height}}};
  }
  if (recipe.max_width > 0) out["max_width"] = int64_t{recipe.max_width};
  if (recipe.max_height > 0) out["max_height"] = int64_t{recipe.max_height};
  if (recipe.max_bytes > 0) out["max_bytes"] = static_cast<int64_t>(recipe.max_bytes);
  if (recipe.background != Recipe{}.background) out["background"] = recipe.background;
  if (recipe.at) out["at_ms"] = *recipe.at / std::chrono::milliseconds(1);
  if (!recipe.cut) return out;
  out["from_ms"] = recipe.cut->from / std::chrono::milliseconds(1);
  out["length_ms"] = recipe.cut->length / std::chrono::milliseconds(1);
  return out;
}

Result<Recipe> recipe_from_json(const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr)
    return refuse(wrong("recipe", "The recipe must be an object.", "Send {\"into\": …}."));
  constexpr std::array known = {"into",       "crop",  "max_width", "max_height", "max_bytes",
                                "background", "at_ms", "from_ms",   "length_ms"};
  for (const auto& member : *object) {
    const std::string key(member.key());
    if (std::ranges::find(known, key) == known.end())
      return refuse(
          wrong(shortened(key, 40), "There is no such step in a recipe.",
                "Known are into, crop, max_width, max_height, max_bytes, background, at_ms, from_ms and "
                "length_ms."));
  }
  Recipe recipe;
  if (auto read = read_words(*object, recipe); !read) return refuse(read.error());
  if (auto read = read_numbers(*object, recipe); !read) return refuse(read.error());
  if (auto read = read_moments(*object, recipe); !read) return refuse(read.error());
  if (const json::value* crop = object->if_contains("crop"); crop != nullptr && !crop->is_null()) {
    auto box = box_from(*crop);
    if (!box) return refuse(box.error());
    recipe.crop = *box;
  }
  return recipe;
}

std::string print_of(const Recipe& recipe, const std::string& original_sha256) {
  return to_hex(sha256(original_sha256 + " " + json::serialize(to_json(recipe))));
}

}  // namespace carillon

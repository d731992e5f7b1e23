// Pictures by recipes, step by step: upright, sRGB, cropped, made smaller, on a background, compressed.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>

#include "media/images.h"
#include "media/vips_image.h"

namespace carillon::media {
namespace {

constexpr std::array qualities = {90, 84, 76, 68, 58, 48};
constexpr int most_shrinks = 10;
constexpr double shrink_by = 0.8;

// A step of the library: gives the next picture, or what it says.
template <class Step>
Result<Image> step(Step take) {
  VipsImage* out = nullptr;
  if (take(&out) != 0) return refuse(unreadable("The picture is damaged.", library_says()));
  return Image(out);
}

Result<Image> upright(const std::filesystem::path& file) {
  return step([&](VipsImage** out) {
    VipsImage* read = vips_image_new_from_file(file.c_str(), "access", VIPS_ACCESS_RANDOM, "fail_on",
                                               VIPS_FAIL_ON_TRUNCATED, nullptr);
    if (read == nullptr) return -1;
    const Image whole(read);
    return vips_autorot(whole.get(), out, nullptr);
  });
}

// As screens show it, eight bits for each color.
Result<Image> for_screens(Image from) {
  const bool profiled = vips_image_get_typeof(from.get(), VIPS_META_ICC_NAME) != 0;
  if (profiled) {
    VipsImage* out = nullptr;
    if (vips_icc_transform(from.get(), &out, "srgb", "embedded", TRUE, nullptr) == 0) return Image(out);
    vips_error_clear();  // a profile that makes no sense is no reason to refuse the picture
  }
  return step(
      [&](VipsImage** out) { return vips_colourspace(from.get(), out, VIPS_INTERPRETATION_sRGB, nullptr); });
}

Result<Image> cropped(Image from, const std::optional<Box>& box) {
  if (!box) return from;
  const auto width = static_cast<uint32_t>(vips_image_get_width(from.get()));
  const auto height = static_cast<uint32_t>(vips_image_get_height(from.get()));
  if (uint64_t{box->x} + box->width > width || uint64_t{box->y} + box->height > height) {
    return refuse(
        {.code = "crop_outside",
         .text = fmt::format("The crop is not inside the picture, which is {} × {}.", width, height),
         .field = "crop",
         .remedy = "Choose a part of the picture."});
  }
  return step([&](VipsImage** out) {
    return vips_extract_area(from.get(), out, static_cast<int>(box->x), static_cast<int>(box->y),
                             static_cast<int>(box->width), static_cast<int>(box->height), nullptr);
  });
}

Result<Image> resized(const Image& from, Extent to) {
  return step([&](VipsImage** out) {
    return vips_thumbnail_image(from.get(), out, static_cast<int>(to.width), "height",
                                static_cast<int>(to.height), "size", VIPS_SIZE_FORCE, "no_rotate", TRUE,
                                nullptr);
  });
}

Result<Image> on_background(Image from, const Recipe& recipe) {
  if (recipe.into != "image/jpeg" || !vips_image_hasalpha(from.get())) return from;
  std::array<double, 3> color{};
  for (size_t i = 0; i < color.size(); ++i) {
    int value = 255;
    std::from_chars(recipe.background.data() + 1 + 2 * i, recipe.background.data() + 3 + 2 * i, value, 16);
    color[i] = value;
  }
  const std::unique_ptr<VipsArrayDouble, void (*)(VipsArrayDouble*)> background(
      vips_array_double_new(color.data(), 3), [](VipsArrayDouble* a) { vips_area_unref(VIPS_AREA(a)); });
  return step([&](VipsImage** out) {
    return vips_flatten(from.get(), out, "background", background.get(), nullptr);
  });
}

Result<std::string> encoded(const Image& picture, const Recipe& recipe, int quality) {
  VipsImage* copy = nullptr;  // fields may be changed on one's own copy only
  if (vips_copy(picture.get(), &copy, nullptr) != 0)
    return refuse(unreadable("The picture is damaged.", library_says()));
  const Image bare(copy);
  forget_origin(copy);
  void* bytes = nullptr;
  size_t size = 0;
  const int failed = recipe.into == "image/png"
                         ? vips_pngsave_buffer(copy, &bytes, &size, "compression", 9, "strip", TRUE, nullptr)
                         : vips_jpegsave_buffer(copy, &bytes, &size, "Q", quality, "optimize_coding", TRUE,
                                                "strip", TRUE, nullptr);
  if (failed != 0) return refuse(unreadable("The picture is damaged.", library_says()));
  std::string out(static_cast<const char*>(bytes), size);
  g_free(bytes);
  return out;
}

// With the best quality that is small enough; none: even the worst is too big.
Result<std::optional<std::string>> compressed(const Image& picture, const Recipe& recipe) {
  for (const int quality : qualities) {
    auto bytes = encoded(picture, recipe, quality);
    if (!bytes) return refuse(bytes.error());
    if (recipe.max_bytes == 0 || bytes->size() <= recipe.max_bytes) return std::optional(std::move(*bytes));
    if (recipe.into == "image/png") break;  // it has no qualities
  }
  return std::optional<std::string>();
}

Result<std::string> small_enough(Image picture, const Recipe& recipe) {
  Extent extent{static_cast<uint32_t>(vips_image_get_width(picture.get())),
                static_cast<uint32_t>(vips_image_get_height(picture.get()))};
  for (int tries = 0; tries < most_shrinks; ++tries) {
    auto bytes = compressed(picture, recipe);
    if (!bytes) return refuse(bytes.error());
    if (*bytes) return std::move(**bytes);
    extent = {std::max(1U, static_cast<uint32_t>(extent.width * shrink_by)),
              std::max(1U, static_cast<uint32_t>(extent.height * shrink_by))};
    auto smaller = resized(picture, extent);
    if (!smaller) return refuse(smaller.error());
    picture = std::move(*smaller);
  }
  return refuse({.code = "media_does_not_fit",
                 .text = fmt::format("The picture cannot be made as small as {} bytes.", recipe.max_bytes),
                 .field = "max_bytes",
                 .remedy = "Allow more bytes, or crop the picture."});
}

// A picture that is decoded once: what comes after reads it from memory, as often as it likes.
Result<Image> decoded(Image from) {
  VipsImage* memory = vips_image_copy_memory(from.get());
  if (memory == nullptr)
    return refuse(
        unreadable("The picture is damaged: its end is missing or its data make no sense.", library_says()));
  return Image(memory);
}

}  // namespace

Result<void> make_image(const std::filesystem::path& file, const Recipe& recipe,
                        const std::filesystem::path& into) {
  const Visit visit;
  auto picture = upright(file);
  if (picture) picture = cropped(std::move(*picture), recipe.crop);
  if (picture) picture = for_screens(std::move(*picture));
  if (picture) picture = decoded(std::move(*picture));
  if (picture) picture = on_background(std::move(*picture), recipe);
  if (!picture) return refuse(picture.error());
  const Extent now{static_cast<uint32_t>(vips_image_get_width(picture->get())),
                   static_cast<uint32_t>(vips_image_get_height(picture->get()))};
  Recipe rest = recipe;
  rest.crop.reset();
  if (const Extent wanted = extent_of(rest, now); wanted != now) picture = resized(*picture, wanted);
  if (!picture) return refuse(picture.error());
  const auto bytes = small_enough(std::move(*picture), recipe);
  if (!bytes) return refuse(bytes.error());
  std::ofstream out(into, std::ios::binary | std::ios::trunc);
  out << *bytes;
  if (out.flush()) return {};
  return refuse({.kind = FaultKind::unavailable,
                 .code = "disk_full",
                 .text = "The picture cannot be written on the server.",
                 .remedy = "Make room on its disk and try again."});
}

}  // namespace carillon::media

#include "media/images.h"

#include <fmt/format.h>
#include <vips/vips.h>

#include <memory>
#include <mutex>
#include <stdexcept>

#include "base/text.h"
#include "media/vips_image.h"

namespace carillon::media {
namespace {

constexpr int quality = 80;

void start_library() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (VIPS_INIT("carillon") != 0)
      throw std::runtime_error("libvips cannot be started: " + std::string(vips_error_buffer()));
    // A damaged upload is told to the one who sent it, not to the log.
    g_log_set_handler(
        "VIPS", G_LOG_LEVEL_WARNING, [](const char*, GLogLevelFlags, const char*, void*) {}, nullptr);
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_cache_set_max_mem(0);
    vips_cache_set_max_files(0);
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (const char* allowed : {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadNsgif",
                                "VipsForeignLoadWebp", "VipsForeignLoadHeif"}) {
      vips_operation_block_set(allowed, FALSE);
    }
  });
}

}  // namespace

Visit::Visit() {
  start_library();
}
Visit::~Visit() {
  vips_thread_shutdown();
}

std::string library_says() {
  std::string text(trimmed(vips_error_buffer()));
  vips_error_clear();
  return shortened(text, 500);
}

namespace {

Fault too_many(std::string text) {
  return {.code = "media_too_many_pixels",
          .text = std::move(text),
          .field = "file",
          .remedy = "Make the picture smaller and upload it again."};
}

// The loader of the type that was sniffed, no other: a file must not be two things.
std::string_view loader_for(std::string_view mime) {
  if (mime == "image/jpeg") return "VipsForeignLoadJpegFile";
  if (mime == "image/png") return "VipsForeignLoadPngFile";
  if (mime == "image/gif") return "VipsForeignLoadNsgifFile";
  if (mime == "image/webp") return "VipsForeignLoadWebpFile";
  if (mime == "image/heic") return "VipsForeignLoadHeifFile";
  return "";
}

int number_of(VipsImage* image, const char* name, int otherwise) {
  int value = otherwise;
  if (vips_image_get_typeof(image, name) != 0) vips_image_get_int(image, name, &value);
  return value;
}

}  // namespace

// Where it was taken, with what, by whom: nobody's business. Not left to the saver's "strip": libvips 8.14
// writes EXIF into WebP all the same, from the fields it finds.
void forget_origin(VipsImage* image) {
  char** fields = vips_image_get_fields(image);
  for (char** field = fields; *field != nullptr; ++field) {
    const std::string_view name = *field;
    const bool told = name.starts_with("exif-") || name.starts_with("xmp-") || name.starts_with("iptc-") ||
                      name.starts_with("icc-") || name.contains("comment");
    if (told) vips_image_remove(image, *field);
  }
  g_strfreev(fields);
}

namespace {

Result<void> save(Image shrunk, const std::filesystem::path& into) {
  VipsImage* copy = nullptr;  // fields may be changed on one's own copy only
  if (vips_copy(shrunk.get(), &copy, nullptr) != 0)
    return refuse(unreadable("The picture is damaged.", library_says()));
  const Image small(copy);
  forget_origin(copy);
  if (vips_webpsave(small.get(), into.c_str(), "Q", quality, "strip", TRUE, nullptr) != 0) {
    std::error_code ignored;
    std::filesystem::remove(into, ignored);
    return refuse(
        unreadable("The picture is damaged: its end is missing or its data make no sense.", library_says()));
  }
  return {};
}

}  // namespace

Fault unreadable(std::string text, std::string detail) {
  return {.code = "media_unreadable",
          .text = std::move(text),
          .field = "file",
          .remedy = "Open it, save it again and upload that.",
          .detail = std::move(detail)};
}

Result<MediaFacts> read_image(const std::filesystem::path& file, std::string_view mime) {
  const Visit visit;
  const char* loader = vips_foreign_find_load(file.c_str());
  if (loader == nullptr || loader != loader_for(mime)) {
    return refuse(unreadable("The file begins like a picture but cannot be read as one.", library_says()));
  }
  const Image image(vips_image_new_from_file(file.c_str(), "access", VIPS_ACCESS_SEQUENTIAL, nullptr));
  if (!image) return refuse(unreadable("The picture's header is damaged.", library_says()));
  const auto width = static_cast<uint32_t>(vips_image_get_width(image.get()));
  const auto height = static_cast<uint32_t>(vips_image_get_height(image.get()));
  const auto frames = static_cast<uint32_t>(std::max(1, number_of(image.get(), VIPS_META_N_PAGES, 1)));
  if (uint64_t{width} * height > max_pixels) {
    return refuse(too_many(fmt::format("The picture has {} x {} pixels; at most {} million are accepted.",
                                       width, height, max_pixels / 1'000'000)));
  }
  if (frames > max_frames) {
    return refuse(
        too_many(fmt::format("The picture has {} frames; at most {} are accepted.", frames, max_frames)));
  }
  const bool turned = vips_image_get_orientation_swap(image.get());
  return MediaFacts{.mime = std::string(mime),
                    .width = turned ? height : width,
                    .height = turned ? width : height,
                    .frames = frames};
}

Result<void> shrink_image(const std::filesystem::path& file, const std::filesystem::path& into, int side) {
  const Visit visit;
  VipsImage* small = nullptr;
  const int failed = vips_thumbnail(file.c_str(), &small, side, "height", side, "size", VIPS_SIZE_DOWN,
                                    "export_profile", "srgb", "fail_on", VIPS_FAIL_ON_TRUNCATED, nullptr);
  if (failed != 0) return refuse(unreadable("The picture is damaged.", library_says()));
  return save(Image(small), into);
}

Result<void> draw_sheet(const std::filesystem::path& into, int side) {
  const Visit visit;
  const int width = side * 3 / 4, margin = side / 10, step = side / 14;
  std::string pixels(static_cast<size_t>(width) * static_cast<size_t>(side) * 3, '\xfb');
  for (int y = margin * 2; y < side - margin * 2; ++y) {
    if (y / step % 2 != 0) continue;
    const int end = y / step % 6 == 4 ? width - margin * 3 : width - margin;
    const auto row = static_cast<size_t>(y) * static_cast<size_t>(width);
    std::fill(pixels.begin() + static_cast<std::ptrdiff_t>((row + margin) * 3),
              pixels.begin() + static_cast<std::ptrdiff_t>((row + end) * 3), '\xc4');
  }
  VipsImage* sheet =
      vips_image_new_from_memory_copy(pixels.data(), pixels.size(), width, side, 3, VIPS_FORMAT_UCHAR);
  if (sheet == nullptr) return refuse(unreadable("No picture of the document can be shown.", library_says()));
  return save(Image(sheet), into);
}

}  // namespace carillon::media

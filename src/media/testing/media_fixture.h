// For tests: a temporary folder, and pictures and videos made in it. Thread: the test's.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <vips/vips.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "media/pictures.h"

namespace carillon::media::testing {

namespace fs = std::filesystem;

class Media : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(VIPS_INIT("media_test"), 0);
    vips_cache_set_max(0);  // a file that was written anew is read anew
    std::string pattern = (fs::temp_directory_path() / "media_test_XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder = pattern;
  }
  void TearDown() override { fs::remove_all(folder); }

  const Pictures pictures{PICTURE_CHILD};
  fs::path path(const std::string& name) const { return folder / name; }

  // A picture with some structure, so that a truncated file lacks something.
  fs::path picture(const std::string& name, int width = 640, int height = 480, int orientation = 0) {
    VipsImage *noise = nullptr, *bytes = nullptr;
    EXPECT_EQ(vips_gaussnoise(&noise, width, height, "mean", 128.0, "sigma", 40.0, nullptr), 0);
    EXPECT_EQ(vips_cast_uchar(noise, &bytes, nullptr), 0);
    VipsImage* marked = nullptr;
    EXPECT_EQ(vips_copy(bytes, &marked, "interpretation", VIPS_INTERPRETATION_B_W, nullptr), 0);
    if (orientation != 0) vips_image_set_int(marked, VIPS_META_ORIENTATION, orientation);
    vips_image_set_string(marked, "exif-ifd0-Make", "MarkerCamera (MarkerCamera, ASCII, 13 components, 13 bytes)");
    EXPECT_EQ(vips_image_write_to_file(marked, path(name).c_str(), nullptr), 0) << vips_error_buffer();
    g_object_unref(noise);
    g_object_unref(bytes);
    g_object_unref(marked);
    return path(name);
  }

  // Nothing but black: large pictures are made quickly.
  fs::path blank(const std::string& name, int width, int height) {
    VipsImage* black = nullptr;
    EXPECT_EQ(vips_black(&black, width, height, nullptr), 0);
    EXPECT_EQ(vips_image_write_to_file(black, path(name).c_str(), nullptr), 0) << vips_error_buffer();
    g_object_unref(black);
    return path(name);
  }

  fs::path video(const std::string& name, const std::string& options) {
    const std::string command =
        fmt::format("ffmpeg -v error -y {} {} </dev/null", options, path(name).string());
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    return path(name);
  }

  fs::path file(const std::string& name, std::string_view bytes) {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }
  static std::string bytes_of(const fs::path& from) {
    std::ifstream in(from, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  fs::path folder;
};

inline std::string code_of(const auto& result) {
  return result ? "fine" : result.error().code;
}

struct Size {
  int width = 0, height = 0;
};
inline Size size_of(const fs::path& webp) {
  VipsImage* image = nullptr;
  EXPECT_EQ(vips_webpload(webp.c_str(), &image, nullptr), 0) << vips_error_buffer();
  if (image == nullptr) return {};
  const Size size{vips_image_get_width(image), vips_image_get_height(image)};
  g_object_unref(image);
  return size;
}

}  // namespace carillon::media::testing

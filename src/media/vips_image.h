// Inside the room: what its files that speak to libvips have in common. Any thread but the I/O one.
#pragma once

#include <vips/vips.h>

#include <memory>
#include <string>

namespace carillon::media {

// A thread that uses the library: starts it once, and gives the thread's buffers back.
struct Visit {
  Visit();
  ~Visit();
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;
};

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

std::string library_says();  // its last complaint, forgotten afterwards
void forget_origin(VipsImage* image);

}  // namespace carillon::media

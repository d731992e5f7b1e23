#include "media/thumbnail.h"

#include <fmt/format.h>

#include "media/frame.h"
#include "media/images.h"
#include "media/probe.h"

namespace carillon::media {
namespace {

// A frame from the beginning as PNG, made small already. The very first one is often black.
Result<ChildEnd> frame_of(const std::filesystem::path& file, const MediaFacts& facts, std::string at,
                          const ChildLimits& limits) {
  const std::string size =
      fmt::format("scale=w={0}:h={0}:force_original_aspect_ratio=decrease", thumbnail_side * 2);
  return run_child(frame_words(file, facts, std::move(at), size, "pipe:1"), limits);
}

}  // namespace

Result<void> make_thumbnail(const std::filesystem::path& file, const MediaFacts& facts,
                            const std::filesystem::path& into, const Pictures& pictures,
                            const ChildLimits& limits) {
  if (facts.mime == "image/heic") return pictures.shrink(file, into, thumbnail_side, limits);
  if (facts.mime == "application/pdf") return draw_sheet(into, thumbnail_side);
  if (!facts.mime.starts_with("video/")) return shrink_image(file, into, thumbnail_side);
  auto frame = frame_of(file, facts, facts.duration > std::chrono::seconds(2) ? "1" : "0", limits);
  if (frame && frame->output.empty()) frame = frame_of(file, facts, "0", limits);
  if (!frame) return refuse(frame.error());
  if (frame->output.empty())
    return refuse(unreadable("No picture of the video can be shown: it is damaged.", frame->errors));
  return shrink_image(frame->output, into, thumbnail_side);
}

}  // namespace carillon::media

#include "media/thumbnail.h"

#include <fmt/format.h>

#include "media/frame.h"
#include "media/images.h"
#include "media/probe.h"

namespace carillon::media {
namespace {

namespace fs = std::filesystem;
constexpr uint64_t largest_frame = 16 << 20;  // bytes

// A frame as PNG, made small already. false: there is none.
Result<bool> take_frame(const fs::path& file, const MediaFacts& facts, std::string at, const fs::path& into,
                        ChildLimits limits) {
  const std::string size =
      fmt::format("scale=w={0}:h={0}:force_original_aspect_ratio=decrease", thumbnail_side * 2);
  limits.file = largest_frame;
  const auto end = run_child(frame_words(file, facts, std::move(at), size, into.string()), limits);
  if (!end) return refuse(end.error());
  std::error_code missing;
  return fs::file_size(into, missing) > 0 && !missing;
}

// From the beginning; the very first frame is often black.
Result<void> shrink_frame(const fs::path& file, const MediaFacts& facts, const fs::path& into,
                          const Pictures& pictures, const ChildLimits& limits) {
  const fs::path frame = into.string() + ".png";
  const bool long_enough = facts.duration > std::chrono::seconds(2);
  auto taken = take_frame(file, facts, long_enough ? "1" : "0", frame, limits);
  if (taken && !*taken && long_enough) taken = take_frame(file, facts, "0", frame, limits);
  Result<void> made;
  if (!taken)
    made = refuse(taken.error());
  else if (!*taken)
    made = refuse(unreadable("No picture of the video can be shown: it is damaged.", ""));
  else
    made = pictures.shrink(frame, into, thumbnail_side, limits);
  std::error_code ignored;
  fs::remove(frame, ignored);
  return made;
}

}  // namespace

Result<void> make_thumbnail(const fs::path& file, const MediaFacts& facts, const fs::path& into,
                            const Pictures& pictures, const ChildLimits& limits) {
  if (facts.mime == "application/pdf") return draw_sheet(into, thumbnail_side);
  if (facts.mime.starts_with("video/")) return shrink_frame(file, facts, into, pictures, limits);
  return pictures.shrink(file, into, thumbnail_side, limits);
}

}  // namespace carillon::media

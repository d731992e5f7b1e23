// The small picture that stands for a file on a page. Not on the I/O thread.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "media/child.h"
#include "media/pictures.h"
#include "model/content.h"

namespace carillon::media {

inline constexpr int thumbnail_side = 320;
inline constexpr std::string_view thumbnail_mime = "image/webp";

// Writes the thumbnail of `file`, which probe() has found to be what `facts` say: a picture made small, or a
// frame of a video. For pictures this is also the proof that they can be decoded to the end. Fault: invalid,
// media_unreadable; unavailable, media_tool_missing.
Result<void> make_thumbnail(const std::filesystem::path& file, const MediaFacts& facts,
                            const std::filesystem::path& into, const Pictures& pictures,
                            const ChildLimits& limits = {.output = 8 << 20});

}  // namespace carillon::media

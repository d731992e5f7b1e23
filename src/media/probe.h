// What a file really contains: measured from the file by programs that read it, within limits, before anybody
// publishes it. Not on the I/O thread.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "media/child.h"
#include "media/pictures.h"
#include "media/sniff.h"
#include "model/content.h"

namespace carillon::media {

// Fills mime, bytes, width, height, frames, duration and codec; id and sha256 are the caller's to know.
// Fault: invalid with code media_type_refused, media_unreadable or media_too_many_pixels; unavailable
// media_tool_missing.
Result<MediaFacts> probe(const std::filesystem::path& file, const Pictures& pictures,
                         const ChildLimits& limits = {});

// What ffprobe said (JSON of -show_format -show_streams), read. Fault: invalid, media_unreadable.
Result<MediaFacts> read_video_report(std::string_view json, std::string_view mime);

// The demuxer that is told to read the type: it must not guess.
std::string_view demuxer_for(std::string_view mime);

}  // namespace carillon::media

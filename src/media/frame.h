// One frame of a video as a PNG. Runs nothing. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "model/content.h"

namespace carillon::media {

// The command that gives it. at: seconds, as ffmpeg reads them; filter: what becomes of it, or empty; to:
// "pipe:1", or a file that is written over.
std::vector<std::string> frame_words(const std::filesystem::path& file, const MediaFacts& facts,
                                     std::string at, std::string filter, std::string to);

}  // namespace carillon::media

// Files from files, by recipes: pictures by the picture library, videos by ffmpeg, both in processes of their
// own with limits on time, memory and bytes. Not on the I/O thread: a video takes minutes.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "media/pictures.h"
#include "model/content.h"
#include "model/recipe.h"

namespace carillon::media {

struct Making {
  std::function<void(double)> progress = nullptr;  // 0 to 1, on this thread
  std::stop_token stop;
};

// Makes `into` from `original`, which probe() has found to be what `facts` say. Fault: invalid,
// media_unreadable, crop_outside, media_does_not_fit, or "recipe_impossible" (such a file does not come from
// such a file); unavailable, media_tool_missing; closed, canceled. Nothing usable is left at `into` then.
Result<void> derive(const std::filesystem::path& original, const MediaFacts& facts, const Recipe& recipe,
                    const std::filesystem::path& into, const Pictures& pictures, const Making& making = {});

// Can such a file come from such a file at all? Fault: invalid, recipe_impossible or crop_outside.
Result<void> can_derive(const MediaFacts& facts, const Recipe& recipe);

// Seconds of work, not moments: whoever asks need not wait for it.
bool takes_long(const Recipe& recipe);

// What ffmpeg is told to make a video. Apart, so that it can be tested.
std::vector<std::string> film_words(const std::filesystem::path& original, const MediaFacts& facts,
                                    const Recipe& recipe, const std::filesystem::path& into);

}  // namespace carillon::media

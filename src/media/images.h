// The picture library (libvips), started once and kept on a short leash: only the loaders of accepted types,
// one thread, no cache. Reads files of people in a process of its own only (pictures.h). Any thread but the
// I/O one: decoding takes long.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "model/content.h"
#include "model/recipe.h"

namespace carillon::media {

inline constexpr uint64_t max_pixels = 50'000'000;  // per frame, before anything is decoded
inline constexpr uint32_t max_frames = 200;

// Reads the header only. Fills width, height (as shown: rotation applied) and frames.
// Fault: invalid, "media_unreadable" or "media_too_many_pixels".
Result<MediaFacts> read_image(const std::filesystem::path& file, std::string_view mime);

// Decodes the picture once, to the end, and writes it as WebP, at most `side` pixels wide and high, upright,
// without metadata. So it is also the proof that the picture is whole. Fault: invalid, "media_unreadable".
Result<void> shrink_image(const std::filesystem::path& file, const std::filesystem::path& into, int side);

// Makes a JPEG or PNG by the recipe: upright, in sRGB, without metadata. Fault: invalid, "media_unreadable",
// or "media_does_not_fit" when nothing is small enough.
Result<void> make_image(const std::filesystem::path& file, const Recipe& recipe,
                        const std::filesystem::path& into);

Fault unreadable(std::string text, std::string detail);

// A sheet of paper with lines on it: what stands for a document.
Result<void> draw_sheet(const std::filesystem::path& into, int side);

}  // namespace carillon::media

// The picture library in a process of its own: what people send is read by nobody else, so that a reader
// which breaks takes nothing with it. The process is this program under another word. Any thread, blocks.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "media/child.h"
#include "model/content.h"
#include "model/recipe.h"

namespace carillon::media {

// What main() looks for as its first argument.
inline constexpr std::string_view picture_word = "picture-child";
// The other end: does what the arguments say, writes what came of it to standard output; the exit code.
int picture_main(int argc, char** argv);

class Pictures {
 public:
  // program: one whose main() knows the word.
  explicit Pictures(std::string program = "/proc/self/exe") : program_(std::move(program)) {}

  // Width, height and frames. Faults as read_image().
  Result<MediaFacts> look(const std::filesystem::path& file, std::string_view mime,
                          const ChildLimits& limits) const;
  // The small picture for a page, as shrink_image().
  Result<void> shrink(const std::filesystem::path& file, const std::filesystem::path& into, int side,
                      ChildLimits limits) const;
  // A picture made by a recipe. Fault: invalid, media_unreadable, or "media_does_not_fit" when no quality is
  // small enough.
  Result<void> make(const std::filesystem::path& file, const Recipe& recipe,
                    const std::filesystem::path& into, const ChildWatch& watch = {}) const;

 private:
  Result<std::string> ask(std::vector<std::string> words, ChildLimits limits,
                          const ChildWatch& watch = {}) const;
  std::string program_;
};

}  // namespace carillon::media

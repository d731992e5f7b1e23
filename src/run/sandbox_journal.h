// What the sandbox's networks accepted, kept in a file: one JSON object per line, durable before the answer
// leaves, so that a post that was accepted is still there after a restart. The sandbox's thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "sandbox/world.h"

namespace carillon::run {

class SandboxJournal {
 public:
  // Opens the file, or makes it, and hands what is in it to the world. A last line that was cut off by a
  // crash is dropped: nobody was told that it was accepted. Throws std::runtime_error with a sentence.
  SandboxJournal(const std::filesystem::path& file, sandbox::World& world);
  ~SandboxJournal();
  SandboxJournal(const SandboxJournal&) = delete;
  SandboxJournal& operator=(const SandboxJournal&) = delete;

  void append(const sandbox::Effect& effect);  // durable when it returns; throws when it cannot be

 private:
  std::filesystem::path path_;
  int file_ = -1;
};

std::string effect_line(const sandbox::Effect& effect);                  // without its end
std::optional<sandbox::Effect> effect_from_line(std::string_view line);  // none: not a whole line

}  // namespace carillon::run

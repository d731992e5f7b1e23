// Foreign programs on foreign files: started without a shell, with an empty environment and nothing
// inherited, limited in CPU, memory, time and output, and killed when they exceed it. Any thread, blocks
// until the child is gone.
#pragma once

#include <string>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

namespace carillon::media {

struct ChildLimits {
  Duration time = std::chrono::seconds(30);  // of the wall clock
  int cpu_seconds = 20;
  uint64_t memory = 2ULL << 30;  // address space, bytes
  size_t output = 1 << 20;       // bytes of standard output
};

struct ChildEnd {
  int code = -1;       // exit code; -1: killed
  std::string output;  // standard output
  std::string errors;  // standard error, shortened
};

// `words[0]` is looked up in PATH. Fault: unavailable "media_tool_missing" (not installed); invalid
// "media_unreadable" (a limit was exceeded: which).
Result<ChildEnd> run_child(const std::vector<std::string>& words, const ChildLimits& limits);

}  // namespace carillon::media

// Foreign programs on foreign files: started without a shell, with an empty environment and nothing
// inherited, limited in CPU, memory, time and output, and killed when they exceed it. Any thread, blocks
// until the child is gone.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

namespace carillon::media {

struct ChildLimits {
  Duration time = std::chrono::seconds(30);  // of the wall clock
  int cpu_seconds = 20;
  uint64_t memory = 2ULL << 30;  // address space, bytes
  size_t output = 1 << 20;       // bytes of standard output
  uint64_t file = 0;             // bytes of a file that it writes; 0: it may write none
};

struct ChildEnd {
  int code = -1;       // exit code; -1: killed
  std::string output;  // standard output
  std::string errors;  // standard error, shortened
};

// Of a child that works for long.
struct ChildWatch {
  std::function<void(std::string_view)> heard = nullptr;  // its standard output as it comes, on this thread
  std::stop_token stop;                                   // kills it
};

// `words[0]` is looked up in PATH. Fault: unavailable "media_tool_missing" (not installed); invalid
// "media_unreadable" (a limit was exceeded: which); closed "canceled" (it was stopped).
Result<ChildEnd> run_child(const std::vector<std::string>& words, const ChildLimits& limits,
                           const ChildWatch& watch = {});

}  // namespace carillon::media

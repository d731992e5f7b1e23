// The sandbox behind a real HTTP listener, on a thread of its own: requests go in as values, answers come
// out, late, cut off or never, as the world says. Refuses to know what any network does.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "run/log.h"

namespace carillon::run {

struct SandboxOptions {
  std::string listen = "127.0.0.1:8071";  // port 0: any
  std::string base_url;                   // where it is reached; empty: http:// and the listen address
  std::filesystem::path journal;          // accepted effects; empty: forgotten at the end
};

class SandboxHost {
 public:
  // Listens when this returns. Throws std::runtime_error with a sentence (address in use, journal
  // unreadable).
  SandboxHost(const SandboxOptions& options, Log& log);
  ~SandboxHost();  // stops
  const std::string& url() const;

 private:
  struct Thread;
  std::unique_ptr<Thread> thread_;
};

}  // namespace carillon::run

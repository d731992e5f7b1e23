// A program of ours in a process of its own, dead with this object and with this process. Its output goes to
// a file. Thread: the one that starts it must live as long as the child shall (Linux ties the two).
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace carillon::proof {

class Child {
 public:
  Child() = default;
  ~Child() { kill(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Throws std::runtime_error when there can be no process. The environment is PATH only: nothing of ours
  // leaks in.
  void start(const std::filesystem::path& program, const std::vector<std::string>& arguments,
             const std::filesystem::path& log);
  void kill();  // SIGKILL: no goodbye
  bool runs();

 private:
  pid_t pid_ = 0;
};

// A port of this machine that nobody listens on (now).
uint16_t free_port();

}  // namespace carillon::proof

#include "proof/child.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace carillon::proof {
namespace {

// Between fork and exec: only calls that are safe there.
[[noreturn]] void become(const char* program, char* const* arguments, int log) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  char path[] = "PATH=/usr/local/bin:/usr/bin:/bin";
  char* const environment[] = {path, nullptr};
  execve(program, arguments, environment);
  _exit(127);
}

}  // namespace

void Child::start(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                  const std::filesystem::path& log) {
  std::vector<std::string> texts = {program.string()};
  texts.insert(texts.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  const int file = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  pid_ = fork();
  if (pid_ == 0) become(program.c_str(), pointers.data(), file);
  close(file);
  if (pid_ < 0)
    throw std::runtime_error(fmt::format("No process for {}: {}.", program.string(), std::strerror(errno)));
}

void Child::kill() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

bool Child::runs() {
  if (pid_ > 0 && waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = 0;
  return pid_ > 0;
}

uint16_t free_port() {
  const int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{
      .sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
  socklen_t length = sizeof address;
  const bool bound = bind(handle, reinterpret_cast<sockaddr*>(&address), length) == 0 &&
                     getsockname(handle, reinterpret_cast<sockaddr*>(&address), &length) == 0;
  close(handle);
  if (!bound) throw std::runtime_error(fmt::format("No free port: {}.", std::strerror(errno)));
  return ntohs(address.sin_port);
}

}  // namespace carillon::proof

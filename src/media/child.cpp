#include "media/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <system_error>
#include <utility>

namespace carillon::media {
namespace {

// A child that is built with a sanitizer reserves terabytes of addresses and maps files of its own.
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
constexpr bool limits_space = false;
#else
constexpr bool limits_space = true;
#endif

constexpr size_t kept_errors = 2000;

[[noreturn]] void broken(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }
  int number() const { return number_; }

 private:
  int number_;
};

struct Pipe {
  Descriptor read, write;
};

Pipe make_pipe() {
  std::array<int, 2> ends;
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) broken("pipe2");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

// A timer one can poll: no clock is read here.
Descriptor timer_for(Duration span) {
  Descriptor timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
  if (timer.number() < 0) broken("timerfd_create");
  const auto us = std::max<int64_t>(1, span.count());
  const itimerspec when{.it_value = {.tv_sec = us / 1'000'000, .tv_nsec = us % 1'000'000 * 1000}};
  if (::timerfd_settime(timer.number(), 0, &when, nullptr) != 0) broken("timerfd_settime");
  return timer;
}

void limit(pid_t child, __rlimit_resource resource, uint64_t most) {
  const rlimit value{most, most};
  ::prlimit(child, resource, &value, nullptr);
}

class Child {
 public:
  Child(const std::vector<std::string>& words, const ChildLimits& limits, const ChildWatch& watch)
      : limits_(limits), heard_(watch.heard), out_(make_pipe()), err_(make_pipe()) {
    error_ = start(words);
    out_.write.close();
    err_.write.close();
    if (error_ != 0) return;
    limit(child_, RLIMIT_CPU, static_cast<uint64_t>(limits.cpu_seconds));
    limit(child_, RLIMIT_CORE, 0);
    if (limits_space) limit(child_, RLIMIT_AS, limits.memory);
    if (limits_space) limit(child_, RLIMIT_FSIZE, limits.file);
    watch_ = Descriptor(
        static_cast<int>(::syscall(SYS_pidfd_open, child_, 0)));  // glibc 2.36 declares it wrongly for C++
  }
  ~Child() {
    if (child_ > 0) reap(true);
  }

  int start_error() const { return error_; }

  // Gives the sentence of the limit that was exceeded; empty: the child ended by itself.
  std::string listen() {
    const Descriptor timer = timer_for(limits_.time);
    while (true) {
      std::array<pollfd, 4> polled = {{{timer.number(), POLLIN, 0},
                                       {out_.read.number(), POLLIN, 0},
                                       {err_.read.number(), POLLIN, 0},
                                       {watch_.number(), POLLIN, 0}}};
      if (::poll(polled.data(), polled.size(), -1) < 0 && errno != EINTR) broken("poll");
      if (polled[1].revents != 0) take(out_, end.output);
      if (heard_ && !end.output.empty()) heard_(std::exchange(end.output, {}));
      if (polled[2].revents != 0) take(err_, end.errors);
      if (end.output.size() > limits_.output) return "it has more to say than it may";
      if (end.errors.size() > kept_errors) end.errors.resize(kept_errors);
      if (polled[3].revents != 0) watch_.close();
      if (out_.read.number() < 0 && err_.read.number() < 0 && watch_.number() < 0) return "";
      if (polled[0].revents != 0)
        return fmt::format("it was not done after {} s", limits_.time / std::chrono::seconds(1));
    }
  }

  // From any thread, while the child is not reaped.
  void kill() const { ::kill(-child_, SIGKILL); }

  void reap(bool kill) {
    if (kill) this->kill();
    int status = 0;
    while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
    }
    child_ = -1;
    if (WIFEXITED(status)) end.code = WEXITSTATUS(status);
  }

  ChildEnd end;

 private:
  int start(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    char language[] = "LC_ALL=C";
    std::array<char*, 2> environment = {language, nullptr};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, out_.write.number(), 1);
    posix_spawn_file_actions_adddup2(&files, err_.write.number(), 2);
    posix_spawn_file_actions_addclosefrom_np(&files, 3);
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&how, &all);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    const int error = posix_spawnp(&child_, arguments[0], &files, &how, arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&how);
    if (error != 0) child_ = -1;
    return error;
  }

  static void take(Pipe& pipe, std::string& into) {
    std::array<char, 16384> bytes;
    const ssize_t got = ::read(pipe.read.number(), bytes.data(), bytes.size());
    if (got > 0) into.append(bytes.data(), static_cast<size_t>(got));
    if (got == 0 || (got < 0 && errno != EINTR)) pipe.read.close();
  }

  const ChildLimits& limits_;
  const std::function<void(std::string_view)>& heard_;
  Pipe out_, err_;
  Descriptor watch_;
  pid_t child_ = -1;
  int error_ = 0;
};

}  // namespace

Result<ChildEnd> run_child(const std::vector<std::string>& words, const ChildLimits& limits,
                           const ChildWatch& watch) {
  Child child(words, limits, watch);
  if (child.start_error() != 0) {
    return refuse({.kind = FaultKind::unavailable,
                   .code = "media_tool_missing",
                   .text = fmt::format("The program {} cannot be started on the server.", words[0]),
                   .remedy = "Install the package ffmpeg on the server.",
                   .detail = std::generic_category().message(child.start_error())});
  }
  std::string exceeded;
  {
    const std::stop_callback stop(watch.stop, [&child] { child.kill(); });
    exceeded = child.listen();
  }
  child.reap(!exceeded.empty());
  if (watch.stop.stop_requested()) {
    return refuse({.kind = FaultKind::closed,
                   .code = "canceled",
                   .text = "It was canceled before it was done.",
                   .remedy = "Ask for it again if it is needed."});
  }
  if (!exceeded.empty()) {
    return refuse({.code = "media_unreadable",
                   .text = fmt::format("The file could not be examined: {}.", exceeded),
                   .field = "file",
                   .remedy = "Save it again with another program and upload that."});
  }
  return std::move(child.end);
}

}  // namespace carillon::media

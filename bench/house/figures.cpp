#include "bench/house/figures.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <string>

namespace carillon::bench {

double percentile(std::vector<double>& values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[static_cast<size_t>(share * static_cast<double>(values.size() - 1))];
}

Duration cpu_time() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto span = [](const timeval& t) { return Duration(t.tv_sec * 1'000'000 + t.tv_usec); };
  return span(usage.ru_utime) + span(usage.ru_stime);
}

double status_megabytes(std::string_view name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name)) return std::strtod(line.c_str() + name.size() + 1, nullptr) * 1024 / 1e6;
  }
  return 0;
}

std::vector<std::string_view> arguments(int count, char** words, size_t least, std::string_view usage) {
  std::vector<std::string_view> all(words + 1, words + count);
  if (all.size() >= least) return all;
  fmt::print(stderr, "usage: {} {}\n", words[0], usage);
  std::exit(2);
}

int64_t number(std::string_view text) {
  int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return value;
  fmt::print(stderr, "\"{}\" is not a number.\n", text);
  std::exit(2);
}

}  // namespace carillon::bench

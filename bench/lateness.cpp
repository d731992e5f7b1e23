// Lateness: deliveries due over some seconds, spread evenly over 100 accounts, scheduled before the start.
// What counts is when the request arrives at the local server, which keeps the figures.
//   lateness DATABASE ECHO_SERVER COUNT SECONDS     prints one line of JSON
#include <fmt/format.h>

#include <atomic>
#include <semaphore>

#include "bench/house/figures.h"
#include "bench/house/house.h"
#include "run/clock.h"

namespace carillon::bench {
namespace {

constexpr size_t voices = 100;

void measure(const std::string& file, const std::string& server, size_t count, int64_t seconds) {
  Archive archive(file);
  const Cast cast = archive.engage(voices, "ring", server);
  const Instant first = Instant::from_millis(run::wall_clock().millis()) + 3s;
  const auto due = [&](size_t i) {
    return Instant::from_millis(first.millis() +
                                static_cast<int64_t>(i) * seconds * 1000 / static_cast<int64_t>(count));
  };
  archive.schedule(
      cast, count, [&](size_t i) { return std::vector{Target{.account = cast.accounts[i % voices].id}}; },
      due);
  if (run::wall_clock() > first - 500ms) {
    fmt::print(stderr, "Filling took too long.\n");
    std::exit(1);
  }
  lateness(server, "DELETE");
  std::atomic<size_t> settled = 0;
  std::binary_semaphore finished{0};
  const Duration began_cpu = cpu_time();
  Works works(archive, [&](const Delivery&) {
    if (++settled == count) finished.release();
  });
  works.start();
  if (!finished.try_acquire_for(std::chrono::seconds(seconds + 60))) {
    fmt::print(stderr, "Only {} of {} were delivered.\n", settled.load(), count);
    std::exit(1);
  }
  const std::string seen = lateness(server, "GET");
  fmt::print(R"({{"what":"lateness","who":"carillon","cpu_us":{:.1f},{})"
             "\n",
             static_cast<double>((cpu_time() - began_cpu).count()) / static_cast<double>(count),
             seen.substr(1));
}

}  // namespace
}  // namespace carillon::bench

int main(int count, char** words) {
  using namespace carillon::bench;
  const auto given = arguments(count, words, 4, "DATABASE ECHO_SERVER COUNT SECONDS");
  measure(std::string(given[0]), std::string(given[1]), static_cast<size_t>(number(given[2])),
          number(given[3]));
}

// The whole path of a delivery, as the server goes it: claimed from a store with many due rows, intent
// durable, request to a local HTTP server, outcome durable. 100 accounts, one delivery of each at a time: 100
// in flight, as the peer's worker has. SQLite on a file, synchronous=FULL.
//   delivery_path DATABASE ECHO_SERVER COUNT     prints one line of JSON
#include <fmt/format.h>

#include <atomic>
#include <semaphore>

#include "bench/house/figures.h"
#include "bench/house/house.h"
#include "run/clock.h"

namespace carillon::bench {
namespace {

constexpr size_t voices = 100;

struct Stopwatch {
  size_t warm, all;
  std::atomic<size_t> settled = 0;
  Duration began{0}, began_cpu{0}, ended{0}, ended_cpu{0};
  std::binary_semaphore finished{0};

  void tick() {
    const size_t now = ++settled;
    if (now == warm) began = run::monotonic_clock(), began_cpu = cpu_time();
    if (now != all) return;
    ended = run::monotonic_clock();
    ended_cpu = cpu_time();
    finished.release();
  }
};

void measure(const std::string& file, const std::string& server, size_t count) {
  Archive archive(file);
  const Cast cast = archive.engage(voices, "ring", server);
  const Instant now = run::wall_clock();
  Stopwatch watch{.warm = std::min<size_t>(2000, count / 5), .all = 0};
  watch.all = watch.warm + count;
  archive.schedule(
      cast, watch.all, [&](size_t i) { return std::vector{Target{.account = cast.accounts[i % voices].id}}; },
      [&](size_t i) { return now + Duration(static_cast<int64_t>(i)) - 60s; });
  Works works(archive, [&](const Delivery&) { watch.tick(); });
  works.start();
  if (!watch.finished.try_acquire_for(5min)) {
    fmt::print(stderr, "Only {} of {} were delivered in five minutes.\n", watch.settled.load(), watch.all);
    std::exit(1);
  }
  const double seconds = static_cast<double>((watch.ended - watch.began).count()) / 1e6;
  fmt::print(
      R"({{"what":"path","who":"carillon","count":{},"seconds":{:.3f},"per_second":{:.0f},"cpu_us":{:.1f}}})"
      "\n",
      count, seconds, static_cast<double>(count) / seconds,
      static_cast<double>((watch.ended_cpu - watch.began_cpu).count()) / static_cast<double>(count));
}

}  // namespace
}  // namespace carillon::bench

int main(int count, char** words) {
  using namespace carillon::bench;
  const auto given = arguments(count, words, 3, "DATABASE ECHO_SERVER COUNT");
  measure(std::string(given[0]), std::string(given[1]), static_cast<size_t>(number(given[2])));
}

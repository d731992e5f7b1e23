// Lateness: deliveries due over some seconds, spread evenly over 100 accounts, scheduled before the start.
// What counts is when the request arrives at the local server, which keeps the figures.
// With a dead server: as many again, due at the same times, go by 100 other accounts to a network that takes
// requests and never answers.
//   lateness DATABASE ECHO_SERVER COUNT SECONDS [DEAD_SERVER]     prints one line of JSON
#include <fmt/format.h>

#include <atomic>
#include <semaphore>

#include "bench/house/figures.h"
#include "bench/house/house.h"
#include "run/clock.h"

namespace carillon::bench {
namespace {

constexpr size_t voices = 100;

struct Job {
  std::string server, dead;
  size_t count;
  int64_t seconds;
};

// Gives the workspace of those who are heard.
WorkspaceId fill(Archive& archive, const Job& job) {
  const Instant first = Instant::from_millis(run::wall_clock().millis()) + 5s;
  const auto due = [&](size_t i) {
    return Instant::from_millis(first.millis() + static_cast<int64_t>(i) * job.seconds * 1000 /
                                                     static_cast<int64_t>(job.count));
  };
  const auto plan = [&](const std::string& server) {
    const Cast cast = archive.engage(voices, "ring", server);
    const auto target = [&](size_t i) {
      return std::vector{Target{.account = cast.accounts[i % voices].id}};
    };
    archive.schedule(cast, job.count, target, due);
    return cast.workspace;
  };
  if (!job.dead.empty()) plan(job.dead);
  const WorkspaceId heard = plan(job.server);
  if (run::wall_clock() <= first - 500ms) return heard;
  fmt::print(stderr, "Filling took too long.\n");
  std::exit(1);
}

void measure(const std::string& file, const Job& job) {
  Archive archive(file);
  const WorkspaceId heard = fill(archive, job);
  lateness(job.server, "DELETE");
  std::atomic<size_t> settled = 0;
  std::binary_semaphore finished{0};
  const Duration began_cpu = cpu_time();
  Works works(archive, [&](const Delivery& d) {
    if (d.workspace == heard && ++settled == job.count) finished.release();
  });
  works.start();
  if (!finished.try_acquire_for(std::chrono::seconds(job.seconds + 60))) {
    fmt::print(stderr, "Only {} of {} were delivered.\n", settled.load(), job.count);
    std::exit(1);
  }
  const std::string seen = lateness(job.server, "GET");
  fmt::print(R"({{"what":"lateness","who":"carillon","beside_dead":{},"cpu_us":{:.1f},{})"
             "\n",
             !job.dead.empty(),
             static_cast<double>((cpu_time() - began_cpu).count()) / static_cast<double>(job.count),
             seen.substr(1));
}

}  // namespace
}  // namespace carillon::bench

int main(int count, char** words) {
  using namespace carillon::bench;
  const auto given = arguments(count, words, 4, "DATABASE ECHO_SERVER COUNT SECONDS [DEAD_SERVER]");
  measure(std::string(given[0]), {.server = std::string(given[1]),
                                  .dead = given.size() > 4 ? std::string(given[4]) : std::string(),
                                  .count = static_cast<size_t>(number(given[2])),
                                  .seconds = number(given[3])});
}

// A million deliveries: what they cost while they wait, and while their lane is closed.
//   million fill DATABASE COUNT NETWORK [DUE_IN_SECONDS]   COUNT waiting deliveries, posts of four targets
//   each,
//                                           100 accounts; due in a year unless said otherwise
//   million start DATABASE                  time from opening the file to the engine being at work, memory
//   then million claims DATABASE                 time to read 64 due rows of one account, many times million
//   lane DATABASE ECHO_SERVER COUNT SECONDS BACKLOG   lateness of COUNT deliveries over SECONDS of one
//   account
//                                           while another's lane is closed and BACKLOG of its deliveries are
//                                           due
#include <fmt/format.h>

#include <atomic>
#include <semaphore>

#include "bench/house/figures.h"
#include "bench/house/house.h"
#include "run/clock.h"
#include "store/journal.h"
#include "store/lane_rows.h"

namespace carillon::bench {
namespace {

using Words = std::vector<std::string_view>;

constexpr size_t voices = 100;
constexpr size_t targets = 4;

double millis(Duration span) {
  return static_cast<double>(span.count()) / 1e3;
}

int fill(const Words& given) {
  Archive archive(given[1]);
  const auto count = static_cast<size_t>(number(given[2]));
  const Cast cast = archive.engage(voices, std::string(given[3]), "https://network.invalid");
  const auto until = std::chrono::seconds(given.size() > 4 ? number(given[4]) : int64_t{365} * 86400);
  const Instant first = run::wall_clock() + until;
  const auto spread = [&](size_t i) {
    std::vector<Target> chosen;
    for (size_t k = 0; k < targets; ++k)
      chosen.push_back({.account = cast.accounts[(i * targets + k) % voices].id});
    return chosen;
  };
  archive.schedule(cast, count / targets, spread,
                   [&](size_t i) { return first + Duration(static_cast<int64_t>(i) * 1000); });
  return 0;
}

int start(const Words& given) {
  const Duration began = run::monotonic_clock();
  Archive archive(given[1]);
  Works works(archive, [](const Delivery&) {});
  works.start();
  const Duration ready = run::monotonic_clock() - began;
  fmt::print(R"({{"what":"start","who":"carillon","ready_ms":{:.1f},"rss_mb":{:.1f}}})"
             "\n",
             millis(ready), status_megabytes("VmRSS"));
  return 0;
}

int claims(const Words& given) {
  constexpr size_t rounds = 2000;
  Archive archive(given[1]);
  const Cast cast = archive.engaged();
  std::vector<double> took;
  size_t rows = 0;
  for (size_t i = 0; i < rounds; ++i) {
    const Account& account = cast.accounts[i * 37 % cast.accounts.size()];
    archive.store().read_now([&](store::Unit& unit) {
      const Duration began = run::monotonic_clock();
      const auto due =
          store::Journal(unit).due({account.workspace, account.id, Line::bulk, 64}, Instant::never() - 1us);
      took.push_back(millis(run::monotonic_clock() - began));
      rows += due.tickets.size();
    });
  }
  fmt::print(R"({{"what":"claims","who":"carillon","rows":{},"p50_ms":{:.4f},"p99_ms":{:.4f}}})"
             "\n",
             rows, percentile(took, 0.5), percentile(took, 0.99));
  return 0;
}

// The first account's lane is closed for an hour; a backlog of its deliveries is due.
void close_lane(Archive& archive, const Cast& cast, size_t backlog) {
  constexpr size_t rows = 100;  // deliveries of one post: only their number matters here
  const Account& closed = cast.accounts[0];
  const Instant now = run::wall_clock();
  archive.schedule(
      cast, backlog / rows, [&](size_t) { return std::vector<Target>(rows, Target{.account = closed.id}); },
      [&](size_t i) { return now - 60s + Duration(static_cast<int64_t>(i)); });
  archive.store().write_now([&](store::Unit& unit) {
    store::write_lane(unit.connection(), {.key = "account:" + closed.id.text() + ":post",
                                          .workspace = closed.workspace,
                                          .closed_until = now + 1h,
                                          .closed_why = "the network said so"});
  });
}

int lane(const Words& given) {
  const std::string server(given[2]);
  const auto count = static_cast<size_t>(number(given[3]));
  const int64_t seconds = number(given[4]);
  const auto backlog = static_cast<size_t>(number(given[5]));
  Archive archive(given[1]);
  const Cast cast = archive.engage(2, "ring", server);
  close_lane(archive, cast, backlog);
  const Instant first = Instant::from_millis(run::wall_clock().millis()) + 2s;
  archive.schedule(
      cast, count, [&](size_t) { return std::vector{Target{.account = cast.accounts[1].id}}; },
      [&](size_t i) {
        return Instant::from_millis(first.millis() +
                                    static_cast<int64_t>(i) * seconds * 1000 / static_cast<int64_t>(count));
      });
  lateness(server, "DELETE");
  std::atomic<size_t> settled = 0;
  std::binary_semaphore finished{0};
  Works works(archive, [&](const Delivery&) {
    if (++settled == count) finished.release();
  });
  works.start();
  if (!finished.try_acquire_for(std::chrono::seconds(seconds + 60))) {
    fmt::print(stderr, "Only {} of {} were delivered.\n", settled.load(), count);
    return 1;
  }
  fmt::print(R"({{"what":"lane","who":"carillon","backlog":{},{})"
             "\n",
             backlog, lateness(server, "GET").substr(1));
  return 0;
}

}  // namespace
}  // namespace carillon::bench

int main(int count, char** words) {
  using namespace carillon::bench;
  const auto given =
      arguments(count, words, 2, "fill|start|claims|lane DATABASE … (see the head of million.cpp)");
  if (given[0] == "fill" && given.size() >= 4) return fill(given);
  if (given[0] == "start") return start(given);
  if (given[0] == "claims") return claims(given);
  if (given[0] == "lane" && given.size() >= 6) return lane(given);
  fmt::print(stderr, "There is no measurement like that; see the head of million.cpp.\n");
  return 2;
}

// The network of all measurements: a local HTTP server that accepts every publication and answers with an id.
// The same program serves Carillon and its peers. A request may carry "X-Due: <milliseconds since 1970>"; how
// late such requests arrive is kept here, read off one clock for everybody.
//   echo_server [ADDRESS] [dead] prints its address, then serves until it is killed; dead: takes requests and
//   never answers POST /publish                {"id":"17"} GET /lateness
//   {"count":…,"p50_ms":…,"p99_ms":…,"max_ms":…}; DELETE forgets what was seen
#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <string_view>
#include <vector>

#include "net/listener.h"

namespace {
using namespace carillon;

struct Lateness {
  std::vector<int64_t> us;

  void arrived(std::string_view due_ms) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    int64_t due = 0;
    std::from_chars(due_ms.data(), due_ms.data() + due_ms.size(), due);
    us.push_back(std::chrono::duration_cast<Duration>(now).count() - due * 1000);
  }

  std::string words() const {
    std::vector<int64_t> sorted = us;
    std::ranges::sort(sorted);
    const auto at = [&](double share) {
      if (sorted.empty()) return 0.0;
      return static_cast<double>(
                 sorted[static_cast<size_t>(share * static_cast<double>(sorted.size() - 1))]) /
             1e3;
    };
    return fmt::format(R"({{"count":{},"min_ms":{:.3f},"p50_ms":{:.3f},"p99_ms":{:.3f},"max_ms":{:.3f}}})",
                       sorted.size(), at(0), at(0.5), at(0.99), at(1));
  }
};

class Echo {
 public:
  explicit Echo(bool dead) : dead_(dead) {}

  boost::asio::awaitable<void> answer(net::Exchange& exchange) {
    const Result<std::string> body = co_await exchange.body(1 << 20);
    if (dead_) co_await for_ever();
    wire::Response response{.status = body ? 200 : 400, .headers = {{"Content-Type", "application/json"}}};
    if (body) response.body = words(exchange);
    co_await exchange.reply(std::move(response));
  }

 private:
  static boost::asio::awaitable<void> for_ever() {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, std::chrono::hours(1));
    co_await timer.async_wait(boost::asio::use_awaitable);
  }

  std::string words(net::Exchange& exchange) {
    if (exchange.method() == "POST") {
      if (const auto due = wire::header(exchange.headers(), "x-due")) lateness_.arrived(*due);
      return fmt::format(R"({{"id":"{}"}})", ++published_);
    }
    if (exchange.method() == "DELETE") lateness_.us.clear();
    return lateness_.words();
  }

  bool dead_;
  uint64_t published_ = 0;
  Lateness lateness_;
};

}  // namespace

int main(int count, char** words) {
  boost::asio::io_context context{1};
  Echo echo(count > 2 && std::string_view(words[2]) == "dead");
  const net::ListenLimits limits{.idle_time = std::chrono::minutes(10), .connections_per_address = 4096};
  const net::Listener listener(
      context, count > 1 ? words[1] : "127.0.0.1:0",
      [&](net::Exchange& exchange) { return echo.answer(exchange); }, limits);
  fmt::print("http://127.0.0.1:{}\n", listener.port());
  std::fflush(stdout);
  context.run();
}

#include "run/sandbox_host.h"

#include <fmt/format.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <thread>

#include "base/random.h"
#include "net/listener.h"
#include "run/clock.h"
#include "run/hooks.h"
#include "run/sandbox_fetch.h"
#include "run/sandbox_journal.h"
#include "sandbox/world.h"

namespace carillon::run {
namespace {

namespace asio = boost::asio;

constexpr size_t largest_body = 128 << 20;           // networks take larger files in chunks
constexpr auto silence = std::chrono::seconds(300);  // "nothing ever comes": longer than anybody waits

std::string base_url(const SandboxOptions& options, uint16_t port) {
  if (!options.base_url.empty()) return options.base_url;
  return fmt::format("http://{}:{}", options.listen.substr(0, options.listen.rfind(':')), port);
}

wire::Response refusal(const Fault& fault) {
  const int status = fault.code == "too_large" ? 413 : fault.code == "too_slow" ? 408 : 400;
  return {.status = status,
          .headers = {{"content-type", "text/plain; charset=utf-8"}},
          .body = fault.text + "\n"};
}

}  // namespace

struct SandboxHost::Thread {
  Log& log;
  SystemRandom random;
  asio::io_context context{1};
  std::unique_ptr<net::Listener> listener;
  std::unique_ptr<sandbox::World> world;
  std::unique_ptr<SandboxJournal> journal;
  std::string url;
  std::jthread thread;

  explicit Thread(Log& log) : log(log) {}

  void open(const SandboxOptions& options) {
    const auto handler = [this](net::Exchange& exchange) { return answer(exchange); };
    listener =
        std::make_unique<net::Listener>(context, options.listen, handler, net::ListenLimits{}, hooks_of(log));
    url = base_url(options, listener->port());
    world = std::make_unique<sandbox::World>(random, url);
    world->on_fetch(fetch_beginning);
    if (options.journal.empty()) return;
    journal = std::make_unique<SandboxJournal>(options.journal, *world);
    world->on_accept([this](const sandbox::Effect& effect) { journal->append(effect); });
  }

  asio::awaitable<void> answer(net::Exchange& exchange) {
    Result<std::string> body = co_await exchange.body(largest_body);
    if (!body) {
      co_await exchange.reply(refusal(body.error()));
      co_return;
    }
    wire::Request request{.method = std::string(exchange.method()),
                          .url = std::string(exchange.target()),
                          .headers = exchange.headers(),
                          .body = std::move(*body)};
    sandbox::Answer given = world->handle(request, wall_clock());
    co_await pause(given.fate == sandbox::Answer::Fate::hung ? Duration(silence) : given.delay);
    if (given.fate == sandbox::Answer::Fate::given) {
      co_await exchange.reply(std::move(given.response));
    } else {
      co_await exchange.cut("");
    }
  }

  asio::awaitable<void> pause(Duration span) {
    if (span <= Duration::zero()) co_return;
    asio::steady_timer timer(context, span);
    co_await timer.async_wait(asio::use_awaitable);
  }

  void loop() {
    try {
      context.run();
    } catch (const std::exception& broken) {
      log.error("sandbox.broken", broken.what());
      throw;  // ends the program: half a sandbox is worse than none
    }
  }
};

SandboxHost::SandboxHost(const SandboxOptions& options, Log& log) : thread_(std::make_unique<Thread>(log)) {
  thread_->open(options);
  thread_->thread = std::jthread([this] { thread_->loop(); });
}

SandboxHost::~SandboxHost() {
  thread_->context.stop();
}

const std::string& SandboxHost::url() const {
  return thread_->url;
}

}  // namespace carillon::run

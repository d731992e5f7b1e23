// GET /events: server-sent events until the other side leaves or may not stay. A stream asks every few
// seconds whether its session still stands, so that an ended one closes soon, whoever ended it.
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>

#include "api/awaited.h"
#include "api/desk.h"
#include "api/entry.h"
#include "api/events.h"
#include "api/handlers.h"

namespace carillon::api {

namespace {
namespace asio = boost::asio;

constexpr Duration heartbeat = std::chrono::seconds(15);

struct Subscription {
  Subscription(Events& ring, WorkspaceId workspace, std::function<void()> wake)
      : events(ring), id(ring.subscribe(workspace, std::move(wake))) {}
  ~Subscription() { events.unsubscribe(id); }
  Subscription(const Subscription&) = delete;
  Events& events;
  uint64_t id;
};

Awaitable<bool> may_stay(Request& request, Desk& desk) {
  const Instant now = desk.now();
  auto look = [&](store::Unit& unit) {
    return admit(unit, {request.presented, request.route->permission, now, desk.settings.session_idle})
        .has_value();
  };
  const bool stays = co_await seen(desk.store, std::move(look));
  co_return stays;
}

// true: woken by an event; false: a tick went by.
Awaitable<bool> woken_within(asio::steady_timer& timer, Duration tick) {
  timer.expires_after(tick);
  boost::system::error_code canceled;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, canceled));
  co_return static_cast<bool>(canceled);
}
}  // namespace

Answering stream_events(Request& request, Desk& desk) {
  const auto executor = co_await asio::this_coro::executor;
  const WorkspaceId workspace = request.caller.workspace;
  const auto timer = std::make_shared<asio::steady_timer>(executor);
  const std::weak_ptr<asio::steady_timer> sleeper = timer;
  auto wake = [executor, sleeper] {
    asio::post(executor, [sleeper] {
      if (const auto found = sleeper.lock()) found->cancel();
    });
  };
  auto position = desk.events.position(workspace, request.header("last-event-id").value_or(""));
  const Subscription subscription(desk.events, workspace, std::move(wake));
  wire::Headers headers{{"Content-Type", "text/event-stream"},
                        {"Cache-Control", "no-store"},
                        {"X-Content-Type-Options", "nosniff"},
                        {"X-Accel-Buffering", "no"}};
  request.begun = true;
  bool open = co_await request.exchange.begin(200, std::move(headers));
  if (request.exchange.method() == "HEAD") co_return wire::Response{};
  if (open) open = co_await request.exchange.write("retry: 2000\n\n");
  Duration quiet{0};
  while (open && !desk.events.closed()) {
    const std::string frames = desk.events.after(workspace, position);
    if (!frames.empty()) {
      quiet = Duration(0);
      open = co_await request.exchange.write(frames);
      continue;
    }
    if (co_await woken_within(*timer, desk.settings.stream_tick)) continue;
    if (!co_await may_stay(request, desk)) break;
    quiet += desk.settings.stream_tick;
    if (quiet < heartbeat) continue;
    quiet = Duration(0);
    open = co_await request.exchange.write(": still here\n\n");
  }
  co_return wire::Response{};
}

}  // namespace carillon::api

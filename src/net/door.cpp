#include "net/door.h"

#include <netinet/tcp.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "net/connection.h"
#include "net/head_writer.h"

namespace carillon::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

// "127.0.0.1:8070", "[::1]:0", "localhost:8070".
tcp::endpoint endpoint_from(const std::string& text) {
  const auto colon = text.rfind(':');
  const auto wrong = [&] {
    return std::runtime_error("The address to listen on must look like 127.0.0.1:8070 or [::1]:8070, not \"" +
                              text + "\".");
  };
  if (colon == std::string::npos || colon + 1 == text.size() || text.size() - colon > 6) throw wrong();
  const std::string digits = text.substr(colon + 1);
  if (!std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) throw wrong();
  const int port = std::stoi(digits);
  std::string host = text.substr(0, colon);
  if (host == "localhost") host = "127.0.0.1";
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  boost::system::error_code error;
  const auto address = asio::ip::make_address(host, error);
  if (error || port > 65535) throw wrong();
  return {address, static_cast<uint16_t>(port)};
}

Duration tick_for(const ListenLimits& limits) {
  const Duration shortest = std::min(limits.header_time, limits.idle_time);
  return std::clamp<Duration>(shortest / 8, std::chrono::milliseconds(2), std::chrono::milliseconds(500));
}

// Small answers leave at once; a peer that vanished without a word is noticed in half a minute.
void tune(Socket& socket) {
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  const int patience_ms = 30'000;
  ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &patience_ms, sizeof patience_ms);
  socket.native_non_blocking(true, ignored);
}

// One person behind IPv4 is the same person behind a socket that speaks both.
std::string plain_text(const asio::ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address.to_string();
  return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
}

// A coroutine's arguments live as long as it does; `this` of a member would not.
asio::awaitable<void> serve(std::shared_ptr<Connection> connection) {
  co_await connection->run();
}

}  // namespace

asio::awaitable<void> Listener::Door::keep_open(std::shared_ptr<Door> door) {
  co_await door->accept_all();
}

Listener::Door::Door(asio::io_context& io, Handler what, ListenLimits how_much, ListenHooks house)
    : context(io),
      handler(std::move(what)),
      limits(how_much),
      hooks(std::move(house)),
      acceptor(io),
      timer_(io),
      tick_(tick_for(limits)) {}

void Listener::Door::open(const std::string& address) {
  const tcp::endpoint endpoint = endpoint_from(address);
  boost::system::error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error)
    throw std::runtime_error("Cannot listen on " + address + ": " + error.message() + ". Is the port taken?");
  port = acceptor.local_endpoint().port();
}

asio::awaitable<void> Listener::Door::accept_all() {
  while (!stopping) {
    auto got = co_await acceptor.async_accept(as_values);
    auto& [error, socket] = got;
    if (stopping || error == asio::error::operation_aborted) break;
    if (!error) {
      greet(std::move(socket));
      continue;
    }
    log("A connection could not be accepted: " + error.message() + ".");
    Timer rest(context,
               std::chrono::milliseconds(100));  // out of descriptors, most likely: soon some are free again
    co_await rest.async_wait(as_values);
  }
}

bool Listener::Door::full_for(const std::string& peer) const {
  if (inside.size() >= limits.connections) return true;
  const auto found = per_address_.find(peer);
  return found != per_address_.end() && found->second >= limits.connections_per_address;
}

void Listener::Door::greet(Socket socket) {
  boost::system::error_code error;
  const tcp::endpoint remote = socket.remote_endpoint(error);
  if (error) return;  // gone already
  std::string peer = plain_text(remote.address());
  tune(socket);
  if (full_for(peer)) {
    const wire::Response busy = problem(503, "Too many connections are open; try again in a moment.");
    std::string text;
    write_head(text, busy.status, busy.headers, {.length = busy.body.size(), .close = true}, date_);
    text += busy.body;
    ::send(socket.native_handle(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    socket.shutdown(tcp::socket::shutdown_send, error);
    return;
  }
  auto connection = std::make_shared<Connection>(shared_from_this(), std::move(socket), std::move(peer));
  asio::co_spawn(context, serve(std::move(connection)), asio::detached);
}

void Listener::Door::enter(Connection& connection, const std::string& peer) {
  inside.insert(&connection);
  ++per_address_[peer];
  if (!ticking_) {
    ticking_ = true;
    refresh_date();
    timer_.expires_after(tick_);
    wind_up();
  }
}

void Listener::Door::leave(Connection& connection, const std::string& peer) {
  inside.erase(&connection);
  const auto found = per_address_.find(peer);
  if (found != per_address_.end() && --found->second == 0) per_address_.erase(found);
}

void Listener::Door::wind_up() {
  timer_.async_wait([self = weak_from_this()](boost::system::error_code error) {
    const auto door = self.lock();
    if (door && !error) door->sweep();
  });
}

void Listener::Door::sweep() {
  now_ += tick_;
  refresh_date();
  for (Connection* connection : inside) {
    if (connection->deadline() <= now_) connection->expire();
  }
  if (inside.empty()) {
    ticking_ = false;
    return;
  }
  timer_.expires_at(timer_.expiry() + tick_);
  wind_up();
}

void Listener::Door::refresh_date() {
  if (hooks.wall_clock) date_ = http_date(hooks.wall_clock());
}

void Listener::Door::log(std::string_view sentence) const {
  if (hooks.log) hooks.log(sentence);
}

void Listener::Door::stop() {
  stopping = true;
  boost::system::error_code ignored;
  acceptor.close(ignored);
  for (Connection* connection : inside) connection->retire();
}

void Listener::Door::cut() {
  stop();
  for (Connection* connection : inside) connection->cut_off();
}

Listener::Listener(asio::io_context& context, const std::string& address, Handler handler,
                   ListenLimits limits, ListenHooks hooks)
    : door_(std::make_shared<Door>(context, std::move(handler), limits, std::move(hooks))) {
  door_->open(address);
  asio::co_spawn(context, Door::keep_open(door_), asio::detached);
}

Listener::~Listener() {
  door_->cut();
}
uint16_t Listener::port() const {
  return door_->port;
}
size_t Listener::connections() const {
  return door_->inside.size();
}
void Listener::stop() {
  door_->stop();
}
void Listener::cut() {
  door_->cut();
}

}  // namespace carillon::net

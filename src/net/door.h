// The inside of the listener: who is connected, who may come in, and when patience ends. One coarse clock for
// all deadlines: it ticks only while somebody is connected. Refuses to know HTTP. Thread: its io_context's.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "net/listener.h"

namespace carillon::net {

class Connection;

// Concrete executor types: a type-erased one costs an allocation per wait.
using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Executor>;
using Timer =
    boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                      boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;

struct Listener::Door : std::enable_shared_from_this<Listener::Door> {
  Door(boost::asio::io_context& io, Handler what, ListenLimits how_much, ListenHooks house);

  void open(const std::string& address);
  static boost::asio::awaitable<void> keep_open(std::shared_ptr<Door> door);
  void stop();
  void cut();
  void log(std::string_view sentence) const;

  // Time for deadlines: since the door was opened, counted in sweeps, late by at most one.
  Duration now() const { return now_; }
  std::string_view date() const { return date_; }
  void enter(Connection& connection, const std::string& peer);
  void leave(Connection& connection, const std::string& peer);

  boost::asio::io_context& context;
  Handler handler;
  const ListenLimits limits;
  const ListenHooks hooks;
  Acceptor acceptor;
  uint16_t port = 0;
  bool stopping = false;
  std::unordered_set<Connection*> inside;

 private:
  boost::asio::awaitable<void> accept_all();
  bool full_for(const std::string& peer) const;
  void greet(Socket socket);
  void sweep();
  void wind_up();
  void refresh_date();

  std::unordered_map<std::string, size_t> per_address_;
  Timer timer_;
  const Duration tick_;
  Duration now_{0};
  bool ticking_ = false;
  std::string date_;
};

}  // namespace carillon::net

// For tests: a client that sends exactly the bytes it is told, well formed or not. Thread: its io_context's.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <string>

#include "base/text.h"

namespace carillon::net::testing {

class RawClient {
 public:
  RawClient(boost::asio::io_context& io, uint16_t port) : socket_(io) {
    socket_.connect({boost::asio::ip::make_address("127.0.0.1"), port});
    socket_.set_option(boost::asio::ip::tcp::no_delay(true));
  }

  boost::asio::awaitable<void> send(std::string text) {
    co_await boost::asio::async_write(socket_, boost::asio::buffer(text), as_values);
  }
  // Everything until the other side closes.
  boost::asio::awaitable<std::string> rest() {
    co_await boost::asio::async_read(socket_, boost::asio::dynamic_buffer(buffer_), as_values);
    co_return std::exchange(buffer_, {});
  }
  // One answer with a Content-Length: head and body.
  boost::asio::awaitable<std::string> answer() {
    const auto head = co_await boost::asio::async_read_until(socket_, boost::asio::dynamic_buffer(buffer_),
                                                             "\r\n\r\n", as_values);
    if (std::get<0>(head)) co_return std::exchange(buffer_, {});
    const auto at = lowered(buffer_).find("\r\ncontent-length:");
    const size_t end =
        std::get<1>(head) +
        (at == std::string::npos || at > std::get<1>(head) ? 0 : std::stoull(buffer_.substr(at + 17)));
    if (buffer_.size() < end) {
      const auto more = boost::asio::transfer_exactly(end - buffer_.size());
      co_await boost::asio::async_read(socket_, boost::asio::dynamic_buffer(buffer_), more, as_values);
    }
    const std::string one = buffer_.substr(0, end);
    buffer_.erase(0, one.size());
    co_return one;
  }
  // Until `text` has arrived.
  boost::asio::awaitable<std::string> until(std::string text) {
    const auto got = co_await boost::asio::async_read_until(socket_, boost::asio::dynamic_buffer(buffer_),
                                                            text, as_values);
    const std::string part = buffer_.substr(0, std::get<1>(got));
    buffer_.erase(0, part.size());
    co_return part;
  }
  void close() { socket_.close(); }
  void reset() {
    socket_.set_option(boost::asio::socket_base::linger(true, 0));
    socket_.close();
  }
  boost::asio::ip::tcp::socket& socket() { return socket_; }

 private:
  static constexpr auto as_values = boost::asio::as_tuple(boost::asio::use_awaitable);
  boost::asio::ip::tcp::socket socket_;
  std::string buffer_;
};

}  // namespace carillon::net::testing

// For tests: a listener, and clients that say exactly what they are told. Thread: the test's.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "net/listener.h"
#include "net/testing/loop.h"
#include "net/testing/raw_client.h"

namespace carillon::net::testing {

// Says back what it was asked: "POST /a?b=c body".
inline boost::asio::awaitable<void> echo(Exchange& exchange) {
  auto body = co_await exchange.body(1000);
  std::string said = std::string(exchange.method()) + " " + std::string(exchange.target());
  said += body ? " " + *body : " " + body.error().code;
  wire::Response response{
      .status = body ? 200 : 413, .headers = {{"Content-Type", "text/plain"}}, .body = said};
  co_await exchange.reply(std::move(response));
}

class Listeners : public ::testing::Test {
 protected:
  Listener& open(Handler handler = echo, ListenLimits limits = {}) {
    ListenHooks hooks{.wall_clock = [] { return Instant::from_seconds(1'795'167'000); },
                      .log = [this](std::string_view sentence) { logged.emplace_back(sentence); }};
    listener = std::make_unique<Listener>(io, "127.0.0.1:0", std::move(handler), limits, std::move(hooks));
    return *listener;
  }

  // Sends the text on a new connection, gives all that comes until the listener closes it.
  std::string all_for(std::string text) {
    std::string out;
    run(io,
        [](boost::asio::io_context& context, uint16_t port, std::string& said,
           std::string& heard) -> boost::asio::awaitable<void> {
          RawClient client(context, port);
          co_await client.send(said);
          heard = co_await client.rest();
        }(io, listener->port(), text, out));
    return out;
  }

  // One answer on a new connection.
  std::string one_for(std::string text) {
    std::string out;
    run(io,
        [](boost::asio::io_context& context, uint16_t port, std::string& said,
           std::string& heard) -> boost::asio::awaitable<void> {
          RawClient client(context, port);
          co_await client.send(said);
          heard = co_await client.answer();
        }(io, listener->port(), text, out));
    return out;
  }

  boost::asio::io_context io{1};
  std::vector<std::string> logged;
  std::unique_ptr<Listener> listener;
};

inline std::string post(const std::string& headers, const std::string& body = "") {
  return "POST / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
}

}  // namespace carillon::net::testing

// The HTTP/1.1 server side: reads requests within limits, hands each to one handler, writes the answer. Slow
// and rude clients are cut off here, before anybody else sees them. Runs on its io_context's thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "wire/request.h"

namespace carillon::net {

struct ListenLimits {
  size_t header_bytes = 16 << 10, target_bytes = 8 << 10, header_fields = 100;  // 431 / 414
  Duration header_time = std::chrono::seconds(10), idle_time = std::chrono::seconds(30);
  size_t body_rate = 1 << 10;  // bytes per second, after 10 s
  size_t connections = 4096, connections_per_address = 512;
};

// One request being answered. Lives until the handler returns.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual std::string_view method() const = 0;
  virtual std::string_view target() const = 0;  // as sent: path and query
  virtual const wire::Headers& headers() const = 0;
  virtual std::string_view peer() const = 0;                // address without port
  virtual std::optional<uint64_t> body_length() const = 0;  // none: chunked

  // The whole body, at most `limit` bytes. Fault: invalid with code "too_large" (413), "bad_body" (400),
  // "too_slow" (408).
  virtual boost::asio::awaitable<Result<std::string>> body(size_t limit) = 0;
  // The next piece; empty at the end.
  virtual boost::asio::awaitable<Result<std::string>> piece() = 0;

  // The whole answer. Content-Length, Date and Connection are added. Exactly one of reply/reply_static/begin.
  virtual boost::asio::awaitable<void> reply(wire::Response response) = 0;
  // The body is not copied and must outlive the process (embedded assets).
  virtual boost::asio::awaitable<void> reply_static(int status, wire::Headers headers,
                                                    std::span<const std::byte> body) = 0;
  // A streamed answer (events, downloads): begin once, write many. false: the other side is gone.
  virtual boost::asio::awaitable<bool> begin(int status, wire::Headers headers) = 0;
  virtual boost::asio::awaitable<bool> write(std::string_view bytes) = 0;
  // Answers with these raw bytes (or nothing) and closes: for the sandbox, which must be able to misbehave.
  virtual boost::asio::awaitable<void> cut(std::string_view raw) = 0;
};

using Handler = std::function<boost::asio::awaitable<void>(Exchange&)>;

// What the listener needs from the house. Both may be empty: no Date header, no log.
struct ListenHooks {
  std::function<Instant()> wall_clock;
  std::function<void(std::string_view sentence)> log;  // what a handler threw, accept failures
};

class Listener {
 public:
  // address "127.0.0.1:8070", "[::1]:0", "localhost:8070"; port 0 picks one. Throws std::runtime_error with a
  // sentence. All members: on the context's thread.
  Listener(boost::asio::io_context& context, const std::string& address, Handler handler, ListenLimits limits,
           ListenHooks hooks = {});
  ~Listener();  // cut(), and whoever is still answering finds the other side gone
  uint16_t port() const;
  size_t connections() const;  // open now; 0 after stop() means drained
  void stop();                 // accepts no more, closes idle connections; those being answered finish
  void cut();                  // stop(), and closes the busy ones too: after a drain that takes too long

 private:
  friend class Connection;
  struct Door;
  std::shared_ptr<Door> door_;
};

}  // namespace carillon::net

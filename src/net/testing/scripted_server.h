// For tests: an HTTP server that misbehaves as told, request by request, and remembers what it was sent.
// Thread: its io_context's.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>
#include <vector>

namespace carillon::net::testing {

enum class Act {
  answer,        // the answer's text, connection kept
  answer_close,  // the answer's text, then close
  drop,          // reads the whole request, closes without a word
  reset,         // reads the whole request, resets the connection
  never,         // reads, never answers
  drip,          // one byte of the answer per turn of the loop
  rude,          // answers before the body is read, then closes
};

struct Scene {
  Act act = Act::answer;
  std::string text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
};

struct SeenRequest {
  int connection = 0;  // counted from 1
  std::string head, body;
};

class ScriptedServer {
 public:
  // Scenes are played in order, whatever connection a request comes in on; the last one is repeated.
  ScriptedServer(boost::asio::io_context& io, std::vector<Scene> scenes);
  ~ScriptedServer();
  std::string url(const std::string& path = "/") const;
  uint16_t port() const;
  const std::vector<SeenRequest>& seen() const;
  int connections() const;

 private:
  struct Stage;
  std::shared_ptr<Stage> stage_;
};

}  // namespace carillon::net::testing

// Outbound HTTP (libcurl multi on an io_context). Sends each request at most once: nothing below this line
// repeats one. Says which of three things happened: an answer, certainly not sent, or nobody knows.
// One client = one connection pool; guarded clients refuse forged targets at the socket. Runs on its
// io_context's thread; send() may be called from any thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/secret.h"
#include "net/address.h"
#include "wire/request.h"

namespace carillon::net {

struct NotSent {  // no byte of the request left: name not found, connection refused, TLS failed
  std::string why;
};
struct Lost {  // bytes may have left, no complete answer: timeout, reset, broken answer
  std::string why;
};
using Outcome = std::variant<wire::Response, NotSent, Lost>;

// Secrets of an account by name, put into the request last.
using Credential = std::map<std::string, Secret>;

// Where the bytes of stored media come from. Called on the client's thread; reads are short.
class MediaSource {
 public:
  virtual ~MediaSource() = default;
  // Up to `size` bytes at `offset`; fewer at the end of the file; throws when it cannot be read.
  virtual size_t read(MediaId media, uint64_t offset, char* into, size_t size) = 0;
};

struct ClientOptions {
  bool guarded = false;         // refuse private, loopback and special addresses (net/address.h)
  std::vector<Permit> permits;  // private networks a guarded client may reach all the same
  size_t max_answer = 8 << 20;  // bytes of an answer; more is Lost
  Duration connect_timeout = std::chrono::seconds(10);
  std::string ca_file;  // empty: the system's
  int per_host = 64;    // connections
};

class Client {
 public:
  // media may be null: then no request carries files.
  Client(boost::asio::io_context& context, MediaSource* media, ClientOptions options);
  ~Client();  // on the context's thread or after it; what is under way is dropped, its `done` is never called
  // `done` is called on the context's thread, never from inside send(). Redirects are answers, not followed.
  void send(wire::Request request, Credential credential, std::move_only_function<void(Outcome)> done);

 private:
  struct Engine;
  std::shared_ptr<Engine> engine_;
};

}  // namespace carillon::net

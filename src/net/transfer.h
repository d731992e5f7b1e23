// One request on its way out through libcurl, and what is known about it. Its handle is used again for the
// next request. Refuses to know the event loop. Thread: the client's.
#pragma once

#include <curl/curl.h>

#include <functional>
#include <string>

#include "net/client.h"
#include "net/upload.h"

namespace carillon::net {

// Sockets as the guard and the event loop see them.
class Sockets {
 public:
  virtual ~Sockets() = default;
  virtual void opened(int socket) = 0;
  virtual void closing(int socket) = 0;
};

class Transfer {
 public:
  using Done = std::move_only_function<void(Outcome)>;

  Transfer(const ClientOptions& options, Sockets& sockets);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Prepares the handle. Fault: the request cannot leave as it is.
  Result<void> load(wire::Request request, Credential credential, MediaSource* media, Done done);
  CURL* handle() const { return easy_; }
  Outcome outcome(CURLcode code);
  Done unload();  // ready for the next request

 private:
  static size_t on_read(char* into, size_t size, size_t count, void* self);
  static int on_rewind(void* self, curl_off_t offset, int origin);
  static int on_request(void* self, char* peer, char* local, int peer_port, int local_port);
  static size_t on_header(char* line, size_t size, size_t count, void* self);
  static size_t on_body(char* bytes, size_t size, size_t count, void* self);
  static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address);
  static int on_close(void* sockets, curl_socket_t socket);

  void set_for_life();
  void set_method();
  void set_headers();
  bool grow(size_t bytes);
  void read_header(std::string_view line);
  std::string why(CURLcode code) const;

  const ClientOptions& options_;
  Sockets& sockets_;
  CURL* easy_;
  curl_slist* headers_ = nullptr;
  wire::Request request_;
  Credential credential_;
  Upload upload_;
  wire::Response answer_;
  Done done_;
  std::string refused_, broken_;  // by the guard; while reading the body
  size_t received_ = 0;
  int starts_ = 0;  // how often libcurl was about to write the request
  bool too_large_ = false, head_complete_ = false;
  char message_[CURL_ERROR_SIZE] = "";
};

}  // namespace carillon::net

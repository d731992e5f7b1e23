// The reception: takes each request from the listener, finds its route, asks who it is and whether they may,
// reads the body, lets the handler answer, and sees to headers, metrics and what goes wrong. Thread: the
// listener's.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <map>
#include <unordered_map>

#include "api/awaited.h"
#include "api/desk.h"
#include "api/request.h"
#include "api/routes.h"
#include "net/listener.h"

namespace carillon::api {

class Reception {
 public:
  explicit Reception(Desk& desk) : desk_(desk) {}
  // To be given to a Listener as its handler.
  Awaitable<void> answer(net::Exchange& exchange);

 private:
  Awaitable<Answer> respond(Request& request);
  Awaitable<Answer> routed(Request& request);
  Awaitable<Result<void>> enter(Request& request);
  Awaitable<Result<void>> read_body(Request& request);
  Result<void> within_rate(const Request& request);
  void touch(const Request& request);
  void dress(wire::Response& response, const Request& request) const;
  std::string next_id();

  // A bucket of costly requests per caller, refilled by the minute.
  struct Spent {
    Instant since;
    int count = 0;
  };
  Desk& desk_;
  uint64_t requests_ = 0;
  std::string boot_ = random_token(desk_.random, 5);
  std::unordered_map<std::string, Spent> spent_;
  std::map<IdBytes, Instant> touched_;  // sessions and keys
};

}  // namespace carillon::api

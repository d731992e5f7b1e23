// One request at a time, waited for, and JSON both ways: for the command line and the drill, which have
// nothing else to do meanwhile. One thread.
#pragma once

#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "net/client.h"

namespace carillon::net {

class WaitingClient {
 public:
  // base: "http://127.0.0.1:8070", put before each url that is a path.
  explicit WaitingClient(std::string base, MediaSource* media = nullptr);
  ~WaitingClient();

  void use_key(Secret key);  // sent as bearer token from now on, to the base only
  void use_session(
      std::string cookie);  // "name=value": sent from now on as a browser on the base's own page does
  Outcome send(wire::Request request);

  // Sends `body` unless it is null; gives the answer's JSON (null for an empty one). A problem+json answer
  // becomes the Fault it speaks of. Fault: unavailable with code "not_sent" (nothing left: try again freely)
  // or "lost" (nobody knows: try again with the same Idempotency-Key).
  Result<boost::json::value> json(std::string method, std::string url,
                                  const boost::json::value& body = nullptr, wire::Headers headers = {});
  // The same for a request made by hand (a streamed upload).
  Result<boost::json::value> json(wire::Request request);

  void pause(Duration span);  // lets time pass

  const std::string& base() const { return base_; }

 private:
  struct Line;
  std::string base_;
  std::unique_ptr<Line> line_;
};

}  // namespace carillon::net

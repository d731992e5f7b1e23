// The sandbox: every network simulated strictly, as one pure value with one door. Requests come in as values,
// answers and misbehaviour go out as values; time and dice are arguments. Includes base/ and wire/ only and shares
// no code with the channels, so that a misunderstanding is not made twice.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "base/random.h"
#include "wire/request.h"

namespace carillon::sandbox {

// What comes back over the wire, or does not.
struct Answer {
  wire::Response response;
  enum class Fate : uint8_t {
    given,       // the response arrives
    lost,        // the request was worked on, the connection closes without an answer
    ignored,     // the connection closes before the request was worked on (the caller cannot tell)
    hung,        // nothing ever comes
  } fate = Fate::given;
  Duration delay{0};
};

// One accepted effect: what a person on that network would see. The oracle of drill and simulator.
struct Effect {
  std::string network, account;   // external id of the identity that spoke
  std::string external_id, url;
  std::string text;               // as the network shows it
  std::string reply_to;
  size_t media = 0;
  Instant at;
};

// A fault on demand. Matches requests of a network ("" = every one) whose path contains `path`.
struct FaultOrder {
  int64_t id = 0;
  std::string network, path;
  std::string kind;               // "rate_limit", "rate_limit_silent", "error_after_accept", "error_before",
                                  // "lose_answer", "lose_request", "hang", "expire_tokens", "garbage", "html"
  int64_t times = 1;              // how many requests; -1: until removed
  uint32_t percent = 100;         // of the matching ones
};

class World {
 public:
  World(Random& random, std::string base_url);  // base_url: where its listener is, "http://127.0.0.1:8071"
  ~World();

  // Everything a browser or a program can ask: /x/…, /facebook/…, /mastodon/…, /telegram/… (API, consent pages,
  // feed pages), / (index), /control/… (faults, ledger). request.url may be a path.
  Answer handle(const wire::Request& request, Instant now);

  const std::vector<Effect>& ledger() const;
  void order(FaultOrder fault);
  void heal();                                   // removes all faults

  // Makes an identity without a browser, for tests and the simulator: gives its external id and credential
  // ("access", "refresh", …) as a person would get them by consenting.
  struct Person {
    std::string external_id, name, handle;
    std::vector<std::pair<std::string, std::string>> credential;
  };
  Person connect(std::string_view network, Instant now);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace carillon::sandbox

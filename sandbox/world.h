// The sandbox: every network simulated strictly, as one pure value with one door. Requests come in as values,
// answers and misbehaviour go out as values; time and dice are arguments. Includes base/ and wire/ only and
// shares no code with the channels, so that a misunderstanding is not made twice.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
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
    given,    // the response arrives
    lost,     // the request was worked on, the connection closes without an answer
    ignored,  // the connection closes before the request was worked on (the caller cannot tell)
    hung,     // nothing ever comes
  } fate = Fate::given;
  Duration delay{0};
};

// One accepted effect: what a person on that network would see. The oracle of drill and simulator.
struct Effect {
  std::string network, account;  // external id of the identity that spoke
  std::string external_id, url;
  std::string text;  // as the network shows it
  std::string reply_to;
  size_t media = 0;
  Instant at;
  bool deleted = false;  // taken down again; the entry stays
};

// A fault on demand. Matches API requests of a network ("" = every one) whose path ("/x/2/tweets") contains
// `path`. Feeds, consent pages and the control API never misbehave.
struct FaultOrder {
  int64_t id = 0;
  std::string network, path;
  // Before the network looks at it: "rate_limit", "rate_limit_silent" (no word about when), "error_before"
  // (503), "lose_request", "expire_tokens" (every access token given so far dies, then the request is
  // answered as usual). After it did its work: "error_after_accept" (500, 502 or 504), "lose_answer",
  // "garbage" (truncated JSON), "html", "empty" (200 without a body), "huge" (1 MB error text), "slow" (the
  // answer takes `seconds`), "drop_refresh" (a token answer without its refresh token). "hang": nothing ever
  // comes; whether the work was done is a toss. Later: "give_up" (what a network works on before it shows it is
  // taken, and never shown).
  std::string kind;
  int64_t times = 1;       // how many requests; -1: until removed
  uint32_t percent = 100;  // of the matching ones
  std::string method;      // "POST"; "": any
  int64_t seconds = 0;     // of a limit or a slow answer; 0: the network's own habit
};

// An identity of a network with a credential, as a person gets it by consenting.
struct Person {
  std::string external_id, name, handle;
  std::vector<std::pair<std::string, std::string>> credential;  // "access", "refresh", "client_id", …
};

// What the world went through, for oracles and tests.
struct Counters {
  uint64_t requests = 0;   // API requests that reached a network
  uint64_t throttled = 0;  // answered 429 or its like by the network's own limits
  uint64_t storms = 0;     // of these, sent although the answer before already said when to come back
};

// What a network finds at an address that it was given: a file of which it sees the beginning.
struct Fetched {
  int status = 0;         // 0: nobody answered
  std::string type;       // Content-Type as sent
  std::string beginning;  // the first megabyte, or all of it
  uint64_t size = 0;      // of the whole file
};
using Fetch = std::function<Fetched(const std::string& url)>;

class World {
 public:
  World(Random& random, std::string base_url);  // base_url: where its listener is, "http://127.0.0.1:8071"
  ~World();

  // Everything a browser or a program can ask: /x/…, /facebook/…, /mastodon/…, /telegram/… (API, consent
  // pages, feed pages), / (index), /control/… (faults, ledger). request.url may be a path.
  Answer handle(const wire::Request& request, Instant now);

  const std::vector<Effect>& ledger() const;
  // Takes the order and gives its id; 0: there is no such kind.
  int64_t order(FaultOrder fault);
  void heal();  // removes all faults
  const Counters& counters() const;
  // How the networks fetch media from the addresses that they are given. Without it they believe that there is what
  // the request says.
  void on_fetch(Fetch fetch);

  // Makes an identity without a browser, for tests and the simulator: gives its external id and credential
  // ("access", "refresh", …) as a person would get them by consenting. Each call gives another identity; with
  // an external id, a fresh credential for that one (a reconnect). `network` must be one of networks().
  using Person = sandbox::Person;
  Person connect(std::string_view network, Instant now, std::string_view external_id = {});
  Person connect_number(std::string_view network, Instant now, size_t index);  // the first is 0
  static const std::vector<std::string_view>& networks();
  std::vector<Person> people(std::string_view network);  // who is there, without credentials

  // Durability: `hook` sees each effect (and each deletion, as the effect with `deleted`) before the answer
  // is given. restore() takes them back in that order after a restart. Tokens outlive a restart by
  // themselves: they are signed. What does not: media bytes, unfinished uploads, consent codes, idempotency
  // keys.
  void on_accept(std::function<void(const Effect&)> hook);
  void restore(Effect effect);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace carillon::sandbox

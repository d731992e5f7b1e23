// What the networks have in common towards the World: a door for programs, a door for people, and a way
// to make identities. `Ground` is what they all stand on.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "sandbox/call.h"
#include "sandbox/faults.h"
#include "sandbox/grants.h"
#include "sandbox/ledger.h"
#include "sandbox/meter.h"
#include "sandbox/oauth.h"
#include "sandbox/shelf.h"
#include "sandbox/world.h"

namespace carillon::sandbox {

struct Ground {
  Random& random;
  Ledger& ledger;
  Counters& counters;
  Faults& faults;
  std::string base_url;  // without a slash at the end
  Fetch fetch;           // for networks that fetch media; none: what is at an address is believed
};

// Somebody who has an account everywhere: the same few characters, so that a person recognises them.
struct Character {
  std::string name, handle;
};
Character character(size_t index);
// A number that grows with time and never repeats, as the networks number their posts.
class Snowflake {
 public:
  explicit Snowflake(int64_t epoch_ms, int shift) : epoch_ms_(epoch_ms), shift_(shift) {}
  std::string next(Instant now);
  void seen(std::string_view id);

 private:
  int64_t epoch_ms_, last_ = 0;
  int shift_;
};

// A card on a feed page.
struct Card {
  const Post* post = nullptr;
  std::string name, handle;
};

class Network {
 public:
  Network(Ground& ground, std::string_view name, std::string_view token_prefix)
      : ground_(ground), name_(name), grants_(ground.random, name, token_prefix) {}
  virtual ~Network() = default;

  // For people: consent pages. none: this request is not for people.
  virtual std::optional<wire::Response> consent(const Call& call) = 0;
  // For programs.
  virtual wire::Response serve(const Call& call) = 0;
  // How a limit that is none of its own (a fault) looks here.
  virtual wire::Response throttled(const Call& call, Duration wait, bool silent) = 0;
  virtual wire::Response unavailable(const Call& call) = 0;
  virtual void expire(Instant now) { grants_.expire_all(now); }
  void keep_refresh(bool keep) {
    keep_refresh_ = keep;
  }  // a refresh gives no new refresh token and uses none up
  virtual Person person(size_t index) const = 0;          // without a credential
  virtual Person connect(size_t index, Instant now) = 0;  // with a fresh one
  virtual std::optional<size_t> index_of(std::string_view external_id) const = 0;
  virtual Character speaker(const Post& post) const { return character(post.person); }
  // What was accepted before a restart.
  virtual void adopt(const Effect& effect) = 0;
  virtual std::string shelf_id(const Effect& effect) const { return effect.external_id; }
  // The post that people see at this address, if it is one's own page.
  virtual const Post* shown_at(const Call& call) = 0;
  void forget(const Effect& effect);
  virtual void settle(Instant) {}  // what became due by itself: scheduled posts

  std::string_view name() const { return name_; }
  std::string base() const { return ground_.base_url + "/" + name_; }
  Shelf& shelf() { return shelf_; }
  Gallery& gallery() { return gallery_; }
  size_t next_index() { return connected_++; }
  size_t connected() const { return connected_; }

 protected:
  // To the ledger, under the id that the network gave out: the post's own unless another is named.
  void record(const Post& post, std::string_view account, std::string_view external_id = {});
  Reading meter(const std::string& key, int64_t limit, Duration window, Instant now);
  void count(const Reading& reading);
  bool gives_up(const Call& call) { return ground_.faults.gives_up(name_, call.method(), call.path); }

  Ground& ground_;
  std::string name_;
  Grants grants_;
  Codes codes_;
  Shelf shelf_;
  Gallery gallery_;
  Meter meter_;
  bool keep_refresh_ = false;

 private:
  size_t connected_ = 0;
};

}  // namespace carillon::sandbox

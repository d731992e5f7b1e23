// Tokens: who may do what, as whom, until when. A token is signed text that says so by itself, so it survives
// a restart of the sandbox; what only memory knows (revoked, used up) does not. Knows no network's rules.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/instant.h"
#include "base/random.h"

namespace carillon::sandbox {

struct Grant {
  std::string kind;    // "access", "refresh", "user", "page", "app"
  size_t person = 0;   // index of the identity it speaks for
  std::string client;  // whom it was given to
  std::string scopes;  // separated by one space
  Instant issued;
  Instant expires = Instant::never();
  enum class State : uint8_t { alive, expired, revoked } state = State::alive;

  bool allows(std::string_view scope) const;
  bool usable(Instant now) const { return state == State::alive && now < expires; }
};

class Grants {
 public:
  // `prefix` in front of each token, as the network's look; `key` is the network's name.
  Grants(Random& random, std::string_view key, std::string_view prefix);

  std::string issue(Grant grant);
  // The grant behind a token, whatever its state; none: never given here.
  Grant* find(std::string_view token);
  // All access given up to now has run out (refresh tokens live on).
  void expire_all(Instant now);
  void revoke(std::string_view token);
  template <class Which>
  void revoke_where(Which which) {
    for (auto& [token, grant] : grants_)
      if (which(grant)) grant.state = Grant::State::revoked;
  }

 private:
  std::optional<Grant> revive(std::string_view token) const;

  Random& random_;
  std::string key_, prefix_;
  std::unordered_map<std::string, Grant> grants_;
  Instant wiped_{INT64_MIN};
};

// Text that only this sandbox can have written: "payload.signature". For ids that must survive a restart.
std::string stamped(std::string_view purpose, std::string_view payload);
bool is_stamped(std::string_view purpose, std::string_view text);

std::vector<std::string> split(std::string_view text, std::string_view separators);
std::string join(const std::vector<std::string>& words, std::string_view between);

}  // namespace carillon::sandbox

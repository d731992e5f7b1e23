// The renewal of an account's credential: what to ask of the network, what the answer means, when the next
// one may begin. Decides everything, does nothing: the server's refresher and the simulator carry it out, one
// at a time per account. Refuses to know what a token looks like (channels/auth.h) and how it is stored.
// Pure.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "channels/registry.h"
#include "model/account.h"
#include "wire/request.h"

namespace carillon::delivery {

// A credential as it was read, and whose it is.
struct Grant {
  Account account;
  channels::Credential credential;
  const channels::Auth* auth = nullptr;
};

// To be stored before anybody uses it: the network may have thrown the old one away.
struct Renewed {
  channels::Credential credential;
  std::optional<Instant> expires;
  std::vector<std::string> scopes;  // granted; empty: not said
};
// Definitely refused: the account waits for a person.
struct GivenUp {
  Fault fault;
};
// Nothing is known that was not known before: the account stays as it is.
struct Unchanged {
  Fault fault;
};

// What Renewed and GivenUp say is true of the credential that was read: they are stored only while the
// account still has that one. Meanwhile a person may have disconnected it, or connected it again.
using RenewalMove = std::variant<wire::Request, Renewed, GivenUp, Unchanged>;

RenewalMove begin_renewal(const Grant& grant);
RenewalMove renewal_answered(const Grant& grant, const wire::Response& response, Instant now);
RenewalMove renewal_unanswered(const std::string& why);

// Without being asked: a refused credential, and one near its end, as early as its network wants it.
bool is_time_to_renew(const Account& account, const channels::Registry& channels, Instant now);

// How often: each renewal, whatever came of it, makes the wait for the next one longer, until ten minutes go
// by in which one could have begun and none did. Belongs to one owner.
class RenewalPace {
 public:
  explicit RenewalPace(Random& random) : random_(random) {}
  void ended(AccountId account, std::optional<Duration> retry_after, Instant now);
  Instant next(AccountId account, Instant now) const;  // when one may begin; `now`: at once

 private:
  struct Last {
    uint32_t in_a_row = 0;
    Instant ended, next;
  };
  Random& random_;
  std::unordered_map<AccountId, Last> last_;
};

}  // namespace carillon::delivery

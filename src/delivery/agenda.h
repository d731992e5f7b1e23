// Which queue has to be looked at, and when. A queue is one line of one account; it is either asleep (nothing
// due is known), in the agenda under a wake-up time, blocked (its account has no free slot) or being read.
// Exactly one of these, so a wake-up is never lost. Refuses to know why. One thread.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/id.h"
#include "base/instant.h"
#include "model/delivery.h"

namespace carillon::delivery {

struct QueueKey {
  AccountId account;
  Line line;
  auto operator<=>(const QueueKey&) const = default;
};

class Agenda {
 public:
  // A row of this queue is due at `due`. While the queue is being read the earliest of these is kept.
  void expect(const QueueKey& key, Instant due);
  // The next queue whose time has come; it counts as being read until put() or block().
  std::optional<QueueKey> pick(Instant now);
  void put(const QueueKey& key,
           std::optional<Instant> next);         // read: look again then, or when something is expected
  void block(const QueueKey& key, Instant due);  // no free slot: waits for unblock()
  void unblock(AccountId account);
  std::optional<Instant> wake_at() const;

 private:
  struct Queue {
    enum class State : uint8_t { asleep, listed, reading, blocked } state = State::asleep;
    Instant at;                    // listed: under this time; blocked: due since
    std::optional<Instant> heard;  // expected while being read
  };
  void list(const QueueKey& key, Queue& queue, Instant at);
  Queue& queue(const QueueKey& key);

  struct Lines {
    std::array<Queue, 3> line;
  };
  std::unordered_map<AccountId, Lines> accounts_;
  std::set<std::pair<Instant, QueueKey>> listed_;
};

}  // namespace carillon::delivery

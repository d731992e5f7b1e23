#include "delivery/agenda.h"

#include <algorithm>

namespace carillon::delivery {

Agenda::Queue& Agenda::queue(const QueueKey& key) {
  return accounts_[key.account].line[static_cast<size_t>(key.line)];
}

void Agenda::list(const QueueKey& key, Queue& queue, Instant at) {
  if (queue.state == Queue::State::listed) listed_.erase({queue.at, key});
  queue.state = Queue::State::listed;
  queue.at = at;
  listed_.insert({at, key});
}

void Agenda::expect(const QueueKey& key, Instant due) {
  Queue& q = queue(key);
  switch (q.state) {
    case Queue::State::asleep: list(key, q, due); break;
    case Queue::State::listed:
      if (due < q.at) list(key, q, due);
      break;
    case Queue::State::reading: q.heard = q.heard ? std::min(*q.heard, due) : due; break;
    case Queue::State::blocked: q.at = std::min(q.at, due); break;
  }
}

std::optional<QueueKey> Agenda::pick(Instant now) {
  if (listed_.empty() || listed_.begin()->first > now) return std::nullopt;
  const QueueKey key = listed_.begin()->second;
  listed_.erase(listed_.begin());
  queue(key).state = Queue::State::reading;
  return key;
}

void Agenda::put(const QueueKey& key, std::optional<Instant> next) {
  Queue& q = queue(key);
  const auto heard = std::exchange(q.heard, std::nullopt);
  q.state = Queue::State::asleep;
  if (next) list(key, q, *next);
  if (heard) expect(key, *heard);
}

void Agenda::block(const QueueKey& key, Instant due) {
  Queue& q = queue(key);
  const auto heard = std::exchange(q.heard, std::nullopt);
  q.state = Queue::State::blocked;
  q.at = heard ? std::min(*heard, due) : due;
}

void Agenda::unblock(AccountId account) {
  const auto found = accounts_.find(account);
  if (found == accounts_.end()) return;
  for (size_t i = 0; i < found->second.line.size(); ++i) {
    Queue& q = found->second.line[i];
    if (q.state == Queue::State::blocked) list({account, static_cast<Line>(i)}, q, q.at);
  }
}

std::optional<Instant> Agenda::wake_at() const {
  return listed_.empty() ? std::nullopt : std::optional(listed_.begin()->first);
}

}  // namespace carillon::delivery

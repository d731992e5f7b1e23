// The threads behind a store. The writer takes everything that waits and makes it one durable transaction
// (group commit); readers each have a connection and give snapshots. Thread-safe.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/store.h"

namespace carillon::store {

struct Job {
  Store::Work work;
  Store::After after;
  Store::Fate fate = Store::Fate::own;
  std::exception_ptr error = nullptr;
};

// Works wait here for a thread.
class Inbox {
 public:
  void add(Job job);
  // Waits. At most `most` of them, in order; empty when stopped, or when nothing came for `patience`.
  std::vector<Job> take(size_t most, std::chrono::milliseconds patience);
  void stop();
  bool stopped();

 private:
  std::mutex mutex_;
  std::condition_variable come_;
  std::vector<Job> jobs_;
  size_t first_ = 0;  // of jobs_ that was not taken
  bool stopped_ = false;
};

class Writer {
 public:
  explicit Writer(std::unique_ptr<Connection> connection);
  ~Writer();  // finishes what is queued

  void add(Job job) { inbox_.add(std::move(job)); }

 private:
  void live();
  void commit(std::vector<Job>& group);
  void rest(bool idle);

  std::unique_ptr<Connection> connection_;
  Inbox inbox_;
  bool more_to_rest_ = false;
  std::thread thread_;
};

class Readers {
 public:
  explicit Readers(std::vector<std::unique_ptr<Connection>> connections);
  ~Readers();

  void add(Job job) { inbox_.add(std::move(job)); }

 private:
  void live(Connection& connection);

  std::vector<std::unique_ptr<Connection>> connections_;
  Inbox inbox_;
  std::vector<std::thread> threads_;
};

}  // namespace carillon::store

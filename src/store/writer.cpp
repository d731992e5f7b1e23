#include "store/writer.h"

#include "store/transaction.h"

namespace carillon::store {
namespace {

constexpr size_t largest_group = 512;                         // works in one transaction
constexpr auto until_idle = std::chrono::milliseconds(1000);  // then the log is emptied
constexpr auto for_ever = std::chrono::milliseconds(3'600'000);

// Runs one work of a group. In its savepoint, what it throws takes back only itself. Works are not run again
// after a deadlock: they may have given away what they hold.
void run_one(Connection& connection, Job& job) {
  if (job.fate == Store::Fate::shared) {
    Unit unit(connection);
    return job.work(unit);
  }
  try {
    Savepoint savepoint(connection);
    Unit unit(connection);
    job.work(unit);
    savepoint.keep();
  } catch (...) {
    job.error = std::current_exception();
    if (!connection.in_transaction()) throw;  // it took the whole group with it
  }
}

void fail_all(std::vector<Job>& group, const std::exception_ptr& error) {
  for (Job& job : group) {
    if (!job.error) job.error = error;
  }
}

void tell_all(std::vector<Job>& group) noexcept {
  for (Job& job : group) {
    if (job.after) job.after(job.error);
  }
}

// True when there is more to do. What fails here loses nothing: a log that was not emptied keeps everything,
// a connection that is gone is made again, and the next transaction says what is wrong.
bool look_after(Connection& connection, bool idle) {
  try {
    return connection.upkeep(idle);
  } catch (const StoreError&) {
    return true;
  }
}

}  // namespace

void Inbox::add(Job job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  come_.notify_one();
}

std::vector<Job> Inbox::take(size_t most, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  come_.wait_for(lock, patience, [&] { return first_ < jobs_.size() || stopped_; });
  std::vector<Job> taken;
  if (first_ == 0 && jobs_.size() <= most) {
    taken.swap(jobs_);
    return taken;
  }
  for (; first_ < jobs_.size() && taken.size() < most; ++first_) taken.push_back(std::move(jobs_[first_]));
  if (first_ == jobs_.size()) jobs_.clear(), first_ = 0;
  return taken;
}

void Inbox::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  come_.notify_all();
}

bool Inbox::stopped() {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

Writer::Writer(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)), thread_([this] { live(); }) {}

Writer::~Writer() {
  inbox_.stop();
  thread_.join();
}

void Writer::live() {
  for (;;) {
    std::vector<Job> group = inbox_.take(largest_group, more_to_rest_ ? until_idle : for_ever);
    if (group.empty() && inbox_.stopped()) break;
    if (!group.empty()) commit(group);
    rest(group.empty());
  }
  rest(true);
}

void Writer::commit(std::vector<Job>& group) {
  try {
    Transaction transaction(*connection_);
    if (group.size() == 1) {  // alone: the transaction is its savepoint
      Unit unit(*connection_);
      group.front().work(unit);
    } else {
      for (Job& job : group) run_one(*connection_, job);
    }
    transaction.commit();
  } catch (...) {
    fail_all(group, std::current_exception());
  }
  tell_all(group);
}

void Writer::rest(bool idle) {
  more_to_rest_ = look_after(*connection_, idle);
}

Readers::Readers(std::vector<std::unique_ptr<Connection>> connections)
    : connections_(std::move(connections)) {
  for (const auto& connection : connections_) {
    threads_.emplace_back([this, reader = connection.get()] { live(*reader); });
  }
}

Readers::~Readers() {
  inbox_.stop();
  for (std::thread& thread : threads_) thread.join();
}

void Readers::live(Connection& connection) {
  for (;;) {
    std::vector<Job> jobs = inbox_.take(1, for_ever);
    if (jobs.empty() && inbox_.stopped()) return;
    for (Job& job : jobs) {
      try {
        Transaction transaction(connection, Transaction::Kind::read);
        Unit unit(connection);
        job.work(unit);
        transaction.commit();
      } catch (...) {
        job.error = std::current_exception();
      }
    }
    tell_all(jobs);
    if (!connection.in_transaction()) (void)look_after(connection, false);
  }
}

}  // namespace carillon::store

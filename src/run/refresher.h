// Refreshes credentials: one request at a time per account, the new pair stored before anybody uses it. A
// definite refusal holds the account and tells a person; anything unclear leaves it as it is and comes back
// later. Refuses to know what a token looks like (channels/auth.h). Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "channels/registry.h"
#include "run/log.h"
#include "run/pump.h"
#include "run/vault.h"

namespace carillon::run {

struct RefresherWiring {
  store::Store& store;
  const channels::Registry& channels;
  const Keyring& keyring;
  Log& log;
  Transport transport;
  std::function<void(const Account&)> changed;  // the account as it is now; any thread
};

class Refresher {
 public:
  using Done = std::move_only_function<void(Result<void>)>;

  explicit Refresher(RefresherWiring wiring) : wiring_(std::move(wiring)) {}

  // Starts a refresh or joins the one under way. Fault: unauthorized, unavailable, closed (cannot be
  // refreshed).
  void refresh(WorkspaceId workspace, AccountId account, Done done);
  // Called every few seconds: what expires soon, and what an earlier refresh left unclear.
  void tend(Instant now);

 private:
  struct Job {
    Account account;
    Credential credential;
    const channels::Auth* auth = nullptr;
  };
  bool is_time_for(const Account& account, Instant now);
  void begin(std::shared_ptr<Job> job, WorkspaceId workspace, AccountId account);
  void ask(std::shared_ptr<Job> job);
  void read(std::shared_ptr<Job> job, const net::Outcome& outcome);
  void keep(std::shared_ptr<Job> job, channels::Tokens tokens);
  void give_up(std::shared_ptr<Job> job, const Fault& fault);
  void finish(AccountId account, const Result<void>& result);
  void tell_changed(WorkspaceId workspace, AccountId account);

  RefresherWiring wiring_;
  SystemRandom random_;
  std::mutex mutex_;
  std::unordered_map<AccountId, std::vector<Done>> under_way_;
  std::unordered_map<AccountId, Instant> tried_;  // when tend() last began one
};

}  // namespace carillon::run

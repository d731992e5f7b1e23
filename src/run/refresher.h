// Refreshes credentials: carries out what delivery/renewal.h decides, one at a time per account, and stores a
// new pair before anybody uses it. What has come stays in hand until it is stored, and changes nothing when
// the account was disconnected or connected again meanwhile. Refuses to know what a token looks like.
// Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "delivery/renewal.h"
#include "run/clock.h"
#include "run/log.h"
#include "run/pump.h"

namespace carillon::run {

struct RefresherWiring {
  store::Store& store;
  const channels::Registry& channels;
  const Keyring& keyring;
  Log& log;
  Transport transport;
  std::function<void(const Account&)> changed;  // the account as it is now; any thread
  std::function<Instant()> now = wall_clock;
};

class Refresher {
 public:
  using Done = std::move_only_function<void(Result<void>)>;

  explicit Refresher(RefresherWiring wiring) : wiring_(std::move(wiring)) {}

  // Starts a refresh or joins the one under way. When nobody waits for it (no `done`) the pace decides
  // whether it starts now or tend() starts it. Fault: unauthorized, unavailable, closed (it cannot be
  // refreshed, or was changed meanwhile).
  void refresh(WorkspaceId workspace, AccountId account, Done done);
  // Called every few seconds: what is not stored yet, what expires soon, what an earlier refresh left
  // unclear.
  void tend(Instant now);

 private:
  struct Job {
    std::string sealed;  // what is refreshed, as it was read; empty: there is none
    delivery::Grant grant;
  };
  // What has come of it, until it is stored.
  struct Verdict {
    std::function<bool(store::Unit&)> write;  // false: it is not about this account any more
    Result<void> result;
  };
  void begin(WorkspaceId workspace, AccountId account);
  delivery::RenewalMove first_move(Job& job);
  void go_on(std::shared_ptr<Job> job, delivery::RenewalMove move);
  void ask(std::shared_ptr<Job> job, wire::Request request);
  Verdict renewed(const Job& job, const delivery::Renewed& fresh);
  Verdict given_up(const Job& job, const Fault& fault);
  void settle(const Account& account, const Verdict& verdict);
  void put_off(const Account& account, const Verdict& verdict);
  void tell(const Account& account, const Result<void>& result);
  void finish(AccountId account, const Result<void>& result);

  RefresherWiring wiring_;
  SystemRandom random_;
  std::mutex mutex_;
  std::unordered_map<AccountId, std::vector<Done>> under_way_;
  delivery::RenewalPace pace_{random_};
  std::vector<std::function<void()>> unstored_;  // each tries again
};

}  // namespace carillon::run

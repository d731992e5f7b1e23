#include "run/pump.h"

#include <fmt/format.h>

#include "media/stored_name.h"
#include "run/clock.h"
#include "store/accounts.h"

namespace carillon::run {
namespace {

constexpr Duration office_lasts = 15s;
constexpr Duration office_renewal = 5s;
constexpr Duration clock_tolerance = 2s;  // a difference above this between wall and real time is a jump
constexpr Duration store_retry = 250ms;

}  // namespace

Pump::Pump(PumpWiring wiring, delivery::Policy policy)
    : wiring_(std::move(wiring)), engine_(wiring_.channels, random_, std::move(policy)) {}

Pump::~Pump() {
  stop(0s);
}

Result<void> Pump::start(const std::string& holder) {
  const Instant now = wall_clock();
  Result<store::Tenure> tenure = refuse({});
  std::vector<delivery::Ticket> open;
  Duration moved{0};
  wiring_.store.write_now([&](store::Unit& unit) {
    store::Journal journal(unit);
    tenure = journal.take_office(holder, office_lasts, now);
    if (!tenure) return;
    for (const Account& account : journal.accounts()) engine_.know(account);
    for (const LaneState& lane : journal.lanes()) engine_.know(lane);
    for (const auto& head : journal.queues())
      engine_.expect(head.workspace, head.account, head.line, head.due);
    engine_.hold_all(journal.held());
    moved = journal.note_clock(boot_id(), Duration(now.us) - boot_clock());
    if (std::chrono::abs(moved) >= clock_tolerance) journal.keep(engine_.clock_moved(moved));
    open = journal.open_attempts();
  });
  if (!tenure) return refuse(tenure.error());
  tenure_ = *tenure;
  if (std::chrono::abs(moved) >= clock_tolerance) tell_of_jump(moved);
  last_wall_ = now;
  last_boot_ = office_renewed_ = boot_clock();
  office_until_us_ = (office_renewed_ + office_lasts).count();
  const size_t recovered = open.size();
  if (recovered > 0)
    wiring_.log.info("pump.recovered", "Answers were lost when the last server stopped",
                     {{"attempts", recovered}});
  post([this, open = std::move(open)](Instant at) mutable { return engine_.recover(std::move(open), at); });
  thread_ = std::thread([this] {
    try {
      loop();
    } catch (const std::exception& broken) {
      wiring_.log.error("pump.broken", broken.what());
      throw;  // ends the server: every intent is durable, and the next start settles what was open
    }
  });
  return {};
}

void Pump::stop(Duration patience) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) give_up_ = monotonic_clock() + patience;
    stopping_ = true;
  }
  post([](Instant) { return delivery::Effects{}; });  // the loop may be asleep until its next errand
  if (thread_.joinable()) thread_.join();
}

void Pump::expect(WorkspaceId workspace, AccountId account, Line line, Instant due) {
  post([=, this](Instant) {
    engine_.expect(workspace, account, line, due);
    return delivery::Effects{};
  });
}

void Pump::know(const Account& account) {
  wiring_.vault.forget(account.id);
  post([this, account](Instant) {
    engine_.know(account);
    return delivery::Effects{};
  });
}

void Pump::hold_all(bool held) {
  post([=, this](Instant) {
    engine_.hold_all(held);
    return delivery::Effects{};
  });
}

void Pump::post(Work work) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = inbox_.empty();
    inbox_.push_back(std::move(work));
  }
  if (first) wake_.notify_one();
}

void Pump::later(Duration span, Work work) {
  delayed_.emplace(monotonic_clock() + span, std::move(work));
}

void Pump::loop() {
  while (!drained()) {
    std::vector<Work> work = wait_for_work();
    const Instant now = wall_clock();
    watch_the_clock(now);
    for (Work& item : work) carry_out(item(now));
    while (!delayed_.empty() && delayed_.begin()->first <= monotonic_clock()) {
      Work item = std::move(delayed_.extract(delayed_.begin()).mapped());
      carry_out(item(now));
    }
    if (!stopping_) {
      delivery::Effects begun;
      for (const delivery::Claim& claim : engine_.claims(now, begun)) read(claim, now);
      carry_out(std::move(begun));
    }
    keep_office();
    in_hand_.store(engine_.in_hand(), std::memory_order_relaxed);
  }
}

std::vector<Pump::Work> Pump::wait_for_work() {
  Duration until = monotonic_clock() + office_renewal;
  if (const auto wake = engine_.wake_at(); wake && !stopping_) {
    until = std::min(until, monotonic_clock() + std::max(Duration(0), *wake - wall_clock()));
  }
  if (!delayed_.empty()) until = std::min(until, delayed_.begin()->first);
  std::unique_lock lock(mutex_);
  if (stopping_) until = std::min(until, monotonic_clock() + 100ms);
  const std::chrono::steady_clock::time_point deadline{
      std::chrono::duration_cast<std::chrono::nanoseconds>(until)};
  wake_.wait_until(lock, deadline, [this] { return !inbox_.empty(); });
  return std::exchange(inbox_, {});
}

// Lanes live in wall time; when the wall clock jumps they have to move with it, or a limit would be broken.
void Pump::watch_the_clock(Instant now) {
  const Duration boot = boot_clock();
  const Duration jump = (now - last_wall_) - (boot - last_boot_);
  last_wall_ = now;
  last_boot_ = boot;
  if (std::chrono::abs(jump) < clock_tolerance) return;
  const Duration offset = Duration(now.us) - boot;
  auto keep = [offset, lanes = engine_.clock_moved(jump)](store::Unit& unit) {
    store::Journal journal(unit);
    journal.note_clock(boot_id(), offset);
    journal.keep(lanes);
  };
  wiring_.store.write(std::move(keep), [](std::exception_ptr) {});
  tell_of_jump(jump);
}

void Pump::tell_of_jump(Duration by) {
  wiring_.log.warning("clock.jumped", "The system clock jumped; limits moved with it",
                      {{"by_us", by.count()}});
}

void Pump::carry_out(delivery::Effects effects) {
  for (delivery::Effect& effect : effects) {
    if (auto* decision = std::get_if<delivery::Save>(&effect)) {
      save(std::make_shared<delivery::Save>(std::move(*decision)));
    } else if (auto* request = std::get_if<delivery::Transmit>(&effect)) {
      transmit(std::move(*request));
    } else {
      const auto& refresh = std::get<delivery::Refresh>(effect);
      wiring_.refresh(refresh.workspace, refresh.account);
    }
  }
}

// A save that the store could not take is offered again until it can: what it says has happened.
void Pump::save(std::shared_ptr<delivery::Save> save) {
  struct Outcome {
    std::optional<delivery::Saved> how;  // none: out of office
    std::optional<Account> account;      // as it is, when the engine seems to know an older one
  };
  auto outcome = std::make_shared<Outcome>();
  auto work = [this, save, outcome](store::Unit& unit) {
    const Delivery& d = save->delivery;
    *outcome =
        {};  // nothing of it is written out of office, and the rest of its group is not to suffer for it
    try {
      outcome->how = store::Journal(unit).apply(*save, tenure_, wall_clock());
    } catch (const store::OutOfOffice&) {
      return;
    }
    if (outcome->how == delivery::Saved::intent_refused)
      outcome->account = store::Accounts(unit).find(d.workspace, d.account);
  };
  auto after = [this, save, outcome](std::exception_ptr broken) {
    if (!broken && !outcome->how) return wiring_.out_of_office();
    if (!broken) {
      if (outcome->how == delivery::Saved::applied) wiring_.changed(*save);
      return post([this, id = save->id, outcome](Instant now) {
        if (outcome->account) engine_.know(*outcome->account);
        return engine_.saved(id, *outcome->how, now);
      });
    }
    try {
      std::rethrow_exception(broken);
    } catch (const std::exception& error) {
      wiring_.log.error("store.refused", error.what(), {{"delivery_id", save->delivery.id}});
      post([this, save](Instant) {
        later(store_retry, [this, save](Instant) {
          this->save(save);
          return delivery::Effects{};
        });
        return delivery::Effects{};
      });
    }
  };
  wiring_.store.write(std::move(work), std::move(after), store::Store::Fate::shared);
}

// What a request carries is here before it leaves, and stays until it is answered.
void Pump::transmit(delivery::Transmit transmit) {
  const bool elsewhere = wiring_.depot != nullptr && wiring_.depot->has_bucket();
  std::vector<std::string> names;
  for (const MediaId media : elsewhere ? wire::media_in(transmit.request) : std::vector<MediaId>{})
    names.push_back(media::stored_name(media));
  if (names.empty()) return let_leave(std::move(transmit), nullptr);
  auto brought = [this, transmit = std::move(transmit)](Result<std::shared_ptr<Depot::Hold>> files) mutable {
    post([this, transmit = std::move(transmit), files = std::move(files)](Instant now) mutable {
      if (!files) return engine_.unsent(transmit.id, files.error(), now);
      let_leave(std::move(transmit), std::move(*files));
      return delivery::Effects{};
    });
  };
  wiring_.depot->bring(std::move(names), std::move(brought));
}

void Pump::let_leave(delivery::Transmit transmit, std::shared_ptr<Depot::Hold> files) {
  const auto refuse_it = [&](const std::string& why) {
    post([this, id = transmit.id, why](Instant now) { return engine_.refused(id, why, now); });
  };
  // A server that slept beyond its lease must not send: somebody else may be asking the networks already.
  if (boot_clock().count() >= office_until_us_) return refuse_it("this server's lease has run out");
  const Account* account = engine_.account(transmit.account);
  if (!account) return refuse_it("the account is gone");
  auto credential = wiring_.vault.open(*account);
  if (!credential) {
    return post([this, id = transmit.id, why = std::move(credential.error())](Instant now) {
      return engine_.unsent(id, why, now);
    });
  }
  wiring_.transport(std::move(transmit.request), std::move(*credential),
                    [this, id = transmit.id, files = std::move(files)](net::Outcome outcome) {
                      post([this, id, outcome = std::move(outcome)](Instant now) {
                        if (const auto* response = std::get_if<wire::Response>(&outcome))
                          return engine_.replied(id, *response, now);
                        if (const auto* unsent = std::get_if<net::NotSent>(&outcome))
                          return engine_.refused(id, unsent->why, now);
                        return engine_.lost(id, std::get<net::Lost>(outcome).why, now);
                      });
                    });
}

void Pump::read(const delivery::Claim& claim, Instant now) {
  ++reads_;
  auto rows = std::make_shared<store::DueRows>();
  auto work = [claim, now, rows](store::Unit& unit) { *rows = store::Journal(unit).due(claim, now); };
  auto after = [this, claim, rows](std::exception_ptr broken) {
    post([this, claim, rows, broken](Instant at) {
      --reads_;
      if (broken) return engine_.take(claim, {}, at + 1s, at);
      return engine_.take(claim, std::move(rows->tickets), rows->next, at);
    });
  };
  wiring_.store.read(std::move(work), std::move(after));
}

void Pump::keep_office() {
  if (boot_clock() - office_renewed_ < office_renewal) return;
  office_renewed_ = boot_clock();
  auto kept = std::make_shared<bool>(true);
  wiring_.store.write(
      [this, kept](store::Unit& unit) {
        *kept = store::Journal(unit).renew(tenure_, office_lasts, wall_clock());
      },
      [this, kept, until = office_renewed_ + office_lasts](std::exception_ptr broken) {
        if (broken) return;
        if (!*kept) return wiring_.out_of_office();
        office_until_us_ = until.count();
      });
}

bool Pump::drained() {
  if (!stopping_) return false;
  return (engine_.in_hand() == 0 && reads_ == 0) || monotonic_clock() >= give_up_;
}

}  // namespace carillon::run

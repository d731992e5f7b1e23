#include "proof/process.h"

#include <fmt/format.h>

#include "proof/oracle.h"
#include "store/accounts.h"

namespace carillon::proof {
namespace {

constexpr Duration office_lasts = 15s;

}  // namespace

Process::Process(Scene& scene, std::string holder)
    : scene_(scene),
      holder_(std::move(holder)),
      engine_dice_(scene.dice.next()),
      engine_(scene.channels, engine_dice_, delivery::Policy{}) {}

bool Process::start() {
  const Instant now = scene_.wall();
  std::vector<delivery::Ticket> open;
  const bool in_office = scene_.transact([&](store::Unit& unit) {
    store::Journal journal(unit);
    const auto tenure = journal.take_office(holder_, office_lasts, scene_.time.now());
    if (!tenure) return false;
    tenure_ = *tenure;
    for (const Account& account : journal.accounts()) {
      engine_.know(account);
      if (account.hold == Hold::refreshing) refreshing_[account.id] = false;
    }
    for (const LaneState& lane : journal.lanes()) engine_.know(lane);
    for (const auto& head : journal.queues())
      engine_.expect(head.workspace, head.account, head.line, head.due);
    open = journal.open_attempts();
    if (const Duration moved = journal.note_clock("this boot", scene_.skew); moved != Duration(0))
      journal.keep(engine_.clock_moved(moved));
    return true;
  });
  if (!in_office) return false;
  office_until_ = scene_.time.now() + office_lasts;
  scene_.epoch = tenure_.epoch;
  scene_.tell(fmt::format("the server starts as {} (epoch {}), {} answers are missing", holder_,
                          tenure_.epoch, open.size()));
  carry_out(engine_.recover(std::move(open), now));
  const auto unclear = refreshing_;
  for (const auto& [account, under_way] : unclear) refresh(account);
  renew();
  arm();
  return true;
}

void Process::die() {
  if (!alive_) return;
  alive_ = false;
  scene_.tell(fmt::format("the server {} dies", holder_));
  ++scene_.report.crashes;
  if (scene_.process == this) scene_.process = nullptr;
}

void Process::freeze(Duration span) {
  frozen_ = true;
  scene_.tell(fmt::format("the server {} freezes", holder_));
  scene_.time.in(span, [self = shared_from_this()] {
    self->frozen_ = false;
    if (!self->alive_) return;
    self->scene_.tell(fmt::format("the server {} wakes up", self->holder_));
    for (auto& what : std::exchange(self->held_back_, {}))
      self->soon(self->scene_.soon(20'000), std::move(what));
  });
}

void Process::soon(Duration span, std::function<void()> what) {
  scene_.time.in(span, [self = shared_from_this(), what = std::move(what)] {
    if (!self->alive_) return;
    if (self->frozen_) return self->held_back_.push_back(what);
    what();
  });
}

bool Process::may_crash() {
  if (scene_.healed || !scene_.troubles.crashes || !scene_.dice.chance(2)) return false;
  die();
  return true;
}

void Process::carry_out(delivery::Effects effects) {
  for (delivery::Effect& effect : effects) {
    if (const auto* save = std::get_if<delivery::Save>(&effect)) scene_.oracle->decided(*save);
    effects_.push_back(std::move(effect));
  }
  if (working_ || effects_.empty()) return;
  working_ = true;
  soon(scene_.soon(1500), [this] { work(); });
}

void Process::work() {
  working_ = false;
  if (effects_.empty() || may_crash()) return;
  const delivery::Effect effect = std::move(effects_.front());
  effects_.pop_front();
  if (const auto* decision = std::get_if<delivery::Save>(&effect))
    save(*decision);
  else if (const auto* request = std::get_if<delivery::Transmit>(&effect))
    transmit(*request);
  else
    refresh(std::get<delivery::Refresh>(effect).account);
  if (alive_) carry_out({});
  arm();
}

void Process::save(const delivery::Save& save) {
  delivery::Saved how{};
  try {
    how = scene_.transact(
        [&](store::Unit& unit) { return store::Journal(unit).apply(save, tenure_, scene_.wall()); });
  } catch (const store::OutOfOffice&) {
    scene_.tell(fmt::format("the server {} is no longer in office", holder_));
    return die();
  }
  scene_.oracle->saved(save, how, tenure_);
  if (may_crash()) return;
  soon(scene_.soon(300), [this, id = save.id, how] {
    carry_out(engine_.saved(id, how, scene_.wall()));
    arm();
  });
}

void Process::transmit(const delivery::Transmit& transmit) {
  if (scene_.time.now() >= office_until_) {  // the lease ran out while it slept: nothing may leave
    return heard(transmit.id, net::NotSent{"not in office"});
  }
  scene_.oracle->leaves(transmit);
  const auto sealed = scene_.transact([&](store::Unit& unit) {
    return store::Accounts(unit).credential(scene_.workspace, transmit.account);
  });
  if (!sealed) return heard(transmit.id, net::NotSent{"no credential"});
  auto done = [self = shared_from_this(), id = transmit.id](const net::Outcome& outcome) {
    self->scene_.oracle->look_at_ledger();
    if (!self->alive_) return;
    if (self->frozen_) return self->held_back_.push_back([self, id, outcome] { self->heard(id, outcome); });
    self->heard(id, outcome);
  };
  send(scene_, transmit.request, credential_from(*sealed), std::move(done));
}

void Process::heard(delivery::EffectId id, const net::Outcome& outcome) {
  if (may_crash()) return;
  const Instant now = scene_.wall();
  if (const auto* response = std::get_if<wire::Response>(&outcome)) {
    scene_.tell(fmt::format("  answer {} to request {}", response->status, id));
    carry_out(engine_.replied(id, *response, now));
  } else if (const auto* unsent = std::get_if<net::NotSent>(&outcome)) {
    scene_.tell(fmt::format("  request {} not sent: {}", id, unsent->why));
    carry_out(engine_.refused(id, unsent->why, now));
  } else {
    scene_.tell(fmt::format("  answer to request {} lost: {}", id, std::get<net::Lost>(outcome).why));
    carry_out(engine_.lost(id, std::get<net::Lost>(outcome).why, now));
  }
  arm();
}

// As run/refresher: one at a time per account, the new pair stored before it is used.
void Process::refresh(AccountId id) {
  const Instant now = scene_.wall();
  if (const Instant next = pace_.next(id, now); next > now)
    return soon(next - now, [this, id] { refresh(id); });
  if (std::exchange(refreshing_[id], true)) return;
  const auto what = std::make_shared<Renewing>();
  scene_.transact([&](store::Unit& unit) {
    store::Accounts accounts(unit);
    what->grant.account = *accounts.find(scene_.workspace, id);
    what->stored = accounts.credential(scene_.workspace, id).value_or("");
  });
  if (what->grant.account.hold != Hold::refreshing || what->stored.empty()) {
    refreshing_[id] = false;
    return;
  }
  what->grant.credential = credential_from(what->stored);
  what->grant.auth = scene_.channels.find(what->grant.account.network)->auth;
  renew(what, delivery::begin_renewal(what->grant));
}

void Process::renew(std::shared_ptr<Renewing> what, delivery::RenewalMove move) {
  const Account& account = what->grant.account;
  if (const auto* request = std::get_if<wire::Request>(&move)) {
    if (scene_.on_refresh) scene_.on_refresh(account.id);
    return send(scene_, *request, what->grant.credential,
                [self = shared_from_this(), what](const net::Outcome& outcome) {
                  self->soon(1us, [self, what, outcome] {
                    const auto* response = std::get_if<wire::Response>(&outcome);
                    self->renew(what, response ? delivery::renewal_answered(what->grant, *response,
                                                                            self->scene_.wall())
                                               : delivery::renewal_unanswered("it was lost"));
                  });
                });
  }
  refreshing_[account.id] = false;
  const auto* unclear = std::get_if<delivery::Unchanged>(&move);
  pace_.ended(account.id, unclear ? unclear->fault.retry_after : std::nullopt, scene_.wall());
  if (!unclear) return store_renewal(*what, move);
  scene_.tell(fmt::format("refresh of {} unclear, again later", account.handle));
  refresh(account.id);
}

void Process::store_renewal(const Renewing& what, const delivery::RenewalMove& move) {
  const Account& account = what.grant.account;
  const auto* fresh = std::get_if<delivery::Renewed>(&move);
  scene_.transact([&](store::Unit& unit) {
    store::Accounts accounts(unit);
    if (!fresh) {
      const std::string& why = std::get<delivery::GivenUp>(move).fault.text;
      return accounts.give_up(scene_.workspace, account.id, what.stored, why);
    }
    const store::Renewal renewal{.old = what.stored,
                                 .fresh = credential_text(fresh->credential),
                                 .expires = std::nullopt,  // it ends when the network says so
                                 .scopes = {}};
    return accounts.renew(scene_.workspace, account.id, renewal, scene_.wall());
  });
  scene_.tell(fmt::format("{}: {}", account.handle,
                          fresh ? "refreshed" : "the refresh was refused, a person must reconnect"));
  account_changed(account.id);
}

void Process::expect(AccountId account, Line line, Instant due) {
  engine_.expect(scene_.workspace, account, line, due);
  arm();
}

void Process::account_changed(AccountId id) {
  const auto account =
      scene_.transact([&](store::Unit& unit) { return store::Accounts(unit).find(scene_.workspace, id); });
  engine_.know(*account);
  if (account->hold == Hold::refreshing) refresh(id);
  arm();
}

void Process::clock_moved(Duration by) {
  scene_.transact([&](store::Unit& unit) {
    store::Journal journal(unit);
    journal.note_clock("this boot", scene_.skew);
    journal.keep(engine_.clock_moved(by));
  });
  arm();
}

void Process::arm() {
  const auto wake = engine_.wake_at();
  if (!alive_ || !wake) return;
  const Instant when = std::max(*wake - scene_.skew, scene_.time.now()) + scene_.soon(300);
  if (when >= next_look_ && next_look_ > scene_.time.now()) return;
  next_look_ = when;
  soon(when - scene_.time.now(), [this, when] {
    if (next_look_ == when) next_look_ = Instant::never();
    look();
  });
}

void Process::look() {
  delivery::Effects begun;
  for (const delivery::Claim& claim : engine_.claims(scene_.wall(), begun)) {
    soon(scene_.soon(500), [this, claim] { read(claim); });
  }
  carry_out(std::move(begun));
  arm();
}

void Process::read(const delivery::Claim& claim) {
  store::DueRows rows =
      scene_.transact([&](store::Unit& unit) { return store::Journal(unit).due(claim, scene_.wall()); });
  carry_out(engine_.take(claim, std::move(rows.tickets), rows.next, scene_.wall()));
  arm();
}

void Process::renew() {
  // In the healed phase days go by with nothing to see: the lease is renewed for longer.
  const Duration lasts = scene_.healed ? Duration(1h) : Duration(office_lasts);
  soon(lasts / 3, [this, lasts] {
    const bool kept = scene_.transact(
        [&](store::Unit& unit) { return store::Journal(unit).renew(tenure_, lasts, scene_.time.now()); });
    if (!kept) return die();
    office_until_ = scene_.time.now() + lasts;
    renew();
  });
}

}  // namespace carillon::proof

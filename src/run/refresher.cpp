#include "run/refresher.h"

#include "store/accounts.h"
#include "store/records.h"

namespace carillon::run {
namespace {

constexpr Duration earliest = std::chrono::days(14);  // no network's credential is refreshed before that

Fault not_now(std::string text) {
  return {.kind = FaultKind::unavailable,
          .code = "refresh_unclear",
          .text = std::move(text),
          .remedy = "Carillon tries again by itself."};
}

Fault nothing_to_refresh() {
  return {.kind = FaultKind::closed,
          .code = "not_refreshable",
          .text = "There is no credential to refresh.",
          .remedy = "Connect the account again."};
}

Fault changed_meanwhile() {
  return {.kind = FaultKind::closed,
          .code = "account_changed",
          .text = "The account was disconnected or connected again while its credential was refreshed.",
          .remedy = "Look at the account again."};
}

}  // namespace

void Refresher::refresh(WorkspaceId workspace, AccountId account, Done done) {
  {
    const std::lock_guard lock(mutex_);
    const Instant now = wiring_.now();
    if (!done && pace_.next(account, now) > now) return;
    auto [entry, first] = under_way_.try_emplace(account);
    if (done) entry->second.push_back(std::move(done));
    if (!first) return;
  }
  begin(workspace, account);
}

// The stored pair is read afresh: whoever refreshed before has left the new one there.
void Refresher::begin(WorkspaceId workspace, AccountId account) {
  auto job = std::make_shared<Job>();
  auto work = [=](store::Unit& unit) {
    store::Accounts accounts(unit);
    job->grant.account = accounts.find(workspace, account).value_or(Account{.id = account});
    job->sealed = accounts.credential(workspace, account).value_or("");
  };
  wiring_.store.read(std::move(work), [=, this](std::exception_ptr broken) {
    if (broken) return finish(account, refuse(not_now("The credential could not be read.")));
    go_on(job, first_move(*job));
  });
}

delivery::RenewalMove Refresher::first_move(Job& job) {
  const channels::Entry* entry = wiring_.channels.find(job.grant.account.network);
  if (!entry || job.sealed.empty()) return delivery::Unchanged{nothing_to_refresh()};
  auto credential = open_credential(job.sealed, job.grant.account, wiring_.keyring);
  if (!credential) return delivery::GivenUp{credential.error()};
  job.grant.credential = std::move(*credential);
  job.grant.auth = entry->auth;
  return delivery::begin_renewal(job.grant);
}

void Refresher::go_on(std::shared_ptr<Job> job, delivery::RenewalMove move) {
  const Account& account = job->grant.account;
  if (auto* request = std::get_if<wire::Request>(&move)) return ask(job, std::move(*request));
  if (auto* fresh = std::get_if<delivery::Renewed>(&move)) return settle(account, renewed(*job, *fresh));
  if (auto* end = std::get_if<delivery::GivenUp>(&move)) return settle(account, given_up(*job, end->fault));
  finish(account.id, refuse(std::get<delivery::Unchanged>(move).fault));
}

void Refresher::ask(std::shared_ptr<Job> job, wire::Request request) {
  wiring_.transport(std::move(request), job->grant.credential, [this, job](net::Outcome outcome) {
    if (const auto* response = std::get_if<wire::Response>(&outcome))
      return go_on(job, delivery::renewal_answered(job->grant, *response, wiring_.now()));
    const auto* unsent = std::get_if<net::NotSent>(&outcome);
    go_on(job, delivery::renewal_unanswered(unsent ? unsent->why : std::get<net::Lost>(outcome).why));
  });
}

Refresher::Verdict Refresher::renewed(const Job& job, const delivery::Renewed& fresh) {
  const Account& account = job.grant.account;
  const store::Renewal renewal{.old = job.sealed,
                               .fresh = seal_credential(fresh.credential, account, wiring_.keyring, random_),
                               .expires = fresh.expires,
                               .scopes = fresh.scopes};
  auto write = [workspace = account.workspace, id = account.id, renewal, now = wiring_.now()](
                   store::Unit& unit) { return store::Accounts(unit).renew(workspace, id, renewal, now); };
  return {std::move(write), {}};
}

// The account waits for a person, and everything scheduled waits with it.
Refresher::Verdict Refresher::given_up(const Job& job, const Fault& fault) {
  const Account& account = job.grant.account;
  const Notice notice{.id = NoticeId::make(wiring_.now(), random_),
                      .workspace = account.workspace,
                      .kind = "account_held",
                      .text = fault.text,
                      .account = account.id,
                      .at = wiring_.now()};
  auto write = [notice, sealed = job.sealed](store::Unit& unit) {
    const bool held = store::Accounts(unit).give_up(notice.workspace, *notice.account, sealed, notice.text);
    if (held) store::Notices(unit).add(notice);
    return held;
  };
  return {std::move(write), refuse(fault)};
}

void Refresher::settle(const Account& account, const Verdict& verdict) {
  auto now = std::make_shared<std::optional<Account>>();  // none: nothing of it was written
  auto work = [=](store::Unit& unit) {
    now->reset();
    if (verdict.write(unit)) *now = store::Accounts(unit).find(account.workspace, account.id);
  };
  wiring_.store.write(std::move(work), [=, this](std::exception_ptr broken) {
    if (broken) return put_off(account, verdict);
    if (*now) tell(**now, verdict.result);
    finish(account.id, *now || !verdict.result ? verdict.result : refuse(changed_meanwhile()));
  });
}

// The network may have thrown the old pair away: the new one is not let go of, and nobody else refreshes,
// until tend() has had it stored.
void Refresher::put_off(const Account& account, const Verdict& verdict) {
  wiring_.log.error("refresh.not_stored", "What a refresh brought could not be stored yet",
                    {{"account_id", account.id}});
  std::vector<Done> waiting;
  {
    const std::lock_guard lock(mutex_);
    unstored_.emplace_back([=, this] { settle(account, verdict); });
    waiting.swap(under_way_[account.id]);
  }
  for (Done& done : waiting) done(refuse(not_now("The new credential could not be stored yet.")));
}

void Refresher::tell(const Account& account, const Result<void>& result) {
  if (result) {
    wiring_.log.info("account.refreshed", "The credential was refreshed", {{"account_id", account.id}});
  } else {
    wiring_.log.warning("account.held", result.error().text, {{"account_id", account.id}});
  }
  wiring_.changed(account);
}

void Refresher::finish(AccountId account, const Result<void>& result) {
  std::vector<Done> waiting;
  {
    const std::lock_guard lock(mutex_);
    pace_.ended(account, result ? std::nullopt : result.error().retry_after, wiring_.now());
    waiting = std::move(under_way_.extract(account).mapped());
  }
  for (Done& done : waiting) done(result);
}

void Refresher::tend(Instant now) {
  std::vector<std::function<void()>> unstored;
  {
    const std::lock_guard lock(mutex_);
    unstored.swap(unstored_);
  }
  for (const auto& try_again : unstored) try_again();
  auto accounts = std::make_shared<std::vector<Account>>();
  auto work = [=](store::Unit& unit) {
    *accounts = store::Accounts(unit).expiring(now + earliest);
    for (const Account& account : store::Journal(unit).accounts()) {
      if (account.hold == Hold::refreshing) accounts->push_back(account);
    }
  };
  wiring_.store.read(std::move(work), [=, this](std::exception_ptr broken) {
    if (broken) return;
    for (const Account& account : *accounts) {
      if (delivery::is_time_to_renew(account, wiring_.channels, now))
        refresh(account.workspace, account.id, nullptr);
    }
  });
}

}  // namespace carillon::run

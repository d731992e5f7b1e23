#include "run/refresher.h"

#include "run/clock.h"
#include "store/accounts.h"
#include "store/records.h"

namespace carillon::run {
namespace {

constexpr Duration earliest = std::chrono::days(14);  // no network's credential is refreshed before that
constexpr int tries = 100;  // from the first try to the end of the credential, evenly spread

Fault unavailable(const std::string& why) {
  return {.kind = FaultKind::unavailable,
          .code = "refresh_unclear",
          .text = "The network did not answer the refresh: " + why + ".",
          .remedy = "Carillon tries again by itself."};
}

Fault cannot_refresh(const Account& account) {
  return {.kind = FaultKind::closed,
          .code = "not_refreshable",
          .text = "The credential of " + account.name + " cannot be refreshed.",
          .remedy = "Connect the account again."};
}

channels::App app_of(const Account& account, const Credential& credential) {
  channels::App app{.network = account.network, .api_base = account.api_base};
  if (const auto id = credential.find("client_id"); id != credential.end())
    app.client_id = id->second.reveal();
  return app;
}

}  // namespace

void Refresher::refresh(WorkspaceId workspace, AccountId account, Done done) {
  {
    const std::lock_guard lock(mutex_);
    auto [entry, first] = under_way_.try_emplace(account);
    if (done) entry->second.push_back(std::move(done));
    if (!first) return;
  }
  begin(std::make_shared<Job>(), workspace, account);
}

// The stored pair is read afresh: whoever refreshed before has left the new one there.
void Refresher::begin(std::shared_ptr<Job> job, WorkspaceId workspace, AccountId account) {
  auto sealed = std::make_shared<std::optional<std::string>>();
  auto work = [=](store::Unit& unit) {
    store::Accounts accounts(unit);
    if (auto found = accounts.find(workspace, account)) job->account = *found;
    *sealed = accounts.credential(workspace, account);
  };
  wiring_.store.read(std::move(work), [=, this](std::exception_ptr broken) {
    if (broken) return finish(account, refuse(unavailable("the store could not be read")));
    job->account.id = account;
    const channels::Entry* entry = wiring_.channels.find(job->account.network);
    if (!entry || !*sealed) return finish(account, refuse(cannot_refresh(job->account)));
    auto credential = open_credential(**sealed, job->account, wiring_.keyring);
    if (!credential) return give_up(job, credential.error());
    job->credential = std::move(*credential);
    job->auth = entry->auth;
    ask(job);
  });
}

void Refresher::ask(std::shared_ptr<Job> job) {
  auto request = job->auth->refresh(app_of(job->account, job->credential), job->account);
  if (!request) return give_up(job, cannot_refresh(job->account));
  wiring_.transport(std::move(*request), job->credential,
                    [this, job](net::Outcome outcome) { read(job, outcome); });
}

void Refresher::read(std::shared_ptr<Job> job, const net::Outcome& outcome) {
  if (const auto* unsent = std::get_if<net::NotSent>(&outcome))
    return finish(job->account.id, refuse(unavailable(unsent->why)));
  if (const auto* lost = std::get_if<net::Lost>(&outcome))
    return finish(job->account.id, refuse(unavailable(lost->why)));
  auto tokens = job->auth->read_refresh(std::get<wire::Response>(outcome));
  if (tokens) return keep(job, std::move(*tokens));
  if (tokens.error().kind == FaultKind::unauthorized) return give_up(job, tokens.error());
  finish(job->account.id, refuse(tokens.error()));
}

void Refresher::keep(std::shared_ptr<Job> job, channels::Tokens tokens) {
  for (auto& [name, secret] : tokens.secrets) job->credential.insert_or_assign(name, std::move(secret));
  const Instant now = wall_clock();
  const std::optional<Instant> expires = tokens.lives ? std::optional(now + *tokens.lives) : std::nullopt;
  const auto scopes = tokens.scopes.empty() ? job->account.scopes : tokens.scopes;
  const std::string sealed = seal_credential(job->credential, job->account, wiring_.keyring, random_);
  auto work = [=](store::Unit& unit) {
    store::Accounts(unit).refresh(job->account.workspace, job->account.id, sealed, expires, scopes, now);
  };
  wiring_.store.write(std::move(work), [=, this](std::exception_ptr broken) {
    if (broken) {  // the network may have thrown the old pair away: nothing can mend that but a person
      wiring_.log.error("refresh.not_stored", "A fresh credential could not be stored",
                        {{"account_id", job->account.id}});
      return finish(job->account.id, refuse(unavailable("the new credential could not be stored")));
    }
    wiring_.log.info("account.refreshed", "The credential was refreshed", {{"account_id", job->account.id}});
    tell_changed(job->account.workspace, job->account.id);
    finish(job->account.id, {});
  });
}

// Definitely refused: the account waits for a person, and everything scheduled waits with it.
void Refresher::give_up(std::shared_ptr<Job> job, const Fault& fault) {
  const Notice notice{.id = NoticeId::make(wall_clock(), random_),
                      .workspace = job->account.workspace,
                      .kind = "account_held",
                      .text = fault.text,
                      .account = job->account.id,
                      .at = wall_clock()};
  auto work = [=](store::Unit& unit) {
    store::Accounts(unit).hold(job->account.workspace, job->account.id, Hold::reconnect, fault.text);
    store::Notices(unit).add(notice);
  };
  wiring_.store.write(std::move(work), [=, this](std::exception_ptr) {
    wiring_.log.warning("account.held", fault.text, {{"account_id", job->account.id}});
    tell_changed(job->account.workspace, job->account.id);
    finish(job->account.id, refuse(fault));
  });
}

void Refresher::tell_changed(WorkspaceId workspace, AccountId account) {
  auto now = std::make_shared<std::optional<Account>>();
  wiring_.store.read([=](store::Unit& unit) { *now = store::Accounts(unit).find(workspace, account); },
                     [this, now](std::exception_ptr broken) {
                       if (!broken && *now) wiring_.changed(**now);
                     });
}

void Refresher::finish(AccountId account, const Result<void>& result) {
  std::vector<Done> waiting;
  {
    const std::lock_guard lock(mutex_);
    const auto found = under_way_.find(account);
    if (found == under_way_.end()) return;
    waiting = std::move(found->second);
    under_way_.erase(found);
  }
  for (Done& done : waiting) done(result);
}

void Refresher::tend(Instant now) {
  auto due = std::make_shared<std::vector<Account>>();
  auto work = [=](store::Unit& unit) {
    *due = store::Accounts(unit).expiring(now + earliest);
    for (const Account& account : store::Journal(unit).accounts()) {
      if (account.hold == Hold::refreshing) due->push_back(account);
    }
  };
  wiring_.store.read(std::move(work), [this, due, now](std::exception_ptr broken) {
    if (broken) return;
    for (const Account& account : *due) {
      if (is_time_for(account, now)) refresh(account.workspace, account.id, nullptr);
    }
  });
}

// A held account is waiting for it. Else: near its end, and not tried just now.
bool Refresher::is_time_for(const Account& account, Instant now) {
  const channels::Entry* entry = wiring_.channels.find(account.network);
  if (account.hold == Hold::refreshing || !entry || !account.expires) return true;
  const Duration before = entry->auth->refreshed_before();
  if (now + before < *account.expires) return false;
  const std::lock_guard lock(mutex_);
  const auto [last, first] = tried_.try_emplace(account.id, now);
  if (!first && now - last->second < before / tries) return false;
  last->second = now;
  return true;
}

}  // namespace carillon::run

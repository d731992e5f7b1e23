#include "delivery/renewal.h"

#include <algorithm>

#include "channels/retry_after.h"
#include "delivery/backoff.h"

namespace carillon::delivery {
namespace {

constexpr Duration first_wait = 4s;
constexpr Duration longest_wait = 30min;
constexpr Duration quiet = 10min;

channels::App app_of(const Grant& grant) {
  channels::App app{.network = grant.account.network, .api_base = grant.account.api_base};
  if (const auto id = grant.credential.find("client_id"); id != grant.credential.end())
    app.client_id = id->second.reveal();
  return app;
}

}  // namespace

RenewalMove begin_renewal(const Grant& grant) {
  if (auto request = grant.auth->refresh(app_of(grant), grant.account)) return std::move(*request);
  Fault fault{.kind = FaultKind::closed,
              .code = "not_refreshable",
              .text = "The credential of " + grant.account.name + " cannot be refreshed.",
              .remedy = "Connect the account again."};
  if (grant.account.hold == Hold::refreshing) return GivenUp{std::move(fault)};
  return Unchanged{std::move(fault)};
}

RenewalMove renewal_answered(const Grant& grant, const wire::Response& response, Instant now) {
  auto tokens = grant.auth->read_refresh(response);
  if (!tokens) {
    Fault fault = std::move(tokens.error());
    if (fault.kind == FaultKind::unauthorized) return GivenUp{std::move(fault)};
    if (!fault.retry_after) fault.retry_after = channels::retry_after(response.headers, now);
    return Unchanged{std::move(fault)};
  }
  Renewed fresh{.credential = grant.credential, .scopes = std::move(tokens->scopes)};
  for (auto& [name, secret] : tokens->secrets) fresh.credential.insert_or_assign(name, std::move(secret));
  if (tokens->lives) fresh.expires = now + *tokens->lives;
  return fresh;
}

RenewalMove renewal_unanswered(const std::string& why) {
  return Unchanged{{.kind = FaultKind::unavailable,
                    .code = "refresh_unclear",
                    .text = "The network did not answer the refresh: " + why + ".",
                    .remedy = "Carillon tries again by itself."}};
}

bool is_time_to_renew(const Account& account, const channels::Registry& channels, Instant now) {
  const channels::Entry* entry = channels.find(account.network);
  if (!entry) return false;
  if (account.hold == Hold::refreshing) return true;
  return account.expires && now + entry->auth->refreshed_before() >= *account.expires;
}

void RenewalPace::ended(AccountId account, std::optional<Duration> retry_after, Instant now) {
  Last& last = last_[account];
  const bool forgotten = now < last.ended || now > last.next + quiet;
  last.in_a_row = forgotten ? 1 : last.in_a_row + 1;
  last.ended = now;
  last.next = now + std::max(backoff(last.in_a_row, first_wait, longest_wait, random_),
                             retry_after.value_or(Duration(0)));
}

Instant RenewalPace::next(AccountId account, Instant now) const {
  const auto found = last_.find(account);
  if (found == last_.end() || now < found->second.ended) return now;  // the clock was put back
  return std::max(now, found->second.next);
}

}  // namespace carillon::delivery

#include "plan/account_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace carillon::plan {

namespace {
using channels::Severity;

constexpr Duration mendable = std::chrono::hours(1);  // later than this, a person still has time to mend it

std::string name_of(const Account& account) {
  return account.handle.empty() ? account.name : account.handle;
}

// A grant covers a need when it is the same or the wider one: "write" covers "write:statuses".
bool covers(const std::string& granted, const std::string& need) {
  return granted == need || need.starts_with(granted + ":");
}

struct Held {
  std::string_view what, fix, action;
};

Held words(Hold hold) {
  switch (hold) {
    case Hold::reconnect: return {"must be connected again", "Reconnect it.", "reconnect"};
    case Hold::permission:
      return {"lacks a permission", "Reconnect it and allow everything that is asked.", "reconnect"};
    case Hold::restricted:
      return {"is restricted by the network", "See what the network says, then release it.", "release"};
    case Hold::disabled: return {"is switched off", "Switch it on again.", "release"};
    case Hold::disconnected: return {"is disconnected", "Connect it again, or choose another.", "reconnect"};
    default: return {"is being refreshed", "", ""};
  }
}

// A held account stops a post that is due soon; a later one can still be saved by mending the account.
void check_hold(const Account& account, const Facts& facts, const std::string& field,
                std::vector<Finding>& findings) {
  if (account.hold == Hold::none) return;
  const Held held = words(account.hold);
  const bool later = facts.schedule && facts.schedule->at > facts.now + mendable;
  const bool hard = account.hold == Hold::disconnected ||
                    (!later && account.hold != Hold::disabled && account.hold != Hold::refreshing);
  Finding found{"account_held",
                "accounts",
                hard ? Severity::blocker : Severity::warning,
                field + ".account",
                fmt::format("{} {}{}{}", name_of(account), held.what, account.hold_text.empty() ? "." : ": ",
                            account.hold_text),
                std::string(held.fix),
                std::string(held.action)};
  if (account.hold == Hold::refreshing) found.severity = Severity::info;
  if (later) found.deadline = facts.schedule->at;
  findings.push_back(std::move(found));
}

void check_expiry(const Account& account, const Facts& facts, const std::string& field,
                  std::vector<Finding>& findings) {
  if (!account.expires || account.refreshable || account.hold == Hold::disconnected) return;
  const Instant due = facts.schedule ? std::max(facts.schedule->at, facts.now) : facts.now;
  if (*account.expires > due) return;
  const bool gone = *account.expires <= facts.now;
  const bool hard = gone && due <= facts.now + mendable;
  const auto text = gone ? fmt::format("The access of {} expired {} ago.", name_of(account),
                                       spoken(facts.now - *account.expires))
                         : fmt::format("The access of {} expires {} before this post.", name_of(account),
                                       spoken(due - *account.expires));
  findings.push_back({gone ? "token_expired" : "token_expires_before", "accounts",
                      hard ? Severity::blocker : Severity::warning, field + ".account", text, "Reconnect it.",
                      "reconnect", gone ? due : *account.expires});
}

void check_reach(const Account& account, const channels::Traits& traits, const std::string& field,
                 std::vector<Finding>& findings) {
  const auto missing = missing_scopes(account, traits);
  if (!missing.empty()) {
    findings.push_back(
        {"scope_missing", "accounts", Severity::blocker, field + ".account",
         fmt::format("{} lacks the permission {}.", name_of(account), fmt::join(missing, ", ")),
         "Reconnect it and allow everything that is asked.", "reconnect"});
  }
  if (!traits.can_look_up) {
    findings.push_back(
        {"cannot_ask", "accounts", Severity::info, field + ".account",
         fmt::format("{} cannot be asked whether a post arrived: if an answer is lost, you will be asked.",
                     traits.label),
         "", ""});
  }
  if (account.sandbox) {
    findings.push_back({"sandbox", "accounts", Severity::info, field + ".account",
                        fmt::format("{} lives in the sandbox: nobody else sees this post.", name_of(account)),
                        "", ""});
  }
}
}  // namespace

std::vector<std::string> missing_scopes(const Account& account, const channels::Traits& traits) {
  std::vector<std::string> missing;
  if (account.scopes.empty()) return missing;  // the network did not say
  for (const auto& need : traits.scopes) {
    if (!need.always) continue;
    const auto covered = [&](const std::string& granted) { return covers(granted, need.name); };
    if (std::ranges::none_of(account.scopes, covered)) missing.push_back(need.name);
  }
  return missing;
}

void check_account(const Account& account, const channels::Traits& traits, const Facts& facts,
                   const std::string& field, std::vector<Finding>& findings) {
  check_hold(account, facts, field, findings);
  check_expiry(account, facts, field, findings);
  check_reach(account, traits, field, findings);
}

Health health(const Account& account, const channels::Traits* traits, Instant now) {
  if (account.hold != Hold::none) {
    const Held held = words(account.hold);
    const bool mild = account.hold == Hold::disabled || account.hold == Hold::refreshing;
    return {mild ? "warning" : "bad",
            fmt::format("It {}{}{}", held.what, account.hold_text.empty() ? "." : ": ", account.hold_text),
            std::string(held.action)};
  }
  const auto missing = traits ? missing_scopes(account, *traits) : std::vector<std::string>{};
  if (!missing.empty())
    return {"bad", fmt::format("Missing permission {}.", fmt::join(missing, ", ")), "reconnect"};
  if (account.expires && !account.refreshable) {
    const Duration left = *account.expires - now;
    if (left <= Duration(0)) return {"bad", "Its access has expired.", "reconnect"};
    if (left < std::chrono::hours(24 * 7))
      return {"warning", fmt::format("Expires in {}.", spoken(left)), "reconnect"};
  }
  return {"good", "Connected.", ""};
}

}  // namespace carillon::plan
